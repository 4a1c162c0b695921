"""The local engine: the sentences of a story that tell it best, as bullets."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.models import Article, Bullet, Citation, Topic
from summarizer import dates
from summarizer.boilerplate import is_boilerplate
from summarizer.copies import independent
from summarizer.ranking import Ranked
from summarizer.salience import Candidate, weigh
from summarizer.selection import in_turn
from summarizer.sentences import stands_alone
from summarizer.shorten import LIMIT, plain, shorten
from summarizer.words import stems

USUAL = 1.15
"""A selection tells at most so many times the words of the average article."""

_SAME = 0.5
_TOKEN = re.compile(r"[\w-]+")
_MORE_OF_ONE = 2


@dataclass(frozen=True, slots=True)
class _Choice:
    candidate: Candidate
    text: str
    score: float


class ExtractiveSummarizer:
    """Chooses and shortens sentences; adds no word that its articles do not have."""

    name = "extractive"
    version = "1"

    async def bullets(
        self, topic: Topic, stories: Sequence[Ranked], *, limit: int, read_at: datetime
    ) -> list[Bullet]:
        """One bullet a story, then more from stories with a single article while there is room."""
        firsts: list[Bullet] = []
        more: list[Bullet] = []
        said: list[frozenset[str]] = []
        for ranked in stories:
            if len(firsts) == limit:
                break
            choices = _choices(ranked, topic)
            taken = list(_different(choices, said, _MORE_OF_ONE + 1))
            if not taken:
                continue
            said.append(frozenset(stems(taken[0].text)))
            firsts.append(_bullet(ranked, taken[0], read_at))
            if len(ranked.story.articles) == 1:
                more.extend(_bullet(ranked, choice, read_at) for choice in taken[1:])
        return [*firsts, *more][:limit]


def select(articles: Sequence[Article], words: int) -> list[str]:
    """The sentences that tell the articles best, in at least `words` words where there are so many.

    Stops earlier where it has told as much as the average article does.
    """
    found, value = weigh(articles)
    usual = USUAL * sum(len(article.text.split()) for article in articles) / max(1, len(articles))
    chosen: list[str] = []
    length = 0
    for each in in_turn(found, value):
        if length >= words or (chosen and length + each.length / 2 > usual):
            break
        chosen.append(plain(each.sentence.text))
        length += each.length
    return chosen


def _overlap(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / max(1, min(len(one), len(other)))


def _choices(ranked: Ranked, topic: Topic) -> list[_Choice]:
    """The sentences of a story that are fit to be bullets on a topic, best first."""
    about = [
        article
        for article in ranked.story.articles
        if any(each.topic == topic.name for each in article.topics)
    ]
    found = [
        _Choice(each, text, each.worth + 0.4 * _fit(text, topic))
        for each in weigh(about)[0]
        if stands_alone(each.sentence.text)
        and not is_boilerplate(each.sentence.text)
        and (text := shorten(each.sentence.text)) is not None
    ]
    return sorted(found, key=lambda each: -each.score)


def _fit(text: str, topic: Topic) -> float:
    said = f" {' '.join(_TOKEN.findall(text.lower()))} "
    weight = sum(value for term, value in topic.terms.items() if f" {term}" in said)
    return min(1.0, weight / 3)


def _different(
    choices: Sequence[_Choice], said: Sequence[frozenset[str]], limit: int
) -> Iterator[_Choice]:
    taken = list(said)
    for choice in choices:
        own = frozenset(stems(choice.text))
        if all(_overlap(own, other) < _SAME for other in taken):
            taken.append(own)
            yield choice
        if len(taken) - len(said) == limit:
            return


def _bullet(ranked: Ranked, choice: _Choice, read_at: datetime) -> Bullet:
    article = choice.candidate.article
    dated = dates.absolute(choice.text, article.published_at, read_at)
    return Bullet(
        text=dated if len(dated.split()) <= LIMIT else choice.text,
        story_id=ranked.story.id,
        published_at=article.published_at,
        sources_count=len(independent(ranked.story.articles)),
        citations=tuple(_citations(ranked, choice.candidate)),
        status=ranked.status,
        change=ranked.change,
    )


def _citations(ranked: Ranked, chosen: Candidate) -> Iterator[Citation]:
    yield _citation(chosen)
    cited = {chosen.article.source}
    for each in sorted(
        weigh(ranked.story.articles)[0], key=lambda other: -_overlap(chosen.single, other.single)
    ):
        if len(cited) == 3 or _overlap(chosen.single, each.single) < _SAME:
            return
        if each.article.source not in cited:
            cited.add(each.article.source)
            yield _citation(each)


def _citation(chosen: Candidate) -> Citation:
    article, sentence = chosen.article, chosen.sentence
    return Citation(
        article_id=article.id,
        title=article.title,
        source=article.source,
        url=article.url,
        quote=sentence.text,
        start=sentence.start,
        end=sentence.end,
    )
