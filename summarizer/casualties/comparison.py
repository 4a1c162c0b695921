"""Compares casualty numbers across articles: where outlets differ, and what rose."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from bot.languages import marked
from bot.models import Article
from summarizer.casualties.counts import READ, Counted, stated_as
from summarizer.language.sentences import Sentence, split
from summarizer.language.text import read_once
from summarizer.lazy_pattern import lazy_pattern

_LEAD = 4
_STILL_ONE_EVENT = 3
_SAME_HOURS = timedelta(hours=6)
_RISES = lazy_pattern(
    r"\b(?:ris(?:es?|en|ing)|rose|climb\w*|increas\w*|jump\w*|gr[eo]wn?|up from)\b"
)
_NAMES = {Counted.KILLED: marked("death toll"), Counted.INJURED: marked("number of injured")}


@dataclass(frozen=True, slots=True)
class Count:
    """A casualty number of an article and its sentence, or None where only the title states it."""

    value: int
    article: Article
    sentence: Sentence | None
    rounded: bool
    who: str


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Outlets that give different numbers for one event at about the same time."""

    counted: Counted
    low: Count
    high: Count

    def __str__(self) -> str:
        return f"{self.low.value:,} to {self.high.value:,} {self.counted}, sources differ."


@dataclass(frozen=True, slots=True)
class Rise:
    """A number that rose, in words: "death toll rises to 31 from 24"."""

    counted: Counted
    old: int
    new: int

    def __str__(self) -> str:
        return f"{_NAMES[self.counted]} rises to {self.new:,} from {self.old:,}"

    def is_of(self, text: str) -> bool:
        """Whether a text states the number, as it was or as it is: others count others.

        "24 hours" and "31 percent" count no people.
        """
        stated = {each.low for each in read_once(text).quantities if each.unit is None}
        return not stated.isdisjoint((self.old, self.new))


def count_in(article: Article, counted: Counted) -> Count | None:
    """The number that an article's first sentences, or its title, give for its own event."""
    for sentence in split(article.text[:READ], article.language)[:_LEAD]:
        found = stated_as(sentence.text, counted)
        if found is not None:
            return Count(found.value, article, sentence, found.rounded, found.who)
    found = stated_as(article.title, counted)
    if found is None:
        return None
    return Count(found.value, article, None, found.rounded, found.who)


def disagreement(articles: Sequence[Article]) -> Disagreement | None:
    """The outlets whose latest articles, within hours of each other, give different numbers.

    Rounded numbers are left out ("over 70" and "73" may be the same), and so are numbers of
    different people (three soldiers, five rebels) and a toll that is said to have risen.
    """
    latest = {article.source: article for article in sorted(articles, key=lambda a: a.published_at)}
    newest = max((article.published_at for article in latest.values()), default=None)
    recent = [a for a in latest.values() if newest and newest - a.published_at <= _SAME_HOURS]
    for counted in Counted:
        found = (count_in(article, counted) for article in recent)
        counts = [each for each in found if each and each.sentence and not each.rounded]
        if counts:
            low = min(counts, key=lambda count: count.value)
            high = max(counts, key=lambda count: count.value)
            alike = low.who == high.who and not _risen(low, high)
            if alike and low.value < high.value <= _STILL_ONE_EVENT * low.value:
                return Disagreement(counted, low, high)
    return None


def _risen(low: Count, high: Count) -> bool:
    """Whether the later article says that the number rose."""
    later = high.article.published_at > low.article.published_at
    return later and high.sentence is not None and _RISES.search(high.sentence.text) is not None


def rise(known: Iterable[str], later: Sequence[Article]) -> Rise | None:
    """The number of killed, or else of injured, that rose; rounded ones are skipped."""
    lines = [line for text in known for line in text[:READ].splitlines()]
    for counted in _NAMES:
        before = [told for line in lines if (told := stated_as(line, counted))]
        after = [count for article in later if (count := count_in(article, counted))]
        if not before or not after:
            continue
        old = max(before, key=lambda figure: figure.value)
        new = max(after, key=lambda found: found.value)
        exact = not old.rounded and not new.rounded
        if exact and new.value > old.value and new.who == old.who:
            return Rise(counted, old.value, new.value)
    return None
