"""The Slack adapter under test, with a command core that records what it is asked."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import partial

from bot.models import Address, Command, Line, Reply, Span
from bot.platforms.admission import Admit, admit_all
from bot.platforms.interfaces import FaultOf, no_fault
from bot.platforms.kept_commands import NOTHING_KEPT, KeptCommands
from bot.platforms.slack.adapter import SlackPlatform
from config.settings import Settings, load_settings
from handlers.intent.commands import understood

COMMANDS = frozenset(
    {"brief", "help", "search", "subscribe", "subscriptions", "unsubscribe", "watch", "why"}
)


@dataclass
class RecordingCore:
    """Answers every command by its name; `reply` may be set to something else."""

    asked: list[Command] = field(default_factory=list)
    updates: list[str] = field(default_factory=list)
    done: list[str] = field(default_factory=list)
    reply: Callable[[Command], Awaitable[Reply | None]] | None = None

    async def answer(self, command: Command) -> Reply | None:
        self.asked.append(command)
        if self.reply is not None:
            return await self.reply(command)
        return Reply(title=f"{command.name}!", lines=(Line((Span(command.args),)),))

    async def claim(self, update_id: str, address: Address, command: str) -> bool:
        self.updates.append(update_id)
        return self.updates.count(update_id) == 1

    async def answered(self, update_id: str) -> None:
        self.done.append(update_id)


def settings_of(environ: Mapping[str, str], **more: str) -> Settings:
    """Settings from these variables alone; a request may take some seconds."""
    return load_settings({"BRIEFBOT_REQUEST_SECONDS": "5", **environ, **more})


def a_slack_platform(
    core: RecordingCore,
    settings: Settings,
    watch_seconds: float = 30.0,
    kept: KeptCommands = NOTHING_KEPT,
    admit: Admit = admit_all,
    fault_of: FaultOf = no_fault,
) -> SlackPlatform:
    return SlackPlatform(
        settings,
        core.answer,
        core,
        COMMANDS,
        watch_seconds=watch_seconds,
        understand=partial(understood, names=COMMANDS),
        kept=kept,
        admit=admit,
        fault_of=fault_of,
    )


@asynccontextmanager
async def running(
    core: RecordingCore,
    settings: Settings,
    watch_seconds: float = 30.0,
    kept: KeptCommands = NOTHING_KEPT,
    admit: Admit = admit_all,
    fault_of: FaultOf = no_fault,
) -> AsyncIterator[SlackPlatform]:
    """The adapter between its start and its stop."""
    platform = a_slack_platform(core, settings, watch_seconds, kept, admit, fault_of)
    await platform.start()
    try:
        yield platform
    finally:
        await platform.stop()
