"""What happens to a command before it is stored or queued, and to a fault of a whole bot."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from bot.models import Command, Platform, Reply


@dataclass(frozen=True, slots=True)
class Admission:
    """Whether a command may be queued; if not, `reply` is the refusal, or None for silence."""

    admitted: bool
    reply: Reply | None = None


Admit = Callable[[Command], Admission]
"""Decides on a command: quick, without the database. It counts each command that it is given."""


def admit_all(_: Command) -> Admission:
    """Admit every command."""
    return Admission(admitted=True)


class InstallationFaults(Protocol):
    """Is told when a platform refuses or accepts the credentials of a bot or workspace."""

    async def refused(self, platform: Platform, workspace: str, reason: str) -> None:
        """Pause the installation: nothing is sent until it is accepted again."""
        ...

    async def accepted(self, platform: Platform, workspace: str) -> None:
        """End the pause, if there is one."""
        ...


class NoInstallationFaults:
    """Ignores faults."""

    async def refused(self, platform: Platform, workspace: str, reason: str) -> None:
        """Do nothing."""

    async def accepted(self, platform: Platform, workspace: str) -> None:
        """Do nothing."""
