"""/start and /help, built from the table of commands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.errors import UsageError
from bot.models import Button, Line, Opens, Reply, Topic
from handlers.choices import topic_rows
from handlers.command_spec import CommandSpec, Purpose
from handlers.intent.openings import meaning
from handlers.parsing.tokens import either, nearest, shown, split
from handlers.reply_lines import GAP, bold, code, item, line

WELCOME = (
    "I read the news and send briefings on security and energy: short bullets, each supported by "
    "a quoted sentence from its sources."
)

FIRST_LINES = (
    line("A briefing now: ", code("/brief energy")),
    line("One every morning: ", code("/subscribe energy at 07:30")),
    line("Or write it in your own words: “what happened in energy today?”"),
)

DETAILS = line("One command in detail: ", code("/help brief"))

FIRST_BUTTONS = (
    (Button("Brief me now", "brief"), Button("Topics", "topics")),
    (Button("My digests", "subscriptions"), Button("Settings", "settings")),
)


ADDING = (
    (
        Button("Add me to a group", "setup", Opens.GROUP),
        Button("Add me to a channel", "setup", Opens.CHANNEL),
    ),
)


def start_reply(
    topics: Sequence[Topic], stopped: Sequence[Line] = (), *, alone: bool = False
) -> Reply:
    """Introduce the bot and offer a digest; first of all say what is `stopped`.

    To somebody who is `alone` with it, offer to come into other chats too.
    """
    return Reply(
        title="Welcome to briefbot",
        lines=(
            *((*stopped, GAP) if stopped else ()),
            line(WELCOME),
            GAP,
            *FIRST_LINES,
            line("All commands: ", code("/help")),
            GAP,
            line("Every day, with three taps: choose a topic."),
        ),
        buttons=(
            *topic_rows("setup", topics),
            (Button("Brief me now", "brief"), Button("What I can do", "help")),
            *(ADDING if alone else ()),
        ),
    )


def help_reply(table: Sequence[CommandSpec], args: str) -> Reply:
    """List these commands by what people want, or describe the named one."""
    words = split(args, "/help")
    if not words:
        lines = (*FIRST_LINES, *_groups(table), GAP, DETAILS)
        return Reply(title="Commands", lines=lines, buttons=FIRST_BUTTONS, private=True)
    name = words[0].key.lstrip("/")
    for spec in table:
        if spec.name == name:
            return Reply(title=f"/{spec.name}", lines=_detail(spec), private=True)
    raise unknown_command(words[0].text, table)


def unknown_command(name: str, table: Sequence[CommandSpec]) -> UsageError:
    """Return the error for an unknown command, with what it may mean or similar names."""
    known = [spec.name for spec in table if spec.listed]
    bare = name.lstrip("/")
    meant = meaning(bare, known)
    close = [meant] if meant else nearest(bare, known)
    hint = f" Did you mean {either(close)}?" if close else ""
    example = f"/{close[0]}" if len(close) == 1 else "/help"
    return UsageError(f"I know no command {shown(bare)}.{hint}", example)


def _groups(table: Sequence[CommandSpec]) -> Iterator[Line]:
    for purpose in Purpose:
        group = [spec for spec in table if spec.purpose is purpose and spec.listed]
        if group:
            yield GAP
            yield line(bold(purpose.value))
            yield from (item(code(spec.example), f": {spec.summary}") for spec in group)


def _detail(spec: CommandSpec) -> tuple[Line, ...]:
    return (
        line(spec.summary[:1].upper() + spec.summary[1:] + "."),
        line("Usage: ", code(spec.usage)),
        line("Example: ", code(spec.example)),
    )
