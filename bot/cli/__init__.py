"""The command line: `briefbot COMMAND --help` documents each command."""

from __future__ import annotations

import sys
from typing import Annotated, NoReturn

import typer

from bot.cli.lazy_commands import Entry, lazy_group
from bot.memory import end_collection, hold_collection, share_between_threads
from config.libraries import set_switches

COMMANDS = (
    Entry(
        "init",
        "Ask for tokens, check each with its platform, and write .env for the bot's user alone.",
        "bot.cli.init:init",
    ),
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
    Entry("why", "Show the evidence of bullet N of the latest briefing.", "bot.cli.questions:why"),
    Entry(
        "story",
        "Show the story of bullet N in short and over time, with every source.",
        "bot.cli.questions:story",
    ),
    Entry(
        "ask",
        "Answer a question from the stored articles, with the sentences that support it.",
        "bot.cli.questions:ask",
    ),
    Entry(
        "trends",
        "Show what was covered and what rises, with the articles that prove it.",
        "bot.cli.questions:trends",
    ),
    Entry(
        "withdraw",
        "Withdraw bullet N; a running bot tells every chat that got it, once.",
        "bot.cli.questions:withdraw",
    ),
    Entry("stories", "List stories, each with its articles.", "bot.cli.articles:stories"),
    Entry(
        "articles",
        "List stored articles, newest first, with their topic scores.",
        "bot.cli.articles:articles",
    ),
    Entry(
        "search",
        "Search the stored articles, best match first.",
        "bot.cli.articles:search",
        excludes=True,
    ),
    Entry(
        "audit",
        "Show how a briefing was made: engine, articles, proof, and what was dropped and why.",
        "bot.cli.briefs:audit",
    ),
    Entry(
        "export",
        "Write a briefing or digest as Markdown, HTML, JSON or PDF, with the proof of each bullet.",
        "bot.cli.sending.export:export",
    ),
    Entry(
        "doctor",
        "Check settings, files, database, articles, clock, tokens, rights and model.",
        "bot.cli.doctor:doctor",
    ),
    Entry("sources", "Feeds, pages and folders that articles come from.", "bot.cli.sources:app"),
    Entry("slack", "The Slack app: manifest.", "bot.cli.slack:app"),
    Entry("topics", "Topics, and what they match.", "bot.cli.topics:app"),
    Entry(
        "web",
        "Serve the pages of digests, stories and topics, and the operator's page.",
        "bot.cli.run:web",
    ),
    Entry(
        "mcp",
        "Serve assistants over MCP on standard input and output; it reads only.",
        "bot.cli.run:mcp",
    ),
    Entry(
        "digest",
        "Daily digests: preview, due, history, resend, link.",
        "bot.cli.sending.digests:app",
    ),
    Entry(
        "subscribe",
        "Send a daily digest to a mail address or a webhook; `briefbot run` sends it.",
        "bot.cli.sending.subscribers:subscribe",
        excludes=True,
    ),
    Entry(
        "unsubscribe",
        "End the digests to a mail address or a webhook.",
        "bot.cli.sending.subscribers:unsubscribe",
    ),
    Entry(
        "backup",
        "Write everything to one SQLite file, of PostgreSQL too, while the bot runs.",
        "bot.cli.keeping:backup",
    ),
    Entry(
        "restore",
        "Fill the empty database that DATABASE_URL names from a backup; stop the bot first.",
        "bot.cli.keeping:restore",
    ),
    Entry(
        "prune",
        "Delete what is older than so many days; cited and told articles stay.",
        "bot.cli.keeping:prune",
    ),
    Entry("db", "The database: copy, downgrade.", "bot.cli.database:app"),
)
"""Every command, in the order of `briefbot --help`."""

app = typer.Typer(
    cls=lazy_group(COMMANDS),
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
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

    An input or output that fails ends the program with one line and status 1, a command that is
    typed wrongly with status 2.
    """
    share_between_threads()
    set_switches()
    hold_collection()
    try:
        status = app(standalone_mode=False)
    except typer.TyperException as error:
        _end_usage(error)
    except typer.Abort:
        typer.echo("briefbot: interrupted", err=True)
        sys.exit(130)
    except OSError as error:
        _end(error)
    finally:
        end_collection()
    sys.exit(status if isinstance(status, int) else 0)


def _end_usage(error: typer.TyperException) -> NoReturn:
    from bot.cli.usage_errors import asks_for_help, told

    if asks_for_help(error):
        if error.message:  # rich has shown the help already
            typer.echo(error.message, err=True)
        sys.exit(error.exit_code)
    for line in told(error):
        typer.echo(f"briefbot: {line}", err=True)
    sys.exit(error.exit_code)


def _end(error: OSError) -> None:
    from bot.platforms.terminal import discard

    if sys.stdout is not None:
        discard(sys.stdout)
    what = f"{error.filename}: " if error.filename else ""
    typer.echo(f"briefbot: {what}{error.strerror or error}", err=True)
    sys.exit(1)
