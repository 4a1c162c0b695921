"""Commands that are too long for a button: the database keeps them, the button has a mark.

The mark is made of the command, so a button that is shown again is the same one, and one whose
command could not be stored still says which command to type.
"""

from __future__ import annotations

import asyncio
from base64 import urlsafe_b64encode
from collections.abc import Callable, Collection, Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from hashlib import sha256
from typing import Protocol

from bot.errors import BriefbotError
from bot.log import get_logger
from bot.models import Address, Reply
from bot.platforms.own_replies import failed, forgotten

SIGN = "="
"""How a reference begins, and no command does."""

MARK_BYTES = 12
"""Of a hash: within one chat no two commands have the same."""

LONGEST_NAME = 32
"""Characters of a command's name."""

KEEP_SECONDS = 2.0
"""The longest time for which an answer waits until its buttons are stored."""

log = get_logger(__name__)


class CommandStore(Protocol):
    """The stored commands of chats, by their marks."""

    async def keep(self, address: Address, commands: Mapping[str, str], now: datetime) -> None:
        """Store a chat's commands, or note that they were shown again."""
        ...

    async def find(self, address: Address, mark: str) -> str | None:
        """Return a chat's command; None if it is not stored any more."""
        ...


class NothingKept:
    """Stores nothing."""

    async def keep(self, address: Address, commands: Mapping[str, str], now: datetime) -> None:
        """Do nothing."""

    async def find(self, address: Address, mark: str) -> str | None:
        """Return None."""


@dataclass(frozen=True, slots=True)
class Pressed:
    """The command line of a pressed button; with a `problem` only its name is known."""

    line: str
    problem: Callable[[], Reply] | None = None


@dataclass(frozen=True, slots=True)
class KeptCommands:
    """Keeps what is too long for a button, and finds it when the button is pressed."""

    store: CommandStore
    clock: Callable[[], datetime]

    async def keep(self, address: Address, commands: Collection[str]) -> None:
        """Store commands before their references are shown in a chat; a failure is logged."""
        if not commands:
            return
        try:
            async with asyncio.timeout(KEEP_SECONDS):
                marked = {_mark(each): each for each in commands}
                await self.store.keep(address, marked, self.clock())
        except (BriefbotError, TimeoutError) as error:
            log.warning("commands of buttons not stored", chat=address.chat, error=repr(error))

    async def pressed(
        self, address: Address, line: str, within: AbstractAsyncContextManager[object]
    ) -> Pressed:
        """Return what a button in a chat means; what is no reference means itself.

        `within` bounds the time for which the database is waited for, by a TimeoutError.
        """
        if not line.startswith(SIGN):
            return Pressed(line)
        mark, _, name = line.removeprefix(SIGN).partition(" ")
        try:
            async with within:
                found = await self.store.find(address, mark)
        except (BriefbotError, TimeoutError) as error:
            log.warning("command of a button not read", chat=address.chat, error=repr(error))
            return Pressed(name, failed)
        return Pressed(name, partial(forgotten, name)) if found is None else Pressed(found)


NOTHING_KEPT = KeptCommands(NothingKept(), partial(datetime.now, UTC))
"""Without a store: what is too long for a button has to be typed."""


def reference(command: str) -> str:
    """Return what stands on a button for a command that is too long, such as "=MARK subscribe"."""
    return f"{SIGN}{_mark(command)} {command.split(maxsplit=1)[0][:LONGEST_NAME]}"


def _mark(command: str) -> str:
    hashed = sha256(command.encode("utf-8", "surrogatepass")).digest()
    return urlsafe_b64encode(hashed[:MARK_BYTES]).decode()
