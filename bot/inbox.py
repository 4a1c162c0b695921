"""Every command is answered, or its asker told that it was not, even where the process died."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

import structlog

from bot.errors import StoreError
from bot.models import Address, Platform
from bot.platforms.interfaces import Messenger
from bot.platforms.send_once import send_line
from bot.store import Store, Unanswered

PROCESS = uuid4().hex
"""Tells what this process takes in from what others did: it answers all of that itself."""

PATIENCE = timedelta(minutes=15)
"""Another process is given so long to answer: a platform's rate limit may hold an answer up."""

OLD = timedelta(hours=6)
"""Nobody waits for an answer so long."""

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class StoredInbox:
    """A platform's updates: each is taken once, and kept in mind until it is answered."""

    store: Store
    clock: Callable[[], datetime]
    platform: Platform
    process: str = PROCESS

    async def claim(self, update_id: str, address: Address, command: str) -> bool:
        """Whether the update is new; asked again, it no longer is."""
        taken = Unanswered(update_id, address, command, self.clock())
        return await self.store.inbox.claim(taken, self.process)

    async def answered(self, update_id: str) -> None:
        """Nothing more is to be said to it."""
        try:
            await self.store.inbox.answered(self.platform, update_id)
        except StoreError as error:
            log.warning("an answer was not noted", update=update_id, error=str(error))


@dataclass(frozen=True, slots=True)
class UnansweredCommands:
    """Tells people whose command a process took in that died before it answered.

    With `alone`, no other process shares the database: what another took in has certainly nobody
    who will answer.
    """

    store: Store
    messengers: Mapping[Platform, Messenger]
    clock: Callable[[], datetime]
    alone: bool
    process: str = PROCESS

    async def tell(self) -> None:
        """Tell all of them that there are; who cannot be told now is told later."""
        now = self.clock()
        found = await self.store.inbox.unanswered(
            tuple(self.messengers),
            but_of=self.process,
            before=None if self.alone else now - PATIENCE,
            held_until=now + PATIENCE,
            now=now,
        )
        for each in found:
            if now - each.seen_at > OLD or await self._is_told(each):
                await self.store.inbox.answered(each.address.platform, each.update_id)

    async def _is_told(self, missed: Unanswered) -> bool:
        """Whether it was said, or cannot be; what perhaps arrived is not said again."""
        what = f"your “{missed.command}”" if missed.command else "you"
        text = (
            f"Sorry, I was interrupted before I could answer {what}. "
            "It may have taken effect or not: please look, and ask again."
        )
        error = await send_line(self.messengers[missed.address.platform], missed.address, text)
        return error is None or error.permanent or error.uncertain
