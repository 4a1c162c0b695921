"""The database on the command line: copy."""

from __future__ import annotations

from typing import Annotated

import typer

from bot.cli import context as common
from bot.store import Store

app = typer.Typer(no_args_is_help=True, help="The database: copy.")


@app.callback()
def database() -> None:
    """Keep `copy` a command of its own."""


@app.command()
def copy(
    source: Annotated[str, typer.Argument(help="what to copy, such as sqlite:///data/briefbot.db")],
) -> None:
    """Copy a database into the new one that DATABASE_URL names; stop the bot before."""
    settings = common.settings()

    async def work() -> None:
        store = Store.open(settings.database_url)
        try:
            await store.migrate()
            await store.copy_from(source, _told)
        finally:
            await store.close()

    common.run(work)


def _told(table: str, rows: int) -> None:
    if rows:
        typer.echo(f"{rows:9}  {table}")
