"""/start and /help, built from the table of commands."""

from __future__ import annotations

from collections.abc import Sequence

from bot.errors import UsageError
from bot.models import Line, Reply
from handlers.command_spec import CommandSpec
from handlers.parsing.tokens import either, nearest, shown, split
from handlers.reply_lines import GAP, code, item, line

WELCOME = (
    "I read the news and send briefings on security and energy: short bullets, each supported by "
    "a quoted sentence from its sources."
)


def start_reply(table: Sequence[CommandSpec], stopped: Sequence[Line] = ()) -> Reply:
    """Introduce the bot and the first commands to try; first of all say what is `stopped`."""
    first = [spec for spec in table if spec.name in {"brief", "subscribe", "help"}]
    return Reply(
        title="Welcome to briefbot",
        lines=(
            *((*stopped, GAP) if stopped else ()),
            line(WELCOME),
            GAP,
            line("Try one of these:"),
            *(item(code(spec.example), f": {spec.summary}") for spec in first),
        ),
    )


def help_reply(table: Sequence[CommandSpec], args: str) -> Reply:
    """List the commands, or describe the named one."""
    words = split(args, "/help")
    if not words:
        lines = [item(code(spec.usage), f": {spec.summary}") for spec in table]
        return Reply(title="Commands", lines=(*lines, line("One in detail: ", code("/help brief"))))
    name = words[0].key.lstrip("/")
    for spec in table:
        if spec.name == name:
            return Reply(title=f"/{spec.name}", lines=_detail(spec))
    raise unknown_command(words[0].text, table)


def unknown_command(name: str, table: Sequence[CommandSpec]) -> UsageError:
    """Return the error for an unknown command, with similar names."""
    close = nearest(name, [spec.name for spec in table])
    hint = f" Did you mean {either(close)}?" if close else ""
    return UsageError(f"I know no command {shown(name.lstrip('/'))}.{hint}", "/help")


def _detail(spec: CommandSpec) -> tuple[Line, ...]:
    return (
        line(spec.summary[:1].upper() + spec.summary[1:] + "."),
        line("Usage: ", code(spec.usage)),
        line("Example: ", code(spec.example)),
    )
