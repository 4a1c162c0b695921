"""The command, for the table of all commands."""

from __future__ import annotations

from bot.languages import marked
from handlers.command_spec import CommandSpec, Purpose
from handlers.commands.trends import command
from handlers.commands.trends.asking import EXAMPLE

TRENDS = (
    CommandSpec(
        name="trends",
        usage="/trends [topic…] [7d|30d]",
        summary=marked("what was covered and what rises, with a chart"),
        example=EXAMPLE,
        handle=command.handle,
        purpose=Purpose.READ,
    ),
)
