"""What the bot's operators are told without asking: one message for all that came together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import structlog

from bot.errors import DeliveryError
from bot.models import Address, Delivery, Platform, SendState
from bot.platforms.base import Messenger

MOST = 10
"""So many lines are shown; the rest is counted."""

log = structlog.get_logger(__name__)


class Notices:
    """Collects lines and sends them to the operators; each is in the log and the history too."""

    def __init__(self, messengers: Mapping[Platform, Messenger], admins: Sequence[Address]) -> None:
        self._messengers = messengers
        self._admins = admins
        self._lines: list[str] = []

    def add(self, line: str) -> None:
        """Tell this with the next flush, once however often it was added."""
        if line not in self._lines:
            self._lines.append(line)

    async def flush(self) -> None:
        """Send what has come together; what cannot be sent is not tried again."""
        lines, self._lines = self._lines, []
        for address in self._admins if lines else ():
            messenger = self._messengers.get(address.platform)
            if messenger is not None:
                await _send(messenger, address, text_of(lines))


async def _send(messenger: Messenger, address: Address, text: str) -> None:
    payload = messenger.notice(text)
    delivery = Delivery(0, 0, 0, 1, 1, payload, SendState.SENDING)
    try:
        await messenger.send(address, delivery)
    except DeliveryError as error:
        log.warning("an operator could not be told", platform=address.platform, error=str(error))


def text_of(lines: Sequence[str]) -> str:
    """The lines as one text, the first ones in full."""
    more = [f"… and {len(lines) - MOST} more: see briefbot digest history"]
    return "\n".join([*lines[:MOST], *(more if len(lines) > MOST else [])])


def operators(admins: Sequence[str]) -> tuple[Address, ...]:
    """Where each operator named in the settings (`telegram:12345`, `slack:U0123`) is written to."""
    pairs = (each.split(":", 1) for each in admins)
    return tuple(Address(Platform(platform), "", chat) for platform, chat in pairs)
