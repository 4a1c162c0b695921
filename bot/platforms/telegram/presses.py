"""Pressed buttons: every callback query is answered once, within a second."""

from __future__ import annotations

import asyncio
import json
from typing import Any

from telegram import Bot
from telegram.error import TelegramError

from bot.languages import tr
from bot.log import get_logger
from bot.models import Place, Reply
from bot.platforms.telegram.answers import Answers
from bot.platforms.telegram.callbacks import CallbackSigner
from bot.platforms.telegram.errors import plain
from bot.platforms.telegram.updates import Incoming
from bot.render.sanitize import clean
from bot.render.telegram.messages import notice_text, reply_messages

ACKNOWLEDGE_SECONDS = 0.8
"""A button shows that it works until its query is answered."""

NOTICE_LENGTH = 200
"""Characters of an answer to a callback query."""

UNCHANGED = "message is not modified"

log = get_logger(__name__)


def busy() -> str:
    """Return the answer where too many commands wait."""
    return tr("Too many commands are waiting in this chat. Please try again in a minute.")


class Press:
    """One pressed button and its query."""

    def __init__(self, bot: Bot, query: str) -> None:
        self._bot = bot
        self._query = query
        self._answered = False
        self._timer: asyncio.Task[None] | None = None

    def start_timer(self) -> None:
        """Answer without words in a moment, unless there is an answer before."""
        self._timer = asyncio.create_task(self._answer_later())

    async def answer(self, text: str = "", *, alert: bool = False) -> bool:
        """Answer the query, perhaps with a short notice; False if it was answered before."""
        if self._answered:
            return False
        self._answered = True
        if self._timer is not None and self._timer is not asyncio.current_task():
            self._timer.cancel()
        try:
            await self._bot.answer_callback_query(
                self._query, text=text[:NOTICE_LENGTH] or None, show_alert=alert
            )
        except TelegramError as error:
            log.info("button not acknowledged", error=plain(error))
            return False
        return True

    async def _answer_later(self) -> None:
        await asyncio.sleep(ACKNOWLEDGE_SECONDS)
        await self.answer()


class PressAnswers:
    """Puts the answer to a pressed button where it belongs."""

    def __init__(self, bot: Bot, answers: Answers, signer: CallbackSigner) -> None:
        self._bot = bot
        self._answers = answers
        self._signer = signer

    async def show(self, press: Press, found: Incoming, reply: Reply, *, again: bool) -> None:
        """Show an answer; whatever happens, the query is answered."""
        try:
            if not await self._in_place(press, found, reply):
                await self._answers.send(found, reply, again=again)
        finally:
            await press.answer()

    async def _in_place(self, press: Press, found: Incoming, reply: Reply) -> bool:
        """Show a notice, or edit the message; False if it takes a message of its own."""
        if reply.place is Place.TOAST or (reply.private and found.in_group and not reply.buttons):
            text = notice_text(reply)
            return len(text) <= NOTICE_LENGTH and await press.answer(text, alert=reply.private)
        if reply.place is Place.MESSAGE or reply.briefing is not None:
            return False
        messages = reply_messages(reply)
        if len(messages) != 1:
            return False
        edited = await self._edited(found, json.loads(messages[0]), reply.place)
        if edited and reply.place is Place.KEYBOARD:
            await press.answer(clean(reply.title))
        return edited

    async def _edited(self, found: Incoming, fields: dict[str, Any], place: Place) -> bool:
        address, number = found.address, int(found.command.message_id)
        markup = fields.pop("reply_markup", {"inline_keyboard": []})
        fields["reply_markup"] = await self._signer.kept_markup(address, markup)
        chat, text = int(address.chat), fields.pop("text")
        try:
            if place is Place.KEYBOARD:
                kept = {"reply_markup": fields["reply_markup"]}
                await self._bot.edit_message_reply_markup(chat, number, api_kwargs=kept)
            else:
                await self._bot.edit_message_text(text, chat, number, api_kwargs=fields)
        except TelegramError as error:
            if UNCHANGED in str(error).lower():
                return True
            log.info("message not edited", chat=address.chat, error=plain(error))
            return False
        return True
