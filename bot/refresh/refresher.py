"""Looks at every source that is due, many at once, and settles what came of it."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import datetime

import structlog

from bot.errors import BriefbotError, FetchError, StoreError
from bot.models import Source, SourceKind
from bot.refresh.jobs import Counts
from bot.refresh.looking import Looked, Looking
from bot.sources.fetch import host_of
from bot.sources.refresh import Failure, Notice, answered, ended, failed, notice
from bot.store import Store
from bot.store.sources import ClaimedSource

AT_ONCE = 100
"""So many sources are looked at at once."""

LOOK_SECONDS = 240.0
"""A look takes no longer: its lease would end soon after."""

LOOK_AGAIN_SECONDS = 10.0
"""While some looks take long, others that come due are not kept waiting."""

STOP_SECONDS = 0.5
"""So long may looks that are nearly done take when the bot stops; the others are cut off."""

Tell = Callable[[Notice], Awaitable[None]]

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Report:
    """What a refresh has done so far."""

    looked: int = 0
    failed: int = 0
    counts: Counts = field(default_factory=Counts)


class Refresher:
    """Keeps the sources fresh. Several may run, in one process or many, on one database."""

    def __init__(
        self,
        store: Store,
        looking: Looking,
        clock: Callable[[], datetime],
        *,
        tell: Tell | None = None,
        progress: Callable[[Report], None] | None = None,
        at_once: int = AT_ONCE,
    ) -> None:
        self._store = store
        self._looking = looking
        self._clock = clock
        self._tell = tell or _only_logged
        self._progress = progress or _silent
        self._at_once = at_once
        self._stopped = asyncio.Event()
        self._idle = asyncio.Event()
        self._idle.set()
        self._report = Report()

    async def refresh_due(self) -> Report:
        """Look at what is due until nothing is; what comes due meanwhile is looked at too."""
        self._report = Report()
        self._idle.clear()
        running: set[asyncio.Task[None]] = set()
        try:
            while not self._stopped.is_set():
                running |= await self._begun(self._at_once - len(running))
                if not running:
                    break
                running = await self._some_done(running)
        finally:
            await self._finish(running)
            self._idle.set()
        return self._report

    async def stop(self) -> None:
        """Begin nothing more, finish what is nearly done, give the rest back."""
        self._stopped.set()
        await self._idle.wait()

    async def _begun(self, free: int) -> set[asyncio.Task[None]]:
        if free < max(1, self._at_once // 4):
            return set()
        try:
            claimed = await self._store.sources.claim(self._clock(), free)
        except StoreError as error:
            log.warning("sources wait for the database", error=str(error))
            return set()
        return {asyncio.create_task(self._guarded(each)) for each in claimed}

    async def _some_done(self, running: set[asyncio.Task[None]]) -> set[asyncio.Task[None]]:
        stopped = asyncio.create_task(self._stopped.wait())
        try:
            await asyncio.wait(
                {*running, stopped},
                timeout=LOOK_AGAIN_SECONDS,
                return_when=asyncio.FIRST_COMPLETED,
            )
        finally:
            stopped.cancel()
        for task in running:
            if task.done():
                task.result()
        return {task for task in running if not task.done()}

    async def _finish(self, running: set[asyncio.Task[None]]) -> None:
        if not running:
            return
        _, late = await asyncio.wait(running, timeout=STOP_SECONDS)
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)

    async def _guarded(self, claimed: ClaimedSource) -> None:
        """One look, whatever happens; a source whose look is cut off is given back."""
        try:
            await self._settle(claimed, await self._look(claimed.source))
        except asyncio.CancelledError:
            await self._store.sources.release(claimed)
            raise
        except StoreError as error:
            name = claimed.source.name
            log.warning("a source waits for the database", source=name, error=str(error))

    async def _look(self, source: Source) -> Looked | Failure:
        try:
            async with asyncio.timeout(LOOK_SECONDS):
                return await self._looking.look(source, self._clock())
        except StoreError:
            raise
        except FetchError as error:
            return Failure(str(error), error.gone, error.refused, error.retry_after)
        except BriefbotError as error:
            return Failure(str(error))
        except TimeoutError:
            return Failure(f"took more than {LOOK_SECONDS:g} s in all")
        except Exception:
            log.exception("a source could not be looked at", source=source.name)
            return Failure("could not be read; the log has the details")

    async def _settle(self, claimed: ClaimedSource, done: Looked | Failure) -> None:
        now, before = self._clock(), claimed.source
        spread = random.random()  # noqa: S311 - keeps sources from asking in step, hides nothing
        if isinstance(done, Failure):
            after, memory, counts = failed(before, done, now, spread), None, Counts()
            log.debug("source failed", source=before.name, error=done.reason)
        else:
            after = await self._moved(before, answered(before, done.answer, now, spread))
            if done.again:
                after = replace(after, state=replace(after.state, next_at=now))
            memory, counts = done.memory, done.counts
        settled = await self._store.sources.settle(claimed, after, memory)
        told = notice(before, after)
        if settled and told:
            await self._tell(told)
        self._count(counts, failure=isinstance(done, Failure))

    async def _moved(self, before: Source, after: Source) -> Source:
        """The source at its new address; one that another source has already ends this one."""
        if after.url == before.url or after.kind is SourceKind.FOLDER:
            return after
        other = await self._store.sources.find(after.url)
        if other and other.name != before.name:
            return ended(before, f"it has moved to the address of {other.name}")
        log.info("source moved", source=before.name, url=after.url)
        return replace(after, host=host_of(after.url))

    def _count(self, counts: Counts, *, failure: bool) -> None:
        before = self._report
        self._report = Report(before.looked + 1, before.failed + failure, before.counts + counts)
        self._progress(self._report)


async def _only_logged(told: Notice) -> None:
    log.warning("source " + told.kind, source=told.source, text=told.text)


def _silent(_: Report) -> None:
    """Nobody watches."""
