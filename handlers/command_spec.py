"""The description of one command, for /help and the platforms' menus."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.models import Command, Reply
from handlers.services import Services

Handle = Callable[[Command, Services], Awaitable[Reply]]


@dataclass(frozen=True, slots=True)
class CommandSpec:
    """One command: `usage` and `example` with their slash; `menu` puts it into chat menus."""

    name: str
    usage: str
    summary: str
    example: str
    handle: Handle
    menu: bool = True
