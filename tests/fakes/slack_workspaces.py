"""A Slack app in several workspaces: OAuth, tokens that expire, refresh tokens that serve once.

`fake.at("T2")` makes T2 the workspace in which people act; each workspace has its own messages.
"""

from __future__ import annotations

import base64
import itertools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.fakes.slack import FakeSlack
from tests.fakes.slack_web import FakeChannel, Refusal, Sent, Workspace

LASTS = timedelta(hours=12)
APP = ("111.222", "0123456789abcdef0123456789abcdef")
"""The client id and secret of the app."""


@dataclass
class Grant:
    """The app as installed in a workspace: its valid token, its end, and its refresh token."""

    token: str
    refresh: str
    until: datetime


class FakeSlackApp(FakeSlack):
    """T1 and T2 have the same ids of channels, people and bot: only their teams differ."""

    def __init__(self, clock: Callable[[], datetime], teams: Sequence[str] = ("T1", "T2")) -> None:
        super().__init__(lambda: clock().timestamp())
        self._clock = clock
        self.teams = {team: self._a_workspace(team) for team in teams}
        self.workspace = self.teams[teams[0]]
        self.grants: dict[str, Grant] = {}
        self.refreshed: list[str] = []
        self.organisation = False
        self._codes: dict[str, tuple[str, str]] = {}
        self._serial = itertools.count(1)

    @property
    def oauth_environ(self) -> dict[str, str]:
        """The environment of a bot that workspaces install, by Socket Mode."""
        return {
            "SLACK_CLIENT_ID": APP[0],
            "SLACK_CLIENT_SECRET": APP[1],
            "SLACK_APP_TOKEN": self.workspace.app_token,
            "SLACK_API_URL": self.url,
        }

    def at(self, team: str) -> None:
        """Let people act in this workspace."""
        self.workspace = self.teams[team]

    def sent_in(self, team: str) -> Sequence[Sent]:
        """The messages of a workspace."""
        return tuple(self.teams[team].sent)

    def allow(self, address: str, team: str) -> str:
        """Press Allow on Slack's page at this address; returns where the browser is sent."""
        asked = {name: each[0] for name, each in parse_qs(urlsplit(address).query).items()}
        assert urlsplit(address).path == "/oauth/v2/authorize"
        assert asked["client_id"] == APP[0]
        assert set(asked["scope"].split(",")) == set(self.workspace.scopes)
        code = f"code-{next(self._serial)}"
        self._codes[code] = (team, asked["redirect_uri"])
        return f"{asked['redirect_uri']}?code={code}&state={asked['state']}"

    async def remove_app(self, team: str, *kinds: str) -> None:
        """Remove the app from a workspace; Slack tells the bot by these events."""
        self.grants.pop(team, None)
        self.at(team)
        for kind in kinds:
            await self.event({"type": kind, "tokens": {"bot": ["U0BOT"]}})

    def _a_workspace(self, team: str) -> Workspace:
        made = Workspace(self.workspace.clock, team=team, bot_token="")
        made.channels = {
            "C1": FakeChannel("C1", "energy", creator="U1"),
            "D1": FakeChannel("D1", ""),
        }
        made.users = {"U1": "ada"}
        return made

    def _answer(self, method: str, args: Mapping[str, Any], token: str) -> dict[str, Any]:
        if method == "oauth.v2.access":
            return {"ok": True, **self._access(args, token)}
        if method == "apps.connections.open":
            return super()._answer(method, args, token)
        team = next((team for team, each in self.grants.items() if each.token == token), None)
        if team is None:
            raise Refusal("invalid_auth" if token else "not_authed")
        if self._clock() >= self.grants[team].until:
            raise Refusal("token_expired")
        if method == "auth.revoke":
            del self.grants[team]
            return {"ok": True, "revoked": True}
        workspace = self.teams[team]
        workspace.bot_token = token
        return workspace.answer(method, args, token)

    def _access(self, args: Mapping[str, Any], token: str) -> dict[str, Any]:
        if token != "Basic " + base64.b64encode(":".join(APP).encode()).decode():
            raise Refusal("bad_client_secret")
        if args.get("grant_type") == "refresh_token":
            team = next(
                (t for t, each in self.grants.items() if each.refresh == args["refresh_token"]),
                None,
            )
            if team is None:
                raise Refusal("invalid_refresh_token")
            self.refreshed.append(team)
        else:
            team, redirect = self._codes.pop(str(args.get("code")), ("", ""))
            if not team:
                raise Refusal("invalid_code")
            if redirect != args.get("redirect_uri"):
                raise Refusal("bad_redirect_uri")
        number = next(self._serial)
        grant = Grant(f"xoxe.xoxb-{number}", f"xoxe-{number}", self._clock() + LASTS)
        self.grants[team] = grant
        return {
            "access_token": grant.token,
            "refresh_token": grant.refresh,
            "expires_in": int(LASTS.total_seconds()),
            "token_type": "bot",
            "bot_user_id": self.workspace.bot_user,
            "team": None if self.organisation else {"id": team, "name": f"Team {team}"},
            "is_enterprise_install": self.organisation,
        }
