"""The real Telegram adapter, set up for a test: a command core that remembers, and settings."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path

from bot.models import Address, Command, Line, Reply, Span
from bot.platforms.admission import Admit, admit_all
from bot.platforms.interfaces import MenuEntry, MenuReader
from bot.platforms.kept_commands import NOTHING_KEPT, KeptCommands
from bot.platforms.telegram.adapter import TelegramPlatform, Turn, always
from config.settings import Settings, load_settings
from handlers.intent.commands import understood
from tests.fakes.telegram import FakeTelegram

MENU = (
    MenuEntry("brief", "a briefing now"),
    MenuEntry("subscribe", "a daily digest", MenuReader.ADMIN),
    MenuEntry("resend", "send a digest again", MenuReader.OPERATOR),
)
NAMES = ("brief", "help", "forget")


class RecordingCore:
    """Remembers each command and answers `said: NAME ARGS`, or as `reply` does."""

    def __init__(self) -> None:
        self.commands: list[Command] = []
        self.reply: Callable[[Command], Awaitable[Reply | None]] = self.echo
        self.done: list[str] = []
        self._seen: set[str] = set()

    async def answer(self, command: Command) -> Reply | None:
        self.commands.append(command)
        return await self.reply(command)

    async def claim(self, update_id: str, address: Address, command: str) -> bool:
        new = update_id not in self._seen
        self._seen.add(update_id)
        return new

    async def answered(self, update_id: str) -> None:
        self.done.append(update_id)

    async def echo(self, command: Command) -> Reply:
        return Reply(lines=(Line((Span(f"said: {command.name} {command.args}"),)),))


def settings_of(tg: FakeTelegram, **more: str) -> Settings:
    """Settings that lead to the fake, with short time limits."""
    environ = {"BRIEFBOT_REQUEST_SECONDS": "5"} | tg.environ | more
    return load_settings(environ, Path("/nonexistent"))


def a_telegram_platform(
    core: RecordingCore,
    settings: Settings,
    turn: Turn = always,
    kept: KeptCommands = NOTHING_KEPT,
    admit: Admit = admit_all,
) -> TelegramPlatform:
    return TelegramPlatform(
        settings,
        core.answer,
        menu=MENU,
        inbox=core,
        commands=NAMES,
        turn=turn,
        understand=partial(understood, names=NAMES),
        kept=kept,
        admit=admit,
    )


@asynccontextmanager
async def running(core: RecordingCore, settings: Settings) -> AsyncIterator[TelegramPlatform]:
    """The adapter, started, and stopped at the end."""
    platform = a_telegram_platform(core, settings)
    await platform.start()
    try:
        yield platform
    finally:
        await platform.stop()
