"""Whether a sentence asserts a number as having happened now: not planned, feared, denied or past.

Errs on the side of silence: a doubtful number is left out.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from summarizer.evidence.moods.markers import markers
from summarizer.language.dates import Day
from summarizer.language.text import Text, clause_around
from summarizer.lazy_pattern import lazy_pattern

RECENT = timedelta(days=8)
"""How long before its article an event may be and still be told as news."""

_YEAR = lazy_pattern(r"(?<![\w.,$€£])(?:19|20)\d\d(?![\w.,%]\d|\w)")
_COMPARED = lazy_pattern(r"\b(?:since|than|than in) $", re.IGNORECASE)
"""Before a year with which a title compares its own: "the worst quake since 2014"."""

_UNREAL = frozenset(
    (
        *("future", "possible", "need", "expected", "plan", "try", "ask", "promise", "threat"),
        *(
            "not",
            "deny",
            "consider",
            "accuse",
            "charge",
            "alleged",
            "if",
            "belief",
            "able",
            "but",
            "open",
            "fake",
            "fiction",
        ),
    )
)
"""Labels of markers under which a number is no fact."""


@cache
def _pattern(name: str) -> re.Pattern[str]:
    """The lines of `doubts.txt` with this name, as one pattern."""
    text = Path(__file__).with_name("doubts.txt").read_text("utf-8")
    rows = (line.split(": ", 1) for line in text.splitlines() if line and line[0] != "#")
    return re.compile("|".join(row[1] for row in rows if row[0] == name), re.IGNORECASE)


def asserts(text: Text, first: int, last: int, written: date) -> bool:
    """Whether words, a number and what it counts, are told as having happened.

    They are `first` to `last`; `written` is the day of the article.
    """
    start, end = text.words[first].start, text.words[last].end
    if is_of_another_time(text, written) or _pattern("unreal").search(
        clause(text.folded, start, end)
    ):
        return False
    place = text.where[first]
    span = range(first, last + 1)
    return not any(
        each.label in _UNREAL and any(at in span for at in each.scope)
        for each in markers(text, *text.sentences[place])
    )


def is_goal(text: Text, start: int, end: int) -> bool:
    """Whether the characters `start` to `end` are an amount or a price that somebody aims at."""
    return _pattern("goal").search(clause(text.folded, start, end)) is not None


def clause(folded: str, start: int, end: int) -> str:
    """The clause around some characters, as far as its punctuation and conjunctions show it."""
    return clause_around(_pattern("edge"), folded, start, end)


def is_about_the_past(title: str, written: date) -> bool:
    """Whether a title says that what its article tells of happened months or years before."""
    if _pattern("title").search(title):
        return True
    return any(
        int(found[0]) < written.year and not _COMPARED.search(title, 0, found.start())
        for found in _YEAR.finditer(title)
    )


def is_of_another_time(text: Text, written: date) -> bool:
    """Whether a sentence is on other years, on long spans, or on a day long before its article."""
    if _pattern("elsewhen").search(text.folded):
        return True
    years = (int(each) for each in _YEAR.findall(text.folded))
    if any(year != written.year for year in years):
        return True
    return any(not _is_recent(each, written) for each in text.days)


def _is_recent(said: Day, written: date) -> bool:
    if said.year is not None and said.year != written.year:
        return False
    if said.day is None:
        return said.month == written.month
    try:
        day = date(written.year, said.month, said.day)
    except ValueError:
        return False
    if day > written + timedelta(days=1) and said.month > written.month:
        day = date(written.year - 1, said.month, said.day)
    return written - RECENT <= day <= written + timedelta(days=1)
