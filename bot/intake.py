"""A parsed article on its way into the store: identity, topics, story; one at a time."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from bot.models import Article, ParsedArticle, Stored, StoryCandidate
from bot.store import Store, StoryPlacement
from summarizer import stories
from summarizer.topics import TopicScorer

DEFAULT_SOURCE = "Local files"
_OLDEST_DAYS = 365 * 40
_CLOCK_SKEW = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Intake:
    """Puts parsed articles into the store, scored and placed in a story."""

    store: Store
    scorer: TopicScorer

    async def put(self, parsed: ParsedArticle, *, source: str | None, now: datetime) -> Stored:
        """Store one article; an unchanged one costs a single read."""
        article = as_article(parsed, source=source, now=now)
        known = await self.store.articles.get(article.id)
        if known is not None:
            article = _as_before(article, known, dated=parsed.published_at is not None)
            if _same(article, known):
                return Stored.UNCHANGED
        topics = self.scorer.score(article.title, article.text, article.summary)
        return await self._place(replace(article, topics=topics), known)

    async def _place(self, article: Article, known: Article | None) -> Stored:
        features = stories.features_of(article)
        keys = stories.keys(features)
        async with self.store.stories.placing():
            story_id = known.story_id if known else await self._story(article, features, keys)
            placement = StoryPlacement(
                story_id=story_id or f"s-{article.id}",
                headline=None if story_id else article.title,
                keys=keys,
                features=features.to_bytes(),
            )
            return await self.store.articles.put(article, placement)

    async def _story(
        self, article: Article, features: stories.StoryFeatures, keys: Sequence[str]
    ) -> str | None:
        window = stories.lookup_window(article.published_at)
        found = await self.store.stories.candidates(keys, window)
        return stories.choose(features, [_candidate(each) for each in found])


def as_article(parsed: ParsedArticle, *, source: str | None, now: datetime) -> Article:
    """Give a parsed article its identity; a missing or impossible date becomes `now`."""
    outlet = parsed.source or source or _host(parsed.url) or DEFAULT_SOURCE
    return Article(
        id=_digest(*_identity(parsed, outlet))[:20],
        title=parsed.title,
        text=parsed.text,
        source=outlet,
        published_at=_dated(parsed.published_at, now),
        fetched_at=now,
        content_hash=_digest(parsed.title, parsed.text),
        url=parsed.url,
        category=parsed.category,
        author=parsed.author,
        summary=parsed.summary,
        language=parsed.language,
    )


def _candidate(stored: StoryCandidate) -> stories.Candidate:
    members = tuple(stories.StoryFeatures.from_bytes(each) for each in stored.features)
    return stories.Candidate(stored.story_id, stored.first_seen, stored.last_seen, members)


def _identity(parsed: ParsedArticle, outlet: str) -> tuple[str, ...]:
    if parsed.key:
        return "key", outlet, parsed.key
    if parsed.url:
        return "url", parsed.url
    day = parsed.published_at.date().isoformat() if parsed.published_at else ""
    return "title", outlet, parsed.title, day


def _dated(given: datetime | None, now: datetime) -> datetime:
    if given is None or given > now + _CLOCK_SKEW or given < now - timedelta(days=_OLDEST_DAYS):
        return now
    return given


def _as_before(article: Article, known: Article, *, dated: bool) -> Article:
    return article if dated else replace(article, published_at=known.published_at)


def _same(article: Article, known: Article) -> bool:
    seen = replace(
        known, fetched_at=article.fetched_at, topics=article.topics, story_id=article.story_id
    )
    return seen == article


def _digest(*parts: str) -> str:
    joined = "\x1f".join(parts).encode("utf-8", "surrogatepass")
    return hashlib.sha256(joined).hexdigest()


def _host(url: str | None) -> str | None:
    return (urlsplit(url).hostname or "").removeprefix("www.") or None if url else None
