"""Updates that arrive while the database cannot write."""

from __future__ import annotations

from collections import deque

REMEMBERED = 1000


class UnstoredUpdates:
    """The latest update ids, in memory: enough to answer a redelivered update once."""

    def __init__(self) -> None:
        self._seen: deque[str] = deque(maxlen=REMEMBERED)

    def is_new(self, update_id: str) -> bool:
        """Remember the update; false if it was seen before."""
        if update_id in self._seen:
            return False
        self._seen.append(update_id)
        return True
