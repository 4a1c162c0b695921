"""Setting the bot up: asks, checks tokens where they are used, and writes `.env`."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from bot.cli import context
from bot.cli.checks.finding import Finding, Mark
from bot.cli.checks.online import check_platforms
from bot.store import Store
from config.env_files import quoted
from config.private_files import FILE_MODE
from config.setting_names import local_zone
from config.settings import InvalidSettings, Settings, load_settings, process_environment
from config.token_forms import fault_of

NEXT = """
Next:
  briefbot sources import --starter    feeds to start with
  briefbot sources refresh             fetch them now
  briefbot brief                       the first briefing
  briefbot run                         start the bot"""

Yes = Annotated[bool, typer.Option("--yes", help="ask nothing; take what the environment holds")]


def init(
    folder: Annotated[
        Path, typer.Argument(help="where .env and the data go; the default is this folder")
    ] = Path(),
    yes: Yes = False,
    force: Annotated[bool, typer.Option("--force", help="replace an existing .env")] = False,
) -> None:
    """Ask for tokens, check each with its platform, and write .env for the bot's user alone.

    Enter leaves a question out. Values that the environment already holds are taken over.
    """
    path = folder.expanduser() / ".env"
    if path.exists() and not force:
        context.fail(f"{path} exists: edit it, or replace it with --force", status=1)
    known = {
        name: value for name in ASKED if (value := process_environment().get(name, "").strip())
    }
    answers = known if yes else {**known, **dict(_asked(known))}
    answers.setdefault("BRIEFBOT_TIMEZONE", local_zone())
    answers["BRIEFBOT_DATA_DIR"] = str((folder.expanduser() / "data").resolve())
    _write(path, answers)
    typer.echo(f"wrote {path} (only you may read it); {len(answers)} settings")
    _hints(answers)


ASKED = (
    "TELEGRAM_BOT_TOKEN",
    "TELEGRAM_API_URL",
    "SLACK_BOT_TOKEN",
    "SLACK_APP_TOKEN",
    "SLACK_API_URL",
    "OPENAI_API_KEY",
    "OPENAI_BASE_URL",
    "OPENAI_MODEL",
    "BRIEFBOT_TIMEZONE",
)
"""The settings that are asked for or taken over from the environment."""


def _asked(known: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    if "TELEGRAM_BOT_TOKEN" not in known:
        typer.echo("Telegram: ask @BotFather for a bot (/newbot) and paste its token here.")
        yield from _tokens(known, "TELEGRAM_BOT_TOKEN")
    if "SLACK_BOT_TOKEN" not in known:
        typer.echo(
            "Slack: make an app at https://api.slack.com/apps from the manifest that "
            "`briefbot slack manifest` prints, install it, and paste its two tokens here."
        )
        yield from _tokens(known, "SLACK_BOT_TOKEN", "SLACK_APP_TOKEN")
    if "BRIEFBOT_TIMEZONE" not in known:
        yield "BRIEFBOT_TIMEZONE", _zone()


def _tokens(known: Mapping[str, str], *names: str) -> Iterator[tuple[str, str]]:
    """Ask until the platform accepts the tokens, or they are left out or kept unchecked."""
    while True:
        given: dict[str, str] = {}
        for name in names:
            token = _token(name)
            if not token:
                return
            given[name] = token
        fault = _refusal({**known, **given})
        if fault is None or _confirmed(fault):
            yield from given.items()
            return


def _token(name: str) -> str:
    while True:
        token = str(
            typer.prompt(name, default="", show_default=False, hide_input=sys.stdin.isatty())
        ).strip()
        fault = fault_of(name, token) if token else None
        if fault is None:
            return token
        typer.echo(fault, err=True)


def _refusal(environ: Mapping[str, str]) -> str | None:
    """What the platform says against the tokens; prints as whom it knows them."""
    try:
        settings = load_settings(environ)
    except InvalidSettings as error:
        return str(error)
    for found in context.run(partial(_found, settings)):
        if found.mark is Mark.FAIL:
            return found.text
        typer.echo(f"  {found.text}")
    return None


async def _found(settings: Settings) -> list[Finding]:
    store = Store.open("sqlite://")
    try:
        services = context.services_for(settings, store, context.now)
        return [each async for each in check_platforms(services)]
    finally:
        await store.close()


def _confirmed(fault: str) -> bool:
    typer.echo(fault, err=True)
    return bool(typer.confirm("Keep it all the same?", default=False))


def _zone() -> str:
    while True:
        zone = str(typer.prompt("Time zone", default=local_zone())).strip()
        try:
            return load_settings({"BRIEFBOT_TIMEZONE": zone}).timezone
        except InvalidSettings as error:
            typer.echo(str(error), err=True)


def _write(path: Path, answers: Mapping[str, str]) -> None:
    """Write the file for us alone, whole or not at all; raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(".env.part")
    part.unlink(missing_ok=True)
    lines = ["# Made by `briefbot init`; docs/settings.md lists every setting.\n"]
    lines += [f"{name}={quoted(value)}\n" for name, value in answers.items() if value]
    handle = os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, FILE_MODE)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write("".join(lines))
    part.replace(path)


def _hints(answers: Mapping[str, str]) -> None:
    settings: Settings = load_settings(answers)
    if not settings.telegram_on and not settings.slack_on:
        typer.echo("No chat platform yet: `briefbot chat` talks to the bot in the terminal.")
    typer.echo(NEXT)
