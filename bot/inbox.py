"""Every command is answered or apologised for, even if the process dies."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

from bot.errors import StoreError
from bot.languages import ENGLISH, listed, plural, speaking, tr
from bot.log import get_logger
from bot.models import Address, Platform
from bot.platforms.interfaces import Messenger
from bot.platforms.send_once import send_line
from bot.render.phrases import and_more
from bot.store import Store, Unanswered

PROCESS = uuid4().hex
"""The id of this process: commands that it claims are its own to answer."""

PATIENCE = timedelta(minutes=15)
"""The time that another process has for its answer: a rate limit may delay it."""

OLD = timedelta(hours=6)
"""After this long no apology is sent."""

NAMED = 5
"""Commands that an apology names; the rest is counted."""

log = get_logger(__name__)


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
    certainly not be answered. `language` is the one that the bot speaks in a chat that has none.
    """

    store: Store
    messengers: Mapping[Platform, Messenger]
    clock: Callable[[], datetime]
    alone: bool
    process: str = PROCESS
    language: str = ENGLISH

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
        waiting = defaultdict[Address, list[Unanswered]](list)
        for each in found:
            if now - each.seen_at > OLD:
                await self._close([each])
            else:
                waiting[each.address].append(each)
        for address, missed in waiting.items():
            if await self._is_settled(address, missed):
                await self._close(missed)

    async def _close(self, missed: Sequence[Unanswered]) -> None:
        for each in missed:
            await self.store.inbox.answered(each.address.platform, each.update_id)

    async def _is_settled(self, address: Address, missed: Sequence[Unanswered]) -> bool:
        """Send one apology; False if it certainly did not arrive and may be tried again."""
        channel = await self.store.channels.find(address)
        with speaking(channel.speaks(self.language) if channel else self.language):
            text = apology(missed)
        error = await send_line(self.messengers[address.platform], address, text)
        return error is None or error.permanent or error.uncertain


def apology(missed: Sequence[Unanswered]) -> str:
    """The apology for the commands of one chat; the first NAMED of them are named."""
    names = [*dict.fromkeys(f"“{each.command}”" for each in missed if each.command)]
    shown = names[:NAMED] + ([and_more(len(names) - NAMED)] if len(names) > NAMED else [])
    if shown:
        said = tr(
            "Sorry, I was interrupted before I could answer your {commands}.",
            commands=listed(shown),
        )
    else:
        said = tr("Sorry, I was interrupted before I could answer you.")
    effect = plural(
        len(missed),
        "It may have taken effect or not: please look, and ask again.",
        "Each of them may have taken effect or not: please look, and ask again.",
    )
    return f"{said} {effect}"
