"""A strict Slack on loopback: Web API, Socket Mode, signed HTTP, response_url, and faults at will.

async with FakeSlack() as slack:
    settings = load_settings(slack.environ)
    ...
    await slack.slash("/brief", "energy", channel="C1")
    assert (await slack.arrived(1))[0].channel == "C1"
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import itertools
import json
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlencode

import aiohttp
from aiohttp import WSMsgType, web

from tests.fakes.slack_blocks import problems
from tests.fakes.slack_faults import Call, Faults
from tests.fakes.slack_web import FakeChannel, Refusal, Sent, Workspace, arguments

RESPONSE_URL_USES = 5
ACK_SECONDS = 3.0
PATIENCE = 10.0


@dataclass(frozen=True)
class Ack:
    """How the bot took a delivery: with which status (200 on a socket)."""

    status: int
    body: Any


@dataclass
class Response:
    """A response_url: whom it answers, how often it was used, whether its time is over."""

    channel: str
    user: str
    pressed_on: str = ""
    used: int = 0
    expired: bool = False


class FakeSlack(Faults):
    """One workspace, one app: C1, D1 and the private G1 know the bot, C2 does not, C3 is archived.

    While it is `silent` it accepts sockets, and never says a word on those; while it is `late` the
    time of every response_url is over.
    """

    def __init__(self, clock: Callable[[], float] = time.time, port: int = 0) -> None:
        super().__init__()
        self._port = port
        self.signing_secret = "fake-signing-secret"
        self.silent = False
        self.late = False
        self.responses: dict[str, Response] = {}
        self.workspace = Workspace(clock)
        for id_, name in (("C1", "energy"), ("G1", "board"), ("D1", ""), ("C2", "random")):
            self.workspace.channels[id_] = FakeChannel(id_, name, private=id_ == "G1")
        self.workspace.channels["C2"].member = False
        self.workspace.channels["C3"] = FakeChannel("C3", "old", archived=True)
        self.workspace.users |= {"U1": "ada", "U2": "grace"}
        self.connections = 0
        self._sockets: list[web.WebSocketResponse] = []
        self._pending: dict[str, tuple[str, asyncio.Future[Any]]] = {}
        self._tickets: set[str] = set()
        self._numbers = itertools.count(1)
        self._http: str | None = None
        self._runner: web.AppRunner | None = None

    async def __aenter__(self) -> Self:
        app = web.Application()
        app.router.add_post("/api/{method}", self._api)
        app.router.add_get("/api/{method}", self._api)
        app.router.add_get("/socket/{ticket}", self._socket)
        app.router.add_post("/response/{id}", self._response)
        app.router.add_post("/upload/{id}", self._upload)
        self._runner = web.AppRunner(app, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self._port)
        await site.start()
        self.base = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        self.workspace.base = self.base
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.let_go()
        await self.cut()
        if self._runner:
            await self._runner.cleanup()

    @property
    def url(self) -> str:
        """The base of the Web API."""
        return f"{self.base}/api/"

    @property
    def environ(self) -> dict[str, str]:
        """The environment of a bot that talks to this Slack by Socket Mode."""
        return {
            "SLACK_BOT_TOKEN": self.workspace.bot_token,
            "SLACK_APP_TOKEN": self.workspace.app_token,
            "SLACK_API_URL": self.url,
        }

    @property
    def http_environ(self) -> dict[str, str]:
        """The environment of a bot that is called over HTTP."""
        return {
            "SLACK_BOT_TOKEN": self.workspace.bot_token,
            "SLACK_SIGNING_SECRET": self.signing_secret,
            "SLACK_API_URL": self.url,
        }

    @property
    def channels(self) -> dict[str, FakeChannel]:
        return self.workspace.channels

    @property
    def sent(self) -> Sequence[Sent]:
        """Every message that got through, oldest first."""
        return tuple(self.workspace.sent)

    def calls(self, method: str) -> list[Mapping[str, Any]]:
        """The arguments of every call of a method, faults included."""
        return [args for name, args in self.workspace.calls if name == method]

    async def arrived(self, count: int, seconds: float = PATIENCE) -> Sequence[Sent]:
        """Wait until so many messages have got through."""
        await self.until(lambda: len(self.sent) >= count, seconds)
        return self.sent

    async def until(self, holds: Callable[[], bool], seconds: float = PATIENCE) -> None:
        """Wait until something holds; it is looked at after every request and connection."""
        async with asyncio.timeout(seconds), self._changed:
            await self._changed.wait_for(holds)

    # What people do

    async def slash(
        self,
        command: str = "/brief",
        text: str = "",
        *,
        channel: str = "C1",
        user: str = "U1",
        trigger: str | None = None,
    ) -> Ack:
        """Type a slash command; returns when the bot has acknowledged it."""
        number = str(next(self._numbers))
        self.responses[number] = Response(channel, user)
        payload = {
            "token": "verification-token",
            "team_id": self.workspace.team,
            "team_domain": "fake",
            "channel_id": channel,
            "channel_name": self.channels[channel].name or "directmessage",
            "user_id": user,
            "user_name": self.workspace.users[user],
            "command": command,
            "text": text,
            "api_app_id": "A1",
            "is_enterprise_install": "false",
            "response_url": f"{self.base}/response/{number}",
            "trigger_id": trigger or f"trigger.{number}",
        }
        return await self.deliver("slash_commands", payload)

    async def mention(
        self,
        text: str = "",
        *,
        channel: str = "C1",
        user: str = "U1",
        thread: str = "",
        event_id: str | None = None,
    ) -> Ack:
        """Write "@briefbot …" in a channel or one of its threads."""
        event = {"type": "app_mention", "text": f"<@{self.workspace.bot_user}> {text}".strip()}
        return await self.event(event, channel, user, thread, event_id)

    async def direct(
        self, text: str, *, user: str = "U1", thread: str = "", event_id: str | None = None
    ) -> Ack:
        """Write to the bot directly."""
        event = {"type": "message", "channel_type": "im", "text": text}
        return await self.event(event, "D1", user, thread, event_id)

    async def press(
        self, label: str, on: Sent | Mapping[str, Any], *, user: str = "U1", channel: str = ""
    ) -> Ack:
        """Press a button, or choose from a menu, of a message or of an App Home."""
        number = str(next(self._numbers))
        home = not isinstance(on, Sent)
        blocks = list(on["blocks"]) if not isinstance(on, Sent) else on.blocks
        action = {**_action(blocks, label), "action_ts": number, "block_id": "b"}
        payload: dict[str, Any] = {"type": "block_actions", "actions": [action]}
        if isinstance(on, Sent):
            self.responses[number] = Response(on.channel, user, on.ts)
            payload["channel"] = {"id": on.channel, "name": "x"}
            payload["container"] = {
                "type": "message",
                "message_ts": on.ts,
                "channel_id": on.channel,
                "is_ephemeral": bool(on.to),
                **({"thread_ts": on.thread} if on.thread else {}),
            }
            payload["message"] = {"ts": on.ts, "text": on.text}
            payload["response_url"] = f"{self.base}/response/{number}"
        elif home:
            payload["container"] = {"type": "view", "view_id": on["id"]}
            payload["view"] = on
        return await self._interact(payload, user)

    async def submit(
        self, view: Mapping[str, Any], values: Mapping[str, Any], *, user: str = "U1"
    ) -> Ack:
        """Send a form: `values` are the elements' states by the label of their field."""
        state = {
            block["block_id"]: {"value": values[block["label"]["text"]]}
            for block in view["blocks"]
            if block["label"]["text"] in values
        }
        payload = {"type": "view_submission", "view": {**view, "state": {"values": state}}}
        return await self._interact(payload, user)

    async def shortcut(self, text: str, *, channel: str = "C1", user: str = "U1") -> Ack:
        """Choose "Brief me on this" in the menu of somebody's message."""
        payload = {
            "type": "message_action",
            "callback_id": "brief_on_this",
            "message": {"ts": self.workspace.next_ts(), "text": text, "user": "U2"},
            "channel": {"id": channel, "name": "x"},
        }
        return await self._interact(payload, user)

    async def _interact(self, payload: Mapping[str, Any], user: str) -> Ack:
        trigger = f"trigger.{next(self._numbers)}"
        self.workspace.triggers.add(trigger)
        whole = {
            "user": {
                "id": user,
                "name": self.workspace.users[user],
                "team_id": self.workspace.team,
            },
            "team": {"id": self.workspace.team, "domain": "fake"},
            "api_app_id": "A1",
            "token": "verification-token",
            "trigger_id": trigger,
            **payload,
        }
        return await self.deliver("interactive", whole)

    async def event(
        self,
        event: Mapping[str, Any],
        channel: str = "C1",
        user: str = "U1",
        thread: str = "",
        event_id: str | None = None,
        at: float | None = None,
    ) -> Ack:
        """Deliver any event, filled in as Slack does; `at` is when it happened."""
        ts = self.workspace.next_ts()
        whole = {"channel": channel, "user": user, "ts": ts, "event_ts": ts, **event}
        if thread:
            whole["thread_ts"] = thread
        envelope = {
            "token": "verification-token",
            "team_id": self.workspace.team,
            "api_app_id": "A1",
            "event": whole,
            "type": "event_callback",
            "event_id": event_id or f"Ev{next(self._numbers)}",
            "event_time": int(float(ts) if at is None else at),
            "authorizations": [
                {"team_id": self.workspace.team, "user_id": self.workspace.bot_user, "is_bot": True}
            ],
        }
        return await self.deliver("events_api", envelope)

    def post_to(self, url: str) -> None:
        """Deliver by signed HTTP from now on, instead of by socket."""
        self._http = url

    # What Slack does

    async def refresh(self) -> None:
        """Ask the bot to reconnect, as Slack does now and then."""
        for socket in [each for each in self._sockets if not each.closed]:
            await socket.send_json({"type": "disconnect", "reason": "refresh_requested"})

    async def cut(self) -> None:
        """Close every socket without a word."""
        for socket in [each for each in self._sockets if not each.closed]:
            await socket.close()

    async def deliver(
        self,
        kind: str,
        payload: Mapping[str, Any],
        *,
        secret: str | None = None,
        age: float = 0,
    ) -> Ack:
        """Hand over one envelope and wait for the answer; `secret` and `age` make a forgery."""
        if self._http:
            return Ack(*await self._post(kind, payload, secret or self.signing_secret, age))
        return Ack(200, await self._send(kind, payload))

    # The wire

    async def _send(self, kind: str, payload: Mapping[str, Any]) -> Any:
        number = f"envelope-{next(self._numbers)}"
        envelope = {
            "envelope_id": number,
            "type": kind,
            "payload": payload,
            "accepts_response_payload": kind != "events_api",
        }
        done: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        self._pending[number] = (json.dumps(envelope), done)
        await self._flush(number)
        async with asyncio.timeout(ACK_SECONDS):
            return await done

    async def _flush(self, *numbers: str) -> None:
        open_ = [socket for socket in self._sockets if not socket.closed]
        if open_:
            for number in numbers:
                await open_[-1].send_str(self._pending[number][0])

    async def _post(
        self, kind: str, payload: Mapping[str, Any], secret: str, age: float
    ) -> tuple[int, str]:
        form = kind in {"slash_commands", "interactive"}
        fields = payload if kind == "slash_commands" else {"payload": json.dumps(payload)}
        body = urlencode(fields) if form else json.dumps(payload)
        stamp = str(int(time.time() - age))
        signed = hmac.new(secret.encode(), f"v0:{stamp}:{body}".encode(), hashlib.sha256)
        headers = {
            "Content-Type": "application/x-www-form-urlencoded" if form else "application/json",
            "X-Slack-Request-Timestamp": stamp,
            "X-Slack-Signature": f"v0={signed.hexdigest()}",
        }
        timeout = aiohttp.ClientTimeout(total=ACK_SECONDS)
        async with (
            aiohttp.ClientSession(timeout=timeout) as session,
            session.post(str(self._http), data=body, headers=headers) as answer,
        ):
            return answer.status, await answer.text()

    async def _api(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        args = await arguments(request)
        token = request.headers.get("Authorization", "").removeprefix("Bearer ").strip()

        def commit() -> web.Response:
            try:
                answer = self._answer(method, args, token)
            except Refusal as refusal:
                answer = {"ok": False, "error": str(refusal)}
            if method == "apps.connections.open" and answer["ok"]:
                answer["url"] = self._ticket()
            headers = {"x-oauth-scopes": ",".join(sorted(self.workspace.scopes))}
            return web.json_response(answer, headers=headers)

        return await self.spoiled(method, Call(request, commit))

    async def _upload(self, request: web.Request) -> web.StreamResponse:
        content = await request.read()

        def commit() -> web.Response:
            self.workspace.files[request.match_info["id"]].content = content
            return web.Response(text=f"OK - {len(content)}")

        return await self.spoiled("upload", Call(request, commit))

    def _answer(self, method: str, args: Mapping[str, Any], token: str) -> dict[str, Any]:
        """Carry out one call; raises Refusal."""
        return self.workspace.answer(method, args, token)

    async def _response(self, request: web.Request) -> web.StreamResponse:
        asked = self.responses.get(request.match_info["id"])
        body = await request.json()

        def commit() -> web.Response:
            error = "used_url" if asked and asked.used >= RESPONSE_URL_USES else "expired_url"
            if asked is None or asked.expired or self.late or error == "used_url":
                return web.json_response({"ok": False, "error": error}, status=404)
            asked.used += 1
            everybody = body.get("response_type") == "in_channel"
            to = "" if everybody else asked.user
            if body.get("replace_original") is True:
                return self._replaced(asked.pressed_on, body)
            try:
                self.workspace.keep("response_url", asked.channel, body, to)
            except Refusal as refusal:
                return web.json_response({"ok": False, "error": str(refusal)}, status=400)
            return web.Response(text="ok")

        return await self.spoiled("response_url", Call(request, commit))

    def _replaced(self, ts: str, body: Mapping[str, Any]) -> web.Response:
        """Put a message in the place of the one whose button was pressed."""
        for at, sent in enumerate(self.workspace.sent):
            if sent.ts == ts and not problems(body):
                self.workspace.sent[at] = replace(sent, payload=dict(body))
                return web.Response(text="ok")
        return web.json_response({"ok": False, "error": "invalid_blocks"}, status=400)

    def _ticket(self) -> str:
        ticket = f"ticket-{next(self._numbers)}"
        self._tickets.add(ticket)
        return f"{self.base.replace('http', 'ws')}/socket/{ticket}"

    async def _socket(self, request: web.Request) -> web.StreamResponse:
        ticket = request.match_info["ticket"]
        if ticket not in self._tickets:
            return web.Response(status=404)
        self._tickets.remove(ticket)
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        self.connections += 1
        if not self.silent:
            self._sockets.append(socket)
            await socket.send_json({"type": "hello", "num_connections": len(self._sockets)})
            await self._flush(*self._pending)
        await self._tell()
        async for message in socket:
            if message.type is WSMsgType.TEXT:
                self._acknowledged(json.loads(message.data))
        return socket

    def _acknowledged(self, answer: Mapping[str, Any]) -> None:
        _, done = self._pending.pop(answer.get("envelope_id", ""), ("", None))
        if done and not done.done():
            done.set_result(answer.get("payload"))


def _action(blocks: Sequence[Mapping[str, Any]], label: str) -> dict[str, Any]:
    """What Slack says of a pressed button or chosen option with this label, the first there is."""
    for element in (each for block in blocks for each in block.get("elements", ())):
        if element.get("type") == "button" and element["text"]["text"] == label:
            return {"type": "button", "action_id": element["action_id"], "value": element["value"]}
        for option in element.get("options", ()):
            if option["text"]["text"] == label:
                chosen = {"type": "overflow", "action_id": element["action_id"]}
                return {**chosen, "selected_option": option}
    raise LookupError(label)
