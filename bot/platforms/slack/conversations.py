"""Conversation names and membership, from conversations.info, cached."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from bot.errors import DeliveryError
from bot.languages import speaking
from bot.models import Line, Reply, Span, Style
from bot.platforms.slack.api import Refused, SlackApi
from bot.platforms.slack.commands import SlackInput
from bot.render.phrases import spans

OUTSIDE = frozenset(
    {"channel_not_found", "method_not_supported_for_channel_type", "not_in_channel"}
)
"""Error codes for a channel that the bot is not in and cannot join."""

LOOK_UP_SECONDS = 2.0
"""Timeout in seconds of a lookup while a user waits for an answer."""

REMEMBERED = 1000


class Conversations:
    """Channel names and the bot's membership."""

    def __init__(self, api: SlackApi) -> None:
        self._api = api
        self._titles: dict[str, str] = {}

    async def title(self, typed: SlackInput) -> str:
        """Return the channel's name, or "" if Slack does not return it in time."""
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
        """Join the channel that is to get digests, or add to the reply how to invite the bot."""
        if typed.direct or await self._inside(typed.chat):
            return reply
        invite = Span(f"/invite @{name}", Style.BOLD)
        with speaking(reply.language):
            hint = Line(
                spans(
                    "I cannot send digests here until I am in this channel. Type {command}",
                    command=invite,
                )
            )
        return replace(reply, note=(*reply.note, hint))

    async def _inside(self, chat: str) -> bool:
        """Return whether the bot is in a channel or has joined it; unknown counts as yes."""
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
