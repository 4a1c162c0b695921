"""Checks of the installation; each fault comes with its remedy."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Annotated, NoReturn

import typer

from bot.cli import context
from bot.cli.checks import machine, online, pages, stored
from bot.cli.checks.finding import Finding, Mark, fail, ok
from bot.cli.checks.settings import check_settings, check_values, read_from
from bot.cli.logs import log_to_stderr
from bot.errors import StoreError
from bot.process_lock import holder
from bot.render.sanitize import clean
from bot.store import Store
from config.settings import InvalidSettings, Settings, env_path, load_settings, process_environment


def doctor(
    quick: Annotated[
        bool, typer.Option("--quick", help="only settings, files and database")
    ] = False,
) -> None:
    """Check settings, files, database, articles, clock, tokens, rights and model.

    Each problem comes with its remedy; with a FAIL the status is 1.
    """
    try:
        settings = load_settings()
    except InvalidSettings as error:
        faults = [fail(line) for line in str(error).splitlines()]
        _end([read_from(env_path()), *faults, *check_values(env_path(), process_environment())])
    log_to_stderr("ERROR")

    async def work() -> list[Finding]:
        return [each async for each in diagnosed(settings, quick=quick)]

    _end(context.run(work))


async def diagnosed(settings: Settings, *, quick: bool) -> AsyncIterator[Finding]:
    """All findings, in the order in which one would mend them."""
    for each in check_settings(settings, env_path(), process_environment()):
        yield each
    for each in pages.check_web_url(settings):
        yield each
    yield machine.check_zones()
    try:
        store = Store.open(settings.database_url)
    except StoreError as error:
        yield fail(str(error))
        return
    running = store.file is not None and holder(store.file) is not None
    for each in machine.check_port(settings, running=running):
        yield each
    await store.close()
    async for each in _with_database(settings, quick=quick):
        yield each


async def _with_database(settings: Settings, *, quick: bool) -> AsyncIterator[Finding]:
    try:
        async with context.opened(settings) as services:
            await services.store.check()
            yield ok("the database answers")
            for each in machine.check_files(services.store.files):
                yield each
            if quick:
                return
            async for each in stored.check_stored(services):
                yield each
            async for each in machine.check_pictures(settings):
                yield each
            for each in await machine.check_clock(settings):
                yield each
            channels = await services.store.channels.subscribed()
            async for each in online.check_platforms(services, channels):
                yield each
            async for each in online.check_model(services, settings):
                yield each
            async for each in pages.check_pages(settings):
                yield each
            async for each in online.check_entailment(services, settings):
                yield each
    except StoreError as error:
        yield fail(str(error))


def _end(findings: list[Finding]) -> NoReturn:
    """Print the findings and end the command: status 1 if one failed."""
    for each in findings:
        typer.echo(f"{each.mark:4}  {clean(each.text)}")
    raise typer.Exit(1 if any(each.mark is Mark.FAIL for each in findings) else 0)
