"""Whether the lanes move: a lane whose loop or whose request hangs is shown in health."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from bot.health import Health
from bot.store import Lane

STUCK_SECONDS = 25.0
"""A lane is stuck if its loop has not moved, or one request has taken, longer than this."""


class LaneWatch:
    """Notes what each lane does. Instants are seconds of `clock`."""

    def __init__(self, health: Health, clock: Callable[[], float] = time.monotonic) -> None:
        self._health = health
        self._clock = clock
        self._moved: dict[Lane, float] = {}
        self._requests: dict[Lane, dict[object, float]] = defaultdict(dict)

    def moved(self, lane: Lane) -> None:
        """Note that the loop of a lane has come round."""
        self._moved[lane] = self._clock()

    def ended(self, lane: Lane, fault: str | None = None) -> None:
        """Note that the loop of a lane has ended: nothing is left to send, or with a fault."""
        self._moved.pop(lane, None)
        if fault is not None:
            self._health.failed(_name(lane), fault)
        elif not self._stuck(lane):
            self._health.remove(_name(lane))

    @contextmanager
    def request(self, lane: Lane) -> Iterator[None]:
        """Note how long one request takes."""
        key = object()
        self._requests[lane][key] = self._clock()
        try:
            yield
        finally:
            del self._requests[lane][key]

    def check(self) -> None:
        """Tell health about every lane that sends."""
        for lane in {*self._moved, *self._requests}:
            if reason := self._stuck(lane):
                self._health.failed(_name(lane), reason)
            elif lane in self._moved or self._requests[lane]:
                self._health.working(_name(lane))
            else:
                del self._requests[lane]
                self._health.remove(_name(lane))

    def _stuck(self, lane: Lane) -> str | None:
        late = self._clock() - STUCK_SECONDS
        if self._moved.get(lane, late) < late:
            return "its loop does not move"
        if min(self._requests[lane].values(), default=late) < late:
            return f"a request has taken more than {STUCK_SECONDS:g} s"
        return None


def _name(lane: Lane) -> str:
    platform, workspace = lane
    return f"delivery to {platform} {workspace}".strip()
