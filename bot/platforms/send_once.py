"""One request to a platform, which ends in one of three ways: done, not done, or unknown."""

from __future__ import annotations

import asyncio

import structlog

from bot.errors import DeliveryError
from bot.models import Address, Delivery, Receipt, SendState
from bot.platforms.interfaces import Messenger

LINE_SECONDS = 20.0
"""A line outside of any digest is given so long to be sent."""

log = structlog.get_logger(__name__)


async def send_once(
    messenger: Messenger, address: Address, delivery: Delivery, seconds: float
) -> Receipt | DeliveryError:
    """Send once; what takes longer or ends in an unexpected way may have arrived."""
    try:
        async with asyncio.timeout(seconds):
            return await messenger.send(address, delivery)
    except DeliveryError as error:
        return error
    except TimeoutError:
        return DeliveryError(f"no answer came in {seconds:g} s", uncertain=True)
    except Exception:
        log.exception("a send ended in an unexpected way", delivery=delivery.id)
        return DeliveryError("it is not known whether it arrived", uncertain=True)


async def send_line(messenger: Messenger, address: Address, text: str) -> DeliveryError | None:
    """Send a line that belongs to no digest; None where it has arrived."""
    line = Delivery(0, 0, 0, 1, 1, messenger.notice(text), SendState.SENDING)
    result = await send_once(messenger, address, line, LINE_SECONDS)
    if isinstance(result, Receipt):
        return None
    log.warning("a line was not sent", platform=address.platform, error=str(result))
    return result
