"""A clock that the test controls."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from tests.support.builders import NOW


@dataclass(slots=True)
class Clock:
    """The present; it moves only by `forward`."""

    now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **length: float) -> None:
        self.now += timedelta(**length)


@dataclass
class Seconds:
    """A clock of seconds that the test moves."""

    now: float = 0.0

    def __call__(self) -> float:
        return self.now
