"""What every engine that writes bullets offers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from bot.models import Bullet, Topic
from summarizer.ranking import Ranked


class Summarizer(Protocol):
    """Turns ranked stories into bullets; proves nothing, stores nothing, sends nothing."""

    @property
    def name(self) -> str:
        """The engine's name, as a briefing shows it."""
        ...

    @property
    def version(self) -> str:
        """Changes whenever the same input may give other bullets."""
        ...

    async def bullets(
        self, topic: Topic, stories: Sequence[Ranked], *, limit: int, read_at: datetime
    ) -> list[Bullet]:
        """Write at most `limit` bullets, best first; `read_at` is the reader's local present."""
        ...
