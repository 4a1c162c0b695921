"""Sends digest parts and looks them up: each has its delivery's id as message metadata."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from bot.errors import DeliveryError
from bot.models import Address, Delivery, Receipt
from bot.platforms.delivery_key import content_hash
from bot.platforms.kept_commands import KeptCommands
from bot.platforms.pictures import Painter
from bot.platforms.slack.api import SlackApi
from bot.platforms.slack.long_buttons import fitting
from bot.platforms.slack.pictures import shares, upload_part
from bot.render.charts.payload import DRAWING, IN_THREAD, is_picture
from bot.render.slack.blocks import escaped

EVENT_TYPE = "briefbot_delivery"
"""Event type of the metadata, which everybody in the workspace can read: no secrets."""

PAGE = 200
PAGES = 50
"""Maximum number of pages that a lookup reads."""

CLOCKS_APART = timedelta(minutes=2)
"""Tolerated difference between Slack's clock and ours."""


async def deliver(
    api: SlackApi, painter: Painter, kept: KeptCommands, address: Address, delivery: Delivery
) -> Receipt:
    """Post one part once; raises DeliveryError. A picture that is not accepted is told in words."""
    fields = json.loads(delivery.payload)
    thread = _thread(address, delivery)
    if is_picture(delivery.payload):
        if shared := await upload_part(api, painter, replace(address, thread=thread), delivery):
            return shared
        fields["text"] = escaped(fields["text"])
    body = {
        **await fitting(kept, address, fields),
        "channel": address.chat,
        "metadata": {"event_type": EVENT_TYPE, "event_payload": _label(delivery)},
    }
    body.pop(IN_THREAD, None)
    body.pop(DRAWING, None)
    if thread:
        body["thread_ts"] = thread
    posted = await api.post("chat.postMessage", body)
    return Receipt(str(posted["ts"]))


async def look_up(
    api: SlackApi, address: Address, delivery: Delivery, since: datetime | None
) -> Receipt | None:
    """Find a part in its conversation; raises DeliveryError if the lookup is incomplete.

    Pages beyond the limit may contain the part, so it is not reported as missing then.
    """
    params: dict[str, str | int] = {
        "channel": address.chat,
        "limit": PAGE,
        "include_all_metadata": "true",
    }
    if since is not None:
        params["oldest"] = f"{(since - CLOCKS_APART).timestamp():.6f}"
    thread = _thread(address, delivery)
    if thread:
        params["ts"] = thread
    method = "conversations.replies" if thread else "conversations.history"
    for _ in range(PAGES):
        page = await api.ask(method, **params)
        for message in page.get("messages") or ():
            if _carries(message, delivery) or shares(message, delivery):
                return Receipt(str(message["ts"]))
        cursor = (page.get("response_metadata") or {}).get("next_cursor")
        if not cursor:
            return None
        params["cursor"] = str(cursor)
    raise DeliveryError("the conversation is too long to be searched completely")


def _thread(address: Address, delivery: Delivery) -> str:
    """Return where a part belongs: the channel's thread, or that of the digest's first message.

    Details whose headlines did not arrive are posted in the channel, so that none is lost.
    """
    inside = json.loads(delivery.payload).get(IN_THREAD)
    return address.thread or (delivery.opening or "" if inside else "")


def _label(delivery: Delivery) -> dict[str, str | int]:
    """Return the metadata of a part; the hash distinguishes databases with the same ids."""
    return {
        "delivery": delivery.id,
        "digest": delivery.digest_id,
        "part": delivery.part,
        "hash": content_hash(delivery),
    }


def _carries(message: Mapping[str, Any], delivery: Delivery) -> bool:
    metadata = message.get("metadata") or {}
    return metadata.get("event_type") == EVENT_TYPE and metadata.get("event_payload") == _label(
        delivery
    )
