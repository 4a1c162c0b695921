"""The data of inline buttons: a command, or what stands for a long one, signed for its chat.

Telegram's clients can send any data as if a button had been pressed.
https://core.telegram.org/bots/api#callbackquery
"""

from __future__ import annotations

import base64
import hmac
from collections.abc import Callable, Mapping
from contextlib import AbstractAsyncContextManager
from hashlib import sha256
from typing import Any

from bot.models import Address, Opens
from bot.platforms.kept_commands import NOTHING_KEPT, KeptCommands, Pressed, reference
from bot.platforms.telegram.deep_links import link

DATA_BYTES = 64
"""Bytes of `callback_data`."""

SIGNATURE_BYTES = 8
"""Bytes of a signature; guessing one takes 2^64 tries of an online service."""

SIGNATURE_LENGTH = 11
"""Its characters, in base 64."""


class CallbackSigner:
    """Signs commands with a key derived from the bot's token; `name` is the bot's, for links.

    What is too long for a button is looked up in `kept`.
    """

    def __init__(
        self, token: str, name: Callable[[], str] = str, kept: KeptCommands = NOTHING_KEPT
    ) -> None:
        self._name = name
        self._kept = kept
        self._key = sha256(b"briefbot callback data\0" + token.encode()).digest()

    def signed(self, chat: str, command: str) -> str:
        """Return the data for a button in a chat: a command, or the reference of a long one."""
        said = reference(command) if _is_long(command) else command
        return f"{self._signature(chat, said)}{said}"

    def command(self, chat: str, data: str) -> str | None:
        """Return the command or reference of a pressed button; None for a forged one."""
        given, command = data[:SIGNATURE_LENGTH], data[SIGNATURE_LENGTH:]
        expected = self._signature(chat, command)
        return command if hmac.compare_digest(given.encode(), expected.encode()) else None

    async def pressed(
        self, address: Address, data: str, within: AbstractAsyncContextManager[object]
    ) -> Pressed | None:
        """Return what a button that was pressed in a chat means; None for a forged one."""
        line = self.command(address.chat, data)
        return None if line is None else await self._kept.pressed(address, line, within)

    async def kept_markup(self, address: Address, keyboard: Mapping[str, Any]) -> dict[str, Any]:
        """Return a keyboard with its commands signed, the long ones stored."""
        buttons = [each for row in keyboard["inline_keyboard"] for each in row]
        commands = [each["callback_data"] for each in buttons if "callback_data" in each]
        await self._kept.keep(address, [each for each in commands if _is_long(each)])
        return self.markup(address.chat, keyboard)

    def markup(self, chat: str, keyboard: Mapping[str, Any]) -> dict[str, Any]:
        """Return a keyboard with its commands signed; a link that cannot be made is left out."""
        rows = [
            [signed for each in row if (signed := self._button(chat, each))]
            for row in keyboard["inline_keyboard"]
        ]
        return {"inline_keyboard": [row for row in rows if row]}

    def _button(self, chat: str, button: Mapping[str, str]) -> dict[str, str] | None:
        if "opens" in button:
            url = link(self._name(), button["command"], Opens(button["opens"]))
            return {"text": button["text"], "url": url} if url else None
        return {**button, "callback_data": self.signed(chat, button["callback_data"])}

    def _signature(self, chat: str, command: str) -> str:
        made = hmac.new(self._key, f"{chat}\0{command}".encode(), sha256).digest()
        return base64.urlsafe_b64encode(made[:SIGNATURE_BYTES]).decode().rstrip("=")


def _is_long(command: str) -> bool:
    """Return whether a command has no room beside its signature."""
    return len(command.encode()) > DATA_BYTES - SIGNATURE_LENGTH
