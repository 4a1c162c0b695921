"""Tells every channel that got a withdrawn bullet that it was withdrawn, once."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.digests.quiet import NEVER, quiet_until
from bot.languages import ENGLISH, dated, speaking, tr
from bot.models import Address, Correction, Platform
from bot.platforms.interfaces import Messenger
from bot.store import Store

LOOKED_FOR = timedelta(hours=6)
"""How long after a withdrawal it is looked for who got the bullet: a digest was being made."""

IN_THE_MAKING = timedelta(hours=1)
"""How long before a withdrawal a briefing may have been made that was not stored yet at it."""

AT_ONCE = 200
RECENT = 100


@dataclass(frozen=True, slots=True)
class CorrectionWriter:
    """Stores corrections for delivery; calls `on_ready` when some were stored."""

    store: Store
    messengers: Mapping[Platform, Messenger]
    clock: Callable[[], datetime]
    on_ready: Callable[[], None] = lambda: None
    allowed: Callable[[Address], bool] = lambda _: True
    language: str = ENGLISH

    async def write(self) -> int:
        """Find who got what was withdrawn, and tell them; returns how many are told.

        A channel in its quiet hours is told when they end.
        """
        now = self.clock()
        for withdrawal in await self.store.withdrawals.latest(RECENT, now - LOOKED_FOR):
            since = withdrawal.at - IN_THE_MAKING
            await self.store.withdrawals.note_readers(withdrawal, since)
        told = sum([await self._tell(each, now) async for each in self._waiting()])
        if told:
            self.on_ready()
        return told

    async def _waiting(self) -> AsyncIterator[Correction]:
        """Every channel that is not told yet, page by page: those that cannot be stay in front."""
        last = None
        platforms = tuple(self.messengers)
        while page := await self.store.corrections.waiting(platforms, limit=AT_ONCE, after=last):
            for each in page:
                yield each
            last = page[-1]

    async def _tell(self, correction: Correction, now: datetime) -> bool:
        channel = correction.channel
        if not self.allowed(channel.address) or quiet_until(channel, NEVER, now):
            return False
        messenger = self.messengers[channel.address.platform]
        with speaking(channel.speaks(self.language)):
            payload = messenger.notice(correction_text(correction))
        day = now.astimezone(ZoneInfo(channel.timezone)).date()
        return await self.store.corrections.send(correction, [payload], day, now)


def correction_text(correction: Correction) -> str:
    """What a channel is told."""
    told = correction.told_at.astimezone(ZoneInfo(correction.channel.timezone))
    withdrawal = correction.withdrawal
    why = tr(" The reason: {reason}", reason=withdrawal.reason) if withdrawal.reason else ""
    said = tr(
        "⚠️ Correction. On {day} this chat was told: “{text}” "
        "This is withdrawn and will not be told again.",
        day=dated(told, tr("EEEE d MMMM")),
        text=withdrawal.text,
    )
    return f"{said}{why}"
