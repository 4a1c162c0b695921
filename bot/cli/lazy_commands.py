"""Commands that are listed at once and imported only when they run."""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from bot.memory import allow_collection


@dataclass(frozen=True, slots=True)
class Entry:
    """A command's name, the line that the list of commands shows, and where its code is.

    `target` is `module:name`, where the name is a function or a group of commands. With `excludes`
    an argument such as -oil is a word that must not occur, and no option.
    """

    name: str
    summary: str
    target: str
    excludes: bool = False

    def load(self) -> TyperCommand | TyperGroup:
        """Import the command's module; returns the command with all its options."""
        module, _, name = self.target.partition(":")
        found = getattr(importlib.import_module(module), name)
        if not isinstance(found, typer.Typer):
            single = typer.Typer(add_completion=False)
            single.command(self.name)(found)
            found = single
        command = typer.main.get_command(found)
        assert isinstance(command, TyperCommand | TyperGroup)
        command.name = self.name
        return command


def lazy_group(entries: Iterable[Entry]) -> type[TyperGroup]:
    """A class of command groups that holds these entries, in this order."""
    table = {entry.name: entry for entry in entries}

    class LazyGroup(TyperGroup):
        """Lists its commands from the table and imports the one that runs."""

        def __init__(self, **attributes: Any) -> None:
            super().__init__(**attributes)
            for entry in table.values():
                self.add_command(TyperCommand(entry.name, help=entry.summary))

        def resolve_command(self, ctx: Any, args: list[str]) -> tuple[str | None, Any, list[str]]:
            name, command, rest = super().resolve_command(ctx, args)
            if name in table:
                command = table[name].load()
                rest = _excluded_last(rest) if table[name].excludes else rest
            allow_collection()
            return name, command, rest

    return LazyGroup


def _excluded_last(arguments: list[str]) -> list[str]:
    """Words to exclude behind "--", so that they are not read as options."""
    excluded = [each for each in arguments if re.fullmatch(r"-[^\W\d_][^\W_].*", each)]
    if not excluded or "--" in arguments:
        return arguments
    return [*(each for each in arguments if each not in excluded), "--", *excluded]
