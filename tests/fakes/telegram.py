"""A strict Telegram on loopback: the Bot API's wire, its refusals, and faults at will.

async with FakeTelegram() as tg:
    settings = load_settings(tg.environ)
    ...
    tg.type("/brief energy", kind="group")
    assert "Energy" in (await tg.message(1)).text
"""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from collections.abc import Callable, Sequence
from types import TracebackType
from typing import Any

from aiohttp import web

from tests.fakes.telegram_api import BOT_ID, ME, PATIENCE, BotApi, Notice, Sent, member_json
from tests.fakes.telegram_chats import CHATS, FakeChat, Typed
from tests.fakes.telegram_faults import Call
from tests.fakes.telegram_rules import Refusal

TOKEN = "123456:AAFakeTokenOfTheFakeTelegramServer_12"
BURST, A_MINUTE, A_SECOND = 5, 20, 30
"""A chat's burst at one a second, a group's messages a minute, all chats' a second."""


class FakeTelegram(BotApi):
    """One bot, known by its token, and the chats of CHATS; others come with `chat`."""

    def __init__(self, token: str = TOKEN) -> None:
        super().__init__()
        self.token = token
        self.calls: list[Call] = []
        self.port = 0
        self._known: dict[int, dict[str, Any]] = {}
        self._runner: web.AppRunner | None = None

    async def __aenter__(self) -> FakeTelegram:
        await self.up()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.down()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def environ(self) -> dict[str, str]:
        """Settings that lead a bot here."""
        return {"TELEGRAM_BOT_TOKEN": self.token, "TELEGRAM_API_URL": self.url}

    @property
    def polled(self) -> bool:
        """Whether a getUpdates waits for something to happen."""
        return self._poll is not None

    async def up(self) -> None:
        """Listen, on the port of last time if there was one."""
        self._closing = False
        app = web.Application()
        app.router.add_route("*", "/{bot:bot[^/]*}/{method}", self._take)
        self._runner = web.AppRunner(app, shutdown_timeout=1, access_log=None)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self.port, reuse_address=True)
        await site.start()
        self.port = self._runner.addresses[0][1]

    async def down(self) -> None:
        """Refuse connections; what was received stays."""
        self._closing = True
        self.let_go()
        if self._poll:
            self._poll.set()
        if self._runner:
            await self._runner.cleanup()
            self._runner = None

    # What people do

    def chat(
        self, id_: int, kind: str = "group", *, title: str = "", topics: tuple[int, ...] = ()
    ) -> FakeChat:
        """A chat the bot may write to; an existing one stays as it is."""
        return self.chats.setdefault(id_, FakeChat(id_, kind, title or kind.title(), set(topics)))

    def type(
        self,
        text: str | None,
        *,
        chat: int | None = None,
        kind: str = "private",
        thread: int | None = None,
        user: int = 42,
        edited: bool = False,
        anonymous: bool = False,
        relayed: bool = False,
        reply_to: int | None = None,
        as_chat: int | None = None,
        language: str = "",
    ) -> int:
        """Somebody writes; no text is a sticker. Returns the update's id, for `again`."""
        place = self.chat(CHATS[kind] if chat is None else chat, kind)
        if thread is not None:
            place.topics.add(thread)
        typed = Typed(
            text, place, user, thread, edited, anonymous, relayed, reply_to, as_chat, language
        )
        update = typed.update(next(self._ids), next(self._ids))
        if reply_to in {sent.message_id for sent in self.sent}:
            message = next(iter(value for value in update.values() if isinstance(value, dict)))
            message["reply_to_message"]["from"] = ME
        return self._queue(update)

    def press(
        self, data: str, *, on: Sent | None = None, kind: str = "private", user: int = 42
    ) -> str:
        """Somebody presses a button of a message; returns the id of the query to answer.

        `data` may also be the label of one of the message's buttons.
        """
        query = str(next(self._ids))
        self._queries.add(query)
        person = {"id": user, "is_bot": False, "first_name": "Ada"}
        chat = self.chats[CHATS[kind] if on is None else on.chat]
        message = {"message_id": 1, "date": 1_780_000_000, "chat": chat.json}
        if on is not None:
            message |= {"message_id": on.message_id, "text": on.text}
            if any(data == label for row in on.labels for label in row):
                data = on.data(data)
            if on.thread is not None:
                message |= {"message_thread_id": on.thread, "is_topic_message": True}
        callback = {"id": query, "from": person, "chat_instance": "1", "data": data}
        self._queue(
            {"update_id": next(self._ids), "callback_query": callback | {"message": message}}
        )
        return query

    def inline(self, text: str, *, user: int = 42) -> str:
        """Somebody types the bot's name and a text in some chat; returns the query's id."""
        query = str(next(self._ids))
        self._queries.add(query)
        person = {"id": user, "is_bot": False, "first_name": "Ada"}
        asked = {"id": query, "from": person, "query": text, "offset": ""}
        self._queue({"update_id": next(self._ids), "inline_query": asked})
        return query

    async def notice(self, query: str) -> Notice:
        """The answer to a pressed button, once it has come."""
        await self.until(lambda: query in self.notices)
        return self.notices[query]

    def member(self, user: int, status: str, *, kind: str = "group", told: bool = True) -> None:
        """Somebody gets a status in a chat; a bot that is no admin there is not `told`."""
        place = self.chat(CHATS[kind], kind)
        before = place.members.get(user, "member")
        place.members[user] = status
        if told:
            self._queue(self._membership("chat_member", place, user, before, status))

    def remove_bot(self, *, kind: str = "group", status: str = "kicked") -> None:
        """Somebody removes the bot from a chat or, in a private one, blocks it."""
        place = self.chat(CHATS[kind], kind)
        self._queue(self._membership("my_chat_member", place, BOT_ID, "member", status))

    def add_bot(self, *, kind: str = "group", status: str = "member", was: str = "left") -> int:
        """Ada adds the bot to a chat; returns the number of the update."""
        place = self.chat(CHATS[kind], kind)
        joined = self._membership("my_chat_member", place, BOT_ID, was, status)
        self._queue(joined)
        return int(joined["update_id"])

    def _membership(
        self, name: str, place: FakeChat, user: int, before: str, after: str
    ) -> dict[str, Any]:
        who = {"id": user, "is_bot": user == BOT_ID, "first_name": "Somebody"}
        event = {"chat": place.json, "date": 1_780_000_000}
        event["from"] = {"id": 42, "is_bot": False, "first_name": "Ada"}
        event["old_chat_member"] = member_json(who, before)
        event["new_chat_member"] = member_json(who, after)
        return {"update_id": next(self._ids), name: event}

    def again(self, update_id: int) -> None:
        """Deliver an update once more, confirmed or not."""
        self._repeated.append(self._known[update_id])
        self._wake(self._known[update_id])

    def block(self, id_: int, refusal: Refusal | None = None) -> None:
        """From now on a chat refuses every message."""
        words = "Forbidden: bot was blocked by the user"
        self.chats[id_].refusal = refusal or Refusal(403, words)

    def migrate(self, old: int, new: int) -> None:
        """A group becomes a supergroup with another id."""
        words = "Bad Request: group chat was upgraded to a supergroup chat"
        self.chats[old].refusal = Refusal(400, words, migrate_to_chat_id=new)
        self.chat(new, "supergroup", title=self.chats[old].title)

    # What tests wait for and look at

    async def message(self, number: int) -> Sent:
        """The message of this number, counted from 1, as soon as it has arrived."""
        await self.until(lambda: len(self.sent) >= number)
        return self.sent[number - 1]

    async def called(self, method: str, times: int = 1) -> list[Call]:
        """The calls of a method, once there were so many."""
        await self.until(lambda: len(self._of(method)) >= times)
        return self._of(method)

    async def until(self, true: Callable[[], bool]) -> None:
        """Wait until something is so, at most PATIENCE seconds."""
        async with asyncio.timeout(PATIENCE), self._changed:
            await self._changed.wait_for(true)

    @property
    def violations(self) -> Counter[str]:
        """How often the bot went faster than Telegram allows: "chat", "group", "all"."""
        found: Counter[str] = Counter()
        bursts: dict[int, tuple[float, float]] = {}
        for at, sent in enumerate(self.sent):
            level, since = bursts.get(sent.chat, (0.0, sent.at))
            level = max(0.0, level - (sent.at - since)) + 1
            bursts[sent.chat] = level, sent.at
            minute = [one for one in self.sent[: at + 1] if sent.at - one.at < 60]
            found["chat"] += level > BURST
            found["group"] += sent.chat < 0 and _here(minute, sent) > A_MINUTE
            found["all"] += sum(sent.at - one.at < 1 for one in minute) > A_SECOND
        return +found

    # The wire

    async def _take(self, request: web.Request) -> web.StreamResponse:
        if request.match_info["bot"] != f"bot{self.token}":
            return _refused(Refusal(401, "Unauthorized"))
        arguments = await _arguments(request)
        method = request.match_info["method"].lower()
        work = getattr(self, f"_do_{method}", None)
        if work is None:
            return _refused(Refusal(404, "Not Found"))

        async def commit() -> web.Response:
            try:
                return web.json_response({"ok": True, "result": await work(arguments)})
            except Refusal as refusal:
                return _refused(refusal)

        call = Call(method, arguments, request, commit)
        self.calls.append(call)
        return await self.spoiled(call)

    def _of(self, method: str) -> list[Call]:
        return [call for call in self.calls if call.method == method.lower()]

    def _queue(self, update: dict[str, Any]) -> int:
        self._updates.append(update)
        self._known[update["update_id"]] = update
        self._wake(update)
        return int(update["update_id"])

    def _wake(self, update: dict[str, Any]) -> None:
        if self.webhook:
            self._later(self._push(update))
        elif self._poll:
            self._poll.set()


def _here(sent: Sequence[Sent], last: Sent) -> int:
    return sum(one.chat == last.chat for one in sent)


def _refused(refusal: Refusal) -> web.Response:
    return web.json_response(refusal.body, status=refusal.code)


async def _arguments(request: web.Request) -> dict[str, Any]:
    """Query and form fields, or a JSON body; values that are JSON are decoded, as Telegram does."""
    if request.content_type == "application/json":
        return dict(await request.json()) | dict(request.query)
    given = dict(request.query) | dict(await request.post())
    return {name: _decoded(name, value) for name, value in given.items()}


def _decoded(name: str, value: Any) -> Any:
    if name in {
        "commands",
        "scope",
        "results",
        "button",
        "allowed_updates",
        "link_preview_options",
        "reply_markup",
        "entities",
        "reply_parameters",
    }:
        try:
            return json.loads(value)
        except ValueError:
            raise web.HTTPBadRequest from None
    return value
