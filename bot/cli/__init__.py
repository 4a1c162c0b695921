"""The command line: `briefbot COMMAND --help` documents each command."""

from __future__ import annotations

import typer

from bot.cli import articles, briefs, database, digests, doctor, sources, topics
from bot.cli import context as common
from bot.cli import run as running
from bot.malloc import share_between_threads

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="A news-briefing bot for Telegram, Slack and the terminal.",
)
app.command("run")(running.run)
app.command("chat")(running.chat)
app.command("ingest")(articles.ingest)
app.command("brief")(briefs.brief)
app.command("stories")(articles.stories)
app.command("articles")(articles.articles)
app.command("search")(articles.search)
app.add_typer(sources.app, name="sources")
app.add_typer(topics.app, name="topics")
app.add_typer(digests.app, name="digest")
app.command("audit")(briefs.audit)
app.add_typer(database.app, name="db")
app.command("doctor")(doctor.doctor)


def main() -> None:
    """Run the command that was typed."""
    share_between_threads()
    common.through(app)
