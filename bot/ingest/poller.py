"""Looks at every source that is due, many at once, and settles what came of it."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import datetime

import structlog

from bot.errors import BriefbotError, FetchError, LeftForLater, StoreError
from bot.ingest.poll import PollResult, SourcePoll
from bot.ingest.schedule import Failure, SourceNotice, answered, ended, failed, notice
from bot.ingest.worker.messages import Counts
from bot.models import Source, SourceKind
from bot.sources.http.client import host_of
from bot.sources.text.urls import LONGEST_URL, without_keys
from bot.store import Store
from bot.store.sources.records import ClaimedSource

AT_ONCE = 100
"""So many sources are looked at at once."""

LOOK_SECONDS = 900.0
"""Each step of a look has a limit of its own. One that takes so long in all has waited for others,
or hangs: that is not held against its source."""

RENEW_SECONDS = 15.0
"""So often the leases of what is being looked at are renewed: those of a dead process are not."""

LOOK_AGAIN_SECONDS = 10.0
"""While some looks take long, others that come due are not kept waiting."""

STOP_SECONDS = 0.5
"""So long may looks that are nearly done take when the bot stops; the others are cut off."""

Tell = Callable[[SourceNotice], Awaitable[None]]
Looks = dict[asyncio.Task[None], ClaimedSource]

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Report:
    """What a refresh has done so far; `trouble` says why sources were left for later."""

    looked: int = 0
    failed: int = 0
    counts: Counts = field(default_factory=Counts)
    trouble: str | None = None


class Poller:
    """Keeps the sources fresh. Several may run, in one process or many, on one database."""

    def __init__(
        self,
        store: Store,
        looking: SourcePoll,
        clock: Callable[[], datetime],
        *,
        tell: Tell | None = None,
        progress: Callable[[Report], None] | None = None,
        at_once: int = AT_ONCE,
        look_seconds: float = LOOK_SECONDS,
    ) -> None:
        self._store = store
        self._looking = looking
        self._clock = clock
        self._tell = tell or _only_logged
        self._progress = progress or _silent
        self._at_once = at_once
        self._look_seconds = look_seconds
        self._renewed_at = 0.0
        self._stopped = asyncio.Event()
        self._idle = asyncio.Event()
        self._idle.set()
        self._report = Report()

    async def refresh_due(self) -> Report:
        """Look at what is due until nothing is; what comes due meanwhile is looked at too."""
        self._report = Report()
        self._idle.clear()
        self._renewed_at = _seconds()
        running: Looks = {}
        try:
            while not self._stopped.is_set():
                running |= await self._begun(self._at_once - len(running))
                if not running:
                    break
                await self._renew(running)
                running = await self._some_done(running)
        finally:
            await self._finish(running)
            self._idle.set()
        return self._report

    async def stop(self) -> None:
        """Begin nothing more, finish what is nearly done, give the rest back."""
        self._stopped.set()
        await self._idle.wait()

    async def _begun(self, free: int) -> Looks:
        if free < max(1, self._at_once // 4):
            return {}
        try:
            claimed = await self._store.sources.claim(self._clock(), free)
        except StoreError as error:
            log.warning("sources wait for the database", error=str(error))
            self._left(str(error))
            return {}
        return {asyncio.create_task(self._guarded(each)): each for each in claimed}

    async def _renew(self, running: Looks) -> None:
        if _seconds() < self._renewed_at + RENEW_SECONDS:
            return
        self._renewed_at = _seconds()
        try:
            await self._store.sources.renew(list(running.values()), self._clock())
        except StoreError as error:
            log.warning("leases could not be renewed", error=str(error))

    async def _some_done(self, running: Looks) -> Looks:
        stopped = asyncio.create_task(self._stopped.wait())
        try:
            await asyncio.wait(
                {*running, stopped},
                timeout=LOOK_AGAIN_SECONDS,
                return_when=asyncio.FIRST_COMPLETED,
            )
        finally:
            stopped.cancel()
        return {task: claimed for task, claimed in running.items() if not task.done()}

    async def _finish(self, running: Looks) -> None:
        if not running:
            return
        _, late = await asyncio.wait(running, timeout=STOP_SECONDS)
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)

    async def _guarded(self, claimed: ClaimedSource) -> None:
        """One look, whatever happens; a source whose look is cut off is given back.

        One that cannot be settled is looked at again once its lease has ended.
        """
        name = claimed.source.name
        try:
            async with asyncio.timeout(self._look_seconds):
                done = await self._look(claimed.source)
            await self._settle(claimed, done)
        except asyncio.CancelledError:
            await self._store.sources.release(claimed)
            raise
        except TimeoutError:
            log.warning("a source waits: its look took too long", source=name)
            self._left(f"a look at {name} took more than {self._look_seconds:g} s")
        except LeftForLater as error:
            log.debug("a source is left for later", source=name, error=str(error))
            self._left(str(error))
        except StoreError as error:
            log.warning("a source waits for the database", source=name, error=str(error))
            self._left(str(error))
        except Exception:
            log.exception("what a look has taught could not be kept or told", source=name)
            self._left(f"what a look at {name} has taught could not be kept or told")

    async def _look(self, source: Source) -> PollResult | Failure:
        try:
            return await self._looking.look(source, self._clock())
        except (LeftForLater, StoreError):
            raise
        except FetchError as error:
            return Failure(str(error), error.gone, error.refused, error.retry_after)
        except BriefbotError as error:
            return Failure(str(error))
        except Exception:
            log.exception("a source could not be looked at", source=source.name)
            return Failure("could not be read; the log has the details")

    async def _settle(self, claimed: ClaimedSource, done: PollResult | Failure) -> None:
        now, before = self._clock(), claimed.source
        if isinstance(done, PollResult) and len(done.answer.url) > LONGEST_URL:
            done = Failure(f"has moved to an address of more than {LONGEST_URL:,} characters")
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
        self._count(counts, failure=isinstance(done, Failure))
        told = notice(before, after)
        if settled and told:
            await self._tell(told)

    async def _moved(self, before: Source, after: Source) -> Source:
        """The source at its new address; one that another source has already ends this one."""
        if after.url == before.url or after.kind is SourceKind.FOLDER:
            return after
        other = await self._store.sources.find(after.url)
        if other and other.name != before.name:
            return ended(before, f"it has moved to the address of {other.name}")
        log.info("source moved", source=before.name, url=without_keys(after.url))
        return replace(after, host=host_of(after.url))

    def _count(self, counts: Counts, *, failure: bool) -> None:
        before = self._report
        self._report = replace(
            before,
            looked=before.looked + 1,
            failed=before.failed + failure,
            counts=before.counts + counts,
        )
        self._progress(self._report)

    def _left(self, why: str) -> None:
        self._report = replace(self._report, trouble=why)


def _seconds() -> float:
    return asyncio.get_running_loop().time()


async def _only_logged(told: SourceNotice) -> None:
    log.warning("source " + told.kind, source=told.source, text=told.text)


def _silent(_: Report) -> None:
    """Nobody watches."""
