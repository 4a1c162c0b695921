"""Sends replies by response_url, in the thread, or to the asker only."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.errors import DeliveryError
from bot.models import Command, Reply
from bot.platforms.slack.api import SlackApi
from bot.platforms.slack.commands import SlackInput
from bot.render.slack.messages import reply_messages

SHARED = frozenset({"subscribe", "unsubscribe"})
"""Commands that change what the channel receives; their answers are visible to all."""

PAUSES = 3
LONGEST_PAUSE = 60.0
"""Maximum number and length in seconds of pauses for a rate limit."""


@dataclass(frozen=True, slots=True)
class Replies:
    """Sends replies; a slash command's go to its response_url while that is valid."""

    api: SlackApi

    async def send(self, typed: SlackInput, command: Command, reply: Reply) -> None:
        """Send all parts of a reply; raises DeliveryError at the first failure."""
        private = bool(typed.response_url) and not shared(command, reply)
        for payload in reply_messages(reply):
            await self._send(typed, json.loads(payload), private=private)

    async def _send(self, typed: SlackInput, message: Mapping[str, Any], *, private: bool) -> None:
        if typed.response_url and await self._responded(typed.response_url, message, private):
            return
        body = {**message, "channel": typed.chat}
        if typed.thread:
            body["thread_ts"] = typed.thread
        if private and not typed.direct:
            await self._post("chat.postEphemeral", {**body, "user": typed.user})
        else:
            await self._post("chat.postMessage", body)

    async def _post(self, method: str, body: Mapping[str, Any]) -> None:
        """Post once; a rate-limited message was not accepted and is sent again after the pause."""
        for _ in range(PAUSES):
            try:
                await self.api.post(method, body)
            except DeliveryError as error:
                if error.retry_after is None or error.retry_after > LONGEST_PAUSE:
                    raise
                await asyncio.sleep(error.retry_after)
            else:
                return
        await self.api.post(method, body)

    async def _responded(self, url: str, message: Mapping[str, Any], private: bool) -> bool:
        visible = "ephemeral" if private else "in_channel"
        try:
            return await self.api.respond(url, {**message, "response_type": visible})
        except DeliveryError as error:
            if error.uncertain:
                raise
            return False


def shared(command: Command, reply: Reply) -> bool:
    """Return whether the answer to a slash command is visible to the whole channel.

    A reply without a title reports a mistake, which only the asker needs to see.
    """
    return reply.briefing is not None or (_changes(command) and bool(reply.title))


def _changes(command: Command) -> bool:
    """Return whether a command changes the channel; some do only with a value."""
    named = len(command.args.split()) > 1
    return command.name in SHARED or (command.name in {"settings", "topics"} and named)
