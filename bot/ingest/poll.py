"""One poll of one source: fetch, read, store. Does not update the source."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.errors import RefusedInput
from bot.ingest.full_text import FullText
from bot.ingest.identified import identified
from bot.ingest.polite_client import PoliteClient
from bot.ingest.schedule import FetchOutcome
from bot.ingest.seen_items import FreshEntry, SeenItems
from bot.ingest.teasers import is_described, is_wanted, own_address, revised
from bot.ingest.worker.messages import Counts, FeedRead, FolderJob, Read, ReadJob, StoreJob
from bot.ingest.worker.pool import WorkerPool
from bot.models import Article, Source, SourceKind
from bot.sources.http.client import Fetched
from bot.store import Store


@dataclass(frozen=True, slots=True)
class PollResult:
    """A successful poll: the outcome, the new memory (None: unchanged), the counts.

    `again` says that more is available at once.
    """

    answer: FetchOutcome
    memory: str | None = None
    counts: Counts = field(default_factory=Counts)
    again: bool = False


@dataclass(frozen=True, slots=True)
class _Asked:
    """The content of `url`; `read` is None where it is unchanged."""

    url: str
    answer: FetchOutcome
    read: Read | None = None


@dataclass(frozen=True, slots=True)
class SourcePoll:
    """Polls sources. Raises FetchError, RefusedInput and StoreError."""

    store: Store
    client: PoliteClient
    worker_pool: WorkerPool
    max_bytes: int

    async def poll(self, source: Source, now: datetime) -> PollResult:
        """Fetch what is new and store it."""
        if source.kind is SourceKind.FOLDER:
            return await self._folder(source, now)
        asked = await self._asked(source, now)
        if asked.read is None:
            return PollResult(asked.answer)
        if source.kind is SourceKind.PAGE:
            return await self._page(source, asked, asked.read, now)
        if asked.read.feed is None:
            return await self._found(source, asked.read, now)
        return await self._kept(source, asked.read.feed, asked.answer, now)

    async def keep(
        self, feed: FeedRead, now: datetime, *, source: str, category: str | None = None
    ) -> tuple[Counts, str]:
        """Store the new entries of a feed with full text; returns counts and the new memory.

        `category` is for articles that name none.
        """
        wanted = await self._wanted(source, feed.fresh, now)
        texts = FullText(self.client, self.worker_pool, self.max_bytes, now)
        done = await texts.complete(wanted)
        memory = feed.memory
        if done.postponed:
            memory = SeenItems.from_text(memory).without(done.postponed).as_text()
        articles = [replace(each, category=each.category or category) for each in done.articles]
        return await self.worker_pool.store(StoreJob(tuple(articles), source, now)), memory

    async def _asked(self, source: Source, now: datetime) -> _Asked:
        """Fetch and read the source; the body is released here."""
        state = source.state
        async with self.client.feed(
            source.url, etag=state.etag, last_modified=state.last_modified
        ) as fetched:
            if fetched.not_modified:
                return _Asked(fetched.url, _unchanged(source, fetched))
            answer = _answer(source, fetched, hashlib.sha256(fetched.body).hexdigest())
            if answer.body_hash == state.body_hash:
                return _Asked(fetched.url, answer)
            memory = await self.store.sources.memory(source.name)
            job = ReadJob(fetched.url, source.kind, now, fetched.charset, memory)
            return _Asked(fetched.url, answer, await self.worker_pool.read(job, fetched.body))

    async def _kept(
        self, source: Source, feed: FeedRead, answer: FetchOutcome, now: datetime
    ) -> PollResult:
        counts, memory = await self.keep(feed, now, source=source.name, category=source.category)
        brought = counts.new + counts.changed
        taught = replace(answer, new=brought, dates=feed.dates, wait=feed.wait)
        return PollResult(taught, memory, counts)

    async def _found(self, source: Source, read: Read, now: datetime) -> PollResult:
        """A page in place of the feed: follow its feed link, unless a feed was read here before."""
        if not read.links or source.state.last_ok_at:
            raise RefusedInput(read.refused or "is not a feed")
        named = await self._asked(_unseen(source, read.links[0].url), now)
        if named.read is None or named.read.feed is None:
            raise RefusedInput("is a web page, and its feed link does not lead to a feed")
        return await self._kept(source, named.read.feed, named.answer, now)

    async def _page(self, source: Source, asked: _Asked, read: Read, now: datetime) -> PollResult:
        if read.article is None:
            raise RefusedInput(read.refused or "has no article text")
        article = replace(
            read.article,
            source=source.name,
            category=source.category or read.article.category,
            url=own_address(source.url, asked.url, read.article.url),
        )
        if is_described(article):
            (found,) = await identified(self.store, [article], source=source.name, now=now)
            article = revised(article, found.known) if found.known else article
        counts = await self.worker_pool.store(StoreJob((article,), source.name, now))
        return PollResult(replace(asked.answer, new=counts.new + counts.changed), None, counts)

    async def _folder(self, source: Source, now: datetime) -> PollResult:
        memory = await self.store.sources.memory(source.name)
        read = await self.worker_pool.read_folder(
            FolderJob(source.url, now, self.max_bytes, memory)
        )
        counts = await self.worker_pool.store(StoreJob(read.articles, source.name, now))
        answer = FetchOutcome(source.url, new=counts.new + counts.changed)
        kept = read.memory if read.memory != memory else None
        return PollResult(answer, kept, counts, again=read.more)

    async def _wanted(
        self, source: str, fresh: Sequence[FreshEntry], now: datetime
    ) -> list[tuple[FreshEntry, Article | None]]:
        """The entries to store, each with the article stored under the same identity.

        One that is issued again needs no second look: what is stored of it stays.
        """
        articles = [each.entry.article for each in fresh]
        found = await identified(self.store, articles, source=source, now=now) if fresh else []
        return [
            (each, one.known)
            for each, one in zip(fresh, found, strict=True)
            if not one.is_reissue and is_wanted(each.entry, one.known, source)
        ]


def _unseen(source: Source, url: str) -> Source:
    """The source at a URL that was never requested."""
    state = replace(source.state, etag=None, last_modified=None, body_hash=None)
    return replace(source, kind=SourceKind.FEED, url=url, state=state)


def _unchanged(source: Source, fetched: Fetched) -> FetchOutcome:
    """A 304 may omit validators of the last answer: those are kept."""
    told = _answer(source, fetched, source.state.body_hash)
    return replace(
        told,
        etag=told.etag or source.state.etag,
        last_modified=told.last_modified or source.state.last_modified,
    )


def _answer(source: Source, fetched: Fetched, body_hash: str | None) -> FetchOutcome:
    return FetchOutcome(
        url=fetched.moved_permanently_to or source.url,
        fresh_for=fetched.cache_max_age,
        etag=fetched.etag,
        last_modified=fetched.last_modified,
        body_hash=body_hash,
    )
