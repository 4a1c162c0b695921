"""The words that dates are written with, and their meanings by language."""

from __future__ import annotations

import sys
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from bot.sources.dates.tokens import words

EVERY_LANGUAGE = frozenset({"*"})

LONGEST_PHRASE = 12
"""Words of the longest phrase that is looked up."""

_MONTH_FIRST = frozenset({"en-US", "en-PH"})
"""Locales that write the month first; "en" alone says nothing of the order."""

_UNCERTAIN = frozenset({"en", "es-US", "es-PA", "es-PR", "fil", "tl", "zu", "xh", "ti", "zh-HK"})
"""Locales whose sources write both orders of day and month."""

_SHORTEST_PREFIX = 3
_LONGEST_JOINED = 40
_MOST_PIECES = 4

_ADDED = (
    ("filler", "*", "t|st|nd|rd|th|on|the|at|of|hrs|hours|utc time|er|ere|o|a|го"),
    ("filler", "de", "uhr|um|den|dem"),
    ("filler", "ru uk bg be", "г|года|году|року|р|в|о|у|час|ч"),
    ("filler", "pl cs sk hr sr sl bs", "r|o|godz|godzina|v|u|ob|hodin|roku"),
    ("year", "zh yue ja ko", "年|년"),
    ("numbered", "zh yue ja ko", "月|월"),
    ("day", "zh yue ja ko", "日|号|號|일"),
    ("filler", "zh yue", "于|於"),
    ("filler", "ar fa ur", "في|ساعت|الساعة|عند"),
    ("filler", "th", "น|เวลา|วันที่|วัน|ที่|ปี"),
    ("filler", "hi mr ne", "को|बजे"),
    ("filler", "nl af", "om|uur"),
    ("filler", "fi", "klo|kello"),
    ("filler", "et", "kell"),
    ("filler", "id ms", "pukul|jam|tanggal|hari"),
    ("filler", "da no nb sv is fo", "kl|klokken|klockan|klukkan|den|d"),
    ("filler", "hu", "órakor|óra"),
    ("filler", "ro", "ora|ora la|la"),
    ("filler", "el", "στις|ώρα"),
    ("filler", "lt", "val|valandą"),
    ("filler", "lv", "plkst|pulksten"),
    ("filler", "vi", "lúc|giờ|ngày|năm"),
    ("filler", "sq", "në|ora"),
    ("filler", "ca", "a les|les"),
    ("filler", "tr az", "saat|saati|günü"),
    ("filler", "fr", "a|le"),
    ("filler", "it", "ore|alle|il|h"),
    ("filler", "es pt ca gl", "de|del|a las|a la|as|h|hs|horas|el"),
    ("hour", "zh yue", "点|點|时|時"),
    ("hour", "ja", "時"),
    ("hour", "ko", "시"),
    ("hour", "* ", "h"),
    ("minute", "zh yue ja", "分"),
    ("minute", "*", "min"),
    ("minute", "ko", "분"),
    ("second", "zh yue ja", "秒"),
    ("second", "ko", "초"),
    ("second", "fr", "s"),
    ("filler", "mn", "оны|р|сарын|гараг"),
    ("am", "*", "am|a m"),
    ("pm", "*", "pm|p m"),
    ("am", "zh yue", "上午|早上|凌晨"),
    ("pm", "zh yue", "下午|晚上"),
    ("am", "ja", "午前"),
    ("pm", "ja", "午後"),
    ("month 9", "*", "sept"),
    ("weekday 1", "*", "tues"),
    ("weekday 2", "*", "weds"),
    ("weekday 3", "*", "thur|thurs"),
    ("filler", "en", "posted on|published on|updated on|last updated on"),
    ("filler", "en", "posted|published|updated|last updated"),
    ("month 3", "de", "mrz"),
    ("era 2018", "ja", "令和"),
    ("era 1988", "ja", "平成"),
    ("era 1911", "zh", "民國|民国"),
    ("era -543", "th", "พ.ศ.|พุทธศักราช"),
    ("jalali 1", "fa", "فروردین"),
    ("jalali 2", "fa", "اردیبهشت"),
    ("jalali 3", "fa", "خرداد"),
    ("jalali 4", "fa", "تیر"),
    ("jalali 5", "fa", "مرداد|امرداد"),
    ("jalali 6", "fa", "شهریور"),
    ("jalali 7", "fa", "مهر"),
    ("jalali 8", "fa", "آبان"),
    ("jalali 9", "fa", "آذر"),
    ("jalali 10", "fa", "دی"),
    ("jalali 11", "fa", "بهمن"),
    ("jalali 12", "fa", "اسفند"),
    *((f"month {number}", "*", roman) for number, roman in enumerate(
        ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"], 1)),
)  # fmt: skip
"""Words that CLDR lacks: of running text, other calendars, and Roman months."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """One meaning of a word: month, weekday, am, pm, night, zone, era, filler and the like."""

    kind: str
    number: int
    languages: frozenset[str]

    def is_in(self, language: str) -> bool:
        """Whether the word has this meaning in a language."""
        return language in self.languages or "*" in self.languages


@dataclass(frozen=True)
class Vocabulary:
    """Meanings by phrase, the phrases for months in order, and date orders by locale."""

    meanings: dict[str, tuple[Meaning, ...]]
    months: tuple[str, ...]
    orders: dict[str, str]
    _joined: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def of(self, phrase: str) -> tuple[Meaning, ...]:
        """The meanings of a phrase; empty if it is unknown."""
        return self.meanings.get(phrase, ())

    def shortened(self, word: str) -> tuple[Meaning, ...]:
        """The months whose names start with a word of at least three letters."""
        if len(word) < _SHORTEST_PREFIX:
            return ()
        found: list[Meaning] = []
        for name in self.months[bisect_left(self.months, word) :]:
            if not name.startswith(word):
                break
            found += [each for each in self.of(name) if each.kind == "month"]
        return tuple(found)

    def pieces(self, word: str) -> tuple[str, ...]:
        """Split a word that is written without spaces into known words; empty if it cannot be."""
        if len(word) > _LONGEST_JOINED or (word.isascii() and len(word) < 6):
            return ()
        best: list[tuple[str, ...] | None] = [()] + [None] * len(word)
        for end in range(1, len(word) + 1):
            for start in range(max(0, end - 16), end):
                before, piece = best[start], word[start:end]
                if before is None or len(before) >= _MOST_PIECES or not self._is_piece(piece):
                    continue
                if best[end] is None or len(before) + 1 < len(best[end] or ()):
                    best[end] = (*before, piece)
        return best[-1] or ()

    def _is_piece(self, piece: str) -> bool:
        return piece in self.meanings and (len(piece) > 1 or not piece.isascii())

    def order(self, language: str | None) -> str | None:
        """The order of short dates in a language ("pt-BR"), where it is known for certain."""
        parts = (language or "").replace("_", "-").split("-")
        code = parts[0].lower()
        territory = f"{code}-{parts[-1].upper()}"
        if territory in _MONTH_FIRST:
            return "mdy"
        if territory in _UNCERTAIN:
            return None
        return self.orders.get(territory) or (None if code in _UNCERTAIN else self.orders.get(code))


@cache
def vocabulary() -> Vocabulary:
    """The words, read once from `words.txt`."""
    meanings: dict[str, tuple[Meaning, ...]] = {}
    orders: dict[str, str] = {}
    known: dict[str, frozenset[str]] = {}
    for meaning, languages, phrase in _rows():
        kind, _, value = meaning.partition(" ")
        if kind == "order":
            orders |= dict.fromkeys(languages.split(), value)
            continue
        those = known.setdefault(languages, _in_any_if_english(languages.split()))
        meanings[phrase] = _with(meanings.get(phrase, ()), sys.intern(kind), int(value or 0), those)
    months = sorted(p for p, each in meanings.items() if any(m.kind == "month" for m in each))
    return Vocabulary(meanings, tuple(months), orders)


def _rows() -> Iterator[tuple[str, str, str]]:
    """The meaning, languages and phrase of each row of `words.txt`, then of the added words."""
    for row in files("bot.sources.dates").joinpath("words.txt").read_text("utf-8").splitlines():
        if not row.startswith("#"):
            meaning, languages, phrase = row.split("\t")
            yield meaning, languages, phrase
    for meaning, languages, phrases in _ADDED:
        for phrase in phrases.split("|"):
            yield meaning, languages, words(phrase)


def _in_any_if_english(languages: list[str]) -> frozenset[str]:
    return frozenset(languages) | (EVERY_LANGUAGE if "en" in languages else frozenset())


def _with(
    known: tuple[Meaning, ...], kind: str, number: int, languages: frozenset[str]
) -> tuple[Meaning, ...]:
    """The meanings with one more, or with more languages of one of them."""
    for at, each in enumerate(known):
        if (each.kind, each.number) == (kind, number):
            more = Meaning(kind, number, each.languages | languages)
            return (*known[:at], more, *known[at + 1 :])
    return (*known, Meaning(kind, number, languages))
