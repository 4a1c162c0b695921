"""Who may change a Slack channel: workspace admins and owners, and the channel's creator."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.errors import DeliveryError
from bot.log import get_logger
from bot.models import Command, Role, User
from bot.platforms.role_cache import RoleCache
from bot.platforms.slack.api import Refused, SlackApi

LOOK_UP_SECONDS = 8.0
"""Timeout of a lookup while a person waits for the answer."""

PROFILE_SECONDS = 1.0
"""Timeout of a look at a profile: a form must be opened within three seconds."""

UNKNOWN_SECONDS = 60.0
"""How long a profile that Slack did not tell is not asked for again."""

REMEMBERED = 10_000

_ADMIN_FLAGS = ("is_admin", "is_owner", "is_primary_owner")
_OUTSIDER_FLAGS = ("is_restricted", "is_ultra_restricted", "is_stranger", "is_bot", "deleted")
"""Guests, people of other workspaces, bots, and accounts that are no longer active."""

log = get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Profile:
    """The time zone and the locale of a person; "" where they are not known."""

    timezone: str = ""
    locale: str = ""


class ChatMembers:
    """The roles of people in channels, cached for a minute."""

    def __init__(self, api: SlackApi, cache: RoleCache | None = None) -> None:
        self._api = api
        self._cache = cache or RoleCache()
        self._profiles: dict[str, Profile] = {}
        self._untold: dict[str, float] = {}

    async def role_of(self, command: Command) -> Role:
        """Return the sender's role in the channel; UNKNOWN if Slack does not say.

        In a direct message both people are admins.
        """
        chat, person = command.address.chat, command.user.id
        if chat.startswith("D"):
            return Role.ADMIN
        known = self._cache.get(chat, person)
        if known is None:
            with self._cache.look_up(chat, person) as found:
                known = await self._ask(command.address.workspace, chat, person)
                self._cache.put(found, known)
        return known

    async def role_now(self, team: str, chat: str, person: User) -> Role:
        """Return a person's role in a channel, asked just now."""
        return await self._ask(team, chat, person.id)

    async def profile(self, person: str) -> Profile:
        """Return what a person's profile says; an empty one if Slack does not tell it in time."""
        now = self._cache.seconds()
        if person in self._profiles:
            return self._profiles[person]
        if now < self._untold.get(person, 0.0):
            return Profile()
        if len(self._profiles) + len(self._untold) >= REMEMBERED:
            self._profiles.clear()
            self._untold.clear()
        try:
            async with asyncio.timeout(PROFILE_SECONDS):
                found = await self._api.ask("users.info", user=person, include_locale="true")
        except (DeliveryError, TimeoutError):
            self._untold[person] = now + UNKNOWN_SECONDS
            return Profile()
        user = found.get("user") or {}
        said = (str(user.get(name) or "") for name in ("tz", "locale"))
        self._profiles[person] = Profile(*said)
        return self._profiles[person]

    def changed(self, person: str) -> None:
        """Drop what is cached about a person whose account has changed."""
        self._profiles.pop(person, None)
        self._untold.pop(person, None)
        self._cache.forget(person)

    async def _ask(self, team: str, chat: str, person: str) -> Role:
        try:
            async with asyncio.timeout(LOOK_UP_SECONDS):
                user = (await self._api.ask("users.info", user=person)).get("user") or {}
                if not _belongs(user, team):
                    return Role.MEMBER
                if any(user.get(flag) for flag in _ADMIN_FLAGS):
                    return Role.ADMIN
                return Role.ADMIN if await self._created(chat, person) else Role.MEMBER
        except (DeliveryError, TimeoutError) as error:
            log.warning("role not found", channel=chat, user=person, error=str(error))
            return Role.UNKNOWN

    async def _created(self, chat: str, person: str) -> bool:
        try:
            found = await self._api.ask("conversations.info", channel=chat)
        except Refused as refusal:
            if refusal.uncertain:
                raise
            return False
        return bool(person) and (found.get("channel") or {}).get("creator") == person


def _belongs(user: Mapping[str, Any], team: str) -> bool:
    """Return whether an account is a full member of this workspace.

    A person of a workspace that shares the channel may be an admin there, which counts only there.
    """
    teams = {user.get("team_id"), *((user.get("enterprise_user") or {}).get("teams") or ())}
    return team in teams and not any(user.get(flag) for flag in _OUTSIDER_FLAGS)
