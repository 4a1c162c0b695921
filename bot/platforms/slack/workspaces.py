"""The workspaces that the bot serves: the one whose token is set, or all that installed the app."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from datetime import datetime
from typing import Protocol

from starlette.routing import Route

from bot.errors import DeliveryError, PlatformError
from bot.log import get_logger
from bot.models import Address, Platform
from bot.platforms.admission import InstallationFaults
from bot.platforms.slack.api import SlackApi
from bot.platforms.slack.diagnosis import diagnose
from bot.platforms.slack.identity import identity
from bot.platforms.slack.workspace import CommandCore, Workspace

log = get_logger(__name__)


class Workspaces(Protocol):
    """The workspaces by their team ids, and what depends on how their tokens are known.

    `missing` answers a command of a workspace without the app.
    """

    missing: str

    @property
    def routes(self) -> Sequence[Route]:
        """The pages on which workspaces install the app."""
        ...

    async def start(self) -> None:
        """Learn what answering needs; raises PlatformError for a wrong token, or DeliveryError."""
        ...

    async def find(self, team: str) -> Workspace | None:
        """Return the workspace of a team; None if it has no app. Asks Slack nothing."""
        ...

    def api(self, team: str) -> SlackApi:
        """Return what calls Slack with the team's token."""
        ...

    async def watch(self) -> None:
        """Look whether Slack accepts the token, and report it; raises nothing."""
        ...

    async def uninstalled(self, team: str, at: datetime) -> None:
        """Take note that the app was removed from a workspace at an instant."""
        ...

    async def revoked(self, team: str, at: datetime) -> None:
        """Take note that the bot's token was revoked at an instant."""
        ...

    async def check(self) -> str:
        """Return the bot's name; raises PlatformError with the remedy, or DeliveryError."""
        ...

    def diagnose(self, chats: Sequence[Address]) -> AsyncIterator[str]:
        """A line with the remedy for each fault of the app and of its rights in channels."""
        ...


class OneWorkspace:
    """The workspace whose bot token is set: it stands for every team."""

    routes: Sequence[Route] = ()
    missing = ""

    def __init__(self, api: SlackApi, core: CommandCore, faults: InstallationFaults) -> None:
        self._api = api
        self._core = core
        self._faults = faults
        self._known: Workspace | None = None

    async def start(self) -> None:
        """Ask Slack who the bot is."""
        if not self._api.token:
            raise PlatformError("SLACK_BOT_TOKEN is missing: copy the bot token (xoxb-…) there")
        self._known = Workspace(await identity(self._api), self._api, self._core)

    async def find(self, team: str) -> Workspace | None:
        """Return the workspace; raises DeliveryError before Slack has said who the bot is."""
        if self._known is None:
            raise DeliveryError("Slack is not connected yet")
        return self._known

    def api(self, team: str) -> SlackApi:
        """Return what calls Slack with the token that is set."""
        return self._api

    async def watch(self) -> None:
        """Pause the workspace while Slack refuses the token."""
        team = self._known.me.team if self._known else ""
        try:
            await self._api.ask("auth.test")
        except DeliveryError as error:
            if error.installation:
                await self._faults.refused(Platform.SLACK, team, str(error))
            log.warning("Slack did not respond to the watchdog", error=str(error))
        else:
            await self._faults.accepted(Platform.SLACK, team)

    async def uninstalled(self, team: str, at: datetime) -> None:
        """Let all about the workspace be erased."""
        await self._core.events.uninstalled(Platform.SLACK, team)

    async def revoked(self, team: str, at: datetime) -> None:
        """Let the operators know; the token that is set may be replaced."""
        await self._core.events.revoked(Platform.SLACK, team)

    async def check(self) -> str:
        """Ask Slack for the bot's name."""
        return f"@{(await identity(self._api)).name}"

    async def diagnose(self, chats: Sequence[Address]) -> AsyncIterator[str]:
        """Ask for the scopes, and for the bot's rights in channels."""
        async for line in diagnose(self._api, [each.chat for each in chats]):
            yield line
