"""What the bot's operators are told without asking: one message for all that came together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime, timedelta

from bot.errors import DeliveryError
from bot.models import Address, Platform
from bot.platforms.interfaces import Messenger
from bot.platforms.send_once import send_line
from bot.store import OperatorNotice, Store

MOST = 10
"""So many lines are shown; the rest is counted."""

TOGETHER = 1000
"""So many are told at once at most."""

HELD = timedelta(minutes=2)
"""Who takes notices has so long to tell them before another may try."""

AGAIN = timedelta(minutes=1)
"""An operator who could not be told is written to again after so long."""

TRIES = 3
SHOWN = 5

KEPT = timedelta(days=7)


class NoticeWriter:
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

    def notices_for(self, line: str, channel_id: int | None = None) -> tuple[OperatorNotice, ...]:
        """The line for each operator, to be stored with what it is about."""
        return tuple(OperatorNotice(each, line, channel_id) for each in self._operators)

    async def tell(self, line: str) -> None:
        """Store this for the next flush."""
        await self._store.notices.add(self.notices_for(line), self._clock())

    async def flush(self) -> None:
        """Send what has come together; what cannot be sent now comes with a later flush."""
        now = self._clock()
        stored = self._store.notices
        taken = await stored.claim(
            tuple(self._messengers), TOGETHER, now=now, held_until=now + HELD
        )
        theirs = defaultdict[Address, dict[int, OperatorNotice]](dict)
        for number, notice in taken.items():
            theirs[notice.to][number] = notice
        for address, own in theirs.items():
            lines = dict.fromkeys(each.text for each in own.values())
            error = await send_line(self._messengers[address.platform], address, text_of([*lines]))
            over = {number for number, each in own.items() if _is_over(error, each.tries)}
            await stored.drop(over)
            wait = timedelta(seconds=error.retry_after or 0) if error else AGAIN
            await stored.hold(own.keys() - over, self._clock() + max(AGAIN, wait))

    async def forget(self) -> None:
        """Give up what could not be told for KEPT."""
        await self._store.notices.forget(self._clock() - KEPT)


def _is_over(error: DeliveryError | None, tries: int) -> bool:
    """Whether a notice is told, or cannot be; what may have arrived is tried TRIES times."""
    return error is None or error.permanent or (error.uncertain and tries >= TRIES)


def text_of(lines: Sequence[str]) -> str:
    """The lines as one text, the first ones in full."""
    more = [f"… and {len(lines) - MOST} more: see briefbot digest history"]
    return "\n".join([*lines[:MOST], *(more if len(lines) > MOST else [])])


def numbered(ids: Collection[int]) -> str:
    """Who is spoken of: some digests by number, the first ones of many."""
    shown = [str(each) for each in sorted(ids)[:SHOWN]]
    more = [f"{len(ids) - SHOWN} more"] if len(ids) > SHOWN else []
    *first, last = [*shown, *more]
    return f"Digests {', '.join(first)} and {last} were" if first else f"Digest {last} was"


def operators(admins: Sequence[str]) -> tuple[Address, ...]:
    """Where each operator named in the settings (`telegram:12345`, `slack:U0123`) is written to."""
    pairs = (each.split(":", 1) for each in admins)
    return tuple(Address(Platform(platform), "", chat) for platform, chat in pairs)
