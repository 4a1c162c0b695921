"""What Slack tells about a conversation, asked as seldom and as patiently as an answer allows."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from bot.errors import DeliveryError
from bot.models import Line, Reply, Span, Style
from bot.platforms.slack.api import Refused, SlackApi
from bot.platforms.slack.commands import SlackInput

OUTSIDE = frozenset(
    {"channel_not_found", "method_not_supported_for_channel_type", "not_in_channel"}
)
"""Slack's words for a channel that the bot is not in and cannot enter by itself."""

LOOK_UP_SECONDS = 2.0
"""An answer does not wait longer than this for what Slack tells about a channel."""

REMEMBERED = 1000


class Conversations:
    """Names of channels, and whether the bot may post there."""

    def __init__(self, api: SlackApi) -> None:
        self._api = api
        self._titles: dict[str, str] = {}

    async def title(self, typed: SlackInput) -> str:
        """The channel's name, or "" where Slack does not tell it soon."""
        if typed.title or typed.direct:
            return typed.title
        if typed.chat not in self._titles:
            try:
                async with asyncio.timeout(LOOK_UP_SECONDS):
                    found = await self._api.ask("conversations.info", channel=typed.chat)
            except (DeliveryError, TimeoutError):
                return ""
            if len(self._titles) >= REMEMBERED:
                self._titles.clear()
            self._titles[typed.chat] = str((found.get("channel") or {}).get("name") or "")
        return self._titles[typed.chat]

    async def entered(self, typed: SlackInput, reply: Reply, name: str) -> Reply:
        """Enter the channel that has just subscribed, or add to the reply how to let the bot in."""
        if typed.direct or await self._inside(typed.chat):
            return reply
        said = Span("Digests cannot arrive here before I am in this channel. Type ")
        hint = Line((said, Span(f"/invite @{name}", Style.BOLD)))
        return replace(reply, note=(*reply.note, hint))

    async def _inside(self, chat: str) -> bool:
        """Whether the bot is in a channel or has just joined it; not being told counts as yes."""
        try:
            async with asyncio.timeout(2 * LOOK_UP_SECONDS):
                found = await self._api.ask("conversations.info", channel=chat)
                if not (found.get("channel") or {}).get("is_member", True):
                    await self._api.post("conversations.join", {"channel": chat})
        except Refused as refusal:
            return refusal.code not in OUTSIDE
        except (DeliveryError, TimeoutError):
            return True
        return True
