"""A picture as a stored part: the drawing, and its text in the place of a picture that fails."""

from __future__ import annotations

import json

from bot.models import PICTURE_START, Picture
from bot.render.charts.drawing import svg
from bot.render.sanitize import clean

DRAWING = "drawing"
"""The key of the SVG in a payload; without it a payload is a message."""

UNDRAWN = json.dumps({DRAWING: "", "text": ""})
"""The part of a picture that is counted and drawn after the texts before it were sent."""

IN_THREAD = "in_thread"
"""The field of a payload that is posted in the thread of the digest's first message."""

LONGEST = 1_000
"""Characters of the text: Telegram's captions have 1,024 at most, Slack's descriptions 1,000."""


def is_picture(payload: str) -> bool:
    """Whether a stored part is a picture, drawn or not."""
    return payload.startswith(PICTURE_START)


def is_in_thread(payload: str) -> bool:
    """Whether a stored part, no picture, is posted in the thread of its digest."""
    return payload.startswith(f'{{"{IN_THREAD}": true')


def picture_payload(picture: Picture, *, in_thread: bool = False) -> str:
    """The part (JSON text), alike for each platform that shows pictures."""
    text = f"{clean(picture.title).strip()}. {clean(picture.told).strip()}"
    shown = text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
    fields = {DRAWING: svg(picture), "text": shown}
    return json.dumps(fields | ({IN_THREAD: True} if in_thread else {}), ensure_ascii=False)
