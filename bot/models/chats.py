"""Commands from chats, and the replies to them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Self

from bot.models.briefings import Briefing
from bot.models.channels import Address


class Role(StrEnum):
    """What a person is in the chat where a command was typed.

    UNKNOWN: the platform did not say. EDITOR: named in the settings. OPERATOR: runs the bot.
    """

    UNKNOWN = "unknown"
    MEMBER = "member"
    ADMIN = "admin"
    EDITOR = "editor"
    OPERATOR = "operator"


@dataclass(frozen=True, slots=True)
class User:
    """The sender of a command; `admin` is true for operators named in the settings."""

    id: str
    name: str = ""
    admin: bool = False
    role: Role = Role.UNKNOWN


@dataclass(frozen=True, slots=True)
class Command:
    """A command: `name` in lower case without slash; `args` as typed, trimmed.

    `message_id` is its message, `reply_to` the message that it replies to, or its thread.
    """

    name: str
    args: str
    address: Address
    user: User
    channel_title: str = ""
    message_id: str = ""
    reply_to: str = ""


class Style(StrEnum):
    """The style of a span, on a platform that can show it."""

    PLAIN = "plain"
    BOLD = "bold"
    ITALIC = "italic"
    CODE = "code"


@dataclass(frozen=True, slots=True)
class Span:
    """A run of untrusted plain text in one style; renderers escape it. `url` makes it a link."""

    text: str
    style: Style = Style.PLAIN
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a reply; `item` makes it a list item."""

    spans: tuple[Span, ...]
    item: bool = False


@dataclass(frozen=True, slots=True)
class Reply:
    """The answer to a command: a title, lines, and a briefing if one was requested.

    `note` lines come after the briefing. Every field may be empty.
    `briefing_id` is the briefing that the reply is about; `changed` marks a change to the channel.
    """

    title: str = ""
    lines: tuple[Line, ...] = ()
    briefing: Briefing | None = None
    note: tuple[Line, ...] = field(default=())
    briefing_id: str | None = None
    changed: bool = False

    @classmethod
    def saying(cls, text: str) -> Self:
        """A reply of one plain line."""
        return cls(lines=(Line((Span(text),)),))


@dataclass(frozen=True, slots=True)
class Change:
    """One entry of the audit log: who changed what in a channel, and in which role."""

    channel_id: int
    at: datetime
    user_id: str
    user_name: str
    role: Role
    command: str
    args: str
    channel: str = ""
    platform: str = ""
