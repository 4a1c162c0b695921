"""Sends ready parts, with a bounded pool for each lane, so that no chat delays another."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager, nullcontext, suppress
from datetime import datetime, timedelta

from bot.delivery.in_flight import FewUnanswered, InFlightWindow
from bot.delivery.lane_watch import LaneWatch
from bot.delivery.limits import limits_of
from bot.delivery.pictures import PictureFilling
from bot.delivery.sender import Sender
from bot.errors import StoreError
from bot.health import Health
from bot.log import get_logger
from bot.models import Address, Channel, Delivery
from bot.render.charts.payload import UNDRAWN
from bot.store import Claimed, Lane, Limits, Store
from bot.supervisor import keep_running

WORKERS = 64
"""Parts of a lane that this process sends concurrently."""

AHEAD = timedelta(seconds=0.5)
"""How early slots are claimed, so that the speed of the database does not shift them."""

POLL_SECONDS = 1.0
"""How often the database is asked for parts that another process made ready."""

GATHER_SECONDS = 0.05
"""How long to wait for more workers to become free, once one is, when all were busy."""

IDLE_SECONDS = 5.0
"""The longest time that a lane waits for its next slot before it looks again."""

NAME = "delivery"
STALLED_SECONDS = 25.0
"""The loop counts as stalled if it has not looked for this long."""

DRAIN_SECONDS = 5.0
"""How long stopping waits for running requests; a longer one is left to recovery."""

HeldUntil = Callable[[Delivery, Channel], Awaitable[datetime | None]]
"""Returns until when a part that is due has to wait; None if it is to be sent now."""

log = get_logger(__name__)


class Dispatcher:
    """The loops that send. `limits` gives the rate limits of a lane, `sleep` waits for a slot."""

    def __init__(
        self,
        store: Store,
        sender: Sender,
        clock: Callable[[], datetime],
        *,
        limits: Callable[[Lane], Limits] = limits_of,
        workers: int = WORKERS,
        poll_seconds: float = POLL_SECONDS,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        health: Health | None = None,
    ) -> None:
        self._store = store
        self._held_until: HeldUntil | None = None
        self._sender = sender
        self._clock = clock
        self._limits = limits
        self._workers = workers
        self._poll_seconds = poll_seconds
        self._sleep = sleep
        self._health = health or Health()
        self._watch = LaneWatch(self._health)
        self._driven: dict[Lane, asyncio.Task[None]] = {}
        self._busy: dict[Lane, set[asyncio.Task[None]]] = defaultdict(set)
        self._windows: dict[Lane, InFlightWindow] = {}
        self._unanswered: dict[Lane, FewUnanswered] = {}
        self._more = asyncio.Event()
        self.pictures = PictureFilling(store, clock, self.wake)
        self._stopping = asyncio.Event()
        self._loop: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Start sending."""
        self._loop = asyncio.create_task(
            keep_running(NAME, self._run, self._health, stopping=self._stopping.is_set)
        )

    def postpone_by(self, held_until: HeldUntil) -> None:
        """Let parts wait for which this returns an instant."""
        self._held_until = held_until

    def wake(self) -> None:
        """Look for work at once: there is more to send."""
        self._more.set()

    async def stop(self) -> None:
        """Start no more requests and wait for the running ones, at most DRAIN_SECONDS."""
        self._stopping.set()
        self._more.set()
        await self.pictures.stop()
        loops = [*self._driven.values(), *([self._loop] if self._loop else [])]
        tasks = [*loops, *(task for busy in self._busy.values() for task in busy)]
        if not tasks:
            return
        _, late = await asyncio.wait(tasks, timeout=DRAIN_SECONDS)
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)

    async def send_ready(self) -> int:
        """Send what is ready now; returns the number of parts tried."""
        tried = 0
        while True:
            lanes = await self._ready()
            claims = [await self._claim(lane, self._workers) for lane in lanes]
            parts = [part for found, _ in claims for part in found]
            if not parts and not await self.pictures.settled():
                return tried
            await asyncio.gather(*(self._deliver(part) for part in parts))
            tried += len(parts)

    async def _ready(self) -> list[Lane]:
        """The lanes with parts to send whose platform runs in this process."""
        lanes = await self._store.deliveries.lanes(self._clock())
        return [lane for lane in lanes if lane[0] in self._sender.messengers]

    async def _run(self) -> None:
        while not self._stopping.is_set():
            self._more.clear()
            try:
                for lane in await self._ready():
                    if lane not in self._driven or self._driven[lane].done():
                        self._driven[lane] = asyncio.create_task(self._drive(lane))
                self._health.working(NAME, within=STALLED_SECONDS)
                self._watch.check()
            except StoreError as error:
                self._health.failed(NAME, str(error))
            await _wait(self._more, self._poll_seconds)

    async def _drive(self, lane: Lane) -> None:
        """Send the parts of a lane until none is ready; an error ends it until the next poll."""
        busy = self._busy[lane]
        fault = None
        try:
            while not self._stopping.is_set():
                self._watch.moved(lane)
                if len(busy) >= self._workers:
                    await self._some_free(busy)
                    continue
                parts, open_at = await self._claim(lane, self._workers - len(busy))
                for part in parts:
                    task = asyncio.create_task(self._guarded(part))
                    busy.add(task)
                    task.add_done_callback(busy.discard)
                soon = open_at - AHEAD / 2 - self._clock()
                if not parts and soon <= timedelta(0):
                    return
                await _wait(self._stopping, min(soon.total_seconds(), IDLE_SECONDS))
        except StoreError as error:
            fault = str(error)
            log.warning("parts cannot be claimed", lane=str(lane), error=fault)
        except Exception as error:
            fault = str(error) or type(error).__name__
            log.exception("a lane stopped; it starts again at the next poll", lane=str(lane))
        finally:
            self._watch.ended(lane, fault)

    async def _some_free(self, busy: set[asyncio.Task[None]]) -> None:
        """Wait for a free worker, and a moment more, so that one claim serves several workers."""
        await asyncio.wait(busy, return_when=asyncio.FIRST_COMPLETED)
        if len(busy) > self._workers * 3 // 4:
            await asyncio.sleep(GATHER_SECONDS)

    async def _claim(self, lane: Lane, limit: int) -> tuple[tuple[Claimed, ...], datetime]:
        now = self._clock()
        since = now - self._sender.outcomes.policy.give_up_after
        claim = await self._store.deliveries.claim(
            now, lane, self._limits(lane), limit=limit, ahead=AHEAD, since=since
        )
        return claim.parts, claim.open_at

    async def _guarded(self, part: Claimed) -> None:
        try:
            await self._deliver(part)
        except StoreError as error:
            log.warning(
                "the outcome of a part was not stored; the part is left to recovery",
                delivery=part.delivery.id,
                error=str(error),
            )
        except Exception:
            log.exception("a part was not sent", delivery=part.delivery.id)

    async def _deliver(self, part: Claimed) -> None:
        """Wait for the slot of the part and send it, or release it if it must not be sent.

        All waiting comes before it is marked as `sending`: a crash leaves what waits to be sent.
        """
        if self._held_until and (until := await self._held_until(part.delivery, part.channel)):
            await self._store.deliveries.release(part.delivery, until)
            return
        if part.delivery.payload == UNDRAWN:
            await self.pictures.begin(part.delivery)
            return
        await self._until(part.at)
        address = part.channel.address
        async with self._few_unanswered(address), self._window(address).slot():
            begun = await self._begin(part.delivery)
            if begun is None:
                return
            with self._watch.request((address.platform, address.workspace)):
                await self._sender.send(begun, part.channel)
        if begun.part < begun.parts:
            self.wake()

    async def _begin(self, delivery: Delivery) -> Delivery | None:
        deliveries = self._store.deliveries
        begun = None
        if not self._stopping.is_set():
            begun = await deliveries.begin(delivery, self._clock())
        if begun is None:
            await deliveries.release(delivery)
        return begun

    def _window(self, address: Address) -> InFlightWindow:
        lane = (address.platform, address.workspace)
        return self._windows.setdefault(lane, InFlightWindow(self._limits(lane).a_second))

    def _few_unanswered(self, address: Address) -> AbstractAsyncContextManager[None]:
        """Wait for the answers to earlier parts, where nobody can look up what became of one."""
        if self._sender.is_traceable(address.platform):
            return nullcontext()
        return self._unanswered.setdefault(
            (address.platform, address.workspace), FewUnanswered()
        ).slot()

    async def _until(self, instant: datetime) -> None:
        seconds = (instant - self._clock()).total_seconds()
        if seconds > 0:
            await self._sleep(seconds)


async def _wait(event: asyncio.Event, seconds: float) -> None:
    if seconds > 0:
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await event.wait()
