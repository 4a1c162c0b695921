"""A short memory of people's roles in chats, so that a platform is not asked for every command."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from bot.models import Role

KEPT_SECONDS = 60.0
LARGEST = 10_000
"""Number of entries at which expired ones are removed."""

Member = tuple[str, str]
"""Ids of a chat and a person."""


@dataclass(eq=False, slots=True)
class LookUp:
    """A question to a platform about a member; void if the member is forgotten meanwhile."""

    member: Member
    void: bool = False


@dataclass(slots=True)
class RoleCache:
    """Roles by chat and person, each for KEPT_SECONDS; `seconds` is a monotonic clock."""

    seconds: Callable[[], float] = time.monotonic
    _known: dict[Member, tuple[Role, float]] = field(default_factory=dict)
    _running: set[LookUp] = field(default_factory=set)

    def get(self, chat: str, person: str) -> Role | None:
        role, until = self._known.get((chat, person), (None, 0.0))
        return role if self.seconds() < until else None

    @contextmanager
    def look_up(self, chat: str, person: str) -> Iterator[LookUp]:
        """Within the block the platform is asked; its answer is given to `put`."""
        running = LookUp((chat, person))
        self._running.add(running)
        try:
            yield running
        finally:
            self._running.discard(running)

    def put(self, found: LookUp, role: Role) -> None:
        """Keep the role that was found; not UNKNOWN, nor one that has changed meanwhile."""
        now = self.seconds()
        if len(self._known) >= LARGEST:
            self._known = {key: each for key, each in self._known.items() if now < each[1]}
        if role is not Role.UNKNOWN and not found.void:
            self._known[found.member] = (role, now + KEPT_SECONDS)

    def forget(self, person: str, chat: str | None = None) -> None:
        """Drop a person's role in a chat, or in all chats."""
        for key in [each for each in self._known if _is_member(each, person, chat)]:
            del self._known[key]
        for running in self._running:
            running.void = running.void or _is_member(running.member, person, chat)


def _is_member(member: Member, person: str, chat: str | None) -> bool:
    return member[1] == person and chat in (None, member[0])
