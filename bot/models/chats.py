"""Commands from chats, and the replies to them."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Self

from bot.models.briefings import Briefing
from bot.models.channels import Address


@dataclass(frozen=True, slots=True)
class User:
    """The sender of a command; `admin` is true for operators named in the settings."""

    id: str
    name: str = ""
    admin: bool = False


@dataclass(frozen=True, slots=True)
class Command:
    """A command: `name` in lower case without slash; `args` as typed, trimmed."""

    name: str
    args: str
    address: Address
    user: User
    channel_title: str = ""


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
    """

    title: str = ""
    lines: tuple[Line, ...] = ()
    briefing: Briefing | None = None
    note: tuple[Line, ...] = field(default=())

    @classmethod
    def saying(cls, text: str) -> Self:
        """A reply of one plain line."""
        return cls(lines=(Line((Span(text),)),))
