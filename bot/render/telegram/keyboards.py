"""Inline keyboards for Telegram's messages, within the Bot API's limits."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from bot.models import Button, Opens
from bot.render.sanitize import clean, cut, utf16

MAX_LABEL = 40
"""Characters of a label; longer ones are cut by phones."""

MAX_BUTTONS = 100
"""Buttons of one keyboard."""

Rows = Sequence[Sequence[Button]]


def with_keyboard(payloads: tuple[str, ...], rows: Rows) -> tuple[str, ...]:
    """Put a keyboard under the last message; its commands are signed, and its
    links made, when it is sent.
    """
    if not payloads or not any(rows):
        return payloads
    last: dict[str, Any] = json.loads(payloads[-1])
    last["reply_markup"] = keyboard(rows)
    return (*payloads[:-1], json.dumps(last, ensure_ascii=False))


def keyboard(rows: Rows) -> Mapping[str, Any]:
    """Return an inline keyboard whose `callback_data` are commands, yet unsigned.

    A button that `opens` another chat gets its link when the bot's name is known.
    """
    shown: list[list[dict[str, str]]] = []
    left = MAX_BUTTONS
    for row in rows:
        buttons = [_button(each) for each in row][:left]
        left -= len(buttons)
        if buttons:
            shown.append(buttons)
    return {"inline_keyboard": shown}


def _button(button: Button) -> dict[str, str]:
    label = cut(clean(button.label).strip() or "·", MAX_LABEL, utf16)[0]
    if button.opens is not Opens.HERE:
        return {"text": label, "opens": button.opens.value, "command": button.command}
    return {"text": label, "callback_data": button.command}
