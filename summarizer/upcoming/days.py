"""The days to come that a sentence names, as calendar dates; past and vague ones are left out."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from summarizer.language.calendar import A_DAY, A_MONTH, DAYS, MONTH_FORMS
from summarizer.language.dates import Day
from summarizer.language.quotation_marks import inside_quotes
from summarizer.language.text import Text, clause_around
from summarizer.language.weekday_tense import day_meant
from summarizer.language.word_lists import listed
from summarizer.lazy_pattern import lazy_pattern
from summarizer.upcoming.called_off import has_happened, is_one_of_two, is_taken_back, is_unsure

FARTHEST = timedelta(days=400)


_OPENING = 25
"""Characters of a clause before a date that opens it: "On June 5 the court will …"."""


class Bound(StrEnum):
    """How a day bounds what is ahead."""

    ON = "on"
    BY = "by"
    UNTIL = "until"
    FROM = "from"


@dataclass(frozen=True, slots=True)
class ComingDay:
    """A day to come, and the characters of the sentence that name it."""

    day: date
    bound: Bound
    start: int
    end: int


_WEEKDAY = lazy_pattern(
    rf"(?:\b(?P<before>[\w’'-]{{1,40}}),? )?\b(?P<day>{A_DAY})"
    r"(?P<part> (?:morning|afternoon|evening|night))?\b(?!['’]s|-)(?! [A-Z])"
)
_TOMORROW = lazy_pattern(r"(?<!of )(?<!better )(?<!brighter )\b[Tt]omorrow\b(?!['’]s)")
_END_OF = lazy_pattern(
    r"\b(?:by|before|until|till) (?:the )?end of (?:the |this |(?P<next>next ))?"
    r"(?:(?P<unit>week|month|year)\b(?! after)"
    rf"|(?P<month>{A_MONTH})(?:,? (?P<of>20\d\d))?|(?P<year>20\d\d)\b)"
)
_BY_END = lazy_pattern(r"\bby (?P<unit>month|year)[- ]end\b")
_BOUNDS = (
    (
        lazy_pattern(
            r"\b(?:by|no later than|not later than|before)(?: the)?(?: [a-z]+day)?,? $", re.I
        ),
        Bound.BY,
    ),
    (
        lazy_pattern(r"\b(?:until|till|through|up to)(?: the)? $", re.I),
        Bound.UNTIL,
    ),
    (
        lazy_pattern(
            r"\b(?:from|starting|beginning|effective|as of|with effect from)(?: on)? $", re.I
        ),
        Bound.FROM,
    ),
)
_FUTURE = (
    r"(?:will|shall|(?:is|are) (?:to|due|set|scheduled|slated|expected|planned|going|likely|poised)"
    r"|scheduled|slated|due(?! to\b(?! be\b))|set (?:for|to)|planned|plans?|expect(?:s|ed)?|"
    r"deadline|upcoming|would)"
)
_CUE = lazy_pattern(rf"\b{_FUTURE}\b", re.IGNORECASE)
_SAID_NOW = lazy_pattern(
    r"\b(?:will|shall|(?:is|are) (?:to|due|set|scheduled|slated|expected|planned|going))\b"
)
_CUE_BEFORE = lazy_pattern(
    r"\b(?P<cue>scheduled|slated|due(?! to\b(?! be\b))|(?:is|are|was|were) due|"
    r"set (?:for|to|on|by)|planned|plans?|expected|expects|is to|"
    r"are to|deadline)\b"
    r"(?:(?! (?:and|but|after|who|which|that|because|when|while|as)\b)[^,;:.]){0,70}$",
    re.IGNORECASE,
)
_GONE = lazy_pattern(
    r"(?<!\bbe )\b(?:was|were|had been|had|has|have|did|said|told|held|met|took|began|"
    r"(?!(?:scheduled|planned|expected|slated|need|supposed|proposed)\b)"
    r"[a-z]{3,}ed)\b"
)
_BEFORE_WEEKDAY = frozenset(
    listed(
        """last every each since between past previous following than a after before of the and or
        in through recent by until till"""
    )
)
"""Before a weekday: it is one of many, or only names a thing, as in "after Friday prayers"."""

_WENT_ON = lazy_pattern(
    r"\b(?:after|following|since|because|despite|announced?)\b[^,;:]*$"
    rf"|{A_DAY} (?:or|and|to) $"
)
_OR = lazy_pattern(rf" or (?:\d|{A_DAY})")
_DATED = lazy_pattern(rf",? \(?(?:the )?(?:\d|today|{A_MONTH})")
_IN_BRACKETS = lazy_pattern(rf"(?:\d(?:st|nd|rd|th)?|{A_MONTH}) \($")
"""Before a weekday that only belongs to a date: "on 15 April (Monday)"."""

_TO_DAY = lazy_pattern(rf" ?(?:to|through|thru|[-–]) ?{A_DAY}")
"""Behind the first of several days of each week: "from Monday to Friday"."""

_NEW_CLAUSE = lazy_pattern(
    r"[;:—]|, (?:but|and|while|who|which|after|as|when)\b"
    r"|\b(?:after|because|since|while|who|which|where)\b"
)


def coming_days(text: Text, written: date) -> Iterator[ComingDay]:
    """The days after `written`, that of the article, which a sentence says something will be on."""
    if is_taken_back(text.text):
        return
    taken: set[date] = set()
    for each in (
        *_ends(text, written),
        *_calendar(text, written),
        *_weekdays(text, written),
        *_tomorrow(text, written),
    ):
        if each.day not in taken and not _is_doubtful(text.text, each):
            taken.add(each.day)
            yield each


def _is_doubtful(said: str, each: ComingDay) -> bool:
    own = clause(said, each.start)
    return is_one_of_two(said, each.start) or is_unsure(own) or has_happened(said, own, each.end)


def clause(text: str, at: int) -> str:
    """The clause that holds a character."""
    return clause_around(_NEW_CLAUSE, text, at, at)


def _weekdays(text: Text, written: date) -> Iterator[ComingDay]:
    said = text.text
    for found in _WEEKDAY.finditer(said):
        day = _weekday(found, written)
        plain = (
            day
            and _is_sure(found, day, written)
            and not _WENT_ON.search(said, 0, found.start("day"))
        )
        if day and day > written and plain and not inside_quotes(said, found.start("day")):
            yield ComingDay(day, _bound(said, found.start("day")), found.start("day"), found.end())


def _is_sure(found: re.Match[str], day: date, written: date) -> bool:
    """Whether the weekday is neither the article's own nor, but for "next", that of the day before.

    Many an article is dated a day after it was written.
    """
    ahead = (day - written).days % 7
    return ahead != 0 and (ahead != 6 or (found["before"] or "").lower() in {"next", "coming"})


def _weekday(found: re.Match[str], written: date) -> date | None:
    said, at = found.string, found.start("day")
    before = (found["before"] or "").lower()
    ahead = (DAYS.index(found["day"]) - written.weekday()) % 7 or 7
    if (
        _IN_BRACKETS.search(said, 0, at)
        or _DATED.match(said, found.end())
        or _TO_DAY.match(said, found.end())
    ):
        return None
    if before in {"next", "coming"} or said[found.end() :].startswith(" next week"):
        return _next(before, said[found.end() :], ahead, written)
    if before in {"by", "until", "till", "this"} and (
        _cued(said, at) or _CUE.search(clause(said, at))
    ):
        gone = before == "this" and not _CUE.search(said, 0, at)
        return None if gone else written + timedelta(days=ahead)
    if before in _BEFORE_WEEKDAY or before.endswith(("'s", "’s")):
        return None
    meant = day_meant(found, written)
    if meant is None and _cued(said, at):
        return written + timedelta(days=ahead)
    return meant


def _next(before: str, behind: str, ahead: int, written: date) -> date | None:
    """ "Next Friday" is one day alone if this week's is over; "Friday next week" always is."""
    if behind.startswith(" next week"):
        sunday = written + timedelta(days=6 - written.weekday())
        day = written + timedelta(days=ahead)
        return day if day > sunday else day + timedelta(days=7)
    crosses = written.weekday() + ahead > 6
    return written + timedelta(days=ahead) if before == "coming" or crosses else None


def _cued(said: str, at: int) -> bool:
    """Whether a word like "scheduled" before a day says that the day is to come."""
    found = _CUE_BEFORE.search(said, 0, at)
    return found is not None and not _GONE.search(said, found.end("cue"), at)


def _tomorrow(text: Text, written: date) -> Iterator[ComingDay]:
    for found in _TOMORROW.finditer(text.text):
        if not inside_quotes(text.text, found.start()) and _SAID_NOW.search(text.text):
            day = written + timedelta(days=1)
            yield ComingDay(day, _bound(text.text, found.start()), *found.span())


def _calendar(text: Text, written: date) -> Iterator[ComingDay]:
    for said in text.days:
        start, end = text.words[said.first].start, text.words[said.last].end
        day = _resolved(said, written)
        vague = _OR.match(text.text, end) is not None
        if vague or day is None or not written < day <= written + FARTHEST:
            continue
        bound = _bound(text.text, start)
        if _tells_future(text.text, start, bound):
            yield ComingDay(day, bound, start, end)


def _resolved(said: Day, written: date) -> date | None:
    """The date; without a year that of this year, or of the next where this one is long past."""
    if said.day is None:
        return None
    try:
        day = date(said.year or written.year, said.month, said.day)
        if said.year is None and day < written - timedelta(days=240):
            day = date(written.year + 1, said.month, said.day)
    except ValueError:
        return None
    return day


def _tells_future(said: str, at: int, bound: Bound) -> bool:
    """Whether the verb before a date, in its clause, tells what is to come."""
    own = clause(said, at)
    start = said.find(own)
    before = own[: max(0, at - start)]
    cue = max((each.end() for each in _CUE.finditer(before)), default=-1)
    gone = max((each.end() for each in _GONE.finditer(before)), default=-1)
    if cue >= 0:
        return cue >= gone or bound in {Bound.BY, Bound.UNTIL}
    opens = len(before.strip()) < _OPENING
    return opens and gone < 0 and _CUE.search(own) is not None


def _ends(text: Text, written: date) -> Iterator[ComingDay]:
    for pattern in (_END_OF, _BY_END):
        for found in pattern.finditer(text.text):
            day = _end(found, written)
            cued = _CUE.search(text.text)
            if day and written < day <= written + FARTHEST and cued:
                bound = Bound.UNTIL if found[0].lower().startswith(("until", "till")) else Bound.BY
                yield ComingDay(day, bound, *found.span())


def _end(found: re.Match[str], written: date) -> date | None:
    """The last day of the week, month or year."""
    given = found.groupdict()
    later = 1 if given.get("next") else 0
    if given["unit"] == "week":
        return written + timedelta(days=6 - written.weekday() + 7 * later)
    if given["unit"] == "month":
        years, month = divmod(written.month - 1 + later, 12)
        return _last_of(written.year + years, month + 1)
    if given["unit"] == "year":
        return date(written.year + later, 12, 31)
    if given.get("year"):
        return date(int(given["year"]), 12, 31)
    month = MONTH_FORMS[given["month"].lower()[:3]]
    year = int(given["of"]) if given.get("of") else written.year + (month < written.month)
    return _last_of(year, month)


def _last_of(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def _bound(said: str, at: int) -> Bound:
    before = said[max(0, at - 40) : at]
    return next((bound for pattern, bound in _BOUNDS if pattern.search(before)), Bound.ON)
