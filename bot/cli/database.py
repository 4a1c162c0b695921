"""The database on the command line: copy, downgrade."""

from __future__ import annotations

from typing import Annotated

import typer

from bot.cli import context
from bot.store import Store

app = typer.Typer(no_args_is_help=True, add_completion=False, help="The database: copy, downgrade.")


@app.command()
def copy(
    source: Annotated[
        str,
        typer.Argument(help="the database to copy: sqlite:///data/briefbot.db or postgresql://…"),
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


@app.command()
def downgrade(
    revision: Annotated[str, typer.Argument(help="such as 0012; its version's changelog names it")],
) -> None:
    """Take the tables back for an older version of the bot; stop the bot and back up first.

    What the older tables cannot hold is deleted.
    """
    settings = context.settings()

    async def work() -> None:
        store = Store.open(settings.database_url)
        try:
            await store.downgrade(revision)
        finally:
            await store.close()

    context.run(work)
    typer.echo(f"the tables are at revision {revision}: install the version that uses it")


def _show_copied(table: str, rows: int) -> None:
    if rows:
        typer.echo(f"{rows:9}  {table}")
