"""When a channel gets no digests or alerts: quiet hours and pauses; pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time

from bot.digests.calendar import quiet_end
from bot.models import Channel

OFF = "off"


@dataclass(frozen=True, slots=True)
class QuietHours:
    """From `start` until `end`; the same time twice stands for no quiet hours."""

    start: time
    end: time

    @classmethod
    def parsed(cls, text: str) -> QuietHours:
        """Read "22:00-07:00", or "off"."""
        if text == OFF:
            return NEVER
        start, _, end = text.partition("-")
        return cls(time.fromisoformat(start), time.fromisoformat(end))

    @classmethod
    def of(cls, channel: Channel, usual: QuietHours) -> QuietHours | None:
        """Return a channel's own quiet hours, else the usual ones; None where it has none."""
        start, end = channel.quiet_from, channel.quiet_until
        hours = usual if start is None or end is None else cls(start, end)
        return None if hours.start == hours.end else hours


NEVER = QuietHours(time(), time())


def quiet_until(channel: Channel, usual: QuietHours, now: datetime) -> datetime | None:
    """Return when the present quiet hours of a channel end; None outside of them."""
    hours = QuietHours.of(channel, usual)
    return quiet_end(hours.start, hours.end, channel.timezone, now) if hours else None


def is_paused(channel: Channel, now: datetime) -> bool:
    """Return whether a person has paused what the channel gets."""
    return channel.paused_until is not None and now < channel.paused_until
