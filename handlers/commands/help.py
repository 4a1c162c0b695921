"""/start and /help, built from the table of commands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.errors import UsageError
from bot.languages import marked, tr
from bot.models import Button, Line, Opens, Reply, Topic
from handlers.choices import brief_button, daily_rows, translated
from handlers.command_spec import CommandSpec, Purpose
from handlers.intent.openings import meaning
from handlers.parsing.tokens import did_you_mean, nearest, shown, split
from handlers.reply_lines import GAP, bold, code, item, line, sentence

WELCOME = marked(
    "I read the news and send briefings on security and energy: short "
    "bullets, each supported by a quoted sentence from its sources."
)

FIRST_BUTTONS = (
    (
        Button(marked("Digests of this chat"), "subscriptions"),
        Button(marked("Alerts of this chat"), "watch"),
    ),
    (Button(marked("See all topics"), "topics"), Button(marked("Settings"), "settings")),
)

ADDING = (
    (
        Button(marked("Add briefbot to a group"), "setup", Opens.GROUP),
        Button(marked("Add briefbot to a channel"), "setup", Opens.CHANNEL),
    ),
)


def _first_lines() -> tuple[Line, ...]:
    return (
        sentence("A briefing now: {command}", command=code("/brief energy")),
        sentence("A digest every morning: {command}", command=code("/subscribe energy at 07:30")),
        line(tr("Or write it in your own words: “what happened in energy today?”")),
    )


def start_reply(
    topics: Sequence[Topic], stopped: Sequence[Line] = (), *, alone: bool = False
) -> Reply:
    """Introduce the bot and offer a digest; first of all say what is `stopped`.

    To somebody who is `alone` with it, offer to come into other chats too.
    """
    return Reply(
        title=tr("Welcome to briefbot"),
        lines=(
            *((*stopped, GAP) if stopped else ()),
            line(tr(WELCOME)),
            GAP,
            line(bold(tr("Get a digest every day: choose its topic below."))),
            GAP,
            *_first_lines(),
            sentence("All commands: {command}", command=code("/help")),
        ),
        buttons=(
            *daily_rows(topics),
            (brief_button(), Button(tr("Help: all commands"), "help")),
            *translated(FIRST_BUTTONS),
            *(translated(ADDING) if alone else ()),
        ),
    )


def help_reply(table: Sequence[CommandSpec], args: str) -> Reply:
    """List these commands by what people want, or describe the named one."""
    words = split(args, "/help")
    if not words:
        details = sentence("One command in detail: {command}", command=code("/help brief"))
        lines = (*_first_lines(), *_groups(table), GAP, details)
        return Reply(
            title=tr("Commands"),
            lines=lines,
            buttons=((brief_button(),), *translated(FIRST_BUTTONS)),
            private=True,
        )
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
    hint = did_you_mean(close)
    example = f"/{close[0]}" if len(close) == 1 else "/help"
    return UsageError(tr("I know no command {text}.{hint}", text=shown(bare), hint=hint), example)


def _groups(table: Sequence[CommandSpec]) -> Iterator[Line]:
    for purpose in Purpose:
        group = [spec for spec in table if spec.purpose is purpose and spec.listed]
        if group:
            yield GAP
            yield line(bold(tr(purpose.value)))
            yield from (item(code(spec.example), f": {tr(spec.summary)}") for spec in group)


def _detail(spec: CommandSpec) -> tuple[Line, ...]:
    summary = tr(spec.summary)
    return (
        line(f"{summary[:1].upper()}{summary[1:]}."),
        sentence("Usage: {usage}", usage=code(spec.usage)),
        sentence("Example: {example}", example=code(spec.example)),
    )
