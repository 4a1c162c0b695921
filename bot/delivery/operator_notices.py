"""Notices to the operators of the bot: a message each, or one message for many alike."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from bot.delivery.notice_texts import ONE_EACH
from bot.errors import DeliveryError
from bot.models import Address, Platform
from bot.platforms.interfaces import Messenger
from bot.platforms.send_once import send_line
from bot.store import OperatorNotice, Store

MOST = 10
"""Lines shown; the rest is counted."""

TOGETHER = 1000
"""The most notices that one flush sends."""

HELD = timedelta(minutes=2)
"""How long claimed notices are reserved for the process that claimed them."""

AGAIN = timedelta(minutes=1)
"""The pause before a failed notice is tried again."""

TRIES = 3

KEPT = timedelta(days=7)


class NoticeWriter:
    """Stores notices for the operators and sends them; each line is also logged."""

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

    def notices_for(
        self, line: str, channel_id: int | None = None, kind: str = ""
    ) -> tuple[OperatorNotice, ...]:
        """The line as a notice for each operator, to be stored with the fact it reports.

        Many notices of one kind are gathered into one message.
        """
        return tuple(OperatorNotice(each, line, channel_id, kind=kind) for each in self._operators)

    async def add(self, line: str, kind: str = "") -> None:
        """Store a line for the next flush."""
        await self._store.notices.add(self.notices_for(line, kind=kind), self._clock())

    async def flush(self) -> None:
        """Send the stored notices; those that cannot be sent now stay for a later flush."""
        now = self._clock()
        stored = self._store.notices
        taken = await stored.claim(
            tuple(self._messengers), TOGETHER, now=now, held_until=now + HELD
        )
        messages = defaultdict[tuple[Address, str], dict[int, OperatorNotice]](dict)
        for number, notice in taken.items():
            messages[notice.to, notice.kind or notice.text][number] = notice
        for (address, _), own in messages.items():
            for some in _messages(own):
                await self._send(address, some)

    async def _send(self, address: Address, own: Mapping[int, OperatorNotice]) -> None:
        """Send one message with these notices."""
        stored = self._store.notices
        lines = [*dict.fromkeys(each.text for each in own.values())]
        error = await send_line(self._messengers[address.platform], address, text_of(lines))
        over = {number for number, each in own.items() if _is_over(error, each.tries)}
        await stored.drop(over)
        wait = timedelta(seconds=error.retry_after or 0) if error else AGAIN
        await stored.hold(own.keys() - over, self._clock() + max(AGAIN, wait))

    async def forget(self) -> None:
        """Drop the notices that could not be sent for KEPT."""
        await self._store.notices.forget(self._clock() - KEPT)


def _is_over(error: DeliveryError | None, tries: int) -> bool:
    """Whether a notice is done: sent, impossible to send, or tried TRIES times in doubt."""
    return error is None or error.permanent or (error.uncertain and tries >= TRIES)


def _messages(own: dict[int, OperatorNotice]) -> Iterator[dict[int, OperatorNotice]]:
    """The notices of one kind as messages: one each, or one for all if they are many."""
    if len({each.text for each in own.values()}) > ONE_EACH:
        yield own
        return
    by_text = defaultdict[str, dict[int, OperatorNotice]](dict)
    for number, each in own.items():
        by_text[each.text][number] = each
    yield from by_text.values()


def text_of(lines: Sequence[str]) -> str:
    """The lines as one text; only the first MOST are shown."""
    if len(lines) == 1:
        return lines[0]
    more = [f"… and {len(lines) - MOST} more: see briefbot digest history"]
    shown = [f"• {each}" for each in lines[:MOST]]
    return "\n".join([f"{len(lines)} notices:", *shown, *(more if len(lines) > MOST else [])])


def operators(admins: Sequence[str]) -> tuple[Address, ...]:
    """The address of each operator in the settings (`telegram:12345`, `slack:U0123`)."""
    return tuple(Address.named(each) for each in admins)
