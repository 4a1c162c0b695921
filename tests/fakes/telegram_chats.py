"""The chats, people and updates of a fake Telegram, as the Bot API's JSON."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from tests.fakes.telegram_rules import Refusal, bad, units

CHATS = {
    "private": 42,
    "group": -42,
    "supergroup": -1_000_000_000_042,
    "channel": -1_000_000_000_043,
}
"""The chat of each kind that a test gets when it names none."""

ANONYMOUS = 1087968824
"""The pseudo-user that all anonymous admins share."""

CHANNEL_BOT = 136817688
"""The pseudo-user of people who write in a group as one of their channels."""

CHANNEL_RELAY = 777000
"""The user that carries a channel's posts into its discussion group."""


@dataclass
class FakeChat:
    """A chat that the bot may write to, unless `refusal` says otherwise."""

    id: int
    kind: str
    title: str = ""
    topics: set[int] = field(default_factory=set)
    members: dict[int, str] = field(default_factory=dict)
    refusal: Refusal | None = None
    hides_members: bool = False
    username: str = ""
    bot_posts: bool = True

    @property
    def json(self) -> dict[str, Any]:
        name = {"first_name": self.title} if self.kind == "private" else {"title": self.title}
        forum = {"is_forum": True} if self.topics and self.kind == "supergroup" else {}
        public = {"username": self.username} if self.username else {}
        return {"id": self.id, "type": self.kind, **name, **forum, **public}

    def accept(self, thread: int | None) -> None:
        """Raise what Telegram answers to a message that may not come here."""
        if self.refusal:
            raise self.refusal
        if thread is not None and thread not in self.topics:
            raise bad("message thread not found")


@dataclass(frozen=True)
class Typed:
    """What a person sent. `as_chat` is an anonymous admin or a channel's automatic relay."""

    text: str | None
    chat: FakeChat
    user: int
    thread: int | None = None
    edited: bool = False
    anonymous: bool = False
    relayed: bool = False
    reply_to: int | None = None
    as_chat: int | None = None
    language: str = ""

    def update(self, update_id: int, message_id: int) -> dict[str, Any]:
        message = {"message_id": message_id, "date": 1_780_000_000, "chat": self.chat.json}
        message |= self._sender() | self._content()
        if self.thread is not None:
            message |= {"message_thread_id": self.thread, "is_topic_message": True}
        if self.reply_to is not None:
            replied = {"message_id": self.reply_to, "date": 1_780_000_000, "chat": self.chat.json}
            message["reply_to_message"] = replied
        kind = "channel_post" if self.chat.kind == "channel" else "message"
        if self.edited:
            message["edit_date"] = 1_780_000_060
            kind = f"edited_{kind}"
        return {"update_id": update_id, kind: message}

    def _sender(self) -> dict[str, Any]:
        if self.chat.kind == "channel":
            return {"sender_chat": self.chat.json}
        if self.relayed:
            relay = {"id": CHANNEL_RELAY, "is_bot": False, "first_name": "Telegram"}
            origin = {"id": CHATS["channel"], "type": "channel", "title": "News"}
            return {"from": relay, "sender_chat": origin, "is_automatic_forward": True}
        if self.as_chat is not None:
            pseudo = {"id": CHANNEL_BOT, "is_bot": True, "first_name": "Channel"}
            other = {"id": self.as_chat, "type": "channel", "title": "Another"}
            return {"from": pseudo | {"username": "Channel_Bot"}, "sender_chat": other}
        if self.anonymous:
            pseudo = {"id": ANONYMOUS, "is_bot": True, "first_name": "Group"}
            return {
                "from": pseudo | {"username": "GroupAnonymousBot"},
                "sender_chat": self.chat.json,
            }
        person = {"id": self.user, "is_bot": False, "first_name": "Ada", "username": "ada"}
        return {"from": person | ({"language_code": self.language} if self.language else {})}

    def _content(self) -> dict[str, Any]:
        if self.text is None:
            return {"sticker": _STICKER}
        commands = [
            {"type": "bot_command", "offset": units(self.text[: at.start()]), "length": len(at[0])}
            for at in re.finditer(r"(?<!\S)/\w{1,64}(?:@\w{3,32})?", self.text, re.ASCII)
        ]
        return {"text": self.text} | ({"entities": commands} if commands else {})


_STICKER = {
    "file_id": "AAA", "file_unique_id": "A", "type": "regular", "width": 512, "height": 512,
    "is_animated": False, "is_video": False,
}  # fmt: skip
