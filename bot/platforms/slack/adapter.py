"""Slack: slash commands, mentions and direct messages in; replies and digests out."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Sequence
from datetime import UTC, datetime

from slack_bolt.app.async_app import AsyncApp
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.errors import BriefbotError, DeliveryError, PlatformError
from bot.health import Health
from bot.log import get_logger
from bot.models import Address, Briefing, Command, Delivery, Receipt, Reply, Role
from bot.platforms.admission import Admit, InstallationFaults, NoInstallationFaults, admit_all
from bot.platforms.interfaces import (
    Answer,
    ChatEvents,
    FaultOf,
    Inbox,
    InstallationStore,
    LanguageOf,
    ManagedChat,
    NoEvents,
    ReadsOnly,
    Understand,
    first_word,
    no_fault,
    own_language,
)
from bot.platforms.kept_commands import NOTHING_KEPT, KeptCommands
from bot.platforms.pictures import Painter, offered
from bot.platforms.slack.api import api_for
from bot.platforms.slack.diagnosis import socket_fault
from bot.platforms.slack.events import bolt_app, over_http
from bot.platforms.slack.identity import accepted
from bot.platforms.slack.intake import Intake
from bot.platforms.slack.oauth.installed import InstalledWorkspaces
from bot.platforms.slack.sender import deliver, look_up
from bot.platforms.slack.socket_mode import SlackSocket
from bot.platforms.slack.workspace import CommandCore
from bot.platforms.slack.workspaces import OneWorkspace, Workspaces
from bot.render.slack.messages import briefing_messages, reply_messages
from bot.render.slack.threads import threaded_messages
from config.settings import Settings

PATH = "/slack/events"
"""Where Slack posts commands and events when there is no app token."""

START_SECONDS = 5.0
"""Seconds that `start` waits for Slack; connecting continues in the background."""

WATCH_SECONDS = 10.0

DRAIN_SECONDS = 7.0
"""Seconds that `stop` waits for answers in progress."""

LONGEST_PAUSE = 60.0

log = get_logger(__name__)


class SlackPlatform:
    """One app, by Socket Mode where there is an app token, else over HTTP on `routes`.

    It serves the workspace whose bot token is set; without one, all workspaces in `installations`,
    which install it on its own pages. `inbox` accepts each update once; `commands` are the names
    that a line may start with. `kept` stores what is too long for a button.
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
        language_of: LanguageOf = own_language,
        fault_of: FaultOf = no_fault,
        installations: InstallationStore | None = None,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        kept: KeptCommands = NOTHING_KEPT,
    ) -> None:
        core = CommandCore(
            answer, events or NoEvents(), reads_only, settings.slack_command, language_of, kept
        )
        faults = faults or NoInstallationFaults()
        self._settings = settings
        self._painter = Painter()
        self._kept = kept
        self._watch_seconds = watch_seconds
        self._workspaces: Workspaces
        if settings.slack_oauth and installations is not None:
            self._workspaces = InstalledWorkspaces(settings, installations, core, faults, clock)
        else:
            self._workspaces = OneWorkspace(
                api_for(settings, settings.slack_bot_token), core, faults
            )
        self._opener = api_for(settings, settings.slack_app_token)
        self._intake = Intake(
            self._workspaces,
            inbox,
            commands,
            admins=settings.admins,
            slash=settings.slack_command,
            language_of=language_of,
            fault_of=fault_of,
            admit=admit,
            reads_only=reads_only,
            understand=understand,
            kept=kept,
        )
        self._app: AsyncApp | None = None
        self._socket: SlackSocket | None = None
        self._tried = asyncio.Event()
        self._refusal: PlatformError | None = None
        self._connecting: asyncio.Task[None] | None = None
        self._health = health or Health()

    @property
    def shows_pictures(self) -> bool:
        """Whether a picture can be drawn; where the scope lacks, its text is sent."""
        return offered()

    @property
    def routes(self) -> tuple[Route, ...]:
        """The routes for the web server; with one workspace in Socket Mode there are none."""
        events = () if self._opener.token else (Route(PATH, self._http, methods=["POST"]),)
        return (*events, *self._workspaces.routes)

    async def role_of(self, command: Command) -> Role:
        """Return the sender's role in the channel; UNKNOWN if Slack cannot be asked there."""
        try:
            workspace = await self._workspaces.find(command.address.workspace)
        except BriefbotError as error:
            log.warning("role not found", error=str(error))
            return Role.UNKNOWN
        return await workspace.role_of(command) if workspace else Role.UNKNOWN

    async def find_chat(self, command: Command, name: str) -> ManagedChat | None:
        """Find a channel that is named in a direct message; None if unknown."""
        workspace = await self._workspaces.find(command.address.workspace)
        return await workspace.find_chat(command, name) if workspace else None

    async def check(self) -> str:
        """Ask Slack for the bot's name; raises PlatformError with the remedy."""
        try:
            return await self._workspaces.check()
        except DeliveryError as error:
            raise PlatformError(f"Slack cannot be reached: {error}") from error

    async def diagnose(self, chats: Sequence[Address]) -> list[str]:
        """A line with the remedy for each fault of the app and of its rights in channels."""
        found = [line async for line in self._workspaces.diagnose(chats)]
        if self._opener.token and (fault := await socket_fault(self._opener)):
            found.append(fault)
        return found

    async def start(self) -> None:
        """Connect; if Slack cannot be reached, retry in the background."""
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
        await self._intake.stop(DRAIN_SECONDS)

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
        api = self._workspaces.api(address.workspace)
        return await deliver(api, self._painter, self._kept, address, delivery)

    async def find(
        self, address: Address, delivery: Delivery, since: datetime | None = None
    ) -> Receipt | None:
        """Look up a part that was sent after `since`; raises DeliveryError."""
        return await look_up(self._workspaces.api(address.workspace), address, delivery, since)

    async def probe(self, workspace: str) -> None:
        """Ask Slack whether it accepts a workspace's token; raises DeliveryError."""
        await self._workspaces.api(workspace).ask("auth.test")

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

    async def _connect(self) -> None:
        """Start listening; raises PlatformError for a refused token."""
        workspaces, intake = self._workspaces, self._intake
        await workspaces.start()
        by_socket, secret = bool(self._opener.token), self._settings.slack_signing_secret
        app = bolt_app(
            self._opener.base_url,
            None if by_socket else secret.get_secret_value() if secret else "",
            workspaces.find,
            intake.accept,
            intake.on_event,
            workspaces.missing,
        )
        if not by_socket:
            self._app = app
            return
        self._socket = SlackSocket(
            app,
            self._opener,
            self._watch_seconds,
            health=self._health,
            check_token=workspaces.watch,
        )
        with accepted("SLACK_APP_TOKEN", "an app-level token (xapp-…) with connections:write"):
            await self._socket.open()

    async def _http(self, request: Request) -> Response:
        return await over_http(self._app, request)
