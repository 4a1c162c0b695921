"""The description of one command, for /help and the platforms' menus."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import StrEnum

from bot.languages import marked
from bot.models import Channel, Command, Reply
from handlers.services import Services

Handle = Callable[[Command, Services], Awaitable[Reply]]

Check = Callable[[str, Channel, Services], Awaitable[None]]
"""Raises the UsageError that these arguments would raise in a channel; changes nothing."""


class Purpose(StrEnum):
    """What people want of a command; the groups of /help, in their order."""

    READ = marked("Read the news")
    DIGESTS = marked("Get it regularly")
    CHECK = marked("See the proof")
    CHOOSE = marked("Choose what you get")
    BOT = marked("About this bot")


def never(_args: str) -> bool:
    """The command only reads."""
    return False


def with_words(args: str) -> bool:
    """The command changes nothing without words; what its parser finds in words may change it."""
    return bool(args.strip())


def always(_args: str) -> bool:
    """The command changes the channel, whatever its arguments."""
    return True


@dataclass(frozen=True, slots=True)
class CommandSpec:
    """One command: `usage` and `example` with their slash; `menu` puts it into chat menus.

    `changes` returns whether these arguments may change the channel, which needs a role; with
    `admins_only` always that of an admin. It does not read them in a way of its own: it is one of
    the rules above, or asks the function that the command itself asks. `shows_role` is set where
    the answer depends on it. `operates` returns whether these arguments are for operators of the
    bot only. A command that is not `listed` is pressed rather than typed, and /help leaves it out.
    `check` tells beforehand what `handle` refuses, for commands that a form sends.
    """

    name: str
    usage: str
    summary: str
    example: str
    handle: Handle
    purpose: Purpose = Purpose.BOT
    menu: bool = True
    changes: Callable[[str], bool] = never
    operates: Callable[[str], bool] = never
    admins_only: bool = False
    shows_role: bool = False
    listed: bool = True
    check: Check | None = None
