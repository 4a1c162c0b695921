"""A chat that is named in a private one: its digests and settings are changed from there."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from bot.errors import DeliveryError, UsageError
from bot.languages import marked, tr
from bot.log import get_logger
from bot.models import Address, Button, Command, Line, Platform, Reply, Role, Span, Style
from bot.platforms.interfaces import FindChat, ManagedChat
from handlers.parsing.tokens import first_and_rest
from handlers.permissions import (
    MAY_CHANGE,
    Roles,
    allowed,
    not_allowed,
    role_of,
)
from handlers.services import Services

log = get_logger(__name__)

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

_NUMBER = r"-100\d{5,15}"
_NAMES = {
    Platform.TELEGRAM: re.compile(rf"@[a-zA-Z]\w{{3,31}}|{_NUMBER}"),
    Platform.SLACK: re.compile(r"#[\w-]{1,80}"),
}
_LEADS = frozenset({"in", "to", "for", "of"})
_SHARED = "-"
"""How the ids of Telegram's groups and channels begin, also as those of anonymous senders."""

_ADMINS_ONLY = {
    Platform.TELEGRAM: marked("Only admins of {title} can change what it gets, and you are none."),
    Platform.SLACK: marked(
        "Only workspace admins and the creator of {title} can change what it gets."
    ),
}
_UNKNOWN = {
    Platform.TELEGRAM: marked(
        "I know no channel or group {name}. Add me there as an admin, and write "
        "its @name as it stands in its link."
    ),
    Platform.SLACK: marked("I am in no channel {name}: invite me there, then try again."),
}


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
    return address.chat == person and not person.startswith(_SHARED)


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
    head, rest = first_and_rest(args)
    if head.lower() in _LEADS:
        head, rest = first_and_rest(rest)
    if pattern.fullmatch(head):
        return head, rest.strip()
    *before, last = args.rsplit(maxsplit=2) or [""]
    if not before or not pattern.fullmatch(last):
        return "", args
    if len(before) == 2 and before[1].lower() not in _LEADS:
        return last, args.strip().removesuffix(last).strip()
    return last, before[0].strip()


async def elsewhere(asked: Command, services: Services, chats: Chats) -> Elsewhere | Reply | None:
    """Return the other chat that a command is about; None if it is about its own.

    A reply says that the chat may not use the bot. Raises UsageError with the remedy where the
    asker may not change it or the bot not write there. Its digests and settings are shown to those
    alone who may change them; a hidden chat is as good as unknown to others, its title too.
    """
    name, rest = named_chat(asked)
    find = chats.get(asked.address.platform)
    if not name or find is None:
        return None
    again = f"/{asked.name} {name} {rest}".strip()
    try:
        chat = await find(replace(asked, args=rest), name)
    except DeliveryError as error:
        log.warning("chat not found", platform=asked.address.platform, error=str(error))
        raise _unanswered(name, again) from None
    if chat is None:
        raise _unknown(asked.address.platform, name, again)
    moved = replace(
        asked,
        args=rest,
        address=chat.address,
        user=replace(asked.user, language=""),
        channel_title=chat.title,
        message_id="",
        reply_to="",
    )
    found = Elsewhere(moved, chat, name)
    role = await role_of(moved, services.settings, found.roles)
    if role not in MAY_CHANGE:
        raise _refused(chat, role, name, again)
    if not allowed(chat.address, services.settings) and not asked.user.admin:
        return not_allowed(chat.address, services.settings)
    if chat.fault:
        raise UsageError(chat.fault, again)
    return found


def _refused(chat: ManagedChat, role: Role, name: str, again: str) -> UsageError:
    """Return the answer to who may not change a chat, or is not known to; a hidden one is unknown.

    Where the bot is outside, nobody tells it who is an admin: that is then what to mend.
    """
    platform = chat.address.platform
    if role is Role.UNKNOWN:
        outside = bool(chat.fault) and not chat.hidden
        return UsageError(chat.fault, again) if outside else _unanswered(name, again)
    if chat.hidden:
        return _unknown(platform, name, again)
    return UsageError(tr(_ADMINS_ONLY[platform], title=chat.title))


def _unknown(platform: Platform, name: str, again: str) -> UsageError:
    return UsageError(tr(_UNKNOWN[platform], name=name), again)


def _unanswered(name: str, again: str) -> UsageError:
    return UsageError(
        tr(
            "I cannot check right now who may do what in {name}. Please try again in a minute.",
            name=name,
        ),
        again,
    )
