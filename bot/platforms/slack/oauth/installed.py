"""The workspaces that have installed the app, each with its own token."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from datetime import datetime, timedelta

from bot.errors import DeliveryError, PlatformError, StoreError
from bot.log import get_logger
from bot.models import Address, Installation, Platform
from bot.platforms.admission import InstallationFaults
from bot.platforms.interfaces import InstallationStore
from bot.platforms.slack.api import SlackApi
from bot.platforms.slack.commands import Identity
from bot.platforms.slack.diagnosis import diagnose
from bot.platforms.slack.oauth.pages import InstallPages
from bot.platforms.slack.oauth.tokens import Tokens
from bot.platforms.slack.workspace import CommandCore, Workspace
from config.settings import Settings

CLOCKS_APART = timedelta(seconds=10)
"""Tolerated difference between Slack's clock, which counts seconds, and ours."""

log = get_logger(__name__)


class TeamApi(SlackApi):
    """The Web API with the present token of one workspace."""

    def __init__(self, settings: Settings, tokens: Tokens, team: str) -> None:
        url, seconds = settings.slack_api_url, settings.request_seconds
        super().__init__(url, "", seconds, settings.proxies)
        self._tokens = tokens
        self._team = team

    async def current_token(self) -> str:
        """Return the workspace's token, renewed if it is time."""
        return await self._tokens.of(self._team)


class InstalledWorkspaces:
    """All workspaces in the store; `routes` are the pages on which others install the app."""

    def __init__(
        self,
        settings: Settings,
        store: InstallationStore,
        core: CommandCore,
        faults: InstallationFaults,
        clock: Callable[[], datetime],
    ) -> None:
        self._settings = settings
        self._store = store
        self._core = core
        self._faults = faults
        self._tokens = Tokens(settings, store, clock)
        self._known: dict[str, Workspace] = {}
        self._ending = asyncio.Lock()
        self._pages = InstallPages(settings, store, clock, self._installed)
        self.routes = self._pages.routes
        self.missing = (
            "This app is not installed in this workspace any more. "
            f"Install it again: {settings.slack_install_url}"
        )

    async def start(self) -> None:
        """Say in the log which workspaces there are, and where others install the app."""
        found = await self._all()
        names = ", ".join(each.title or each.workspace for each in found)
        url = self._settings.slack_install_url
        log.info("Slack workspaces", installed=names or "none yet", install_at=url)

    async def find(self, team: str) -> Workspace | None:
        """Return the workspace of a team; None if the app is not installed there."""
        found = await self._tokens.find(team)
        if found is None:
            self._known.pop(team, None)
            return None
        me = Identity(found.workspace, found.bot_user, found.bot_id, found.bot_name)
        known = self._known.get(team)
        if known is None or known.me != me:
            known = self._known[team] = Workspace(me, self.api(team), self._core)
        return known

    def api(self, team: str) -> SlackApi:
        """Return what calls Slack with the team's token."""
        return TeamApi(self._settings, self._tokens, team)

    async def watch(self) -> None:
        """Do nothing: a refused token shows when it is used, and a paused workspace is probed."""

    async def uninstalled(self, team: str, at: datetime) -> None:
        """Delete the token, and let all about the workspace be erased.

        Slack may say so late, and before or after it revokes the token: an app that was installed
        again since then stays.
        """
        async with self._ending:
            await self._ended(team, at)
            if await self._store.get(team) is None:
                await self._core.events.uninstalled(Platform.SLACK, team)

    async def revoked(self, team: str, at: datetime) -> None:
        """Delete the token; the workspace's digests wait until the app is installed again."""
        async with self._ending:
            if await self._ended(team, at):
                await self._core.events.revoked(Platform.SLACK, team)
                url = self._settings.slack_install_url
                reason = f"Slack revoked the bot's token; install the app again at {url}"
                await self._faults.refused(Platform.SLACK, team, reason)

    async def check(self) -> str:
        """Return the bot's name in each workspace; `diagnose` asks whether its token serves."""
        found = await self._all()
        if not found:
            url = self._settings.slack_install_url
            raise PlatformError(f"no workspace has installed the app: open {url}")
        return ", ".join(f"@{each.bot_name} in {each.title or each.workspace}" for each in found)

    async def diagnose(self, chats: Sequence[Address]) -> AsyncIterator[str]:
        """Ask each workspace for the scopes and for the bot's rights in its channels."""
        installed = {each.workspace: each for each in await self._all()}
        for team, each in installed.items():
            mine = [chat.chat for chat in chats if chat.workspace == team]
            again = f"install the app again at {self._settings.slack_install_url}"
            async for line in diagnose(self.api(team), mine, again):
                yield f"workspace {each.title or team}: {line}"
        for team in dict.fromkeys(chat.workspace for chat in chats):
            if team not in installed:
                yield (
                    f"the app is not installed in workspace {team}, whose channels wait for "
                    f"digests: install it at {self._settings.slack_install_url}"
                )

    async def _all(self) -> list[Installation]:
        try:
            return await self._store.all()
        except StoreError as error:
            raise DeliveryError(f"the installations cannot be read: {error}") from error

    async def _ended(self, team: str, at: datetime) -> bool:
        """Delete an installation that ended at an instant; false if there is none that old."""
        if not await self._store.delete(team, before=at + CLOCKS_APART):
            return False
        self._known.pop(team, None)
        log.warning("app removed from a Slack workspace", workspace=team)
        return True

    async def _installed(self, installation: Installation) -> None:
        """Take up a workspace that has installed the app: what waited there is sent."""
        team, title = installation.workspace, installation.title
        await self._core.events.installed(Platform.SLACK, team, title)
        await self._faults.accepted(Platform.SLACK, team)
