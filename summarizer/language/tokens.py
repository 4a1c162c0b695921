"""Splits a text into folded words with exact offsets."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from summarizer.language.calendar import MONTH_FORMS, MONTHS
from summarizer.language.content_words import STOP
from summarizer.language.stems import stem
from summarizer.language.word_lists import listed
from summarizer.lazy_pattern import lazy_pattern

LONGEST = 50_000
"""The most characters of a source that are read."""

_NOT_ASCII = lazy_pattern(r"[^\x00-\x7f]")
_SPECIAL = {
    **dict.fromkeys("‘’‚‛′´ʼ`", "'"),
    **dict.fromkeys("“”„‟«»″", '"'),
    **dict.fromkeys("‐‑‒–—―−﹘﹣－", "-"),
    "…": ".",
}
_TOKEN = lazy_pattern(
    r"""[^\W\d_]\.\s?(?:[^\W\d_]\.\s?){0,6}[^\W\d_]\.(?!\w)       # U.S., U. S., p.m.
    |\d+(?:[.,:]\d+)*(?:[^\W\d_]+)?                               # 7.4bn, 10:30pm, 1990s
    |[^\W_]+(?:[\u0300-\u036f\u00ad\u200b-\u200f\u2060\ufeff][^\W_]*)*(?:'[^\W\d_]+)*  # don't, G20
    """,
    re.VERBOSE,
)
_INVISIBLE = lazy_pattern("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_CONTRACTED = lazy_pattern(r"'(?:s|re|ve|ll|d|m)?$")
_MARKS = lazy_pattern("[\u0300-\u036f\u00ad\u200b-\u200f\u2060\ufeff]")
_SHORTENED = lazy_pattern(r"([^\W\d_]+)'(ll|re|ve|m|s)")
_LONG = {"ll": "will", "re": "are", "ve": "have", "m": "am", "s": "is"}
_BEFORE_IS = frozenset(listed("it he she that there here what who where"))
_NOT = ("n't", "cannot")
_NEGATED = {"can't": "can", "cannot": "can", "won't": "will", "shan't": "shall", "ain't": "be"}

NUMERALS = frozenset(
    listed(
        """zero two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
        sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety
        dozen hundred thousand lakh million crore billion trillion"""
    )
)
"""Number words; "one" has other uses."""

_ACRONYMS = {"us": "usa", "who": "WHO", "it": "IT", "is": "IS"}
"""Acronyms that are small words when not in capitals."""

_EMPTY = frozenset(map(stem, STOP)) | frozenset(listed("would could also mr mrs ms"))
"""Stems that are not content words."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word apart from where it stands.

    `low` is lower case without possessive; `capital` is true of "Iran"; `acronym` of "US" and
    "U.S."; `digits` of a token that starts with a figure; `numeral` of that and of "twenty";
    `content` of any other content word.
    """

    low: str
    stem: str
    capital: bool
    acronym: bool
    digits: bool
    numeral: bool
    content: bool


class Token(NamedTuple):
    """A word where it stands: `folded[start:end]`."""

    word: Word
    start: int
    end: int


def fold(text: str) -> str:
    """The text with plain quotation marks, dashes, widths and accents; the length is kept."""
    if text.isascii():
        return text
    return _NOT_ASCII.sub(lambda found: _plain(found[0]), text)


@lru_cache(maxsize=4096)
def _plain(char: str) -> str:
    if char in _SPECIAL:
        return _SPECIAL[char]
    if unicodedata.category(char) == "Zs":
        return " "
    base = unicodedata.normalize("NFKD", char)[:1]
    return base if len(base) == 1 and (base.isalnum() or base.isascii()) else char


def visible(text: str) -> str:
    """A bullet's text in composed form, without invisible characters."""
    return unicodedata.normalize("NFC", without_invisible(text))


def without_invisible(text: str) -> str:
    """A text without soft hyphens, marks of direction and characters without width."""
    return text if text.isascii() else _INVISIBLE.sub("", text)


def tokens(folded: str) -> list[Token]:
    """The words of a folded text in order; "didn't" and "they'll" are two each."""
    found: list[Token] = []
    for each in _TOKEN.finditer(folded):
        written, (start, end) = each[0], each.span()
        if "'" in written or written[-3:].lower() == "not":
            found.extend(_parts(written, start, end))
        else:
            found.append(Token(_word(written), start, end))
    return found


def _parts(written: str, start: int, end: int) -> Iterator[Token]:
    """A word as one or two: "did" and "not" for "didn't"."""
    low = written.lower()
    if low.endswith(_NOT):
        cut = end - 3
        if bare := _NEGATED.get(low, written[:-3]):
            yield Token(_word(bare), start, cut)
        yield Token(_word("not"), cut, end)
    elif (parts := _SHORTENED.fullmatch(written)) and (parts[2] != "s" or _has_is(parts[1])):
        cut = start + len(parts[1])
        yield Token(_word(parts[1]), start, cut)
        yield Token(_word(_LONG[parts[2]]), cut, end)
    else:
        yield Token(_word(written), start, end)


def _has_is(before: str) -> bool:
    """Whether "'s" behind a word is "is" and no possessive."""
    return before.lower() in _BEFORE_IS


@lru_cache(maxsize=65_536)
def _word(written: str) -> Word:
    plain = _MARKS.sub("", written)
    digits = plain[0].isdigit()
    dotted = not digits and "." in plain
    if dotted:
        plain = re.sub(r"[.\s]", "", plain)
    low = plain.lower()
    if not digits:
        low = _CONTRACTED.sub("", low) or low
    bare = _CONTRACTED.sub("", plain)
    acronym = not digits and len(bare) > 1 and bare.isupper()
    low = _ACRONYMS.get(low, low) if acronym else low
    stemmed = low if digits else stem(low)
    if plain[0].isupper() and low in MONTH_FORMS:
        stemmed = MONTHS[MONTH_FORMS[low] - 1].lower()
    numeral = digits or low in NUMERALS
    return Word(
        low=low,
        stem=stemmed,
        capital=plain[0].isupper(),
        acronym=acronym,
        digits=digits,
        numeral=numeral,
        content=not numeral and len(low) > 1 and low not in STOP and stemmed not in _EMPTY,
    )
