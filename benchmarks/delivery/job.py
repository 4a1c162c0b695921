"""The task of a delivery worker, and the adapter that it sends with."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from bot.models import Address, Command, Reply
from bot.platforms.slack.adapter import SlackPlatform
from bot.platforms.telegram.adapter import TelegramPlatform
from config.settings import load_settings


@dataclass(frozen=True, slots=True)
class Job:
    """The task of one worker: the platform by its settings, with or without rate limits.

    Without `ledger` the worker runs plain queue jobs instead, for comparison.
    """

    database: str
    environ: dict[str, str]
    paced: bool
    settle_seconds: float = 60.0
    recover_seconds: float = 0.2
    workers: int = 64
    ledger: bool = True

    def text(self) -> str:
        return json.dumps(asdict(self))


class SilentInbox:
    """The inbox of an adapter that does not listen."""

    async def claim(self, update_id: str, address: Address, command: str) -> bool:
        return False

    async def answered(self, update_id: str) -> None:
        """Does nothing: no command was claimed."""


def adapter(environ: dict[str, str]) -> TelegramPlatform | SlackPlatform:
    """The real adapter of the configured platform; it sends and does not listen."""
    settings = load_settings(environ, Path("/nonexistent"))
    if settings.telegram_on:
        return TelegramPlatform(settings, _silent, menu=(), inbox=SilentInbox())
    return SlackPlatform(settings, _silent, SilentInbox(), ())


async def _silent(_command: Command) -> Reply | None:
    return None
