"""Where a page of bullets ended, as a short text that its reader gives back unchanged."""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

_FORM = re.compile(r"(\d{1,17})\.(\d{1,4})\.([\w-]{1,200})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Cursor:
    """The next bullet: number `bullet`, counted from 0, of the briefing made `at` with this id."""

    at: datetime
    bullet: int
    briefing_id: str

    def __str__(self) -> str:
        micros = (self.at - EPOCH) // timedelta(microseconds=1)
        told = f"{micros}.{self.bullet}.{self.briefing_id}"
        return base64.urlsafe_b64encode(told.encode()).decode().rstrip("=")

    @classmethod
    def read(cls, given: str) -> Cursor | None:
        """The cursor that a text stands for; None if it is none."""
        try:
            padded = given + "=" * (-len(given) % 4)
            told = base64.b64decode(padded.encode("ascii"), b"-_", validate=True).decode("ascii")
        except (binascii.Error, UnicodeError):
            return None
        found = _FORM.fullmatch(told)
        if found is None:
            return None
        try:
            at = EPOCH + timedelta(microseconds=int(found[1]))
        except OverflowError:
            return None
        return cls(at, int(found[2]), found[3])
