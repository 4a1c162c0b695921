"""Sends replies by response_url, in the thread, or to the asker only."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from bot.errors import DeliveryError
from bot.models import Command, Place, Reply
from bot.platforms.interfaces import ChatEvents
from bot.platforms.kept_commands import NOTHING_KEPT, KeptCommands
from bot.platforms.pictures import Painter, offered
from bot.platforms.slack.api import Refused, SlackApi
from bot.platforms.slack.commands import SlackInput
from bot.platforms.slack.conversations import OUTSIDE
from bot.platforms.slack.long_buttons import fitting
from bot.platforms.slack.pictures import upload_answer
from bot.render.charts.payload import picture_payload
from bot.render.slack.messages import SLASH, reply_messages

TRIES = 4
PAUSE = 1.0
LONGEST_PAUSE = 60.0
"""Attempts to post, and the pauses in seconds between them."""


NOT_HERE = OUTSIDE | {"is_archived", "user_not_in_channel"}
NOT_ALLOWED_HERE = "restricted_action"
"""Error codes for a channel in which the bot may not post, and how others of them begin."""


@dataclass(frozen=True, slots=True)
class _Posted:
    """A sent message; its ts is "" if Slack does not tell it.

    `direct` is the asker's own conversation, if it was sent there instead.
    """

    ts: str = ""
    direct: str = ""


@dataclass(frozen=True, slots=True)
class Replies:
    """Sends replies; a slash command's go to its response_url while that is valid.

    A briefing is posted where the bot can post: only then Slack returns the message's id. Where the
    bot may not post and no response_url is valid, the asker is answered directly.
    """

    api: SlackApi
    events: ChatEvents
    slash: str = SLASH
    kept: KeptCommands = NOTHING_KEPT
    painter: Painter = field(default_factory=Painter)

    async def send(
        self, typed: SlackInput, command: Command, reply: Reply, *, again: bool = False
    ) -> None:
        """Send all parts of a reply; raises DeliveryError at the first failure.

        With `again`, a part that may have arrived is sent again after a server error or timeout.
        """
        private = _is_private(typed, reply)
        made = [json.loads(each) for each in reply_messages(reply, command=self.slash)]
        messages = [await fitting(self.kept, command.address, each) for each in made]
        if await self._edited(typed, reply, messages):
            return
        for whole, message in zip(made, messages, strict=True):
            if reply.briefing is not None or (typed.pressed and not private):
                posted = await self._posted_first(typed, message, again=again)
            else:
                posted = await self._send(typed, message, private=private, again=again)
            if posted.direct:
                await fitting(self.kept, replace(command.address, chat=posted.direct), whole)
            if reply.briefing_id and not (private and not posted.direct):
                await self._note(posted, typed, command, reply.briefing_id)

        if reply.picture is not None and offered():
            shown = picture_payload(reply.picture)
            await upload_answer(self.api, self.painter, shown, typed.chat, typed.thread)

    async def _note(
        self, posted: _Posted, typed: SlackInput, command: Command, briefing_id: str
    ) -> None:
        """Note which briefing a message shows, for its buttons and what is typed under it."""
        if posted.direct:
            there = replace(command.address, chat=posted.direct, thread="")
            await self.events.shown(there, posted.ts, briefing_id, new_chat=True)
        elif posted.ts:
            await self.events.shown(command.address, posted.ts, briefing_id, typed.thread)

    async def _edited(
        self, typed: SlackInput, reply: Reply, messages: Sequence[Mapping[str, Any]]
    ) -> bool:
        """Replace the message whose button was pressed, if that is where the reply belongs."""
        if not typed.pressed or reply.place is not Place.EDIT or not typed.response_url:
            return False
        if len(messages) != 1 or reply.private:
            return False
        message = {**messages[0], "replace_original": True}
        try:
            return await self.api.respond(typed.response_url, message)
        except DeliveryError as error:
            if error.uncertain:
                raise
            return False

    async def _posted_first(
        self, typed: SlackInput, message: Mapping[str, Any], *, again: bool
    ) -> _Posted:
        """Post to the channel; where the bot may not, use the response_url, else tell the asker."""
        try:
            return await self._post_here(typed, message, private=False, again=again)
        except Refused as refusal:
            url = None if refusal.uncertain else typed.response_url
            if url and await self._responded(url, message, private=False, again=again):
                return _Posted()
            if not _goes_to_the_asker(typed, refusal):
                raise
        return await self._post_directly(typed, message, again=again)

    async def _send(
        self, typed: SlackInput, message: Mapping[str, Any], *, private: bool, again: bool
    ) -> _Posted:
        """Send one message by the response_url while it is valid, else post it."""
        url = typed.response_url
        if url and await self._responded(url, message, private=private, again=again):
            return _Posted()
        try:
            return await self._post_here(typed, message, private=private, again=again)
        except Refused as refusal:
            if not _goes_to_the_asker(typed, refusal):
                raise
        return await self._post_directly(typed, message, again=again)

    async def _post_here(
        self, typed: SlackInput, message: Mapping[str, Any], *, private: bool, again: bool
    ) -> _Posted:
        body = {**message, "channel": typed.chat}
        if typed.thread:
            body["thread_ts"] = typed.thread
        if private and not typed.direct:
            ephemeral = {**body, "user": typed.user}
            await self._post("chat.postEphemeral", ephemeral, again=again)
            return _Posted()
        answer = await self._post("chat.postMessage", body, again=again)
        return _Posted(str(answer.get("ts") or ""))

    async def _post_directly(
        self, typed: SlackInput, message: Mapping[str, Any], *, again: bool
    ) -> _Posted:
        """Post to the asker's own conversation with the bot."""
        body = {**message, "channel": typed.user}
        answer = await self._post("chat.postMessage", body, again=again)
        return _Posted(str(answer.get("ts") or ""), direct=str(answer.get("channel") or ""))

    async def _post(
        self, method: str, body: Mapping[str, Any], *, again: bool
    ) -> Mapping[str, Any]:
        """Post, with retries of what was not accepted; `again` also of what may have been."""
        for _ in range(TRIES - 1):
            try:
                return await self.api.post(method, body)
            except DeliveryError as error:
                if not _may_retry(error, again=again):
                    raise
                await asyncio.sleep(PAUSE if error.retry_after is None else error.retry_after)
        return await self.api.post(method, body)

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


def _goes_to_the_asker(typed: SlackInput, refusal: Refused) -> bool:
    """Return whether an answer that may not be posted in its channel goes to the asker directly.

    Who pressed something, sent a form or typed a slash command waits for it, and need not be where
    the bot is. What was typed to the bot in a channel is answered there or not at all.
    """
    asked = typed.pressed or typed.response_url is not None
    elsewhere = refusal.code in NOT_HERE or refusal.code.startswith(NOT_ALLOWED_HERE)
    return asked and elsewhere and not typed.direct


def _is_private(typed: SlackInput, reply: Reply) -> bool:
    """Return whether only the asker sees a reply.

    What a button shows belongs into the thread of its message, beside a question's answer.
    """
    if reply.private or (typed.pressed and reply.place in {Place.TOAST, Place.KEYBOARD}):
        return True
    return bool(typed.response_url) and not (typed.pressed or shared(reply))


def shared(reply: Reply) -> bool:
    """Return whether the answer to a slash command is visible to the whole channel.

    Briefings, charts and changes to the channel are; the rest only the asker needs to see.
    """
    return reply.briefing is not None or reply.changed or reply.picture is not None


def _may_retry(error: DeliveryError, *, again: bool) -> bool:
    if error.retry_after is not None:
        return error.retry_after <= LONGEST_PAUSE
    return error.uncertain and again
