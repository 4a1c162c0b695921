"""Administration of sources: add, check, and ingest a single URL."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from bot.errors import BriefbotError, FetchError, RefusedInput, StoreError, UsageError
from bot.ingest.polite_client import PoliteClient
from bot.ingest.poll import SourcePoll
from bot.ingest.teasers import is_worth_storing
from bot.ingest.worker.messages import Counts, FeedRead, FolderJob, Read, ReadJob, StoreJob
from bot.ingest.worker.pool import WorkerPool
from bot.models import FetchState, ParsedArticle, Source, SourceKind
from bot.sources.http.client import host_of, web_address
from bot.sources.http.url import with_scheme
from bot.sources.pages.not_feeds import names_a_feed
from bot.sources.text.clean import clean_line
from bot.sources.text.urls import LONGEST_URL, without_keys
from bot.store import Store

if TYPE_CHECKING:  # reading lists takes memory, and only the command line does so
    from bot.sources.feeds.opml import OpmlSource

EXAMPLE = "/sources add https://krebsonsecurity.com/feed/"

_LINKS_TRIED = 3


@dataclass(frozen=True, slots=True)
class Probed:
    """The content found at a URL: a feed or one article."""

    url: str
    title: str
    feed: FeedRead | None = None
    article: ParsedArticle | None = None

    @property
    def kind(self) -> SourceKind:
        return SourceKind.FEED if self.feed else SourceKind.PAGE


@dataclass(frozen=True, slots=True)
class Checked:
    """The result of a check: success, and a line about the content or the error.

    `offline` means that perhaps no source can be reached.
    """

    source: Source
    well: bool
    text: str
    offline: bool = False


@dataclass(frozen=True, slots=True)
class SourceAdmin:
    """Adds, checks and ingests. Every method may raise FetchError, RefusedInput or StoreError."""

    store: Store
    client: PoliteClient
    worker_pool: WorkerPool
    source_poll: SourcePoll
    clock: Callable[[], datetime]

    async def probe(self, url: str) -> Probed:
        """Find what is at a URL: a feed, a page that links to one, or an article."""
        async with self.client.feed(url) as fetched:
            expected = SourceKind.FEED if names_a_feed(url) else None
            job = ReadJob(fetched.url, expected, self.clock(), fetched.charset)
            read = await self.worker_pool.read(job, fetched.body)
            here = fetched.moved_permanently_to or web_address(url).url
        if read.feed:
            return Probed(here, read.feed.title, feed=read.feed)
        found = await self._named(read)
        if found:
            return found
        if read.article is None or not is_worth_storing(read.article):
            why = read.refused or "has no article text"
            raise RefusedInput(f"{without_keys(here)} has no feed, article or feed link: it {why}")
        return Probed(here, read.article.title, article=read.article)

    async def add(
        self,
        url: str,
        *,
        name: str | None = None,
        category: str | None = None,
        weight: float = 1.0,
        unchecked: bool = False,
    ) -> tuple[Source, Probed | None]:
        """Add a feed or page by its URL, or by a page that links to a feed.

        Raises UsageError if it exists. `unchecked` adds it without a request.
        """
        address = web_address(with_scheme(url)).url
        await self._check_new(address)
        probed = None if unchecked else await self.probe(address)
        known = probed.url if probed else address
        source = Source(
            name=clean_line(name or (probed.title if probed else ""), 100) or host_of(known),
            kind=probed.kind if probed else SourceKind.FEED,
            url=known,
            host=host_of(known),
            category=clean_line(category or "", 100) or None,
            weight=weight,
            state=FetchState(next_at=self.clock()),
        )
        return await self._added(source), probed

    async def add_folder(
        self, path: Path, *, name: str | None = None, category: str | None = None, weight: float
    ) -> Source:
        """Add a folder: its new and changed files are ingested."""
        folder = await asyncio.to_thread(_folder, path)
        source = Source(
            name=clean_line(name or folder.name, 100) or "Folder",
            kind=SourceKind.FOLDER,
            url=str(folder),
            host=str(folder),
            category=clean_line(category or "", 100) or None,
            weight=weight,
            state=FetchState(next_at=self.clock()),
        )
        return await self._added(source)

    async def add_from_opml(self, listed: OpmlSource) -> Source | None:
        """Add a source of a list without a request; None if it exists."""
        _check_length(listed.url)
        host = host_of(listed.url)
        state = FetchState(next_at=self.clock())
        return await self.store.sources.add(
            Source(
                listed.name or host, SourceKind.FEED, listed.url, host, listed.category, 1.0, state
            )
        )

    async def check(self, source: Source) -> Checked:
        """Poll a source now and report the result; stores no article, but whether it failed."""
        try:
            checked = Checked(source, True, await self._told(source))
        except StoreError:
            raise
        except BriefbotError as error:
            offline = isinstance(error, FetchError) and error.offline
            checked = Checked(source, False, str(error), offline)
        fault = None if checked.well else checked.text
        await self.store.sources.note_check(source.name, fault, self.clock())
        return checked

    async def ingest_url(self, url: str, *, source: str | None, as_page: bool = False) -> Counts:
        """Store the content of a URL: all items of a feed, or one article."""
        probed = await self._page(url) if as_page else await self.probe(url)
        now = self.clock()
        if probed.feed:
            outlet = source or probed.title or host_of(probed.url)
            counts, _ = await self.source_poll.keep(probed.feed, now, source=outlet)
            return counts
        assert probed.article is not None
        article = replace(probed.article, source=source or probed.article.source)
        return await self.worker_pool.store(StoreJob((article,), source, now))

    async def _page(self, url: str) -> Probed:
        async with self.client.page(url, self.source_poll.max_bytes) as fetched:
            job = ReadJob(fetched.url, SourceKind.PAGE, self.clock(), fetched.charset)
            read = await self.worker_pool.read(job, fetched.body)
        if read.article is None:
            raise RefusedInput(f"{without_keys(url)} {read.refused}")
        return Probed(fetched.url, read.article.title, article=read.article)

    async def _named(self, read: Read) -> Probed | None:
        """The first feed link of a page that leads to a feed."""
        for link in read.links[:_LINKS_TRIED]:
            try:
                async with self.client.feed(link.url) as fetched:
                    job = ReadJob(fetched.url, SourceKind.FEED, self.clock(), fetched.charset)
                    feed = (await self.worker_pool.read(job, fetched.body)).feed
            except (FetchError, RefusedInput):
                continue
            if feed:
                url = fetched.moved_permanently_to or link.url
                return Probed(url, feed.title or link.title, feed=feed)
        return None

    async def _told(self, source: Source) -> str:
        if source.kind is SourceKind.FOLDER:
            job = FolderJob(source.url, self.clock(), self.source_poll.max_bytes)
            folder = await self.worker_pool.read_folder(job)
            refused = f", refused: {folder.refused[0]}" if folder.refused else ""
            return f"{folder.files} files{refused}"
        if source.kind is SourceKind.PAGE:
            page = await self._page(source.url)
            return f"one article: {page.title}"
        probed = await self.probe(source.url)
        if probed.feed is None:
            raise RefusedInput("is a web page without a feed link")
        newest = max(probed.feed.dates, default=None)
        dated = f", the newest of {newest:%Y-%m-%d %H:%M}Z" if newest else ", undated"
        moved = f" (at {without_keys(probed.url)})" if probed.url != source.url else ""
        return f"{probed.feed.total} items{dated if probed.feed.total else ''}{moved}"

    async def _check_new(self, url: str) -> None:
        _check_length(url)
        known = await self.store.sources.find(url)
        if known:
            raise UsageError(f"That address is a source already: {known.name}.")

    async def _added(self, source: Source) -> Source:
        _check_length(source.url)
        added = await self.store.sources.add(source)
        if added is None:
            known = await self.store.sources.find(source.url)
            raise UsageError(f"That address is a source already: {known.name if known else ''}.")
        return added


def _folder(path: Path) -> Path:
    folder = path.resolve()
    if not folder.is_dir():
        raise UsageError(f"{path} is not a folder")
    return folder


def _check_length(url: str) -> None:
    if len(url.encode()) > LONGEST_URL:
        raise UsageError(f"An address may have at most {LONGEST_URL:,} characters.")
