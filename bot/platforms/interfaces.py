"""The interfaces between the chat platforms and the rest of the bot."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from typing import Protocol

from bot.languages import ENGLISH
from bot.models import (
    Address,
    Briefing,
    Command,
    Delivery,
    Installation,
    Platform,
    Receipt,
    Reply,
    Role,
)

Answer = Callable[[Command], Awaitable[Reply | None]]
"""The command core as seen by an adapter; None means no answer."""


FaultOf = Callable[[Command, str], Awaitable[str]]
"""Why a command will be refused for its words, in a language; "" if it will not.

It changes nothing. A form asks before it is closed.
"""


async def no_fault(_: Command, _language: str) -> str:
    """Know no fault beforehand: each is told in the answer."""
    return ""


LanguageOf = Callable[[Address, str], str]
"""The language last spoken in a chat; else the given one, of a person, and else the usual one."""

KeyOf = Callable[[int], Awaitable[str]]
"""Gives the secret of a channel, by its id."""


def own_language(_: Address, person: str) -> str:
    """Return the language of the person, where no chat has one."""
    return person or ENGLISH


Understand = Callable[[str], tuple[str, str]]
"""Reads a typed line as a command's name and arguments; no name for plain words."""


def first_word(text: str) -> tuple[str, str]:
    """Read the first word as a command, whatever it is."""
    name, args = (*text.strip().lstrip("/／").split(maxsplit=1), "", "")[:2]
    return name.lower(), args.strip()


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A word that may stand for the last `begun` characters of a line, and what it `says`."""

    word: str
    begun: int
    says: str


Suggest = Callable[[str], Awaitable[Sequence[Suggestion]]]
"""How a line that is being typed may go on."""


@dataclass(frozen=True, slots=True)
class ManagedChat:
    """A chat that is named in another one; `role` is that of the asker there, asked just now.

    `name` is how it is typed on a button, such as "-1001234567890" or "#C0123ABC". A `hidden` chat
    is to be unknown to those who may not change it, its title too. `fault` says with the remedy
    why the bot cannot write there; "" where it can.
    """

    address: Address
    name: str
    title: str
    role: Role
    hidden: bool
    fault: str = ""


FindChat = Callable[[Command, str], Awaitable[ManagedChat | None]]
"""Finds a named chat; None where the bot knows none. Raises DeliveryError without an answer."""


class MenuReader(IntEnum):
    """For whom a menu of commands is, in the order in which it grows."""

    MEMBER = 1
    ADMIN = 2
    OPERATOR = 3


@dataclass(frozen=True, slots=True)
class MenuEntry:
    """A command in the menus of these readers and of those after them.

    `summary` is its English text, which is translated where the platform has a menu a language.
    """

    name: str
    summary: str
    reader: MenuReader = MenuReader.MEMBER


class Inbox(Protocol):
    """The stored updates of a platform."""

    async def claim(self, update_id: str, address: Address, command: str) -> bool:
        """Store an update before it is processed; false if it was stored before."""
        ...

    async def answered(self, update_id: str) -> None:
        """Mark an update as done: its answer was sent, or cannot be sent."""
        ...


class InstallationStore(Protocol):
    """The stored installations of the app, and the visits to the install page."""

    async def get(self, workspace: str) -> Installation | None:
        """Return the installation in a workspace."""
        ...

    async def all(self) -> list[Installation]:
        """Return all installations, the oldest first."""
        ...

    async def save(self, installation: Installation) -> None:
        """Store an installation in the place of an earlier one in the same workspace."""
        ...

    async def renew(self, old: Installation, new: Installation) -> bool:
        """Store new tokens; false if the old ones are not stored any more."""
        ...

    async def claim_renewal(self, old: Installation, *, now: datetime, until: datetime) -> bool:
        """Reserve the renewal of a token; false if another process renews it, or has done so."""
        ...

    async def delete(self, workspace: str, *, before: datetime) -> bool:
        """Delete an installation that is older than an instant; false if there is none."""
        ...

    async def begin(self, state: str, *, now: datetime, until: datetime) -> None:
        """Store the state of a visit to the install page."""
        ...

    async def finish(self, state: str, *, now: datetime) -> bool:
        """Use up a state; false if it is unknown, used or expired."""
        ...


class ChatEvents(Protocol):
    """Takes note of what happens in the chats beside commands."""

    async def shown(
        self,
        address: Address,
        message_id: str,
        briefing_id: str,
        thread: str = "",
        *,
        new_chat: bool = False,
    ) -> None:
        """A sent message, perhaps in a thread, shows a briefing or answers a question about one.

        With `new_chat` it was sent to a chat from which nothing may have been heard yet.
        """
        ...

    async def left(self, address: Address, reason: str) -> None:
        """The bot was blocked in a chat or removed from it."""
        ...

    async def installed(self, platform: Platform, workspace: str, title: str) -> None:
        """The app was installed in a workspace."""
        ...

    async def uninstalled(self, platform: Platform, workspace: str) -> None:
        """The app was removed from a workspace: all about it must be erased."""
        ...

    async def revoked(self, platform: Platform, workspace: str) -> None:
        """The bot's token for a workspace was revoked."""
        ...


class NoEvents:
    """Ignores all events."""

    async def shown(
        self,
        address: Address,
        message_id: str,
        briefing_id: str,
        thread: str = "",
        *,
        new_chat: bool = False,
    ) -> None:
        """Do nothing."""

    async def left(self, address: Address, reason: str) -> None:
        """Do nothing."""

    async def installed(self, platform: Platform, workspace: str, title: str) -> None:
        """Do nothing."""

    async def uninstalled(self, platform: Platform, workspace: str) -> None:
        """Do nothing."""

    async def revoked(self, platform: Platform, workspace: str) -> None:
        """Do nothing."""


ReadsOnly = Callable[[str, str], bool]
"""Whether a command, by name and arguments, changes nothing: its answer may be sent twice."""


class Messenger(Protocol):
    """Sends stored messages, without any retry.

    `traceable` says whether `find` can look up a message whose response was lost. One that
    `shows_pictures` also sends the parts of `bot.render.charts.payload`.
    """

    traceable: bool

    @property
    def shows_pictures(self) -> bool:
        """Whether pictures are shown there, and can be drawn here."""
        ...

    def parts(
        self, briefing: Briefing, heading: str, *, folded: bool = False, page: str = ""
    ) -> tuple[str, ...]:
        """Render a digest as payloads (JSON text), each within the platform's limits.

        With `folded`, details are shown on demand, where the platform has a way. `page` is the
        address of the digest's page, if it has one.
        """
        ...

    def notice(self, text: str) -> str:
        """Render a notice to the operators as a payload."""
        ...

    async def send(self, address: Address, delivery: Delivery) -> Receipt:
        """Send one stored part.

        Raises DeliveryError: `permanent` when the channel no longer exists, `uncertain` when the
        platform may have accepted the message, `retry_after` when it asked for a pause, none of
        the three when the message was not accepted and may be sent again.
        """
        ...

    async def find(
        self, address: Address, delivery: Delivery, since: datetime | None = None
    ) -> Receipt | None:
        """Look up a part whose response was lost; None if it has not arrived.

        It was sent no earlier than `since`. Only called where `traceable`. Raises DeliveryError
        when the lookup fails or is incomplete.
        """
        ...


class ChatPlatform(Protocol):
    """One adapter: reads commands, passes them to the core and sends the replies."""

    name: str

    async def role_of(self, command: Command) -> Role:
        """Return the sender's role in the chat: MEMBER, ADMIN, or UNKNOWN if it cannot be asked."""
        ...

    async def find_chat(self, command: Command, name: str) -> ManagedChat | None:
        """Find a chat that is named in another one; None if unknown. Raises DeliveryError."""
        ...

    async def check(self) -> str:
        """Ask the platform for the bot's name; raises PlatformError with the remedy."""
        ...

    async def diagnose(self, chats: Sequence[Address]) -> list[str]:
        """A line with the remedy for each fault that the platform tells, also of these chats."""
        ...

    async def start(self) -> None:
        """Connect and start answering; raises PlatformError with the remedy."""
        ...

    async def stop(self) -> None:
        """Stop accepting commands, finish those in progress, disconnect."""
        ...


class SendingPlatform(Messenger, Protocol):
    """One adapter of a platform that only sends: nobody types a command there."""

    name: str

    async def check(self) -> str:
        """Say in a few words that it can send; raises PlatformError with the remedy."""
        ...

    async def diagnose(self, chats: Sequence[Address]) -> list[str]:
        """A line with the remedy for each fault, also of these chats."""
        ...

    async def start(self) -> None:
        """Get ready to send; raises PlatformError with the remedy."""
        ...

    async def stop(self) -> None:
        """Close what is open."""
        ...
