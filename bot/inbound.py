"""Every command is answered, or its asker told that it was not, even where the process died."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from bot.errors import DeliveryError, StoreError
from bot.models import Address, Delivery, Platform, SendState
from bot.platforms.base import Messenger
from bot.store import Store, Unanswered

PATIENCE = timedelta(minutes=10)
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

    async def take(self, update_id: str, address: Address, command: str) -> bool:
        """Whether the update is new; asked again, it no longer is."""
        return await self.store.inbox.take(update_id, address, command, self.clock())

    async def answered(self, update_id: str) -> None:
        """Nothing more is to be said to it."""
        try:
            await self.store.inbox.answered(self.platform, update_id)
        except StoreError as error:
            log.warning("an answer was not noted", update=update_id, error=str(error))


@dataclass(frozen=True, slots=True)
class Apologies:
    """Tells people whose command a process took in that died before it answered.

    With `alone`, no other process shares the database: what is older than this process, which
    started at `started_at`, certainly has nobody who will answer.
    """

    store: Store
    messengers: Mapping[Platform, Messenger]
    clock: Callable[[], datetime]
    started_at: datetime
    alone: bool

    async def tell(self) -> None:
        """Tell all of them that there are."""
        now = self.clock()
        patient = now - PATIENCE
        before = max(patient, self.started_at) if self.alone else patient
        here = tuple(self.messengers)
        found = await self.store.inbox.unanswered(here, before, now=now)
        for each in found:
            if now - each.seen_at < OLD:
                await self._apologise(each)
            await self.store.inbox.answered(each.address.platform, each.update_id)

    async def _apologise(self, missed: Unanswered) -> None:
        messenger = self.messengers[missed.address.platform]
        what = f"your “{missed.command}”" if missed.command else "you"
        text = (
            f"Sorry, I was interrupted before I could answer {what}. "
            "It may have taken effect or not: please look, and ask again."
        )
        part = Delivery(0, 0, 0, 1, 1, messenger.notice(text), SendState.SENDING)
        try:
            await messenger.send(missed.address, part)
        except DeliveryError as error:
            log.warning("nobody could be told that a command was lost", error=str(error))
