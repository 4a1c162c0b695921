"""Slack input → Command; pure, without the Slack library."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from bot.languages import without_marks
from bot.models import Address, Command, Platform, User
from bot.platforms.interfaces import Understand, first_word
from bot.platforms.sent_form import SentForm

DEFAULT = "brief"
"""What the app's slash command does alone."""

ASKING = frozenset({"forget", "stop"})
"""Commands that ask before they end anything: after the slash, whatever follows their name."""

TYPED_BY_PEOPLE = frozenset({"", "thread_broadcast", "file_share", "me_message"})
"""Subtypes of messages written by people; the others report joins, edits and removals."""

_MARKUP = re.compile(r"<([^<>|]*)(?:\|([^<>]*))?>")
_QUOTES = str.maketrans({"“": '"', "”": '"', "„": '"', "‘": "'", "’": "'"})
_BEFORE = " \t\r\n\xa0,:;"


@dataclass(frozen=True, slots=True)
class Identity:
    """The bot's identity, from auth.test."""

    team: str
    user: str
    bot: str
    name: str


@dataclass(frozen=True, slots=True)
class SlackInput:
    """One received line. `update_id` is the same for every redelivery.

    Slash commands and buttons have a `response_url`; their answer may be visible to the asker only.
    `pressed_on` is the message whose button was pressed, `thread` where the answer belongs.
    A form can be opened with a `trigger`, for three seconds; `form` is one that was sent.
    """

    update_id: str
    text: str
    chat: str
    thread: str
    user: str
    user_name: str = ""
    title: str = ""
    response_url: str | None = None
    message_id: str = ""
    pressed: bool = False
    pressed_on: str = ""
    trigger: str = ""
    form: SentForm | None = None

    @property
    def direct(self) -> bool:
        """Whether it is a direct message to the bot."""
        return self.chat.startswith("D")


def from_slash(body: Mapping[str, Any]) -> SlackInput:
    """Convert a slash command; its name stays in the text."""
    title = str(body.get("channel_name") or "")
    return SlackInput(
        update_id=inbox_id("slash", body.get("trigger_id") or body.get("response_url")),
        text=f"{body.get('command') or ''} {body.get('text') or ''}",
        chat=str(body.get("channel_id") or ""),
        thread="",
        user=str(body.get("user_id") or ""),
        user_name=str(body.get("user_name") or ""),
        title="" if title in {"directmessage", "privategroup"} else title,
        response_url=str(body.get("response_url") or "") or None,
        trigger=str(body.get("trigger_id") or ""),
    )


def from_event(body: Mapping[str, Any], me: Identity) -> SlackInput | None:
    """Convert a mention or a direct message; None for all other events."""
    event: Mapping[str, Any] = body.get("event") or {}
    chat, ts = str(event.get("channel") or ""), str(event.get("ts") or "")
    user = str(event.get("user") or "")
    direct = chat.startswith("D") or event.get("channel_type") == "im"
    if event.get("type") != ("message" if direct else "app_mention"):
        return None
    if event.get("bot_id") or event.get("edited") or user in {"", me.user, "USLACKBOT"}:
        return None
    if str(event.get("subtype") or "") not in TYPED_BY_PEOPLE:
        return None
    return SlackInput(
        update_id=inbox_id("event", body.get("event_id") or f"{chat}:{ts}"),
        text=str(event.get("text") or "").replace(f"<@{me.user}>", " "),
        chat=chat,
        thread=str(event.get("thread_ts") or ""),
        user=user,
        message_id=ts,
    )


def inbox_id(kind: str, name: object) -> str:
    """Return an id without what names people and places, which stays after /forget."""
    return f"{kind}:{sha256(str(name).encode()).hexdigest()[:32]}"


def command(
    typed: SlackInput,
    team: str,
    names: Collection[str],
    admins: Collection[str] = (),
    understand: Understand = first_word,
    slash: str = f"/{DEFAULT}",
) -> Command:
    """Convert a line into a command; `names` are the known commands, `slash` that of the app.

    Its address is the channel, also for a line in a thread: a subscription belongs to the channel.
    Only the answer goes into the thread.
    """
    name, args = parse(plain(typed.text), names, understand, slash)
    address = Address(Platform.SLACK, team, typed.chat)
    operates = not address.names_of(typed.user).isdisjoint(admins)
    return Command(
        name=name,
        args=args,
        address=address,
        user=User(typed.user, typed.user_name, admin=operates),
        channel_title=typed.title,
        message_id=typed.message_id,
        reply_to=typed.pressed_on or typed.thread,
        pressed=typed.pressed,
    )


def parse(
    text: str, names: Collection[str], understand: Understand, slash: str = f"/{DEFAULT}"
) -> tuple[str, str]:
    """Read "/brief subscribe energy" or "subscribe energy" as a command's name and arguments.

    Plain words, such as "energy 24h", have no name; nothing at all is a briefing.
    """
    line = text.strip(_BEFORE)
    first, rest = _split(line)
    if first.lower() == slash:
        line = rest.strip(_BEFORE)
        slashed = f"/{line}" if _split(line)[0].lower() in ASKING else line
    else:
        slashed = line
    if not line:
        return DEFAULT, ""
    name, args = understand(line)
    if name not in names:
        name, args = understand(slashed)
    return ("", line.removeprefix("/").strip()) if name not in names else (name, args)


def plain(text: str) -> str:
    """Return the typed text without Slack's markup: links, names, entities, quotes."""
    shown = _MARKUP.sub(_shown, text)
    for entity, char in (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")):
        shown = shown.replace(entity, char)
    return without_marks(shown.translate(_QUOTES))


def _split(text: str) -> tuple[str, str]:
    first, *rest = text.strip(_BEFORE).split(maxsplit=1) or [""]
    return first, "".join(rest).strip()


def _shown(found: re.Match[str]) -> str:
    target, label = found[1], found[2]
    if target[:1] in {"@", "#", "!"}:
        sign = "#" if target[0] == "#" else "@"
        return f"{sign}{(label or target[1:]).lstrip(sign)}"
    return label or target.removeprefix("mailto:")
