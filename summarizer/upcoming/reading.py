"""What an article says of days to come, each with its sentence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from summarizer.language.calendar import A_DAY, A_MONTH
from summarizer.language.sentences import Sentence, split
from summarizer.language.text import read_once
from summarizer.lazy_pattern import lazy_pattern
from summarizer.sentence_rules.boilerplate import is_boilerplate
from summarizer.sentence_rules.instructions import gives_orders
from summarizer.upcoming.days import ComingDay, coming_days

READ = 4_000
"""Characters of a text that are read."""

_SHORTEST, _LONGEST = 40, 420
_NAMES_DAY = lazy_pattern(
    rf"\b{A_DAY}\b|\b[Tt]omorrow\b|{A_MONTH}|\bend of\b|[- ]end\b|\d{{4}}-\d\d"
)
_DATELINE = 40
"""Characters in which a dateline may name its day, ..."""

_LATE_DAYS = 2
"""... which is not more than this before that of publication."""


@dataclass(frozen=True, slots=True)
class Ahead:
    """A day to come with the sentence that names it."""

    coming: ComingDay
    sentence: Sentence


@lru_cache(maxsize=1_024)
def ahead_in(text: str, language: str | None, *published: date) -> tuple[Ahead, ...]:
    """The days to come that an article names, counted from its own day.

    That is the day of its dateline, or of its publication. Where that is one of several, only what
    holds from each of them is told. English alone is read.
    """
    if (language or "en")[:2] != "en":
        return ()
    written = dict.fromkeys(published)
    found = []
    for sentence in split(text[:READ], language):
        if sentence.index == 0:
            written = dict.fromkeys(_day_of(sentence.text, each) for each in published)
        said = sentence.text
        if not _SHORTEST <= len(said) <= _LONGEST or not _NAMES_DAY.search(said):
            continue
        if is_boilerplate(said) or gives_orders(said) or said.endswith("?"):
            continue
        first, *others = ([*coming_days(read_once(said), day)] for day in written)
        sure = (each for each in first if all(each in other for other in others))
        found += [Ahead(each, sentence) for each in sure]
    return tuple(found)


def _day_of(opening: str, published: date) -> date:
    """The day in the dateline, "LAHORE, May 06 (APP)", if it is not long before publication."""
    first = next(iter(read_once(opening[:_DATELINE]).days), None)
    if first is None or first.day is None or not opening[:4].isupper():
        return published
    for back in range(_LATE_DAYS + 1):
        day = published - timedelta(days=back)
        if (day.month, day.day) == (first.month, first.day):
            return day
    return published
