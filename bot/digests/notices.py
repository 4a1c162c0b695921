"""What the bot's operators are told without asking: one message for all that came together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta

import structlog

from bot.errors import DeliveryError
from bot.models import Address, Delivery, Platform, SendState
from bot.platforms.base import Messenger
from bot.store import Notice, Store

MOST = 10
"""So many lines are shown; the rest is counted."""

TOGETHER = 1000
"""So many are told at once at most."""

HELD = timedelta(minutes=2)
"""Who takes notices has so long to tell them before another may try."""

AGAIN = timedelta(minutes=1)
"""An operator who could not be told is written to again after so long."""

KEPT = timedelta(days=7)

log = structlog.get_logger(__name__)


class Notices:
    """Tells the operators what is stored for them; each line is in the log and the history too."""

    def __init__(
        self,
        store: Store,
        messengers: Mapping[Platform, Messenger],
        operators: Sequence[Address],
        clock: Callable[[], datetime],
    ) -> None:
        self._store = store
        self._messengers = messengers
        self._operators = operators
        self._clock = clock

    def of(self, line: str) -> tuple[Notice, ...]:
        """The line for each operator, to be stored with what it is about."""
        return tuple(Notice(each, line) for each in self._operators)

    async def tell(self, line: str) -> None:
        """Store this for the next flush."""
        await self._store.notices.add(self.of(line), self._clock())

    async def flush(self) -> None:
        """Send what has come together; what cannot be sent now comes with a later flush."""
        now = self._clock()
        stored = self._store.notices
        taken = await stored.take(tuple(self._messengers), TOGETHER, now=now, held_until=now + HELD)
        lines = defaultdict[Address, dict[int, str]](dict)
        for number, notice in taken.items():
            lines[notice.to][number] = notice.text
        for address, own in lines.items():
            again = await self._sent(address, text_of(list(dict.fromkeys(own.values()))))
            if again is None:
                await stored.drop(own)
            else:
                await stored.hold(own, self._clock() + again)

    async def forget(self) -> None:
        """Give up what could not be told for KEPT."""
        await self._store.notices.forget(self._clock() - KEPT)

    async def _sent(self, address: Address, text: str) -> timedelta | None:
        """Send it; None where it is done with, else how long to wait before the next try."""
        messenger = self._messengers[address.platform]
        part = Delivery(0, 0, 0, 1, 1, messenger.notice(text), SendState.SENDING)
        try:
            await messenger.send(address, part)
        except DeliveryError as error:
            log.warning(
                "an operator could not be told", platform=address.platform, error=str(error)
            )
            if error.permanent or error.uncertain:
                return None
            wait = timedelta(seconds=error.retry_after or 0)
            return max(AGAIN, wait)
        return None


def text_of(lines: Sequence[str]) -> str:
    """The lines as one text, the first ones in full."""
    more = [f"… and {len(lines) - MOST} more: see briefbot digest history"]
    return "\n".join([*lines[:MOST], *(more if len(lines) > MOST else [])])


def operators(admins: Sequence[str]) -> tuple[Address, ...]:
    """Where each operator named in the settings (`telegram:12345`, `slack:U0123`) is written to."""
    pairs = (each.split(":", 1) for each in admins)
    return tuple(Address(Platform(platform), "", chat) for platform, chat in pairs)
