"""The sentences of a story that may become a bullet on a topic, best first."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.models import Article, BulletStatus, Topic
from summarizer.casualties.comparison import count_in
from summarizer.casualties.counts import Counted, stated
from summarizer.extractive import absolute_dates as dates
from summarizer.extractive.salience import Candidate, weigh
from summarizer.extractive.shortening import shorten
from summarizer.language.calendar import NAMES
from summarizer.language.content_words import stems
from summarizer.language.quotation_marks import unquoted
from summarizer.ranking import Ranked, on_topic
from summarizer.sentence_rules.boilerplate import is_boilerplate
from summarizer.sentence_rules.cleaning import plain
from summarizer.sentence_rules.standalone import FEWEST_WORDS, MOST_CHARS, fault
from summarizer.sentence_rules.vague_subjects import is_vague
from summarizer.topics.sentence_fit import TopicFit

LOOKED_AT = 30
"""So many of a story's sentences are judged in full, by worth."""

FIT, OFF_TOPIC = 0.6, -0.3
OPENING = (0.3, 0.15)
FIGURE, TOLL = 0.15, 0.12
QUOTED, VAGUE, RELATIVE, OLD_TOLL = -0.3, -0.25, -0.2, -0.4
RECENT, LATER, TOLD, REPEATED = 0.4, 0.3, -0.5, -1.2
"""What adds to a sentence's worth as a bullet, or takes from it."""

_NUMBER = re.compile(r"\d")
_FIGURE = re.compile(r"\d[\d.,]*\d|\d")
_NAME = re.compile(r"(?<=[\w,;)] )[A-Z][\w’'-]*")
ONE_EVENT = 3
"""A toll so many times higher than what the articles lead with is another event's."""

LONG = timedelta(days=2)
"""Of a story that went on so long, the newest report counts in full: what was is no longer so."""


Place = tuple[int, int]
"""An article, by its identity, and the index of a sentence in it."""


@dataclass(frozen=True, slots=True)
class ContentWords:
    """What a bullet says, for comparing two: content words, names and numbers."""

    stems: frozenset[str]
    marks: frozenset[str]

    @classmethod
    def of(cls, text: str) -> ContentWords:
        marks = {mark.lower() for mark in _NAME.findall(text) + _FIGURE.findall(text)}
        return cls(frozenset(stems(text)), frozenset(marks - NAMES))

    def overlap(self, other: ContentWords) -> float:
        """The share of the shorter one's words that both have."""
        return share(self.stems, other.stems)


@dataclass(frozen=True, slots=True)
class StoryMaterial:
    """A story, its articles on the topic, and all their sentences."""

    ranked: Ranked
    about: tuple[Article, ...]
    sentences: tuple[Candidate, ...]

    @classmethod
    def of(cls, ranked: Ranked, topic: Topic) -> StoryMaterial:
        about = on_topic(ranked.story, topic)
        return cls(ranked, about, tuple(weigh(about)[0]))


@dataclass(frozen=True, slots=True)
class CandidateSentence:
    """A sentence as shortened, with what it says, how it fits the topic, and its score."""

    candidate: Candidate
    text: str
    said: ContentWords
    fit: float
    score: float


def share(one: frozenset[str], other: frozenset[str]) -> float:
    """The share of the shorter set that both have."""
    return len(one & other) / max(1, min(len(one), len(other)))


def choices(matter: StoryMaterial, fit: TopicFit, read_at: datetime) -> list[CandidateSentence]:
    """Judge those sentences that can be read alone."""
    ranked = matter.ranked
    opening = _openings(matter.sentences)
    likely = sorted(matter.sentences, key=lambda each: -each.worth - opening.get(_place(each), 0.0))
    counts = [count.value for each in matter.about if (count := count_in(each, Counted.KILLED))]
    told = ContentWords.of(ranked.told) if ranked.told else None
    elsewhere = tuple(ContentWords.of(text) for text in ranked.elsewhere)
    judge = _Judge(ranked, fit, opening, told, elsewhere, max(counts, default=0), read_at)
    judged = [judge.choice(each, short) for each, short in _short(likely[:LOOKED_AT])]
    return sorted(judged, key=lambda each: (-each.score, each.text))


def _place(each: Candidate) -> Place:
    return id(each.article), each.sentence.index


def _openings(found: Sequence[Candidate]) -> dict[Place, float]:
    """What the first two sentences of news in each article earn by their place."""
    earned: dict[Place, float] = {}
    so_far: Counter[int] = Counter()
    for each in found:
        article, _ = place = _place(each)
        fit = each.length >= FEWEST_WORDS and len(each.sentence.text) <= MOST_CHARS
        if so_far[article] == len(OPENING) or not fit:
            continue
        if not is_boilerplate(each.sentence.text):
            earned[place] = OPENING[so_far[article]]
            so_far[article] += 1
    return earned


def _short(found: Sequence[Candidate]) -> Iterator[tuple[Candidate, str]]:
    """Those fit to be told, as told."""
    for each in found:
        said = plain(each.sentence.text)
        if fault(said) or is_boilerplate(each.sentence.text):
            continue
        if (short := shorten(said)) is not None:
            yield each, short


@dataclass(frozen=True, slots=True)
class _Judge:
    """Scores the sentences of one story for one reader; `toll` is the highest known."""

    ranked: Ranked
    fit: TopicFit
    opening: Mapping[Place, float]
    told: ContentWords | None
    elsewhere: tuple[ContentWords, ...]
    toll: int
    read_at: datetime

    def choice(self, each: Candidate, text: str) -> CandidateSentence:
        said, fitting = ContentWords.of(text), self.fit.of(text)
        score = (
            each.worth
            + (FIT * fitting if fitting else OFF_TOPIC)
            + self.opening.get(_place(each), 0.0)
            + self._substance(each, text)
            + self._newness(each.article, said)
        )
        return CandidateSentence(each, text, said, fitting, score)

    def _substance(self, each: Candidate, text: str) -> float:
        own = unquoted(text)
        killed = stated(text, Counted.KILLED)
        return (
            FIGURE * bool(_NUMBER.search(text))
            + TOLL * (killed is not None and 0 < self.toll <= killed <= ONE_EVENT * self.toll)
            + OLD_TOLL * (killed is not None and killed < self.toll)
            + QUOTED * (1 - len(own.split()) / len(text.split()))
            + VAGUE * is_vague(text)
            + RELATIVE * self._misleads(own, each.article)
        )

    def _misleads(self, text: str, article: Article) -> bool:
        """Whether it says "today" to the reader of another day."""
        if not dates.still_relative(text) or article.published_at.date() == self.read_at.date():
            return False
        return dates.still_relative(dates.absolute(text, article.published_at, self.read_at))

    def _newness(self, article: Article, said: ContentWords) -> float:
        first, last = (self.ranked.story.articles[at].published_at for at in (0, -1))
        span = last - first
        score = REPEATED * any(said.overlap(other) > 0.7 for other in self.elsewhere)
        if span:
            score += RECENT * min(1.0, span / LONG) * ((article.published_at - first) / span)
        if self.told is None or self.ranked.status is not BulletStatus.UPDATED:
            return score
        if said.overlap(self.told) > 0.6 and not said.marks - self.told.marks:
            return TOLD
        return score + LATER * (article.id in self.ranked.later)
