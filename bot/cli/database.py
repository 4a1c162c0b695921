"""The database on the command line: copy."""

from __future__ import annotations

from typing import Annotated

import typer

from bot.cli import context
from bot.store import Store

app = typer.Typer(no_args_is_help=True, add_completion=False, help="The database: copy.")


@app.callback()
def database() -> None:
    """Make `copy` a subcommand even while it is the only one."""


@app.command()
def copy(
    source: Annotated[
        str, typer.Argument(help="the database to copy, such as sqlite:///data/briefbot.db")
    ],
) -> None:
    """Copy a database into the empty one that DATABASE_URL names; stop the bot first."""
    settings = context.settings()

    async def work() -> None:
        store = Store.open(settings.database_url)
        try:
            await store.migrate()
            await store.copy_from(source, _show_copied)
        finally:
            await store.close()

    context.run(work)


def _show_copied(table: str, rows: int) -> None:
    if rows:
        typer.echo(f"{rows:9}  {table}")
