"""Commands from chats, and the replies to them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Self

from bot.languages import marked
from bot.models.briefings import Briefing
from bot.models.channels import Address
from bot.models.charts import Picture
from bot.models.forms import Form


class Role(StrEnum):
    """What a person is in the chat where a command was typed.

    UNKNOWN: the platform did not say. EDITOR: named in the settings. OPERATOR: runs the bot.
    """

    UNKNOWN = marked("unknown")
    MEMBER = marked("member")
    ADMIN = marked("admin")
    EDITOR = marked("editor")
    OPERATOR = marked("operator")


@dataclass(frozen=True, slots=True)
class User:
    """The sender of a command; `admin` is true for operators named in the settings.

    `timezone` is that of the person's profile, where the platform tells it; so is `language`, one
    that the bot speaks, in a private chat only.
    """

    id: str
    name: str = ""
    admin: bool = False
    role: Role = Role.UNKNOWN
    timezone: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Command:
    """A command: `name` in lower case without slash; `args` as typed, trimmed.

    Plain words have no name until the command core has understood them.
    `message_id` is its message, `reply_to` the message that it replies to, or its thread; that of
    a `pressed` button is the message under which the button stands. In
    a terminal, which has no messages, `reply_to` is the id of a briefing.
    """

    name: str
    args: str
    address: Address
    user: User
    channel_title: str = ""
    message_id: str = ""
    reply_to: str = ""
    pressed: bool = False


class Style(StrEnum):
    """The style of a span, on a platform that can show it; a COMMAND runs when it is tapped."""

    PLAIN = "plain"
    BOLD = "bold"
    ITALIC = "italic"
    CODE = "code"
    COMMAND = "command"


@dataclass(frozen=True, slots=True)
class Span:
    """A run of untrusted plain text in one style; renderers escape it. `url` makes it a link."""

    text: str
    style: Style = Style.PLAIN
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a reply; `item` makes it a list item, `quoted` a quotation that may be folded."""

    spans: tuple[Span, ...]
    item: bool = False
    quoted: bool = False


class Opens(StrEnum):
    """Where the command of a button is carried out; elsewhere only on Telegram, which has links.

    In a GROUP or CHANNEL that the person chooses and adds the bot to; with SHARE, in the private
    chat of whoever is sent the link.
    """

    HERE = "here"
    GROUP = "group"
    CHANNEL = "channel"
    SHARE = "share"


@dataclass(frozen=True, slots=True)
class Button:
    """A button under a message: pressing it is typing `command`, a line such as "why 2".

    A `primary` one stands out, where a platform has such buttons.
    """

    label: str
    command: str
    opens: Opens = Opens.HERE
    primary: bool = False


class Place(StrEnum):
    """Where the answer to a pressed button goes; a typed command always gets a message.

    EDIT replaces the message with the button, KEYBOARD only its buttons; TOAST is a short notice
    to the person alone.
    """

    MESSAGE = "message"
    EDIT = "edit"
    KEYBOARD = "keyboard"
    TOAST = "toast"


@dataclass(frozen=True, slots=True)
class Reply:
    """The answer to a command: a title, lines, and a briefing if one was requested.

    `note` lines come after the briefing, `buttons` (in rows) under everything. Every field may be
    empty. `briefing_id` is the briefing that the reply is about; `changed` marks a change to the
    channel; with `gets_digests`, digests or alerts will come there. A `private` reply
    concerns the asker alone, as help and errors do. A `form` is shown instead of the rest, where a
    platform has forms. A `picture` is sent beside the rest, where a platform shows pictures, and
    tells nothing alone. `language` is the one that it is written in; "" for the one spoken now.
    """

    title: str = ""
    lines: tuple[Line, ...] = ()
    briefing: Briefing | None = None
    note: tuple[Line, ...] = field(default=())
    briefing_id: str | None = None
    changed: bool = False
    buttons: tuple[tuple[Button, ...], ...] = ()
    place: Place = Place.MESSAGE
    private: bool = False
    form: Form | None = None
    gets_digests: bool = False
    language: str = ""
    picture: Picture | None = None

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
