"""The data of inline buttons: a command, signed for the chat that shows it.

Telegram's clients can send any data as if a button had been pressed.
https://core.telegram.org/bots/api#callbackquery
"""

from __future__ import annotations

import base64
import hmac
from collections.abc import Callable, Mapping
from hashlib import sha256
from typing import Any

from bot.log import get_logger
from bot.models import Opens
from bot.platforms.telegram.deep_links import link

DATA_BYTES = 64
"""Bytes of `callback_data`."""

SIGNATURE_BYTES = 8
"""Bytes of a signature; guessing one takes 2^64 tries of an online service."""

log = get_logger(__name__)


class CallbackSigner:
    """Signs commands with a key derived from the bot's token; `name` is the bot's, for links."""

    def __init__(self, token: str, name: Callable[[], str] = str) -> None:
        self._name = name
        self._key = sha256(b"briefbot callback data\0" + token.encode()).digest()

    def signed(self, chat: str, command: str) -> str | None:
        """Return the data for a button in a chat; None where it is longer than Telegram allows."""
        data = f"{self._signature(chat, command)}{command}"
        return data if len(data.encode()) <= DATA_BYTES else None

    def command(self, chat: str, data: str) -> str | None:
        """Return the command of a button that was pressed in a chat; None for a forged one."""
        length = len(self._signature(chat, ""))
        given, command = data[:length], data[length:]
        expected = self._signature(chat, command)
        return command if hmac.compare_digest(given.encode(), expected.encode()) else None

    def markup(self, chat: str, keyboard: Mapping[str, Any]) -> dict[str, Any]:
        """Return a keyboard with its commands signed; a button that is too long is left out."""
        rows = [
            [signed for each in row if (signed := self._button(chat, each))]
            for row in keyboard["inline_keyboard"]
        ]
        return {"inline_keyboard": [row for row in rows if row]}

    def _button(self, chat: str, button: Mapping[str, str]) -> dict[str, str] | None:
        if "opens" in button:
            url = link(self._name(), button["command"], Opens(button["opens"]))
            return {"text": button["text"], "url": url} if url else None
        data = self.signed(chat, button["callback_data"])
        if data is None:
            log.warning("a button's command is too long", command=button["callback_data"])
            return None
        return {**button, "callback_data": data}

    def _signature(self, chat: str, command: str) -> str:
        made = hmac.new(self._key, f"{chat}\0{command}".encode(), sha256).digest()
        return base64.urlsafe_b64encode(made[:SIGNATURE_BYTES]).decode().rstrip("=")
