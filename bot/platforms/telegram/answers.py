"""Answers to commands in Telegram: sent with retries, as replies in groups."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from telegram import Bot

from bot.errors import DeliveryError
from bot.log import get_logger
from bot.models import Address, Picture, Receipt, Reply
from bot.platforms.interfaces import ChatEvents
from bot.platforms.pictures import Painter, offered
from bot.platforms.telegram.callbacks import CallbackSigner
from bot.platforms.telegram.pictures import photograph
from bot.platforms.telegram.sender import post
from bot.platforms.telegram.updates import Incoming
from bot.render.charts.payload import picture_payload
from bot.render.telegram.messages import reply_messages

TRIES = 4
SHORT_PAUSE = 1.0
LONGEST_PAUSE = 60.0
"""Longest pause in seconds that an answer waits for a rate limit."""

log = get_logger(__name__)


class Answers:
    """Sends answers to where their commands were typed."""

    def __init__(
        self,
        bot: Bot,
        events: ChatEvents,
        signer: CallbackSigner,
        painter: Painter,
        *,
        channel_buttons: bool,
    ) -> None:
        self._bot = bot
        self._events = events
        self._signer = signer
        self._channel_buttons = channel_buttons
        self._painter = painter

    async def send(self, found: Incoming, reply: Reply, *, again: bool = False) -> None:
        """Send all parts of an answer; failures are logged.

        With `again`, a part that may have arrived is sent again after a server error or timeout.
        """
        address = found.address
        reply_to = found.command.message_id if found.in_group else ""
        signer = self._signer if found.shows_actions or self._channel_buttons else None
        try:
            for payload in reply_messages(reply):
                address, sent = await self._post(address, payload, reply_to, signer, again=again)
                reply_to = ""
                if reply.briefing_id:
                    await self._events.shown(address, sent.message_id, reply.briefing_id)
            if reply.picture is not None and offered():
                await self._show(address, reply.picture)
        except DeliveryError as error:
            log.warning("answer not sent", chat=address.chat, error=str(error))

    async def _show(self, address: Address, picture: Picture) -> None:
        """Send the picture of an answer whose text has arrived, once; the text tells it all."""
        await photograph(self._bot, self._painter, address, picture_payload(picture))

    async def _post(
        self,
        address: Address,
        payload: str,
        reply_to: str,
        signer: CallbackSigner | None,
        *,
        again: bool,
    ) -> tuple[Address, Receipt]:
        """Post with retries; returns the chat's address, which may have changed."""
        for _ in range(TRIES - 1):
            try:
                return address, await post(self._bot, address, payload, reply_to, signer=signer)
            except DeliveryError as error:
                if not _may_retry(error, again=again):
                    raise
                address = replace(address, chat=error.migrate_to or address.chat)
                await asyncio.sleep(_pause(error))
        return address, await post(self._bot, address, payload, reply_to, signer=signer)


def _may_retry(error: DeliveryError, *, again: bool) -> bool:
    if error.permanent or (error.uncertain and not again):
        return False
    return _pause(error) <= LONGEST_PAUSE


def _pause(error: DeliveryError) -> float:
    if error.migrate_to:
        return 0
    return SHORT_PAUSE if error.retry_after is None else error.retry_after
