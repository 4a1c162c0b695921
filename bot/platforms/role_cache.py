"""A short memory of people's roles in chats, so that a platform is not asked for every command."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from bot.models import Role

KEPT_SECONDS = 60.0
LARGEST = 10_000
"""Number of entries at which expired ones are removed."""

Member = tuple[str, str]
"""Ids of a chat and a person."""


@dataclass(slots=True)
class RoleCache:
    """Roles by chat and person, each for KEPT_SECONDS; `seconds` is a monotonic clock."""

    seconds: Callable[[], float] = time.monotonic
    changes: int = 0
    """How often something was forgotten."""

    _known: dict[Member, tuple[Role, float]] = field(default_factory=dict)

    def get(self, chat: str, person: str) -> Role | None:
        role, until = self._known.get((chat, person), (None, 0.0))
        return role if self.seconds() < until else None

    def put(self, chat: str, person: str, role: Role, *, asked: int) -> None:
        """Keep a role; not UNKNOWN, nor one that was asked for before the latest of `changes`."""
        if asked != self.changes:
            return
        now = self.seconds()
        if len(self._known) >= LARGEST:
            self._known = {key: each for key, each in self._known.items() if now < each[1]}
        if role is not Role.UNKNOWN:
            self._known[chat, person] = (role, now + KEPT_SECONDS)

    def forget(self, person: str, chat: str | None = None) -> None:
        """Drop a person's role in a chat, or in all chats."""
        self.changes += 1
        gone = [key for key in self._known if key[1] == person and chat in (None, key[0])]
        for key in gone:
            del self._known[key]
