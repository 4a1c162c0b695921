"""Every command is answered or apologised for, even if the process dies."""

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
"""The id of this process: commands that it claims are its own to answer."""

PATIENCE = timedelta(minutes=15)
"""The time that another process has for its answer: a rate limit may delay it."""

OLD = timedelta(hours=6)
"""After this long no apology is sent."""

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class StoredInbox:
    """The updates of a platform: each is claimed once and stays open until it is answered."""

    store: Store
    clock: Callable[[], datetime]
    platform: Platform
    process: str = PROCESS

    async def claim(self, update_id: str, address: Address, command: str) -> bool:
        """Claim an update; False if it was claimed before."""
        taken = Unanswered(update_id, address, command, self.clock())
        return await self.store.inbox.claim(taken, self.process)

    async def answered(self, update_id: str) -> None:
        """Close an update: its answer was sent, or no answer is possible."""
        try:
            await self.store.inbox.answered(self.platform, update_id)
        except StoreError as error:
            log.warning("an update could not be closed", update=update_id, error=str(error))


@dataclass(frozen=True, slots=True)
class UnansweredCommands:
    """Apologises for commands that were claimed by a process that died before it answered.

    `alone` means that no other process uses the database, so what another process claimed will
    certainly not be answered.
    """

    store: Store
    messengers: Mapping[Platform, Messenger]
    clock: Callable[[], datetime]
    alone: bool
    process: str = PROCESS

    async def apologise(self) -> None:
        """Apologise for every unanswered command; one that cannot be reached now is tried later."""
        now = self.clock()
        found = await self.store.inbox.unanswered(
            tuple(self.messengers),
            but_of=self.process,
            before=None if self.alone else now - PATIENCE,
            held_until=now + PATIENCE,
            now=now,
        )
        for each in found:
            if now - each.seen_at > OLD or await self._is_settled(each):
                await self.store.inbox.answered(each.address.platform, each.update_id)

    async def _is_settled(self, missed: Unanswered) -> bool:
        """Send the apology; False if it certainly did not arrive and may be tried again."""
        what = f"your “{missed.command}”" if missed.command else "you"
        text = (
            f"Sorry, I was interrupted before I could answer {what}. "
            "It may have taken effect or not: please look, and ask again."
        )
        error = await send_line(self.messengers[missed.address.platform], missed.address, text)
        return error is None or error.permanent or error.uncertain
