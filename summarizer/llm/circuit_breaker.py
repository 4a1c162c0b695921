"""A circuit breaker: stops calls to a model server that keeps failing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

FAILURES = 3
"""Failures in a row that open the breaker."""

SHORT_PAUSE = 60.0
LONG_PAUSE = 900.0
"""Seconds without calls after failures, and after a spent quota or a refused key."""


@dataclass(slots=True)
class Breaker:
    """Opens after repeated failures, slow answers or a spent quota; closes after a good answer.

    After a pause it allows one trial call, which closes the breaker or doubles the pause.
    `clock` returns monotonic seconds.
    """

    clock: Callable[[], float]
    _failures: int = 0
    _pause: float = SHORT_PAUSE
    _until: float = 0.0
    _open: bool = False
    _trying: bool = False
    _reason: str = ""

    def closed(self) -> bool:
        """Whether a call may be made; after a pause, one trial call is allowed."""
        if not self._open:
            return True
        if self.clock() < self._until:
            return False
        self._until = self.clock() + self._pause
        self._trying = True
        return True

    def succeeded(self) -> None:
        """Record a good answer that came in time."""
        self._failures, self._pause, self._open, self._trying = 0, SHORT_PAUSE, False, False

    def failed(self, reason: str, *, for_long: bool = False) -> None:
        """Record a failure; `for_long` where only a person or a new day can help."""
        self._failures += 1
        if for_long:
            self._pause = LONG_PAUSE
        elif self._trying:
            self._pause = min(2 * self._pause, LONG_PAUSE)
        if for_long or self._trying or (not self._open and self._failures >= FAILURES):
            self._open, self._trying, self._reason = True, False, reason
            self._until = self.clock() + self._pause

    @property
    def state(self) -> str:
        """The state in words, for operators."""
        left = self._until - self.clock()
        if not self._open:
            return "is asked"
        return f"is not asked for {max(1, round(left))} s: {self._reason}"
