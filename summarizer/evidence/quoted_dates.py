"""Lists the days that "yesterday" and "on Tuesday" can mean in a quote.

The extractive engine decides which day a bullet states; this module checks it independently. A
past day needs a past verb in the weekday's clause, a future day a verb about the future; with
both ("a vote due on Friday was put off") the day stays open.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from itertools import pairwise

from summarizer.language.calendar import A_DAY, AGO, DAYS, MONTHS
from summarizer.language.numerals import value
from summarizer.language.verbs import VERB
from summarizer.lazy_pattern import lazy_pattern

_MOST_CHARS = 2_000
_SAID = lazy_pattern(
    rf"\b(?:(?P<weekday>{A_DAY})(?!['’]s)"
    r"|(?P<near>today|tonight|yesterday|tomorrow|last night|this (?:morning|afternoon|evening))"
    rf"|{AGO}"
    r"|(?P<which>last|this|next) (?P<unit>week|month|year))\b",
    re.IGNORECASE,
)
_SHIFTS = {"yesterday": -1, "last night": -1, "tomorrow": 1}
_PARTS = lazy_pattern(
    r"[,;:()\"“”—–]"
    r"| (?:and|but|after|as|when|while|because|since|before|that|who|which|where|ahead of)\b"
)
_AHEAD = lazy_pattern(
    r"\b(?:will|shall|due|scheduled|expected|planned|slated|set to|to be"
    r"|(?:is|are|was|were) (?:to|set|likely|going))\b"
)
_NOT_PAST = lazy_pattern(
    r"(?:is|are|be|been|has|have|will|would|can|could|may|might|must|should|does|do)|(?!was$)\w+s"
)
_OPENS_WITH_TIME = lazy_pattern(rf"\W*(?:on|in|at|early|late|earlier|{A_DAY})\b", re.I)


def dated(quote: str, published_at: datetime) -> tuple[str, ...]:
    """The quote with its relative days, weeks, months and years written out, in each reading."""
    if len(quote) > _MOST_CHARS:
        return ()
    made = (_one_way(quote, published_at.date(), way) for way in (0, -1))
    return tuple(dict.fromkeys(each for each in made if each != quote))


def _one_way(quote: str, written: date, way: int) -> str:
    """The quote with the first, or the last, reading of each relative day."""
    return _SAID.sub(lambda found: ([*_meant(found, written)] or [found[0]])[way], quote)


def _meant(found: re.Match[str], written: date) -> Iterator[str]:
    if found["weekday"]:
        back = (written.weekday() - DAYS.index(found["weekday"].capitalize())) % 7
        past, ahead = _looks(found.string, found.start())
        if past and not ahead:
            yield _named(written - timedelta(days=back))
        if ahead and not past:
            yield _named(written + timedelta(days=(7 - back) % 7))
    elif found["near"]:
        said = found["near"].lower()
        day = _named(written + timedelta(days=_SHIFTS.get(said, 0)))
        part = re.search("night|morning|afternoon|evening", said)
        yield f"the {part[0]} of {day}" if part else day
    elif found["count"]:
        yield _named(written - timedelta(days=value(found["count"])))
    else:
        shift = {"last": -1, "this": 0, "next": 1}[found["which"].lower()]
        yield _span(found["unit"].lower(), written, shift)


def _named(day: date) -> str:
    return f"{DAYS[day.weekday()]}, {day.day} {MONTHS[day.month - 1]} {day.year}"


def _span(unit: str, written: date, shift: int) -> str:
    if unit == "week":
        monday = written - timedelta(days=written.weekday() - 7 * shift)
        return f"the week of {monday.day} {MONTHS[monday.month - 1]} {monday.year}"
    if unit == "year":
        return str(written.year + shift)
    months = 12 * written.year + written.month - 1 + shift
    return f"{MONTHS[months % 12]} {months // 12}"


def _looks(text: str, at: int) -> tuple[bool, bool]:
    """Whether a day can be past, and whether it can be future, by the verbs of its clause.

    A clause without verbs uses the clause before it, or after a day that opens the sentence.
    """
    edges = [0, *(found.start() for found in _PARTS.finditer(text)), len(text)]
    clauses = [text[start:end] for start, end in pairwise(edges)]
    own = sum(edge <= at for edge in edges[1:-1])
    order: Sequence[str] = clauses[own::-1]
    if _OPENS_WITH_TIME.match(clauses[0]):
        order = [*order, *clauses[own + 1 :]]
    for clause in order:
        past, ahead = _is_past(clause), _AHEAD.search(clause) is not None
        if past or ahead:
            return past, ahead
    return False, False


def _is_past(clause: str) -> bool:
    return any(not _NOT_PAST.fullmatch(verb[0]) for verb in VERB.finditer(clause))
