"""What a delivery worker is told to do."""

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
    """What a worker is to do: the platform by its settings, paced or as fast as it can.

    Without `ledger` it does bare jobs of a queue instead, to compare with.
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


class Deaf:
    """The inbox of an adapter that does not listen."""

    async def claim(self, update_id: str, address: Address, command: str) -> bool:
        return False

    async def answered(self, update_id: str) -> None:
        """Nothing was taken."""


def adapter(environ: dict[str, str]) -> TelegramPlatform | SlackPlatform:
    """The real adapter, to send with; it does not listen."""
    settings = load_settings(environ, Path("/nonexistent"))
    if settings.telegram_on:
        return TelegramPlatform(settings, _silent, menu=(), inbox=Deaf())
    return SlackPlatform(settings, _silent, Deaf(), ())


async def _silent(_command: Command) -> Reply | None:
    return None
