"""What people type in chats, and what they get back."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Self

from bot.models.briefings import Briefing
from bot.models.channels import Address


@dataclass(frozen=True, slots=True)
class User:
    """Who typed; `admin` is true for those named in the settings as the bot's operators."""

    id: str
    name: str = ""
    admin: bool = False


@dataclass(frozen=True, slots=True)
class Command:
    """What a person typed: `name` without slash, lower case; `args` as typed, trimmed."""

    name: str
    args: str
    address: Address
    user: User
    channel_title: str = ""


class Style(StrEnum):
    """How a span of a reply looks on a platform that can show it."""

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
    """One line of a reply; `item` puts a list mark before it."""

    spans: tuple[Span, ...]
    item: bool = False


@dataclass(frozen=True, slots=True)
class Reply:
    """What goes back: a title, lines, and a briefing where one was asked for.

    `note` lines come after the briefing. Any of them may be empty.
    """

    title: str = ""
    lines: tuple[Line, ...] = ()
    briefing: Briefing | None = None
    note: tuple[Line, ...] = field(default=())

    @classmethod
    def saying(cls, text: str) -> Self:
        """A reply of one plain line."""
        return cls(lines=(Line((Span(text),)),))
