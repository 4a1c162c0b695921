"""A picture as a photo; where it cannot be drawn or is not accepted, its text as a message."""

from __future__ import annotations

import json

from telegram import Bot
from telegram.error import BadRequest, Forbidden, TelegramError

from bot.errors import DeliveryError
from bot.log import get_logger
from bot.models import Address, Receipt
from bot.platforms.pictures import Painter
from bot.platforms.telegram.errors import delivery_error
from bot.platforms.telegram.sender import post
from bot.render.charts.payload import DRAWING

log = get_logger(__name__)


async def post_picture(bot: Bot, painter: Painter, address: Address, payload: str) -> Receipt:
    """Send a picture once, as a photo or as its text; raises DeliveryError."""
    found = await _photo(bot, painter, address, payload)
    if found is not None:
        return found
    fields = json.loads(payload)
    return await post(bot, address, json.dumps({"text": fields["text"]}))


async def photograph(bot: Bot, painter: Painter, address: Address, payload: str) -> None:
    """Send a picture of which the text has arrived already; a failure is logged."""
    try:
        await _photo(bot, painter, address, payload)
    except DeliveryError as error:
        log.warning("a photo was not sent", chat=address.chat, error=str(error))


async def _photo(bot: Bot, painter: Painter, address: Address, payload: str) -> Receipt | None:
    """Send a photo with its text; None where it cannot be drawn or is not accepted."""
    fields = json.loads(payload)
    png = await painter.attempt(fields[DRAWING])
    if png is None:
        return None
    try:
        sent = await bot.send_photo(
            int(address.chat),
            png,
            caption=fields["text"],
            filename="trends.png",
            message_thread_id=int(address.thread) if address.thread else None,
        )
    except TelegramError as error:
        found = delivery_error(error)
        refused = isinstance(error, BadRequest | Forbidden)
        if not refused or found.permanent:
            raise found from None  # the SDK's error text names the token
        log.warning("a photo was refused", chat=address.chat, error=str(found))
        return None
    return Receipt(str(sent.message_id))
