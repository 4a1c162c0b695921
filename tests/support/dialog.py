"""Dialogues with the bot: lines in, texts out; "…" stands for any text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from bot.models import Address, Command, Platform, Reply, Role, User
from bot.render.text import reply_text
from handlers import dispatch
from handlers.services import Services
from tests.support.builders import an_address

PERSON = User("7", "Ada")
OPERATOR = User("1", "Root", admin=True)


@dataclass(frozen=True, slots=True)
class Chat:
    """One chat with the bot."""

    services: Services
    address: Address = field(default_factory=an_address)
    user: User = PERSON
    role: Role = Role.ADMIN

    async def say(self, typed: str) -> str:
        """Send one line, `/command arguments`; returns the answer as a terminal shows it."""
        reply = await self.ask(typed)
        return "" if reply is None else reply_text(reply)

    async def press(self, line: str) -> str:
        """Press a button with this command; returns the answer as a terminal shows it."""
        reply = await self.ask(line, pressed=True)
        return "" if reply is None else reply_text(reply)

    async def ask(self, typed: str, *, reply_to: str = "", pressed: bool = False) -> Reply | None:
        """Send one line, perhaps as a reply, or press its button; returns the answer."""
        name, _, args = typed.removeprefix("/").partition(" ")
        if not typed.startswith("/") and not pressed:
            name, args = dispatch.understand(typed)
        command = Command(
            name,
            args,
            self.address,
            self.user,
            "News room",
            message_id="1",
            reply_to=reply_to,
            pressed=pressed,
        )
        return await dispatch.answer(self.services, command, dict.fromkeys(Platform, self._role))

    async def _role(self, _: Command) -> Role:
        return self.role

    async def hears(self, *dialog: tuple[str, str]) -> None:
        """Send each line and compare each answer; "…" stands for any text, even none."""
        for typed, expected in dialog:
            said = await self.say(typed)
            assert matches(expected, said), f"{typed}\n--- expected\n{expected}\n--- said\n{said}"


def matches(expected: str, said: str) -> bool:
    """Whether the text is as expected; "…" stands for any text, and line breaks do not matter."""
    pieces = [re.escape(piece) for piece in _one_line(expected).split("…")]
    return re.fullmatch(".*".join(pieces), _one_line(said)) is not None


def _one_line(text: str) -> str:
    return " ".join(text.split())
