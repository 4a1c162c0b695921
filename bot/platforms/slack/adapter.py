"""Slack: slash commands, mentions and direct messages in; replies and digests out."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any

from slack_bolt.app.async_app import AsyncApp
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.errors import BriefbotError, DeliveryError, PlatformError
from bot.health import Health
from bot.log import get_logger
from bot.models import Address, Briefing, Command, Delivery, Platform, Receipt, Reply, Role
from bot.platforms.admission import Admit, InstallationFaults, NoInstallationFaults, admit_all
from bot.platforms.command_queue import CommandQueue, Work
from bot.platforms.interfaces import (
    Answer,
    ChatEvents,
    Inbox,
    ManagedChat,
    NoEvents,
    ReadsOnly,
    Understand,
    first_word,
)
from bot.platforms.own_replies import failed, not_saved, spoken
from bot.platforms.slack.api import SlackApi
from bot.platforms.slack.commands import Identity, SlackInput, command, inbox_id
from bot.platforms.slack.conversations import Conversations
from bot.platforms.slack.diagnosis import diagnose
from bot.platforms.slack.events import bolt_app, over_http
from bot.platforms.slack.identity import accepted, identity
from bot.platforms.slack.managed_channels import find_channel
from bot.platforms.slack.members import ChatMembers
from bot.platforms.slack.replies import Replies
from bot.platforms.slack.sender import deliver, look_up
from bot.platforms.slack.socket_mode import SlackSocket
from bot.platforms.slack.views import FORM, HOME, Views
from bot.platforms.unstored_updates import UnstoredUpdates
from bot.render.slack.messages import briefing_messages, reply_messages
from bot.render.slack.threads import threaded_messages
from config.settings import Settings

PATH = "/slack/events"
"""Where Slack posts commands and events when there is no app token."""

START_SECONDS = 5.0
"""Seconds that `start` waits for Slack; connecting continues in the background."""

WATCH_SECONDS = 10.0
STORE_SECONDS = 2.0
"""The time that the database has to store an input; Slack waits 3 s for an acknowledgement."""

DRAIN_SECONDS = 7.0
"""Seconds that `stop` waits for answers in progress."""

LONGEST_PAUSE = 60.0

log = get_logger(__name__)


class SlackPlatform:
    """One workspace, by Socket Mode where there is an app token, else over HTTP on `routes`.

    `inbox` accepts each update once; `commands` are the names that a line may start with.
    """

    name = "slack"
    traceable = True

    def __init__(
        self,
        settings: Settings,
        answer: Answer,
        inbox: Inbox,
        commands: Collection[str],
        *,
        watch_seconds: float = WATCH_SECONDS,
        admit: Admit = admit_all,
        health: Health | None = None,
        faults: InstallationFaults | None = None,
        events: ChatEvents | None = None,
        reads_only: ReadsOnly = lambda _name, _args: False,
        understand: Understand = first_word,
    ) -> None:
        token = settings.slack_bot_token
        self._settings = settings
        self._answer = answer
        self._inbox = inbox
        self._commands = frozenset(commands)
        self._watch_seconds = watch_seconds
        self._api = SlackApi(
            settings.slack_api_url,
            token.get_secret_value() if token else "",
            settings.request_seconds,
            settings.proxies,
        )
        self._places = Conversations(self._api)
        self._events = events or NoEvents()
        self._reads_only = reads_only
        self._understand = understand
        self._unstored = UnstoredUpdates()
        self._members = ChatMembers(self._api)
        self._replies = Replies(self._api, self._events, settings.slack_command)
        self._views = Views(self._api, answer, self._members, self._say, settings.slack_command)
        self._app: AsyncApp | None = None
        self._socket: SlackSocket | None = None
        self._tried = asyncio.Event()
        self._refusal: PlatformError | None = None
        self._connecting: asyncio.Task[None] | None = None
        self._admit = admit
        self._health = health or Health()
        self._faults = faults or NoInstallationFaults()
        self._queue = CommandQueue()

    @property
    def routes(self) -> tuple[Route, ...]:
        """The routes for the web server; none in Socket Mode."""
        if self._settings.slack_app_token is not None:
            return ()
        return (Route(PATH, self._http, methods=["POST"]),)

    async def role_of(self, command: Command) -> Role:
        """Return the sender's role in the channel, by users.info and conversations.info."""
        return await self._members.role_of(command)

    async def find_chat(self, command: Command, name: str) -> ManagedChat | None:
        """Find a channel that is named in a direct message; None if unknown."""
        return await find_channel(self._api, self._members, command, name)

    async def check(self) -> str:
        """Ask Slack for the bot's name; raises PlatformError with the remedy."""
        try:
            return f"@{(await identity(self._api)).name}"
        except DeliveryError as error:
            raise PlatformError(f"Slack cannot be reached: {error}") from error

    async def diagnose(self, chats: Sequence[str]) -> list[str]:
        """A line with the remedy for each fault of the app and of its rights in channels."""
        token = self._settings.slack_app_token
        app_token = token.get_secret_value() if token else None
        return [line async for line in diagnose(self._api, app_token, chats)]

    async def start(self) -> None:
        """Connect; if Slack cannot be reached, retry in the background."""
        if not self._api.token:
            raise PlatformError("SLACK_BOT_TOKEN is missing: copy the bot token (xoxb-…) there")
        self._connecting = asyncio.create_task(self._connect_with_retries())
        try:
            async with asyncio.timeout(START_SECONDS):
                await self._tried.wait()
        except TimeoutError:
            log.warning("Slack responds slowly; connecting in the background")
        if self._refusal is not None:
            raise self._refusal

    async def stop(self) -> None:
        """Stop accepting input, finish the answers in progress, disconnect."""
        if self._connecting is not None:
            self._connecting.cancel()
            await asyncio.gather(self._connecting, return_exceptions=True)
        self._app = None
        if self._socket is not None:
            await self._socket.close()
        await self._queue.stop(DRAIN_SECONDS)

    def parts(
        self, briefing: Briefing, heading: str, *, folded: bool = False, page: str = ""
    ) -> tuple[str, ...]:
        """Render a digest as payloads; with `folded`, all but the first belong in its thread."""
        threaded = threaded_messages(briefing, heading, page) if folded else ()
        return threaded or briefing_messages(
            briefing, heading, command=self._settings.slack_command, page=page
        )

    def notice(self, text: str) -> str:
        """Render a notice to the operators."""
        return reply_messages(Reply.saying(text))[0]

    async def send(self, address: Address, delivery: Delivery) -> Receipt:
        """Post one stored part, once."""
        return await deliver(self._api, address, delivery)

    async def find(
        self, address: Address, delivery: Delivery, since: datetime | None = None
    ) -> Receipt | None:
        """Look up a part that was sent after `since`; raises DeliveryError."""
        return await look_up(self._api, address, delivery, since)

    async def _connect_with_retries(self) -> None:
        pause = 1.0
        while True:
            try:
                await self._connect()
            except PlatformError as error:
                self._refusal = error
                log.warning("Slack not started", error=str(error))
            except DeliveryError as error:
                log.warning("Slack cannot be reached; retrying", error=str(error))
                self._tried.set()
                await asyncio.sleep(pause)
                pause = min(pause * 2, LONGEST_PAUSE)
                continue
            self._tried.set()
            return

    async def probe(self) -> None:
        """Ask Slack whether it accepts the token; raises DeliveryError."""
        await self._api.ask("auth.test")

    async def _connect(self) -> None:
        """Identify the bot and start listening; raises PlatformError for a refused token."""
        me = await identity(self._api)
        accept = partial(self._accept, me)
        app_token, secret = self._settings.slack_app_token, self._settings.slack_signing_secret
        if app_token is None:
            signing = secret.get_secret_value() if secret else ""
            self._app = bolt_app(self._api, signing, me, accept, partial(self._on_event, me))
            return
        app = bolt_app(self._api, None, me, accept, partial(self._on_event, me))
        token = app_token.get_secret_value()
        self._socket = SlackSocket(
            app,
            self._api,
            token,
            self._watch_seconds,
            health=self._health,
            refused=partial(self._faults.refused, Platform.SLACK, me.team),
            accepted=partial(self._faults.accepted, Platform.SLACK, me.team),
        )
        with accepted("SLACK_APP_TOKEN", "an app-level token (xapp-…) with connections:write"):
            await self._socket.open()

    async def _http(self, request: Request) -> Response:
        return await over_http(self._app, request)

    async def _accept(self, me: Identity, typed: SlackInput) -> None:
        """Admit, store and queue an input; when this returns it may be acknowledged."""
        line = self._line(me, typed, self._commands)
        admission = self._admit(line)
        if not admission.admitted:
            self._put(line, partial(self._say, typed, line, admission.reply))
        elif line.name == FORM:
            self._queue.put(
                (FORM, typed.user), typed.user, partial(self._views.open_form, typed, line)
            )
        elif not self._queue.has_room(line.address):
            log.warning("too many commands wait in a channel", channel=typed.chat)
        elif await self._taken(typed, line):
            self._put(line, partial(self._serve, me, typed, line))

    def _line(self, me: Identity, typed: SlackInput, names: Collection[str]) -> Command:
        """Return an input as a command; `names` are those that it may begin with."""
        settings = self._settings
        slash, admins = settings.slack_command, settings.admins
        return command(typed, me.team, names, admins, self._understand, slash)

    def _show_home(self, me: Identity, event: Mapping[str, Any]) -> None:
        user, chat = str(event.get("user") or ""), str(event.get("channel") or "")
        typed = SlackInput("", f"/{HOME}", chat, "", user)
        line = self._line(me, typed, {HOME})
        self._queue.put((HOME, user), user, partial(self._views.show_home, typed, line))

    async def _greet(self, me: Identity, body: Mapping[str, Any]) -> None:
        """Introduce the bot in a channel that it was added to."""
        event: Mapping[str, Any] = body.get("event") or {}
        joined = inbox_id("joined", body.get("event_id"))
        asker = str(event.get("inviter") or me.user)
        await self._accept(me, SlackInput(joined, "/start", str(event.get("channel")), "", asker))

    def _put(self, line: Command, work: Work) -> None:
        self._queue.put(line.address, line.user.id, work)

    async def _on_event(self, me: Identity, body: Mapping[str, Any]) -> None:
        """Handle what Slack reports about accounts and about the app itself."""
        event: Mapping[str, Any] = body.get("event") or {}
        team = str(body.get("team_id") or "")
        try:
            match event.get("type"):
                case "app_home_opened" if event.get("tab") == HOME:
                    self._show_home(me, event)
                case "member_joined_channel" if event.get("user") == me.user:
                    await self._greet(me, body)
                case "user_change":
                    self._members.changed(str((event.get("user") or {}).get("id") or ""))
                case "app_uninstalled":
                    await self._events.uninstalled(Platform.SLACK, team)
                case "tokens_revoked":
                    await self._events.revoked(Platform.SLACK, team)
        except Exception:
            log.exception("Slack event not handled", event_type=event.get("type"))

    async def _taken(self, typed: SlackInput, line: Command) -> bool:
        """Store an input; False if it is a repetition, or changes something unstored.

        A command that only reads is answered even where the database cannot write.
        """
        try:
            async with asyncio.timeout(STORE_SECONDS):
                return await self._inbox.claim(typed.update_id, line.address, line.name)
        except (BriefbotError, TimeoutError) as error:
            log.warning("Slack input not stored", command=line.name, error=repr(error))
        except Exception:
            log.exception("Slack input not stored", command=line.name)
        if not self._unstored.is_new(typed.update_id):
            return False
        if self._reads_only(line.name, line.args):
            return True
        self._put(
            line, partial(self._say, typed, line, spoken(not_saved, line, self._settings.language))
        )
        return False

    async def _serve(self, me: Identity, typed: SlackInput, line: Command) -> None:
        """Answer one input; errors are logged and reported to the user."""
        await self._say(typed, line, await self._reply(me, typed, line))
        await self._inbox.answered(typed.update_id)

    async def _reply(self, me: Identity, typed: SlackInput, line: Command) -> Reply | None:
        try:
            line = replace(line, channel_title=await self._places.title(typed))
            line = await self._views.profiled(typed, line)
            reply = await self._answer(line)
            if reply is not None and reply.gets_digests:
                reply = await self._places.entered(typed, reply, me.name)
        except Exception:
            log.exception("Slack input not answered", command=line.name)
            return spoken(failed, line, self._settings.language)
        return reply

    async def _say(self, typed: SlackInput, line: Command, reply: Reply | None) -> None:
        if reply is None:
            return
        try:
            again = self._reads_only(line.name, line.args)
            await self._replies.send(typed, line, reply, again=again)
        except DeliveryError as error:
            log.warning("Slack reply not sent", command=line.name, error=str(error))
