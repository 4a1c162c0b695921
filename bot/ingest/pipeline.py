"""Store parsed articles with their identity, topics and story."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from itertools import groupby

from bot.ingest.identified import identified
from bot.models import Article, ParsedArticle, Stored, StoryCandidate, Window
from bot.store import Store, StoryPlacement
from summarizer.newsworthiness.articles import with_furniture
from summarizer.newsworthiness.judge import with_worth
from summarizer.stories import clustering as stories
from summarizer.topics.scorer import TopicScorer

_FURNITURE_TITLES = 3
"""The titles of one source that share a text which is the page's own; two may be one article."""


@dataclass(frozen=True, slots=True)
class _Arriving:
    """A new or changed article with its story features; `known` is the stored version."""

    article: Article
    known: Article | None
    features: stories.StoryFeatures
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What storing an article did, and whether it has a date now."""

    stored: Stored
    is_dated: bool


@dataclass(frozen=True, slots=True)
class IngestPipeline:
    """Scores parsed articles, assigns them to stories and stores them."""

    store: Store
    scorer: TopicScorer

    async def add(self, parsed: ParsedArticle, *, source: str | None, now: datetime) -> Stored:
        """Store one article; an unchanged one costs one read."""
        return (await self.add_many([parsed], source=source, now=now))[0]

    async def add_many(
        self, parsed: Sequence[ParsedArticle], *, source: str | None, now: datetime
    ) -> list[Stored]:
        """Store several articles in one batch: what `store_many` does, without dates."""
        return [each.stored for each in await self.store_many(parsed, source=source, now=now)]

    async def store_many(
        self, parsed: Sequence[ParsedArticle], *, source: str | None, now: datetime
    ) -> list[Outcome]:
        """Store several articles in one batch, oldest first.

        Of several versions of one article the first is used.
        """
        given = await identified(self.store, parsed, source=source, now=now)
        judged = with_furniture([each.article for each in given], _FURNITURE_TITLES)
        furniture = {article.id for article, shared in judged if shared}
        arriving: dict[str, _Arriving] = {}
        for each in given:
            article, before = each.article, each.known
            if article.id not in arriving and not (before and _same(article, before)):
                shared = article.id in furniture
                arriving[article.id] = self._arriving(article, before, shared=shared)
        stored = await self._place(sorted(arriving.values(), key=_by_time))
        return [
            Outcome(stored.pop(each.article.id, Stored.UNCHANGED), each.article.is_dated)
            for each in given
        ]

    def _arriving(self, article: Article, known: Article | None, *, shared: bool) -> _Arriving:
        """Score an article that can be told; another one is only stored.

        A `shared` text belongs to the page: the title alone says which story it is.
        """
        if not article.is_tellable:
            return _Arriving(replace(article, topics=()), known, stories.features_of(article), ())
        topics = self.scorer.score(article.title, article.text, article.summary)
        features = stories.features_of(replace(article, text="") if shared else article)
        judged = with_worth(replace(article, topics=topics))
        return _Arriving(judged, known, features, stories.keys(features))

    async def _place(self, arriving: Sequence[_Arriving]) -> dict[str, Stored]:
        if not arriving:
            return {}
        tellable = [each for each in arriving if each.article.is_tellable]
        untold = [(each.article, None) for each in arriving if not each.article.is_tellable]
        async with self.store.stories.placing():
            placed = [*await self._placements(tellable), *untold]
            done = await self.store.articles.add_many(placed)
        return {article.id: each for (article, _), each in zip(placed, done, strict=True)}

    async def _placements(
        self, arriving: Sequence[_Arriving]
    ) -> list[tuple[Article, StoryPlacement | None]]:
        """The story of each; later articles may join stories begun by earlier ones."""
        stored = await self._candidates([each for each in arriving if not each.known])
        begun = _Begun()
        placed: list[tuple[Article, StoryPlacement | None]] = []
        for each in arriving:
            story_id = each.known.story_id if each.known else None
            if not each.known:
                found = begun.among(stored[each.article.id], each.keys)
                story_id = stories.choose(each.features, found)
            placement = StoryPlacement(
                story_id=story_id or f"s-{each.article.id}",
                headline=None if story_id else each.article.title,
                keys=each.keys,
                features=each.features.to_bytes(),
            )
            begun.add(placement.story_id, each)
            placed.append((each.article, placement))
        return placed

    async def _candidates(
        self, arriving: Sequence[_Arriving]
    ) -> dict[str, list[stories.Candidate]]:
        """The stored story candidates of each, with one query for all articles of one day."""
        found: dict[str, list[stories.Candidate]] = {}
        for _, day in groupby(arriving, key=lambda each: each.article.published_at.date()):
            members = list(day)
            windows = [stories.lookup_window(each.article.published_at) for each in members]
            window = Window(min(w.since for w in windows), max(w.until for w in windows))
            keys = [each.keys for each in members]
            several = await self.store.stories.candidates_many(keys, window)
            stored = {one.story_id: one for some in several for one in some}
            unpacked = {story_id: _candidate(one) for story_id, one in stored.items()}
            for each, some in zip(members, several, strict=True):
                found[each.article.id] = [unpacked[one.story_id] for one in some]
        return found


class _Begun:
    """The stories that a batch has begun or joined, indexed by key."""

    def __init__(self) -> None:
        self._stories: dict[str, stories.Candidate] = {}
        self._holders: defaultdict[str, dict[str, None]] = defaultdict(dict)

    def add(self, story_id: str, arrived: _Arriving) -> None:
        at = arrived.article.published_at
        old = self._stories.get(story_id, stories.Candidate(story_id, at, at, ()))
        self._stories[story_id] = _joined(old, (arrived.features,), at, at)
        for key in arrived.keys:
            self._holders[key][story_id] = None

    def among(
        self, stored: Sequence[stories.Candidate], keys: Sequence[str]
    ) -> list[stories.Candidate]:
        """The stored candidates, updated by the batch, and its own stories that share a key."""
        shared: dict[str, None] = {}
        for key in keys:
            shared |= self._holders.get(key, {})
        grown = [self._grown(each) for each in stored]
        present = {each.story_id for each in stored}
        return grown + [self._stories[each] for each in shared if each not in present]

    def _grown(self, candidate: stories.Candidate) -> stories.Candidate:
        here = self._stories.get(candidate.story_id)
        if here is None:
            return candidate
        return _joined(candidate, here.members, here.first_seen, here.last_seen)


def _candidate(stored: StoryCandidate) -> stories.Candidate:
    members = tuple(_unpacked(each) for each in stored.features)
    return stories.Candidate(stored.story_id, stored.first_seen, stored.last_seen, members)


@lru_cache(maxsize=1_000)
def _unpacked(features: bytes) -> stories.StoryFeatures:
    """Cached: the articles of one day are compared with the same stories many times."""
    return stories.StoryFeatures.from_bytes(features)


def _joined(
    story: stories.Candidate,
    members: Sequence[stories.StoryFeatures],
    first: datetime,
    last: datetime,
) -> stories.Candidate:
    newest = (*members, *story.members)[: stories.MEMBERS]
    return stories.Candidate(
        story.story_id, min(story.first_seen, first), max(story.last_seen, last), newest
    )


def _by_time(arriving: _Arriving) -> tuple[datetime, str]:
    return arriving.article.published_at, arriving.article.id


def _same(article: Article, known: Article) -> bool:
    seen = replace(
        known,
        fetched_at=article.fetched_at,
        topics=article.topics,
        story_id=article.story_id,
        guid=article.guid,
    )
    return seen == article
