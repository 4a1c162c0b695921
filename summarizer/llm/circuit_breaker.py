"""A switch that keeps the bot from asking a model server that does not do its work."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

FAILURES = 3
"""So many failures in a row open the breaker."""

SHORT_PAUSE = 60.0
LONG_PAUSE = 900.0
"""Seconds: the first pause after failures, and the one after quota or a refused key."""


@dataclass(slots=True)
class Breaker:
    """Open after repeated failure, slowness or a spent quota; closes by itself.

    When a pause is over one call is let through: it closes the breaker, or doubles the pause.
    `clock` gives seconds that only go forward.
    """

    clock: Callable[[], float]
    _failures: int = 0
    _pause: float = SHORT_PAUSE
    _until: float = 0.0
    _open: bool = False
    _trying: bool = False
    _reason: str = ""

    def closed(self) -> bool:
        """Whether a call may be made; the first one after a pause is the only one for a while."""
        if not self._open:
            return True
        if self.clock() < self._until:
            return False
        self._until = self.clock() + self._pause
        self._trying = True
        return True

    def succeeded(self) -> None:
        """Note a good answer in good time."""
        self._failures, self._pause, self._open, self._trying = 0, SHORT_PAUSE, False, False

    def failed(self, reason: str, *, for_long: bool = False) -> None:
        """Note a failure; `for_long` where nothing but a person or a new day will help."""
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
        """In words, for an operator."""
        left = self._until - self.clock()
        if not self._open:
            return "is asked"
        return f"is not asked for {max(1, round(left))} s: {self._reason}"
