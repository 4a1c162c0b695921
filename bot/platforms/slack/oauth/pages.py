"""The pages on which a workspace installs the app: /slack/install and /slack/oauth_redirect.

https://docs.slack.dev/authentication/installing-with-oauth
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from slack_sdk.oauth import AuthorizeUrlGenerator
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.errors import DeliveryError, StoreError
from bot.log import get_logger
from bot.models import Installation
from bot.platforms.interfaces import InstallationStore
from bot.platforms.slack.api import Refused, api_for
from bot.platforms.slack.diagnosis import wanted_scopes
from bot.platforms.slack.oauth.markup import Page
from bot.platforms.slack.oauth.tokens import authorized, expiry, remedy
from config.settings import Settings
from config.slack_settings import INSTALL_PATH, REDIRECT_PATH

COOKIE = "briefbot-slack-install"
"""Holds the state, so that an installation ends in the browser in which it began."""

STATE_LASTS = timedelta(minutes=10)

BEGIN = "To install the app, begin on the install page."

log = get_logger(__name__)


class _NotInstalled(Exception):
    """An installation that failed, with a line for the person at the browser."""


class InstallPages:
    """The two pages; `installed` is called with each new installation, which is stored then."""

    def __init__(
        self,
        settings: Settings,
        store: InstallationStore,
        clock: Callable[[], datetime],
        installed: Callable[[Installation], Awaitable[None]],
    ) -> None:
        self._settings = settings
        self._store = store
        self._clock = clock
        self._installed = installed
        self._authorize_url = AuthorizeUrlGenerator(
            client_id=settings.slack_client_id or "",
            scopes=sorted(wanted_scopes()),
            redirect_uri=settings.slack_redirect_url,
            authorization_url=_beside(settings.slack_api_url, "oauth/v2/authorize"),
        )
        self.routes = (Route(INSTALL_PATH, self._begin), Route(REDIRECT_PATH, self._end))

    async def _begin(self, request: Request) -> Response:
        """Show the button that leads to Slack, with a state that serves once."""
        state, now = secrets.token_urlsafe(32), self._clock()
        try:
            await self._store.begin(state, now=now, until=now + STATE_LASTS)
        except StoreError as error:
            log.warning("install page not shown", error=str(error))
            return Page("Not now", "The database does not answer. Please try again.").answer(503)
        page = Page(
            "Install briefbot in Slack",
            "It sends short news briefings, each sentence with its source, to the channels that "
            "ask for them. Slack shows what it may do before you allow it.",
            link=(self._authorize_url.generate(state), "Add to Slack"),
        )
        answer = page.answer()
        insecure = (self._settings.slack_redirect_url or "").startswith("http:")
        answer.set_cookie(
            COOKIE,
            state,
            max_age=int(STATE_LASTS.total_seconds()),
            path=request.url.path.removesuffix(INSTALL_PATH) or "/",
            secure=not insecure,
            httponly=True,
            samesite="lax",
        )
        return answer

    async def _end(self, request: Request) -> Response:
        """Store the installation that somebody has allowed, and say what comes next."""
        try:
            installation = await self._carried_out(request)
        except _NotInstalled as error:
            log.warning("Slack app not installed", reason=str(error))
            again = self._settings.slack_install_url
            return Page("Not installed", str(error), link=(again, "Begin again")).answer(400)
        await self._installed(installation)
        slash = self._settings.slack_command
        page = Page(
            f"Installed in {installation.title or installation.workspace}",
            f"Go to Slack. In a channel type /invite @{installation.bot_name}, then "
            f"{slash} subscribe energy at 07:30. {slash} help tells the rest.",
        )
        answer = page.answer()
        answer.delete_cookie(COOKIE)
        return answer

    async def _carried_out(self, request: Request) -> Installation:
        asked = request.query_params
        state, kept = asked.get("state", ""), request.cookies.get(COOKIE, "")
        if not state or not hmac.compare_digest(state.encode(), kept.encode()):
            raise _NotInstalled(f"This browser did not begin the installation. {BEGIN}")
        try:
            if not await self._store.finish(state, now=self._clock()):
                raise _NotInstalled(f"This link was used, or is older than ten minutes. {BEGIN}")
            if asked.get("error") or not asked.get("code"):
                raise _NotInstalled("Slack says that the installation was not allowed.")
            installation = await self._exchanged(asked["code"])
            await self._store.save(installation)
        except StoreError as error:
            log.warning("installation not stored", error=str(error))
            raise _NotInstalled("The database does not answer. Please try again.") from error
        return installation

    async def _exchanged(self, code: str) -> Installation:
        """Exchange a code for a token, and ask who the bot is; raises _NotInstalled."""
        try:
            answer = await self._authorized(code)
            team: Mapping[str, Any] = answer.get("team") or {}
            token = str(answer.get("access_token") or "")
            if answer.get("is_enterprise_install") or not (team.get("id") and token):
                raise _NotInstalled(
                    "The app is installed in single workspaces, not in a whole organisation. "
                    "Choose a workspace at the top right of Slack's page."
                )
            api = api_for(self._settings, token)
            me = await api.ask("auth.test")
            if not self._welcome(str(team["id"])):
                await api.ask("auth.revoke")
                raise _NotInstalled("This bot is not open to this workspace: ask its operator.")
        except DeliveryError as error:
            raise _NotInstalled(f"{error}. Please try again.") from error
        now = self._clock()
        return Installation(
            workspace=str(team["id"]),
            title=str(team.get("name") or ""),
            enterprise=str((answer.get("enterprise") or {}).get("id") or ""),
            bot_user=str(answer.get("bot_user_id") or me.get("user_id") or ""),
            bot_id=str(me.get("bot_id") or ""),
            bot_name=str(me.get("user") or "briefbot"),
            token=token,
            refresh_token=str(answer.get("refresh_token") or ""),
            expires_at=expiry(answer, now),
            installed_at=now,
        )

    async def _authorized(self, code: str) -> Mapping[str, Any]:
        settings = self._settings
        where = {"redirect_uri": settings.slack_redirect_url} if settings.slack_redirect_url else {}
        try:
            return await authorized(api_for(settings), settings, code=code, **where)
        except Refused as refusal:
            log.warning(
                "Slack gives no token", code=refusal.code, do=remedy(refusal.code, settings)
            )
            raise _NotInstalled(f"Slack gave no token ({refusal.code}). {BEGIN}") from refusal

    def _welcome(self, team: str) -> bool:
        """Return whether BRIEFBOT_CHATS lets a workspace, or a channel of it, use the bot."""
        chats = self._settings.chats
        return not chats or any(
            each == f"slack:{team}" or each.startswith(f"slack:{team}/") for each in chats
        )


def _beside(api_url: str, path: str) -> str:
    """Return a page of the server whose Web API is at this address."""
    return f"{api_url.rstrip('/').removesuffix('/api')}/{path}"
