"""What a webhook gets: a digest or a notice as one JSON object."""

from __future__ import annotations

import json

from bot.models import Briefing, Delivery
from bot.render.json import briefing_json


def digest_event(briefing: Briefing, heading: str, *, page: str = "") -> str:
    """A digest as a payload: all of the briefing but what was dropped, which is not proved."""
    made = json.loads(briefing_json(briefing))
    del made["dropped"]
    event = {"type": "digest", "heading": heading, "page": page or None, "briefing": made}
    return json.dumps(event, ensure_ascii=False)


def notice_event(text: str) -> str:
    """A notice as a payload."""
    return json.dumps({"type": "notice", "text": text}, ensure_ascii=False)


def event_body(delivery: Delivery) -> bytes:
    """The body of a stored part, with its numbers: the same bytes each time it is sent."""
    numbers = {"delivery": delivery.id, "digest": delivery.digest_id}
    return json.dumps(numbers | json.loads(delivery.payload), ensure_ascii=False).encode()
