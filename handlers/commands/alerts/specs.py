"""The commands about alerts, for the table of all commands."""

from __future__ import annotations

from bot.languages import marked
from handlers.command_spec import CommandSpec, Purpose, always, with_words
from handlers.commands.alerts import follow, watch
from handlers.parsing.watch import EXAMPLE, UNWATCH_EXAMPLE

ALERTS = (
    CommandSpec(
        name="watch",
        usage='/watch [topic…] [country] [words|"a phrase"] [-word]',
        summary=marked("an alert at once when a new story is about these words"),
        example=EXAMPLE,
        handle=watch.watch,
        check=watch.check,
        purpose=Purpose.DIGESTS,
        changes=with_words,
    ),
    CommandSpec(
        name="unwatch",
        usage="/unwatch N|all",
        summary=marked("end an alert"),
        example=UNWATCH_EXAMPLE,
        handle=watch.unwatch,
        purpose=Purpose.DIGESTS,
        changes=always,
        menu=False,
    ),
    CommandSpec(
        name="follow",
        usage="/follow N",
        summary=marked("an alert when the story of bullet N changes"),
        example="/follow 2",
        handle=follow.handle,
        purpose=Purpose.DIGESTS,
        changes=always,
    ),
)
