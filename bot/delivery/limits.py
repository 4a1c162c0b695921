"""The rate limits of each platform; the only place that knows these numbers."""

from __future__ import annotations

from datetime import timedelta

from bot.models import Address, Platform
from bot.store import WHOLE_LANE, Lane, Limits, Pace

NO_PACE = Pace(timedelta(0))

TELEGRAM_BOT = Pace(timedelta(seconds=1) / 28)
"""All chats of a bot: about 30 a second are allowed; the margin absorbs uneven latency."""

TELEGRAM_A_SECOND = 30
"""The most messages in any second, even if they arrive unevenly."""

TELEGRAM_CHAT = Pace(timedelta(seconds=1.05), burst=3)
"""A private chat: about 1 a second, with short bursts."""

TELEGRAM_GROUP = Pace(timedelta(seconds=4), burst=4)
"""A group or channel: 20 a minute are allowed, 19 are used."""

SLACK_WORKSPACE = Pace(timedelta(seconds=1) / 3.85)
"""`chat.postMessage` in a workspace: several hundred a minute are allowed."""

SLACK_CHANNEL = Pace(timedelta(seconds=1.05))
"""A channel: 1 a second."""

MAIL_SERVER = Pace(timedelta(seconds=1) / 5)
"""All mails: far below what servers take for a flood."""

UNPACED = Limits(NO_PACE, lambda _chat: NO_PACE)


def _telegram(chat: str) -> Pace:
    """The pace of a chat: groups and channels have negative ids."""
    return TELEGRAM_GROUP if chat.startswith("-") else TELEGRAM_CHAT


_LIMITS = {
    Platform.TELEGRAM: Limits(TELEGRAM_BOT, _telegram, TELEGRAM_A_SECOND),
    Platform.SLACK: Limits(SLACK_WORKSPACE, lambda _chat: SLACK_CHANNEL),
    Platform.MAIL: Limits(MAIL_SERVER, lambda _chat: NO_PACE),
}
"""The platforms that have a pace."""


def limits_of(lane: Lane) -> Limits:
    """The rate limits of a lane and of its chats."""
    platform, _ = lane
    return _LIMITS.get(platform, UNPACED)


def held_by(address: Address) -> str:
    """The chat that a requested pause applies to; on Slack it applies to the whole lane."""
    return WHOLE_LANE if address.platform is Platform.SLACK else address.chat
