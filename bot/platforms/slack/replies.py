"""Sends replies by response_url, in the thread, or to the asker only."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.errors import DeliveryError
from bot.models import Command, Place, Reply
from bot.platforms.interfaces import ChatEvents
from bot.platforms.slack.api import Refused, SlackApi
from bot.platforms.slack.commands import SlackInput
from bot.render.slack.messages import reply_messages

TRIES = 4
PAUSE = 1.0
LONGEST_PAUSE = 60.0
"""Attempts to post, and the pauses in seconds between them."""


@dataclass(frozen=True, slots=True)
class Replies:
    """Sends replies; a slash command's go to its response_url while that is valid.

    A briefing is posted where the bot can post: only then Slack returns the message's id. Who sent
    a form for a channel that the bot is not in is answered directly.
    """

    api: SlackApi
    events: ChatEvents

    async def send(
        self, typed: SlackInput, command: Command, reply: Reply, *, again: bool = False
    ) -> None:
        """Send all parts of a reply; raises DeliveryError at the first failure.

        With `again`, a part that may have arrived is sent again after a server error or timeout.
        """
        private = _is_private(typed, reply)
        messages = reply_messages(reply)
        if await self._edited(typed, reply, messages):
            return
        for payload in messages:
            message = json.loads(payload)
            if reply.briefing is not None or (typed.pressed and not private):
                ts = await self._posted_first(typed, message, again=again)
            else:
                ts = await self._send(typed, message, private=private, again=again)
            if ts and reply.briefing_id and not private:
                await self.events.shown(command.address, ts, reply.briefing_id, typed.thread)

    async def _edited(self, typed: SlackInput, reply: Reply, messages: tuple[str, ...]) -> bool:
        """Replace the message whose button was pressed, if that is where the reply belongs."""
        if not typed.pressed or reply.place is not Place.EDIT or not typed.response_url:
            return False
        if len(messages) != 1 or reply.private:
            return False
        message = {**json.loads(messages[0]), "replace_original": True}
        try:
            return await self.api.respond(typed.response_url, message)
        except DeliveryError as error:
            if error.uncertain:
                raise
            return False

    async def _posted_first(
        self, typed: SlackInput, message: Mapping[str, Any], *, again: bool
    ) -> str:
        """Post to the channel; where the bot is not in it, use the response_url."""
        try:
            return await self._send_post(typed, message, private=False, again=again)
        except Refused as refusal:
            if refusal.uncertain or not typed.response_url:
                raise
            if not await self._responded(typed.response_url, message, private=False, again=again):
                raise
            return ""

    async def _send(
        self, typed: SlackInput, message: Mapping[str, Any], *, private: bool, again: bool
    ) -> str:
        """Send one message; returns its ts, or "" if Slack does not tell it."""
        url = typed.response_url
        if url and await self._responded(url, message, private=private, again=again):
            return ""
        return await self._send_post(typed, message, private=private, again=again)

    async def _send_post(
        self, typed: SlackInput, message: Mapping[str, Any], *, private: bool, again: bool
    ) -> str:
        body = {**message, "channel": typed.chat}
        if typed.thread:
            body["thread_ts"] = typed.thread
        try:
            if private and not typed.direct:
                ephemeral = {**body, "user": typed.user}
                return await self._post("chat.postEphemeral", ephemeral, again=again)
            return await self._post("chat.postMessage", body, again=again)
        except Refused as refusal:
            if not (refusal.permanent and typed.pressed) or typed.response_url:
                raise
            await self._post("chat.postMessage", {**message, "channel": typed.user}, again=again)
            return ""

    async def _post(self, method: str, body: Mapping[str, Any], *, again: bool) -> str:
        """Post, with retries of what was not accepted; `again` also of what may have been."""
        for _ in range(TRIES - 1):
            try:
                return str((await self.api.post(method, body)).get("ts") or "")
            except DeliveryError as error:
                if not _may_retry(error, again=again):
                    raise
                await asyncio.sleep(PAUSE if error.retry_after is None else error.retry_after)
        return str((await self.api.post(method, body)).get("ts") or "")

    async def _responded(
        self, url: str, message: Mapping[str, Any], *, private: bool, again: bool
    ) -> bool:
        visible = "ephemeral" if private else "in_channel"
        try:
            fields = {"response_type": visible, "replace_original": False}
            return await self.api.respond(url, {**message, **fields})
        except DeliveryError as error:
            if error.uncertain and not again:
                raise
            return False


def _is_private(typed: SlackInput, reply: Reply) -> bool:
    """Return whether only the asker sees a reply.

    What a button shows belongs into the thread of its message, beside a question's answer.
    """
    if reply.private or (typed.pressed and reply.place in {Place.TOAST, Place.KEYBOARD}):
        return True
    return bool(typed.response_url) and not (typed.pressed or shared(reply))


def shared(reply: Reply) -> bool:
    """Return whether the answer to a slash command is visible to the whole channel.

    Briefings and changes to the channel are; the rest only the asker needs to see.
    """
    return reply.briefing is not None or reply.changed


def _may_retry(error: DeliveryError, *, again: bool) -> bool:
    if error.retry_after is not None:
        return error.retry_after <= LONGEST_PAUSE
    return error.uncertain and again
