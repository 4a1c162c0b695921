"""Who the bot is in a workspace, and refused tokens as errors with the remedy."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from bot.errors import PlatformError
from bot.platforms.slack.api import Refused, SlackApi
from bot.platforms.slack.commands import Identity


async def identity(api: SlackApi) -> Identity:
    """Ask Slack who the bot is; raises PlatformError for a refused token, or DeliveryError."""
    with accepted("SLACK_BOT_TOKEN", "the Bot User OAuth Token (xoxb-…) of the installed app"):
        found = await api.ask("auth.test")
    return Identity(
        team=str(found.get("team_id") or ""),
        user=str(found.get("user_id") or ""),
        bot=str(found.get("bot_id") or ""),
        name=str(found.get("user") or "briefbot"),
    )


@contextmanager
def accepted(setting: str, remedy: str) -> Iterator[None]:
    """Convert a refused token into a PlatformError with the remedy; let other errors pass."""
    try:
        yield
    except Refused as refusal:
        if refusal.uncertain:
            raise
        told = f"{setting} was refused by Slack ({refusal.code}): set {remedy}"
        raise PlatformError(told) from refusal
