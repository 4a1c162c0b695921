"""One send request, with one of three results: sent, not sent, or unknown."""

from __future__ import annotations

import asyncio

from bot.errors import DeliveryError
from bot.log import get_logger
from bot.models import Address, Delivery, Receipt, SendState
from bot.platforms.interfaces import Messenger

LINE_SECONDS = 20.0
"""Timeout in seconds of a line that belongs to no digest."""

log = get_logger(__name__)


async def send_once(
    messenger: Messenger, address: Address, delivery: Delivery, seconds: float
) -> Receipt | DeliveryError:
    """Send once; a timeout or an unexpected error means that it may have arrived."""
    try:
        async with asyncio.timeout(seconds):
            return await messenger.send(address, delivery)
    except DeliveryError as error:
        return error
    except TimeoutError:
        return DeliveryError(f"no response within {seconds:g} s", uncertain=True)
    except Exception:
        log.exception("sending failed unexpectedly", delivery=delivery.id)
        return DeliveryError("it is unknown whether the message arrived", uncertain=True)


async def send_line(messenger: Messenger, address: Address, text: str) -> DeliveryError | None:
    """Send a line that belongs to no digest; None if it was sent."""
    line = Delivery(0, 0, 0, 1, 1, messenger.notice(text), SendState.SENDING)
    result = await send_once(messenger, address, line, LINE_SECONDS)
    if isinstance(result, Receipt):
        return None
    log.warning("line not sent", platform=address.platform, error=str(result))
    return result
