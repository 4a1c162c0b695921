"""The command line: `briefbot COMMAND --help` documents each command."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from bot.cli.lazy_commands import Entry, lazy_group
from bot.malloc import share_between_threads

COMMANDS = (
    Entry(
        "run",
        "Start the bot on every configured chat platform; with none, open the terminal chat.",
        "bot.cli.run:run",
    ),
    Entry(
        "chat",
        "Chat in the terminal, one command a line; also reads from a pipe.",
        "bot.cli.run:chat",
    ),
    Entry(
        "ingest",
        "Store articles from files, folders, feeds and pages; repeating it changes nothing.",
        "bot.cli.ingest:ingest",
    ),
    Entry(
        "brief",
        "Print a briefing, on security and energy unless topics are named.",
        "bot.cli.briefs:brief",
    ),
    Entry("stories", "List stories, each with its articles.", "bot.cli.articles:stories"),
    Entry(
        "articles",
        "List stored articles, newest first, with their topic scores.",
        "bot.cli.articles:articles",
    ),
    Entry("search", "Search the stored articles, best match first.", "bot.cli.articles:search"),
    Entry(
        "audit",
        "Show how a briefing was made: engine, articles, proof, and what was dropped and why.",
        "bot.cli.briefs:audit",
    ),
    Entry(
        "doctor",
        "Check settings, database, articles, clock, tokens and model; say how to fix each problem.",
        "bot.cli.doctor:doctor",
    ),
    Entry("sources", "Feeds, pages and folders that articles come from.", "bot.cli.sources:app"),
    Entry("topics", "Topics, and what they match.", "bot.cli.topics:app"),
    Entry("digest", "Daily digests: preview, due, history, resend.", "bot.cli.digests:app"),
    Entry("db", "The database: copy.", "bot.cli.database:app"),
)
"""Every command, in the order of `briefbot --help`."""

app = typer.Typer(
    cls=lazy_group(COMMANDS),
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


def _show_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"briefbot {version('briefbot')}")
        raise typer.Exit


@app.callback(help="A news-briefing bot for Telegram, Slack and the terminal.")
def _root(
    _version: Annotated[
        bool,
        typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version."),
    ] = False,
) -> None:
    """Options of `briefbot` itself."""


def main() -> None:
    """Run the command that was typed.

    An input or output that fails ends the program with one line and status 1.
    """
    share_between_threads()
    try:
        app()
    except OSError as error:
        _end(error)


def _end(error: OSError) -> None:
    from bot.platforms.terminal import discard

    if sys.stdout is not None:
        discard(sys.stdout)
    what = f"{error.filename}: " if error.filename else ""
    typer.echo(f"briefbot: {what}{error.strerror or error}", err=True)
    sys.exit(1)
