"""The sentences of a story that may become a bullet on a topic, best first."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.models import Article, BulletStatus
from summarizer import dates
from summarizer.boilerplate import is_boilerplate
from summarizer.figures import Counted, count_in, stated
from summarizer.names import with_full_name
from summarizer.quotes import unquoted
from summarizer.ranking import Ranked
from summarizer.salience import Candidate, weigh
from summarizer.shorten import LIMIT, plain, shorten
from summarizer.standing import fault
from summarizer.topic_fit import TopicFit
from summarizer.words import stems

LOOKED_AT = 30
"""So many of a story's sentences are judged in full, by worth."""

FIT, OFF_TOPIC = 0.6, -0.3
LEAD, SECOND = 0.15, 0.05
FIGURE, TOLL = 0.15, 0.12
QUOTED, VAGUE, RELATIVE, OLD_TOLL = -0.3, -0.15, -0.2, -0.4
RECENT, LATER, TOLD = 0.1, 0.3, -0.5
"""What adds to a sentence's worth as a bullet, or takes from it."""

_NUMBER = re.compile(r"\d")
_NAME = re.compile(r"(?<=[\w,;)] )[A-Z][\w’'-]*")
_VAGUE = re.compile(r"The [a-z]+ ")


@dataclass(frozen=True, slots=True)
class Said:
    """What a bullet says, for comparing two: content words, names and numbers."""

    stems: frozenset[str]
    marks: frozenset[str]

    @classmethod
    def of(cls, text: str) -> Said:
        marks = _NAME.findall(text) + re.findall(r"\d[\d.,]*\d|\d", text)
        return cls(frozenset(stems(text)), frozenset(mark.lower() for mark in marks))

    def overlap(self, other: Said) -> float:
        """The share of the shorter one's words that both have."""
        return share(self.stems, other.stems)


@dataclass(frozen=True, slots=True)
class Choice:
    """A sentence as a bullet would say it, with what it says and its score."""

    candidate: Candidate
    text: str
    said: Said
    fit: float
    score: float


def share(one: frozenset[str], other: frozenset[str]) -> float:
    """The share of the shorter set that both have."""
    return len(one & other) / max(1, min(len(one), len(other)))


def choices(
    ranked: Ranked, about: Sequence[Article], fit: TopicFit, read_at: datetime
) -> list[Choice]:
    """Judge the sentences of a story's articles on the topic that can be read alone."""
    found, _ = weigh(about)
    found.sort(key=lambda each: -each.worth - LEAD * (each.sentence.index == 0))
    counts = [count.value for each in about if (count := count_in(each, Counted.KILLED))]
    told = Said.of(ranked.told) if ranked.told else None
    judged = [
        _judged(each, text, fit, ranked, told, max(counts, default=0))
        for each, text in _worded(found[:LOOKED_AT], read_at)
    ]
    return sorted(judged, key=lambda each: (-each.score, each.text))


def _worded(found: Sequence[Candidate], read_at: datetime) -> Iterator[tuple[Candidate, str]]:
    for each in found:
        raw = each.sentence.text
        if is_boilerplate(raw) or fault(said := plain(raw)):
            continue
        if (short := shorten(said)) is not None:
            yield each, _finished(short, each, read_at)


def _finished(text: str, each: Candidate, read_at: datetime) -> str:
    """Write out a lone surname and relative days where that stays within the limit."""
    named = with_full_name(text, each.article.text[: each.sentence.start])
    text = named if len(named.split()) <= LIMIT else text
    dated = dates.absolute(text, each.article.published_at, read_at)
    return dated if len(dated.split()) <= LIMIT else text


def _judged(
    each: Candidate, text: str, fit: TopicFit, ranked: Ranked, told: Said | None, toll: int
) -> Choice:
    said, fitting = Said.of(text), fit.of(text)
    score = (
        each.worth
        + (FIT * fitting if fitting else OFF_TOPIC)
        + _place(each)
        + _substance(text, toll)
        + _newness(each, said, ranked, told)
    )
    return Choice(each, text, said, fitting, score)


def _place(each: Candidate) -> float:
    return {0: LEAD, 1: SECOND}.get(each.sentence.index, 0.0)


def _substance(text: str, toll: int) -> float:
    own = unquoted(text)
    killed = stated(text, Counted.KILLED)
    return (
        FIGURE * bool(_NUMBER.search(text))
        + TOLL * (killed is not None and killed >= toll)
        + OLD_TOLL * (killed is not None and killed < toll)
        + QUOTED * (1 - len(own.split()) / len(text.split()))
        + VAGUE * bool(_VAGUE.match(text) and not _NAME.search(text))
        + RELATIVE * dates.still_relative(own)
    )


def _newness(each: Candidate, said: Said, ranked: Ranked, told: Said | None) -> float:
    articles = ranked.story.articles
    order = next(at for at, article in enumerate(articles) if article.id == each.article.id)
    score = RECENT * order / max(1, len(articles) - 1)
    if told is None or ranked.status is not BulletStatus.UPDATED:
        return score
    if said.overlap(told) > 0.6 and not said.marks - told.marks:
        score += TOLD
    return score + LATER * (each.article.id in ranked.later)
