"""A chat that is named in a private one: its digests and settings are changed from there."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from bot.models import Address, Button, Command, Line, Platform, Reply, Role, Span, Style
from bot.platforms.interfaces import FindChat, ManagedChat
from handlers.permissions import (
    MAY_CHANGE,
    Roles,
    allowed,
    not_allowed,
    not_an_admin,
    role_of,
)
from handlers.services import Services

Chats = Mapping[Platform, FindChat]

MANAGED = frozenset(
    {
        *("setup", "subscribe", "unsubscribe", "subscriptions", "stop", "pause", "resume"),
        *("settings", "topics", "mute", "unmute", "watch", "unwatch"),
    }
)
"""The commands that can be about another chat."""

_NEED_MORE = frozenset({"subscribe", "mute", "unmute", "watch", "unwatch"})
"""Commands of which a name alone may be the words that they are about."""

_NAMES = {
    Platform.TELEGRAM: re.compile(r"@[a-zA-Z]\w{3,31}|-100\d{5,15}"),
    Platform.SLACK: re.compile(r"#[\w-]{1,80}"),
}
_LEADS = frozenset({"in", "to", "for", "of"})


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A command that is about another chat, which its asker `typed` by this name."""

    asked: Command
    chat: ManagedChat
    typed: str

    @property
    def roles(self) -> Roles:
        """What tells the asker's role in the other chat."""

        async def known(_: Command) -> Role:
            return self.chat.role

        return {self.chat.address.platform: known}

    def readdressed(self, reply: Reply) -> Reply:
        """Return the answer with the chat's title, and its name in what is typed or pressed."""
        title = f"{self.chat.title}: {reply.title}" if reply.title else self.chat.title
        return replace(
            reply,
            title=title,
            lines=tuple(map(self._line, reply.lines)),
            note=tuple(map(self._line, reply.note)),
            buttons=tuple(tuple(map(self._button, row)) for row in reply.buttons),
            form=None,
            gets_digests=False,
        )

    def _line(self, line: Line) -> Line:
        return replace(line, spans=tuple(map(self._span, line.spans)))

    def _span(self, span: Span) -> Span:
        typed = span.style is Style.CODE and span.text.startswith("/")
        return replace(span, text=f"/{_about(span.text[1:], self.typed)}") if typed else span

    def _button(self, button: Button) -> Button:
        return replace(button, command=_about(button.command, self.chat.name))


def _about(line: str, chat: str) -> str:
    """Return a command line with the name of the chat that it is about."""
    name, _, args = line.partition(" ")
    return f"{name} {chat} {args}".strip() if name in MANAGED else line


def is_private(address: Address, person: str) -> bool:
    """Return whether a chat is a person's own with the bot."""
    if address.platform is Platform.SLACK:
        return address.chat.startswith("D")
    return address.chat == person


def named_chat(asked: Command) -> tuple[str, str]:
    """Return the name of another chat in a command's arguments, and the rest of them."""
    pattern = _NAMES.get(asked.address.platform)
    if pattern is None or asked.name not in MANAGED:
        return "", asked.args
    if not is_private(asked.address, asked.user.id):
        return "", asked.args
    name, rest = _parted(asked.args, pattern)
    if not name:
        return "", asked.args
    if asked.name in _NEED_MORE and not rest:
        return "", asked.args
    return name, rest


def _parted(args: str, pattern: re.Pattern[str]) -> tuple[str, str]:
    """The name at the start or the end of a command's words, and the others; or no name."""
    head, rest = _first_word(args)
    if head.lower() in _LEADS:
        head, rest = _first_word(rest)
    if pattern.fullmatch(head):
        return head, rest.strip()
    *before, last = args.rsplit(maxsplit=2) or [""]
    if not before or not pattern.fullmatch(last):
        return "", args
    if len(before) == 2 and before[1].lower() not in _LEADS:
        return last, args.strip().removesuffix(last).strip()
    return last, before[0].strip()


def _first_word(text: str) -> tuple[str, str]:
    head, *rest = text.split(maxsplit=1) or [""]
    return head, "".join(rest)


async def elsewhere(asked: Command, services: Services, chats: Chats) -> Elsewhere | Reply | None:
    """Return the other chat that a command is about; None if it is about its own.

    A reply says why the asker may not change it. Raises UsageError where it cannot be used. Its
    digests and settings are shown to those alone who may change them.
    """
    name, rest = named_chat(asked)
    find = chats.get(asked.address.platform)
    if not name or find is None:
        return None
    chat = await find(replace(asked, args=rest), name)
    if not allowed(chat.address, services.settings) and not asked.user.admin:
        return not_allowed(chat.address)
    moved = replace(
        asked, args=rest, address=chat.address, channel_title=chat.title, message_id="", reply_to=""
    )
    found = Elsewhere(moved, chat, name)
    role = await role_of(moved, services.settings, found.roles)
    return found if role in MAY_CHANGE else not_an_admin(moved.address.platform)
