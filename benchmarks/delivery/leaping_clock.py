"""A clock that several processes share and that one of them can put forward."""

from __future__ import annotations

import mmap
import struct
from datetime import UTC, datetime, timedelta
from pathlib import Path

_SECONDS = struct.Struct("d")


class LeapingClock:
    """The present instant, aware UTC, plus the leaps so far, which a small file holds."""

    def __init__(self, path: Path) -> None:
        if not path.exists():
            path.write_bytes(_SECONDS.pack(0.0))
        with path.open("r+b") as file:
            self._ahead = mmap.mmap(file.fileno(), _SECONDS.size)

    def __call__(self) -> datetime:
        (ahead,) = _SECONDS.unpack_from(self._ahead)
        return datetime.now(UTC) + timedelta(seconds=ahead)

    def leap_to(self, instant: datetime) -> None:
        """Make this instant the present one, for all processes; it goes on at the usual speed."""
        ahead = (instant - datetime.now(UTC)).total_seconds()
        _SECONDS.pack_into(self._ahead, 0, ahead)
