"""The token of each workspace, renewed before it expires: once, however many ask for it.

https://docs.slack.dev/authentication/using-token-rotation
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from bot.errors import DeliveryError, StoreError
from bot.log import get_logger
from bot.models import Installation
from bot.platforms.interfaces import InstallationStore
from bot.platforms.slack.api import Refused, SlackApi, api_for
from config.settings import Settings

RENEW_BEFORE = timedelta(hours=2)
"""How long before its end a token is renewed; it lasts twelve hours."""

CLAIM = timedelta(seconds=60)
"""The time that a process has to renew a token; then it is tried again, here or elsewhere."""

AGAIN_SECONDS = 1.0
"""The pause before a call is tried again whose token another process is renewing."""

STORE_PAUSES = (0.2, 1.0, 3.0)
"""Seconds between tries to store a new token."""

log = get_logger(__name__)


class Tokens:
    """The installations and their tokens, read again for each call: other processes renew them too.

    Where the database does not answer, those that were read last serve on.
    """

    def __init__(
        self, settings: Settings, store: InstallationStore, clock: Callable[[], datetime]
    ) -> None:
        self._store = store
        self._clock = clock
        self._settings = settings
        self._slack = api_for(settings)
        self._read: dict[str, Installation] = {}
        self._turns: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def find(self, team: str) -> Installation | None:
        """Return the installation in a workspace; raises StoreError if none was ever read."""
        try:
            found = await self._store.get(team)
        except StoreError:
            if team not in self._read:
                raise
            log.warning("the database does not answer; the last known token is used")
            return self._read[team]
        if found is None:
            self._read.pop(team, None)
        else:
            self._read[team] = found
        return found

    async def of(self, team: str) -> str:
        """Return a valid token; raises DeliveryError if there is none, or none just now."""
        found = await self._installed(team)
        if found.lasts_until(self._clock() + RENEW_BEFORE):
            return found.token
        turn = self._turns[team]
        if turn.locked() and found.lasts_until(self._clock()):
            return found.token
        async with turn:
            found = await self._installed(team)
            if found.lasts_until(self._clock() + RENEW_BEFORE):
                return found.token
            return await self._renewed(found)

    async def _installed(self, team: str) -> Installation:
        try:
            found = await self.find(team)
        except StoreError as error:
            raise DeliveryError(
                f"the token of Slack workspace {team} is not known: {error}"
            ) from error
        if found is None:
            raise DeliveryError(
                f"the app is not installed in Slack workspace {team}: "
                f"install it at {self._settings.slack_install_url}",
                installation=True,
            )
        return found

    async def _renewed(self, found: Installation) -> str:
        """Renew a token, or use the old one while it lasts."""
        try:
            if await self._renew(found):
                return (await self._installed(found.workspace)).token
            fault = DeliveryError("another process renews Slack's token", retry_after=AGAIN_SECONDS)
        except DeliveryError as error:
            fault = error
            log.warning("Slack token not renewed", workspace=found.workspace, error=str(error))
        if found.lasts_until(self._clock()):
            return found.token
        raise fault

    async def _renew(self, found: Installation) -> bool:
        """Renew a token and store it; False if another process does so. Raises DeliveryError."""
        now = self._clock()
        try:
            if not await self._store.claim_renewal(found, now=now, until=now + CLAIM):
                return False
            fresh = renewed(found, await self._ask(found), self._clock())
            return await self._stored(found, fresh)
        except StoreError as error:
            raise DeliveryError(f"Slack's new token could not be stored: {error}") from error

    async def _stored(self, found: Installation, fresh: Installation) -> bool:
        """Store new tokens, with retries: Slack takes the old ones no more."""
        for pause in STORE_PAUSES:
            try:
                return await self._store.renew(found, fresh)
            except StoreError as error:
                log.warning("Slack's new token is not stored yet", error=str(error))
                await asyncio.sleep(pause)
        return await self._store.renew(found, fresh)

    async def _ask(self, found: Installation) -> Any:
        settings, token = self._settings, found.refresh_token
        try:
            return await authorized(
                self._slack, settings, grant_type="refresh_token", refresh_token=token
            )
        except Refused as refusal:
            do = remedy(refusal.code, settings)
            raise DeliveryError(
                f"Slack does not renew the token ({refusal.code}): {do}",
                installation=not refusal.uncertain,
            ) from refusal
        except DeliveryError as error:  # no message was sent, whatever became of the token
            raise DeliveryError(str(error), retry_after=error.retry_after) from error


async def authorized(api: SlackApi, settings: Settings, **fields: str) -> Mapping[str, Any]:
    """Exchange a code or a refresh token for tokens, with the app's own credentials."""
    secret = settings.slack_client_secret
    return await api.authorize(
        settings.slack_client_id or "", secret.get_secret_value() if secret else "", **fields
    )


def renewed(old: Installation, answer: Any, now: datetime) -> Installation:
    """Return an installation with the tokens in Slack's answer."""
    return replace(
        old,
        token=str(answer.get("access_token") or ""),
        refresh_token=str(answer.get("refresh_token") or ""),
        expires_at=expiry(answer, now),
    )


def expiry(answer: Any, now: datetime) -> datetime | None:
    """Return when the token in Slack's answer expires; None where the app rotates none."""
    seconds = answer.get("expires_in")
    return now + timedelta(seconds=int(seconds)) if seconds else None


def remedy(code: str, settings: Settings) -> str:
    """What to do where Slack gives no token."""
    match code:
        case "invalid_client_id" | "invalid_client":
            return "correct SLACK_CLIENT_ID, from Basic Information"
        case "bad_client_secret":
            return "correct SLACK_CLIENT_SECRET, from Basic Information"
        case "bad_redirect_uri" | "redirect_uri_mismatch":
            return "add SLACK_REDIRECT_URL to the app's redirect URLs under OAuth & Permissions"
        case _:
            return f"install the app again at {settings.slack_install_url}"
