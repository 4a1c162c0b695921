"""The passages of a story that may become its bullet, best first."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.models import Article, BulletStatus, Topic
from summarizer.casualties.comparison import count_in
from summarizer.casualties.counts import Counted, stated
from summarizer.extractive import absolute_dates as dates
from summarizer.extractive.passages import HEADLINE, Passage, all_sentences, passages
from summarizer.extractive.shortening import LIMIT, shorten
from summarizer.language.calendar import NAMES
from summarizer.language.content_words import stems
from summarizer.language.quotation_marks import unquoted
from summarizer.ranking import Ranked, on_topic
from summarizer.sentence_rules.boilerplate import is_boilerplate
from summarizer.sentence_rules.cleaning import plain
from summarizer.sentence_rules.headlines import headline, headline_fault, is_one_quotation
from summarizer.sentence_rules.missing_names import is_nameless
from summarizer.sentence_rules.standalone import fault
from summarizer.sentence_rules.vague_subjects import is_vague
from summarizer.standing import repeats
from summarizer.topics.sentence_fit import TopicFit

ARTICLES = 6
"""Articles of a story that are read for its bullet: the newest."""

TELLING = 3
"""Content words of a headline that says what its article is about."""

PLACES = {HEADLINE: 1.0, 0: 0.75, 1: 0.5, 2: 0.4}
DEEPER = 0.3
AGREED, BEST, OWN_HEADLINE, FIGURE, NEW_FIGURE = 0.6, 0.5, 0.3, 0.05, 0.3
ON_TOPIC, ON_ANOTHER = 0.2, 0.4
NAMELESS, VAGUE, RELATIVE, QUOTED, OLD_TOLL = -0.3, -0.25, -0.2, -0.3, -0.6
SEVERAL = -1.0
RECENT, LATER, TOLD, REPEATED = 0.3, 0.5, -0.8, -1.2
"""What adds to a passage's score as a bullet, or takes from it; set beforehand, not fitted."""

REPORT = 0.75
"""The chance to be a report of news from which a first sentence's figure is that news; an analysis
opens with the scene."""

LONG = timedelta(days=2)
"""Of a story that went on so long, the newest report counts in full: what was is no longer so."""

_FIGURE = re.compile(r"\d[\d.,]*\d|\d")
_NAME = re.compile(r"(?<=[\w,;)] )[^\W\d_a-z][\w’'-]*")
KILLED = Counted.KILLED
_ROUND_UP = 2
"""Semicolons of a sentence that tells several events."""
_ONE_EVENT = 3
"""A toll so many times higher than what the articles lead with is another event's."""


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

    def adds_little_to(self, other: ContentWords) -> bool:
        """Whether most of its words were told, and it names nothing more."""
        shared = len(self.stems & other.stems)
        return shared > 0.6 * len(self.stems) and not self.marks - other.marks


@dataclass(frozen=True, slots=True)
class StoryMaterial:
    """A story, its articles on the topic, those read, and their passages that may tell it.

    Where neither headline nor first sentences touch the topic, the passages are those that do. An
    article whose headline is one quotation tells what somebody says of an event, and has none.
    """

    ranked: Ranked
    about: tuple[Article, ...]
    articles: tuple[Article, ...]
    passages: tuple[Passage, ...]

    @classmethod
    def of(cls, ranked: Ranked, topic: Topic) -> StoryMaterial:
        about = ranked.about or on_topic(ranked.story, topic)
        read = (*about[-ARTICLES:], ranked.best) if ranked.best else about[-ARTICLES:]
        unique = tuple({article.id: article for article in read}.values())
        told = [a for a in unique if not is_one_quotation(headline(a.title, a.source).text)]
        tops = [list(passages(article, ranked.furniture)) for article in told]
        found = [each for top in tops for each in _of_its_news(top)]
        fit = TopicFit(topic)
        if not any(fit.of(each.text) for top in tops for each in top):
            sentences = (s for each in told for s in all_sentences(each, ranked.furniture))
            found = [each for each in sentences if fit.of(each.text)] or found
        return cls(ranked, about, unique, tuple(found))


def _of_its_news(top: Sequence[Passage]) -> Sequence[Passage]:
    """The passages at the top of an article; the headline alone where no other shares its words.

    Such a text is that of the page: a notice, a promotion, another article.
    """
    headlines = [each for each in top if each.index == HEADLINE]
    said = frozenset[str]().union(*(each.stems for each in headlines))
    strange = all(said.isdisjoint(each.stems) for each in top if each.index != HEADLINE)
    return headlines if strange and len(said) >= TELLING else top


@dataclass(frozen=True, slots=True)
class CandidateBullet:
    """A passage as it would be told, with what it says and its score, about -1 to 3."""

    passage: Passage
    text: str
    said: ContentWords
    score: float


def share(one: frozenset[str], other: frozenset[str]) -> float:
    """The share of the shorter set that both have."""
    return len(one & other) / max(1, min(len(one), len(other)))


def candidates(material: StoryMaterial, topic: Topic, read_at: datetime) -> list[CandidateBullet]:
    """Judge the passages that can be read alone, best first."""
    judge = _Judge.of(material, topic, read_at)
    judged = [judge.candidate(each, text) for each, text in _tellable(material.passages)]
    return sorted(judged, key=lambda each: (-each.score, each.text))


def _tellable(found: Sequence[Passage]) -> Iterator[tuple[Passage, str]]:
    """The passages fit to be told, each as it would be told."""
    for each in found:
        text = _headline(each.text) if each.index == HEADLINE else _sentence(each.text)
        if text is not None:
            yield each, text


def _headline(text: str) -> str | None:
    fit = headline_fault(text) is None and not is_boilerplate(text)
    return text if fit and len(text.split()) <= LIMIT else None


def _sentence(text: str) -> str | None:
    said = plain(text)
    return None if fault(said) else shorten(said)


@dataclass(frozen=True, slots=True)
class _Judge:
    """Scores the passages of one story for one reader; `toll` is the highest that is stated.

    `on_topic` is what touching the topic adds: more where no headline or first sentence does.
    """

    material: StoryMaterial
    fit: TopicFit
    on_topic: float
    told: tuple[ContentWords, ...]
    elsewhere: tuple[ContentWords, ...]
    toll: int
    read_at: datetime

    @classmethod
    def of(cls, material: StoryMaterial, topic: Topic, read_at: datetime) -> _Judge:
        ranked, fit = material.ranked, TopicFit(topic)
        opens = any(fit.of(each.text) for each in material.passages if each.index <= 0)
        counts = [found.value for each in material.about if (found := count_in(each, KILLED))]
        return cls(
            material,
            fit,
            ON_TOPIC if opens else ON_ANOTHER,
            tuple(map(ContentWords.of, (ranked.told or "").splitlines())),
            tuple(ContentWords.of(text) for text in ranked.elsewhere),
            max(counts, default=0),
            read_at,
        )

    def candidate(self, passage: Passage, text: str) -> CandidateBullet:
        said = ContentWords.of(text)
        score = (
            PLACES.get(passage.index, DEEPER)
            + self._agreement(passage)
            + self.on_topic * (self.fit.of(text) > 0)
            + self._substance(passage, text)
            + self._newness(passage.article, text, said)
        )
        return CandidateBullet(passage, text, said, score)

    def _agreement(self, passage: Passage) -> float:
        """How far the story's other articles say the same, and its own headline."""
        closest: dict[str, float] = {}
        for each in self.material.passages:
            alike = share(passage.stems, each.stems)
            closest[each.article.id] = max(closest.get(each.article.id, 0.0), alike)
        closest.pop(passage.article.id, None)
        if passage.article is self.material.ranked.best:
            return AGREED + BEST
        if closest:
            return AGREED * sum(closest.values()) / len(closest)
        return OWN_HEADLINE * (passage.index != HEADLINE) * self._like_its_headline(passage)

    def _like_its_headline(self, passage: Passage) -> float:
        title = frozenset(stems(passage.article.title))
        return share(passage.stems, title)

    def _substance(self, passage: Passage, text: str) -> float:
        own = unquoted(text)
        killed = stated(text, KILLED)
        return (
            FIGURE * (_FIGURE.search(text) is not None)
            + NEW_FIGURE * self._adds_a_figure(passage, text)
            + OLD_TOLL * (killed is not None and 0 < killed < self.toll <= _ONE_EVENT * killed)
            + QUOTED * (1 - len(own.split()) / len(text.split()))
            + NAMELESS * (is_nameless(text) and passage.index != HEADLINE)
            + VAGUE * is_vague(text)
            + SEVERAL * (own.count(";") >= _ROUND_UP)
            + RELATIVE * self._misleads(own, passage.article)
        )

    def _adds_a_figure(self, passage: Passage, text: str) -> bool:
        """Whether the first sentence of a report says how much and its headline does not."""
        return (
            passage.index == 0
            and self.material.ranked.news >= REPORT
            and passage.article is self.material.ranked.best
            and _FIGURE.search(passage.article.title) is None
            and _FIGURE.search(text) is not None
        )

    def _misleads(self, text: str, article: Article) -> bool:
        """Whether it says "today" to the reader of another day."""
        if not dates.still_relative(text) or article.published_at.date() == self.read_at.date():
            return False
        return dates.still_relative(dates.absolute(text, article.published_at, self.read_at))

    def _newness(self, article: Article, text: str, said: ContentWords) -> float:
        ranked = self.material.ranked
        first, last = (ranked.story.articles[at].published_at for at in (0, -1))
        span = last - first
        score = REPEATED * any(said.overlap(other) > 0.7 for other in self.elsewhere)
        if span:
            score += RECENT * min(1.0, span / LONG) * ((article.published_at - first) / span)
        if ranked.told is None or ranked.status is not BulletStatus.UPDATED:
            return score
        if repeats(text, ranked.told) or any(map(said.adds_little_to, self.told)):
            return score + TOLD
        return score + LATER * (article.id in ranked.later)
