"""Poll every source that is due, concurrently, and store the outcome."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.errors import BriefbotError, FetchError, LeftForLater, StoreError
from bot.ingest.poll import PollResult, SourcePoll
from bot.ingest.schedule import Failure, SourceNotice, answered, ended, failed, notice
from bot.ingest.worker.messages import Counts
from bot.log import get_logger
from bot.models import Source, SourceKind
from bot.sources.http.client import host_of
from bot.sources.text.urls import LONGEST_URL, without_keys
from bot.store import Store
from bot.store.sources.records import ClaimedSource

CONCURRENT = 100
"""Sources polled concurrently."""

POLL_SECONDS = 900.0
"""The time limit of one poll. Each step has its own limit too; a poll that reaches this one has
waited for others or hangs, so it does not count as a failure of the source."""

RENEW_SECONDS = 15.0
"""The interval of lease renewal; the leases of a dead process end."""

CLAIM_SECONDS = 10.0
"""The interval at which due sources are claimed while other polls are running."""

STOP_SECONDS = 0.5
"""The seconds that running polls may take when the bot stops; then they are cancelled."""

Notify = Callable[[SourceNotice], Awaitable[None]]
OFFLINE = "no name can be looked up: this machine seems to be offline"

Polls = dict[asyncio.Task[None], ClaimedSource]

log = get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Report:
    """The result of a refresh so far; `trouble` says why sources were postponed."""

    polled: int = 0
    failed: int = 0
    counts: Counts = field(default_factory=Counts)
    trouble: str | None = None


class Poller:
    """Polls due sources. Several pollers may share one database.

    `heartbeat` is called at least every CLAIM_SECONDS while polls are running.
    """

    def __init__(
        self,
        store: Store,
        source_poll: SourcePoll,
        clock: Callable[[], datetime],
        *,
        notify: Notify | None = None,
        progress: Callable[[Report], None] | None = None,
        heartbeat: Callable[[], None] | None = None,
        concurrent: int = CONCURRENT,
        poll_seconds: float = POLL_SECONDS,
    ) -> None:
        self._store = store
        self._source_poll = source_poll
        self._clock = clock
        self._notify = notify or _only_logged
        self._progress = progress or _silent
        self._heartbeat = heartbeat
        self._concurrent = concurrent
        self._poll_seconds = poll_seconds
        self._renewed_at = 0.0
        self._stopped = asyncio.Event()
        self._idle = asyncio.Event()
        self._idle.set()
        self._report = Report()
        self._answered = self._offline = False

    async def poll_due(self) -> Report:
        """Poll due sources until none is left, including those that become due meanwhile."""
        self._report = Report()
        self._answered = False
        self._idle.clear()
        self._renewed_at = _seconds()
        running: Polls = {}
        try:
            while not self._stopped.is_set():
                if self._heartbeat is not None:
                    self._heartbeat()
                running |= await self._begun(self._concurrent - len(running))
                if not running:
                    break
                await self._renew(running)
                running = await self._some_done(running)
        finally:
            await self._finish(running)
            self._idle.set()
        return self._report

    async def stop(self) -> None:
        """Start no more polls, let running ones finish briefly, release the rest."""
        self._stopped.set()
        await self._idle.wait()

    async def _begun(self, free: int) -> Polls:
        if free < max(1, self._concurrent // 4):
            return {}
        try:
            claimed = await self._store.sources.claim(self._clock(), free)
        except StoreError as error:
            log.warning("sources wait for the database", error=str(error))
            self._left(str(error))
            return {}
        return {asyncio.create_task(self._guarded(each)): each for each in claimed}

    async def _renew(self, running: Polls) -> None:
        if _seconds() < self._renewed_at + RENEW_SECONDS:
            return
        self._renewed_at = _seconds()
        try:
            await self._store.sources.renew(list(running.values()), self._clock())
        except StoreError as error:
            log.warning("leases could not be renewed", error=str(error))

    async def _some_done(self, running: Polls) -> Polls:
        stopped = asyncio.create_task(self._stopped.wait())
        try:
            await asyncio.wait(
                {*running, stopped},
                timeout=CLAIM_SECONDS,
                return_when=asyncio.FIRST_COMPLETED,
            )
        finally:
            stopped.cancel()
        return {task: claimed for task, claimed in running.items() if not task.done()}

    async def _finish(self, running: Polls) -> None:
        if not running:
            return
        _, late = await asyncio.wait(running, timeout=STOP_SECONDS)
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)

    async def _guarded(self, claimed: ClaimedSource) -> None:
        """Poll one source and handle every error; a cancelled poll releases its source.

        A source that cannot be updated is polled again once its lease has ended.
        """
        name = claimed.source.name
        try:
            async with asyncio.timeout(self._poll_seconds):
                done = await self._poll(claimed.source)
            await self._settle(claimed, done)
        except asyncio.CancelledError:
            await self._store.sources.release(claimed)
            raise
        except TimeoutError:
            log.warning("poll cancelled: it took too long", source=name)
            self._left(f"a poll of {name} took more than {self._poll_seconds:g} s")
        except LeftForLater as error:
            log.debug("source postponed", source=name, error=str(error))
            self._left(str(error))
        except StoreError as error:
            log.warning("source waits for the database", source=name, error=str(error))
            self._left(str(error))
        except Exception:
            log.exception("poll result could not be stored", source=name)
            self._left(f"the result of polling {name} could not be stored")

    async def _poll(self, source: Source) -> PollResult | Failure:
        try:
            return await self._source_poll.poll(source, self._clock())
        except (LeftForLater, StoreError):
            raise
        except FetchError as error:
            return Failure(str(error), error.gone, error.refused, error.retry_after, error.offline)
        except BriefbotError as error:
            return Failure(str(error))
        except Exception:
            log.exception("source could not be polled", source=source.name)
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
        self._note_network(online=not (isinstance(done, Failure) and done.offline))
        told = notice(before, after)
        if settled and told:
            await self._notify(told)

    async def _moved(self, before: Source, after: Source) -> Source:
        """The source at its new URL; if another source has that URL, this one ends."""
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
            polled=before.polled + 1,
            failed=before.failed + failure,
            counts=before.counts + counts,
        )
        self._progress(self._report)

    def _note_network(self, *, online: bool) -> None:
        """Say once that this machine seems to be offline, and once that it is not any more."""
        self._answered = self._answered or online
        if online and self._offline:
            log.info("sources can be reached again")
            self._offline = False
            if self._report.trouble == OFFLINE:
                self._report = replace(self._report, trouble=None)
        elif not online and not self._answered and not self._offline:
            log.warning(OFFLINE)
            self._offline = True
        if self._offline:
            self._left(OFFLINE)

    def _left(self, why: str) -> None:
        self._report = replace(self._report, trouble=why)


def _seconds() -> float:
    return asyncio.get_running_loop().time()


async def _only_logged(told: SourceNotice) -> None:
    log.warning("source " + told.kind, source=told.source, text=told.text)


def _silent(_: Report) -> None:
    """The default progress callback."""
