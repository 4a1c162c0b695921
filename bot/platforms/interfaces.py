"""The narrow interfaces between the chats and everything else."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Protocol

from bot.models import Address, Briefing, Command, Delivery, Receipt, Reply

Answer = Callable[[Command], Awaitable[Reply | None]]
"""The command core, as an adapter sees it: None means that nothing is to be said."""


class Inbox(Protocol):
    """What was handed over by a platform and is still to be answered."""

    async def claim(self, update_id: str, address: Address, command: str) -> bool:
        """Note an update before anything is done about it; false where it was noted before."""
        ...

    async def answered(self, update_id: str) -> None:
        """It is done with: its answer was sent, or cannot be."""
        ...


class Messenger(Protocol):
    """Sends what is stored. Decides nothing, retries nothing.

    `traceable` says whether `find` can tell what became of a send whose answer was lost.
    """

    traceable: bool

    def parts(self, briefing: Briefing, heading: str) -> tuple[str, ...]:
        """Render a digest as payloads (JSON text), each within the platform's limits."""
        ...

    def notice(self, text: str) -> str:
        """Render a line for the bot's operators as a payload."""
        ...

    async def send(self, address: Address, delivery: Delivery) -> Receipt:
        """Send one stored part.

        Raises DeliveryError: `permanent` when the channel is gone for good, `uncertain` when the
        platform may have taken the message, `retry_after` when it asked for a pause, none of the
        three when the message certainly was not taken and may be sent again.
        """
        ...

    async def find(
        self, address: Address, delivery: Delivery, since: datetime | None = None
    ) -> Receipt | None:
        """Look up a part whose answer was lost: None where it has certainly not arrived.

        It was sent no earlier than `since`. Only called where `traceable`. Raises DeliveryError
        when nobody can look at present, or not far enough.
        """
        ...


class ChatPlatform(Protocol):
    """One running adapter: reads commands, passes them to the core, writes the replies."""

    name: str

    async def check(self) -> str:
        """Ask the platform for the bot's name; raises PlatformError with the remedy."""
        ...

    async def start(self) -> None:
        """Connect and begin to answer; raises PlatformError with the remedy."""
        ...

    async def stop(self) -> None:
        """Stop taking commands, finish what was begun, disconnect."""
        ...
