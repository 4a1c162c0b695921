"""Relative days made absolute for a reader of another day: "on Tuesday, 3 September"."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from summarizer.language.calendar import A_DAY, A_MONTH, AGO, DAYS, MONTHS
from summarizer.language.numerals import value
from summarizer.language.quotation_marks import inside_quotes
from summarizer.language.weekday_tense import day_meant
from summarizer.lazy_pattern import lazy_pattern

_MOST_CHARS = 2_000

_WEEKDAY = lazy_pattern(
    rf"(?P<before>\b[\w’'-]{{1,40}},? )?\b(?P<day>{A_DAY})"
    r"(?P<part> (?:morning|afternoon|evening|night))?\b(?!['’]s|-)(?! [A-Z])"
    r"(?! (?:morning|afternoon|evening|night)\b)(?!,? (?:the )?\d+\b(?!-))"
    rf"(?!,? {A_MONTH})(?! (?:and|or|to|through) (?:{A_DAY})\b)"
)
_NEAR_DAY = lazy_pattern(
    r"(?P<before>\b(?:earlier|later|late|early) )?"
    r"\b(?P<day>[Tt]oday|TODAY|[Yy]esterday|YESTERDAY|[Tt]omorrow)\b"
    r"(?!['’]s|-)(?! (?:is|was|has|will)\b)(?P<part> (?:morning|afternoon|evening|night)\b)?"
)
_PART_OF_DAY = lazy_pattern(
    r"(?<!\bago )(?<!\bago on )"
    r"\b(?P<day>[Tt]onight|[Tt]his (?:morning|afternoon|evening)|[Ll]ast night)\b(?!['’]s)"
)
_SPAN = lazy_pattern(
    r"(?<!\bthe )(?P<before>\b(?:in|of|from|since|during|by|until|for|before|after|with|than|to|on|"
    r"against|over|through|into|[Ee]arlier|[Ll]ater|[Ll]ate|[Ee]arly) )?"
    r"\b(?P<which>[Ll]ast|[Tt]his|[Nn]ext) (?P<unit>week|month|year)\b(?P<its>['’]s)?"
    r"(?!-)(?! (?:is|was|has|had|will|would|saw|marks?|marked|brought)\b)"
)
_AGO = lazy_pattern(rf"\b{AGO}\b", re.IGNORECASE)
_LEFT = lazy_pattern(
    r"\b(?:today|tonight|yesterday|tomorrow|this (?:morning|afternoon|evening)|last night"
    r"|days? ago)\b",
    re.IGNORECASE,
)
_NOT_ONE_DAY = frozenset(
    re.findall(
        r"\w+",
        """last next this every each by until till before from between and or to through following
        previous coming past a the in at during of with after than for his her its their our my""",
    )
)
"""Before a weekday: it is one of many, or only names a thing, as in "after Friday prayers"."""

_NO_ON = lazy_pattern(
    r"\b(?:since|until|till|from|by|before|after|than|for|to|of|on)\s*$", re.IGNORECASE
)
_IN_MID_SENTENCE = lazy_pattern(r"[^\s.!?:\"“‘'—–-][\"”’)]*,? $")


@dataclass(frozen=True, slots=True)
class _Dates:
    written: date
    read: date
    brief: bool

    def named(self, day: date) -> str:
        numbered = self.numbered(day)
        return numbered if self.brief else f"{DAYS[day.weekday()]}, {numbered}"

    def numbered(self, day: date) -> str:
        year = f" {day.year}" if day.year != self.read.year else ""
        return f"{day.day} {MONTHS[day.month - 1]}{year}"


def absolute(text: str, published_at: datetime, read_at: datetime, *, brief: bool = False) -> str:
    """Name the days, weeks, months and years that a text tells relative to its own day.

    Says nothing where the reader's day is the article's, where it is not plain which day is meant,
    inside quotations, and in what is too long for a sentence. `read_at` is the reader's local time;
    `brief` leaves the weekday out: "on 3 September".
    """
    dates = _Dates(published_at.date(), read_at.date(), brief)
    if dates.written == dates.read or len(text) > _MOST_CHARS:
        return text
    for pattern, name in _NAMERS:
        text = _replaced(pattern, name, text, dates)
    return text


def still_relative(text: str) -> bool:
    """Whether a text says "today" or the like, which misleads the reader of another day."""
    return _LEFT.search(text) is not None


Namer = Callable[[re.Match[str], _Dates], str]


def _replaced(pattern: re.Pattern[str], name: Namer, text: str, dates: _Dates) -> str:
    def one(found: re.Match[str]) -> str:
        return found[0] if inside_quotes(text, found.start()) else name(found, dates)

    return pattern.sub(one, text)


def _weekday(found: re.Match[str], dates: _Dates) -> str:
    before = (found["before"] or "").strip(" ,")
    possessive = before.endswith(("'s", "’s", "s'", "s’"))
    unclear = before.lower() in _NOT_ONE_DAY or (before[:1].isupper() and before != "On")
    day = None if unclear or possessive else day_meant(found, dates.written)
    if day is None:
        return found[0]
    if not dates.brief:
        return f"{found[0]}, {dates.numbered(day)}{_comma(found)}"
    joined = "" if _NO_ON.search(before) else "on "
    return f"{found['before'] or ''}{joined}{dates.numbered(day)}"


def _comma(found: re.Match[str]) -> str:
    """The comma that closes a date in the middle of a sentence."""
    return "," if re.match(r" \w", found.string[found.end() :]) else ""


def _near_day(found: re.Match[str], dates: _Dates) -> str:
    shift = {"today": 0, "yesterday": -1, "tomorrow": 1}[found["day"].lower()]
    if _in_a_name(found):
        return found[0]
    day = dates.named(dates.written + timedelta(days=shift))
    part = found["part"]
    said = f"the{part} of {day}" if part and not dates.brief else day
    said = _on(found, said)
    said += "" if dates.brief else _comma(found)
    return _as_it_began(found["day"], f"{found['before'] or ''}{said}", found["before"])


def _part_of_day(found: re.Match[str], dates: _Dates) -> str:
    if _in_a_name(found):
        return found[0]
    said = found["day"].lower()
    day = dates.written - timedelta(days=said == "last night")
    part = "night" if said.endswith("night") else said.split()[1]
    said = _on(found, f"the {part} of {dates.named(day)}")
    return _as_it_began(found["day"], said + ("" if dates.brief else _comma(found)), None)


def _ago(found: re.Match[str], dates: _Dates) -> str:
    day = dates.written - timedelta(days=value(found["count"]))
    said = _on(found, dates.named(day)) + ("" if dates.brief else _comma(found))
    return _as_it_began(found["count"], said, None)


def _in_a_name(found: re.Match[str]) -> bool:
    """Whether the word is written large in mid-sentence, as in "USA Today"."""
    large = found["day"][0].isupper()
    return large and _IN_MID_SENTENCE.search(found.string[: found.start("day")]) is not None


def _on(found: re.Match[str], day: str) -> str:
    """The day with "on", but for where a word like "since" stands before it."""
    return day if _NO_ON.search(found.string[: found.start()]) else f"on {day}"


def _span(found: re.Match[str], dates: _Dates) -> str:
    shift = {"last": -1, "this": 0, "next": 1}[found["which"].lower()]
    name = _SPANS[found["unit"]](dates, shift)
    before = (found["before"] or "").strip()
    if name is None or (found["its"] and found["unit"] == "week"):
        return found[0]
    if found["its"]:
        return f"{before} {name}{found['its']}".strip()
    joined = before.lower() not in {"", "earlier", "later", "late", "early"}
    said = f"{before} {name}" if joined else f"{before} in {name}".strip()
    return _as_it_began(found["which"], said, found["before"])


def _week(dates: _Dates, shift: int) -> str | None:
    if dates.written.isocalendar()[:2] == dates.read.isocalendar()[:2]:
        return None
    monday = dates.written - timedelta(days=dates.written.weekday()) + timedelta(weeks=shift)
    return f"the week of {dates.numbered(monday)}"


def _month(dates: _Dates, shift: int) -> str | None:
    if (dates.written.year, dates.written.month) == (dates.read.year, dates.read.month):
        return None
    years, month = divmod(dates.written.month - 1 + shift, 12)
    year = dates.written.year + years
    return MONTHS[month] if year == dates.read.year else f"{MONTHS[month]} {year}"


def _year(dates: _Dates, shift: int) -> str | None:
    return None if dates.written.year == dates.read.year else str(dates.written.year + shift)


def _as_it_began(original: str, said: str, before: str | None) -> str:
    return said[:1].upper() + said[1:] if original[0].isupper() and not before else said


_SPANS = {"week": _week, "month": _month, "year": _year}
_NAMERS: tuple[tuple[re.Pattern[str], Namer], ...] = (
    (_WEEKDAY, _weekday),
    (_NEAR_DAY, _near_day),
    (_AGO, _ago),
    (_PART_OF_DAY, _part_of_day),
    (_SPAN, _span),
)
