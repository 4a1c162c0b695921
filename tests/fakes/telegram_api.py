"""The Bot API's methods, on the state of a fake Telegram."""

from __future__ import annotations

import asyncio
import itertools
import re
import time
from collections.abc import Coroutine, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

import aiohttp

from tests.fakes.telegram_chats import CHATS, FakeChat
from tests.fakes.telegram_faults import Faults
from tests.fakes.telegram_rules import (
    ACTIONS,
    SCOPES,
    Entity,
    Parsed,
    Refusal,
    bad,
    check_commands,
    check_inline,
    check_photo,
    check_webhook,
    keyboard,
    parse,
    units,
)

PATIENCE = 10.0
USERNAME = "brief_test_bot"
CONFLICT = (
    "Conflict: terminated by other getUpdates request; "
    "make sure that only one bot instance is running"
)


@dataclass(frozen=True)
class Sent:
    """A message as its readers see it; `html` is what the bot wrote."""

    message_id: int
    chat: int
    thread: int | None
    html: str
    parsed: Parsed
    arguments: dict[str, Any]
    at: float
    buttons: tuple[tuple[tuple[str, str], ...], ...] = ()
    photo: bytes = b""

    @property
    def labels(self) -> list[list[str]]:
        """What stands on the buttons under the message, row by row."""
        return [[label for label, _ in row] for row in self.buttons]

    def data(self, label: str) -> str:
        """The data of the first button with this label."""
        return next(data for row in self.buttons for text, data in row if text == label)

    @property
    def text(self) -> str:
        return self.parsed.text

    @property
    def entities(self) -> tuple[Entity, ...]:
        return (*self.parsed.entities, *self.parsed.found)


@dataclass(frozen=True)
class Notice:
    """The answer to a pressed button, and when it came."""

    text: str
    alert: bool
    at: float


class BotApi(Faults):
    """What one bot may do, and what Telegram remembers of it."""

    def __init__(self) -> None:
        super().__init__()
        self.chats = {id_: FakeChat(id_, kind, kind.title()) for kind, id_ in CHATS.items()}
        self.sent: list[Sent] = []
        self.actions: list[tuple[int, str]] = []
        self.menus: dict[str, list[str]] = {}
        self.webhook = ""
        self.webhook_error = ""
        self.inline_on = False
        self.inline_answers: dict[str, dict[str, Any]] = {}
        self.webhook_answers: list[int] = []
        self._secret = ""
        self._updates: list[dict[str, Any]] = []
        self._repeated: list[dict[str, Any]] = []
        self._allowed: list[str] = []
        self._queries: set[str] = set()
        self.notices: dict[str, Notice] = {}
        self._ids = itertools.count(1000)
        self._poll: asyncio.Event | None = None
        self._closing = False

    async def _push(self, update: dict[str, Any]) -> None:
        """Post to the webhook, once it listens; an accepted update is done with."""
        headers = {"X-Telegram-Bot-Api-Secret-Token": self._secret} if self._secret else {}
        async with aiohttp.ClientSession() as session, asyncio.timeout(PATIENCE):
            while self.webhook:
                with suppress(aiohttp.ClientConnectionError):
                    answer = await session.post(self.webhook, json=update, headers=headers)
                    break
                await asyncio.sleep(0.02)
        self.webhook_answers.append(answer.status)
        if answer.ok and update in self._updates:
            self._updates.remove(update)
        await self._tell()

    def _later(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _do_getme(self, _: dict[str, Any]) -> dict[str, Any]:
        about = {"can_join_groups": True, "can_read_all_group_messages": False}
        return ME | about | {"supports_inline_queries": self.inline_on, "has_main_web_app": False}

    async def _do_setmycommands(self, arguments: dict[str, Any]) -> bool:
        scope = arguments.get("scope") or {"type": "default"}
        if scope["type"] not in SCOPES:
            raise bad("can't parse BotCommandScope: Unsupported type specified")
        name = scope["type"]
        if name == "chat":
            name = f"chat {self._chat_of(scope).id}"
        if language := str(arguments.get("language_code") or ""):
            if not re.fullmatch("[a-z]{2}", language):
                raise bad("language_code_invalid")
            name = f"{name} {language}"
        known = check_commands(arguments.get("commands"))
        self.menus[name] = [each["command"] for each in known]
        return True

    async def _do_getwebhookinfo(self, _: dict[str, Any]) -> dict[str, Any]:
        info = {"url": self.webhook, "has_custom_certificate": False, "pending_update_count": 0}
        return info | ({"last_error_message": self.webhook_error} if self.webhook_error else {})

    async def _do_deletewebhook(self, arguments: dict[str, Any]) -> bool:
        self.webhook = self._secret = ""
        if arguments.get("drop_pending_updates"):
            self._updates.clear()
        return True

    async def _do_setwebhook(self, arguments: dict[str, Any]) -> bool:
        self.webhook, self._secret = check_webhook(arguments)
        self._allowed = arguments.get("allowed_updates") or self._allowed
        if self._poll:
            self._poll.set()
        for update in self._updates:
            self._later(self._push(update))
        return True

    async def _do_getupdates(self, arguments: dict[str, Any]) -> list[dict[str, Any]]:
        """Long polling: a later poll ends an earlier one, a webhook ends them all."""
        if self.webhook:
            raise Refusal(409, "Conflict: can't use getUpdates method while webhook is active")
        if self._poll:
            self._poll.set()
        mine = self._poll = asyncio.Event()
        self._allowed = arguments.get("allowed_updates", self._allowed)
        self._confirm(int(arguments.get("offset", 0)))
        if not self._waiting():
            with suppress(TimeoutError):
                await asyncio.wait_for(mine.wait(), float(arguments.get("timeout", 0)))
        if self._poll is not mine or self.webhook:
            raise Refusal(409, CONFLICT)
        self._poll = None
        found = [] if self._closing else self._waiting()[: int(arguments.get("limit", 100))]
        self._repeated.clear()
        return found

    def _confirm(self, offset: int) -> None:
        if offset > 0:
            self._updates = [one for one in self._updates if one["update_id"] >= offset]
        elif offset < 0:
            self._updates = self._updates[offset:]

    def _waiting(self) -> list[dict[str, Any]]:
        known = [*self._updates, *self._repeated]
        return [one for one in known if not self._allowed or self._allowed_kind(one)]

    def _allowed_kind(self, update: dict[str, Any]) -> bool:
        return any(kind in update for kind in self._allowed)

    async def _do_sendmessage(self, arguments: dict[str, Any]) -> dict[str, Any]:
        chat = self._chat_of(arguments)
        thread = _thread_of(arguments)
        chat.accept(thread)
        _check_reply(arguments.get("reply_parameters"))
        html = str(arguments.get("text", ""))
        parsed = parse(html, arguments.get("parse_mode"))
        buttons = keyboard(arguments)
        sent = Sent(
            next(self._ids), chat.id, thread, html, parsed, arguments, time.monotonic(), buttons
        )
        self.sent.append(sent)
        return self._message(sent, chat)

    async def _do_sendphoto(self, arguments: dict[str, Any]) -> dict[str, Any]:
        chat = self._chat_of(arguments)
        thread = _thread_of(arguments)
        chat.accept(thread)
        photo = arguments["photo"].file.read()
        check_photo(photo)
        caption = str(arguments.get("caption", ""))
        if units(caption) > 1024:
            raise bad("message caption is too long")
        parsed = parse(caption, arguments.get("parse_mode"))
        sent = Sent(
            next(self._ids),
            chat.id,
            thread,
            caption,
            parsed,
            arguments,
            time.monotonic(),
            (),
            photo,
        )
        self.sent.append(sent)
        size = {"file_id": "P", "file_unique_id": "P", "width": 90, "height": 90}
        return self._message(sent, chat) | {"photo": [size], "caption": caption}

    async def _do_editmessagetext(self, arguments: dict[str, Any]) -> dict[str, Any]:
        chat = self._chat_of(arguments)
        wanted = (chat.id, int(arguments["message_id"]))
        for at, sent in enumerate(self.sent):
            if (sent.chat, sent.message_id) == wanted:
                html, buttons = str(arguments.get("text", "")), keyboard(arguments)
                if (html, buttons) == (sent.html, sent.buttons):
                    raise bad("message is not modified: specified new message content is the same")
                parsed = parse(html, arguments.get("parse_mode"))
                self.sent[at] = replace(sent, html=html, parsed=parsed, buttons=buttons)
                return self._message(self.sent[at], chat)
        raise bad("message to edit not found")

    async def _do_editmessagereplymarkup(self, arguments: dict[str, Any]) -> dict[str, Any]:
        chat = self._chat_of(arguments)
        wanted = (chat.id, int(arguments["message_id"]))
        for at, sent in enumerate(self.sent):
            if (sent.chat, sent.message_id) == wanted:
                buttons = keyboard(arguments)
                if buttons == sent.buttons:
                    raise bad("message is not modified: specified new reply markup is the same")
                self.sent[at] = replace(sent, buttons=buttons)
                return self._message(self.sent[at], chat)
        raise bad("message to edit not found")

    async def _do_answercallbackquery(self, arguments: dict[str, Any]) -> bool:
        query = str(arguments.get("callback_query_id"))
        if query not in self._queries:
            raise bad("query is too old and response timeout expired or query ID is invalid")
        text = str(arguments.get("text") or "")
        if units(text) > 200:
            raise bad("MESSAGE_TOO_LONG")
        self._queries.remove(query)
        alert = str(arguments.get("show_alert", "")).lower() == "true"
        self.notices[query] = Notice(text, alert, time.monotonic())
        return True

    async def _do_answerinlinequery(self, arguments: dict[str, Any]) -> bool:
        query = str(arguments.get("inline_query_id"))
        if query not in self._queries:
            raise bad("query is too old and response timeout expired or query ID is invalid")
        check_inline(arguments)
        self._queries.remove(query)
        self.inline_answers[query] = arguments
        return True

    async def _do_getchat(self, arguments: dict[str, Any]) -> dict[str, Any]:
        chat = self._chat_of(arguments)
        more = {"accent_color_id": 1, "max_reaction_count": 11}
        gifts = dict.fromkeys(_GIFTS, False)
        return chat.json | more | {"accepted_gift_types": gifts}

    async def _do_getchatmember(self, arguments: dict[str, Any]) -> dict[str, Any]:
        chat, user = self._chat_of(arguments), int(arguments["user_id"])
        if user == BOT_ID:
            if BOT_ID not in chat.members and chat.kind == "channel":
                raise Refusal(403, "Forbidden: bot is not a member of the channel chat")
            return member_json(ME, chat.members.get(BOT_ID, "member"), posts=chat.bot_posts)
        if user < 0:
            raise bad("invalid user_id specified")
        _check_inside(chat)
        if chat.hides_members:
            raise bad("member list is inaccessible")
        person = {"id": user, "is_bot": False, "first_name": "Ada"}
        return member_json(person, chat.members.get(user, "member"))

    async def _do_getchatadministrators(self, arguments: dict[str, Any]) -> list[dict[str, Any]]:
        chat = self._chat_of(arguments)
        _check_inside(chat)
        return [
            member_json({"id": user, "is_bot": False, "first_name": "Ada"}, status)
            for user, status in chat.members.items()
            if status in {"administrator", "creator"}
        ]

    async def _do_sendchataction(self, arguments: dict[str, Any]) -> bool:
        chat = self._chat_of(arguments)
        if arguments.get("action") not in ACTIONS:
            raise bad("wrong parameter action in request")
        if chat.kind == "channel":
            raise bad("can't send chat actions to a channel")
        chat.accept(_thread_of(arguments))
        self.actions.append((chat.id, str(arguments["action"])))
        return True

    def _chat_of(self, arguments: dict[str, Any]) -> FakeChat:
        name = str(arguments.get("chat_id"))
        for chat in self.chats.values():
            if name.startswith("@") and chat.username == name[1:]:
                return chat
        with suppress(KeyError, ValueError):
            return self.chats[int(name)]
        raise bad("chat not found")

    def _message(self, sent: Sent, chat: FakeChat) -> dict[str, Any]:
        message = {"message_id": sent.message_id, "date": 1_780_000_000, "chat": chat.json}
        if sent.thread is not None:
            message |= {"message_thread_id": sent.thread, "is_topic_message": True}
        return message | {"from": ME, "text": sent.text}


BOT_ID = 123456

_RIGHTS = (
    "can_be_edited", "is_anonymous", "can_manage_chat", "can_delete_messages",
    "can_manage_video_chats", "can_restrict_members", "can_promote_members", "can_change_info",
    "can_invite_users", "can_post_stories", "can_edit_stories", "can_delete_stories",
)  # fmt: skip


def _check_inside(chat: FakeChat) -> None:
    """As Telegram, tell nothing of a channel's people to a bot that is not in it."""
    if chat.kind == "channel" and chat.members.get(BOT_ID, "left") == "left":
        raise Refusal(403, "Forbidden: bot is not a member of the channel chat")


def member_json(person: dict[str, Any], status: str, *, posts: bool = False) -> dict[str, Any]:
    """A ChatMember with what its status requires."""
    more: dict[str, Any] = {}
    if status == "administrator":
        more = dict.fromkeys(_RIGHTS, False) | {"can_post_messages": posts}
    elif status == "creator":
        more = {"is_anonymous": False}
    elif status == "kicked":
        more = {"until_date": 0}
    return {"user": person, "status": status, **more}


def _check_reply(parameters: Any) -> None:
    """As Telegram, demand a message's number where a reply is asked for."""
    if parameters is not None and not isinstance(parameters.get("message_id"), int):
        raise bad("message to be replied not specified")


_GIFTS = (
    "unlimited_gifts",
    "limited_gifts",
    "unique_gifts",
    "premium_subscription",
    "gifts_from_channels",
)

ME = {"id": BOT_ID, "is_bot": True, "first_name": "briefbot", "username": USERNAME}


def _thread_of(arguments: Mapping[str, Any]) -> int | None:
    return int(arguments["message_thread_id"]) if "message_thread_id" in arguments else None
