"""The task of a delivery worker, and the adapter that it sends with."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from bot.models import Address, Command, Reply
from bot.platforms.mail.adapter import MailPlatform
from bot.platforms.slack.adapter import SlackPlatform
from bot.platforms.telegram.adapter import TelegramPlatform
from bot.platforms.webhook.adapter import WebhookPlatform
from bot.sources.http.post import GuardedPoster
from config.settings import load_settings

SECRET = "the secret of every webhook"

Adapter = TelegramPlatform | SlackPlatform | MailPlatform | WebhookPlatform


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


def adapter(environ: dict[str, str]) -> Adapter:
    """The real adapter of the configured platform; it sends and does not listen."""
    settings = load_settings(environ, Path("/nonexistent"))
    if settings.telegram_on:
        return TelegramPlatform(settings, _silent, menu=(), inbox=SilentInbox())
    if settings.slack_on:
        return SlackPlatform(settings, _silent, SilentInbox(), ())
    if settings.mail_on:
        return MailPlatform(settings, _secret, _now)
    poster = GuardedPoster(seconds=settings.request_seconds, allowed=settings.allowed_networks)
    return WebhookPlatform(poster, _secret, _now)


async def _secret(_channel_id: int) -> str:
    return SECRET


def _now() -> datetime:
    return datetime.now(UTC)


async def _silent(_command: Command) -> Reply | None:
    return None
