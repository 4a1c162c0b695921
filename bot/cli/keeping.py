"""Keeping what is stored: backup, restore, prune."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path
from shlex import quote
from typing import Annotated

import typer

from bot.cli import context
from bot.errors import StoreError
from bot.render.phrases import counted
from bot.store import Ages, Pruned, Store
from config.settings import LEAST_DAYS, Settings

DryRun = Annotated[bool, typer.Option("--dry-run", help="only say what would be done")]

_MOST_DAYS = 99_999

Age = Annotated[
    str | None,
    typer.Option(metavar="DAYS", help="such as 90 or 90d; the default is in the settings"),
]


def backup(
    file: Annotated[
        Path | None,
        typer.Argument(
            metavar="[FILE]", help="a new file, or a folder for one that is named by date and time"
        ),
    ] = None,
) -> None:
    """Write everything to one SQLite file, of PostgreSQL too, while the bot runs."""
    settings = context.settings()
    dated = f"briefbot-{context.now():%Y-%m-%dT%H%M%SZ}.db"
    path = Path(dated) if file is None else file / dated if file.is_dir() else file
    rows = 0

    def count(_table: str, number: int) -> None:
        nonlocal rows
        rows += number

    async def work() -> None:
        store = Store.open(settings.database_url)
        try:
            await store.back_up(path, count)
        finally:
            await store.close()

    context.run(work)
    size = path.stat().st_size / 1e6
    typer.echo(
        f"{path}: {rows} rows, {size:.1f} MB; restore it with `briefbot restore {quote(str(path))}`"
    )


def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="a file that `backup` wrote")],
    dry_run: DryRun = False,
) -> None:
    """Fill the empty database that DATABASE_URL names from a backup; stop the bot first."""
    settings = context.settings()

    async def work() -> dict[str, int]:
        store = Store.open(settings.database_url)
        counts: dict[str, int] = {}
        try:
            await store.migrate()
            if dry_run:
                if held := sum((await store.row_counts()).values()):
                    raise StoreError(f"The database is not empty: it has {counted(held, 'row')}")
                return await store.rows_in(file)
            await store.restore(file, lambda table, rows: counts.update({table: rows}))
        finally:
            await store.close()
        return counts

    for table, rows in context.run(work).items():
        if rows:
            typer.echo(f"{rows:9}  {table}")
    if dry_run:
        typer.echo("nothing was restored: this was a dry run", err=True)


def prune(
    articles: Age = None,
    briefings: Age = None,
    digests: Age = None,
    answers: Age = None,
    dry_run: DryRun = False,
) -> None:
    """Delete what is older than so many days; cited and told articles stay.

    Without options the ages in the settings hold (BRIEFBOT_KEEP_ARTICLES and so on). A SQLite file
    shrinks. This is safe while the bot runs.
    """
    settings = context.settings()
    ages = _ages(settings, (articles, briefings, digests, answers))
    if not ages.any:
        context.fail("nothing is old: name an age, such as --articles 90d", status=2)

    async def work() -> tuple[Pruned, str]:
        store = Store.open(settings.database_url)
        try:
            await store.migrate()
            before = store.bytes_on_disk
            pruned = await store.retention.prune(ages, context.now(), dry_run=dry_run)
            return pruned, "" if dry_run else await _shrunk(store, before)
        finally:
            await store.close()

    pruned, shrunk = context.run(work)
    typer.echo(f"{'would delete' if dry_run else 'deleted'} {_told(pruned)}")
    if pruned.kept:
        typer.echo(f"kept {counted(pruned.kept, 'old article')}: told or cited")
    if shrunk:
        typer.echo(shrunk)


async def _shrunk(store: Store, before: int) -> str:
    if not before:
        return ""
    try:
        await store.retention.shrink()
    except StoreError as error:
        return f"the file keeps its size, and the freed space is used again: {error}"
    return f"the database was {before / 1e6:.1f} MB and is {store.bytes_on_disk / 1e6:.1f} MB"


def _told(pruned: Pruned) -> str:
    counts = (
        counted(pruned.articles, "article"),
        counted(pruned.stories, "story"),
        counted(pruned.briefings, "briefing"),
        counted(pruned.digests, "digest"),
        counted(pruned.answers, "raw answer"),
    )
    return ", ".join(counts)


def _ages(settings: Settings, given: tuple[str | None, ...]) -> Ages:
    """The ages given, and those in the settings for the kinds that are not given."""
    if not any(given):
        return Ages(*(timedelta(days=days) if days else None for days in settings.kept_days))
    return Ages(*(None if each is None else _age(each) for each in given))


def _age(text: str) -> timedelta:
    found = re.fullmatch(r"(\d+)\s*d?(?:ays?)?", text.strip().lower())
    if found and len(found[1]) > len(str(_MOST_DAYS)):
        raise typer.BadParameter(f"write at most {_MOST_DAYS} days, such as 90d, not “{text}”")
    if not found or int(found[1]) < LEAST_DAYS:
        raise typer.BadParameter(f"write at least {LEAST_DAYS} days, such as 90d, not “{text}”")
    return timedelta(days=int(found[1]))
