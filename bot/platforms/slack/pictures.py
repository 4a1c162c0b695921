"""A picture as a file; where it cannot be drawn or is not accepted, its text as a message.

A file carries no metadata of ours, so that its name tells a lookup which part it is.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from bot.errors import DeliveryError
from bot.log import get_logger
from bot.models import Address, Delivery, Receipt
from bot.platforms.delivery_key import delivery_key
from bot.platforms.pictures import Painter
from bot.platforms.slack.api import Refused, SlackApi
from bot.render.charts.payload import DRAWING

TRIES = 3
"""After so many tries of a part its text is sent: the host for files may be out of reach."""

log = get_logger(__name__)


async def upload_part(
    api: SlackApi, painter: Painter, address: Address, delivery: Delivery
) -> Receipt | None:
    """Share the picture of a part once; None where its text is to be sent instead.

    Raises DeliveryError where it may have been shared, or may be later.
    """
    fields = json.loads(delivery.payload)
    png = await painter.attempt(fields[DRAWING]) if delivery.attempts <= TRIES else None
    if png is None:
        return None
    try:
        file = await api.upload(
            png, file_name(delivery), fields["text"], address.chat, address.thread
        )
    except Refused as refusal:
        if refusal.uncertain or refusal.permanent or refusal.installation:
            raise
        log.warning("a picture was refused", chat=address.chat, error=str(refusal))
        return None
    return Receipt(file)


async def upload_answer(
    api: SlackApi, painter: Painter, payload: str, chat: str, thread: str
) -> None:
    """Share the picture of an answer whose text was sent; a failure is logged."""
    fields = json.loads(payload)
    try:
        png = await painter.attempt(fields[DRAWING])
        if png is None:
            return
        await api.upload(png, "trends.png", fields["text"], chat, thread)
    except DeliveryError as error:
        log.warning("a picture was not shared", chat=chat, error=str(error))


def file_name(delivery: Delivery) -> str:
    """The name of a part's file, which no other part has."""
    return f"trends-{delivery_key(delivery)}.png"


def shares(message: Mapping[str, Any], delivery: Delivery) -> bool:
    """Whether a message in the history shares the file of a part."""
    name = file_name(delivery)
    return any(each.get("name") == name for each in message.get("files") or ())
