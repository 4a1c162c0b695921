"""The key of a delivery: the same each time it is sent, so that a second copy can be known."""

from __future__ import annotations

import hashlib

from bot.models import Delivery


def delivery_key(delivery: Delivery) -> str:
    """The number of the delivery and 16 hex digits of its content's SHA-256.

    Numbers alone come again, with other content, after a restored backup or from a second bot.
    """
    return f"{delivery.id}.{content_hash(delivery)}"


def content_hash(delivery: Delivery) -> str:
    """16 hex digits of the SHA-256 of what is sent."""
    return hashlib.sha256(delivery.payload.encode("utf-8", "replace")).hexdigest()[:16]
