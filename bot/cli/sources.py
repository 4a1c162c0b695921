"""Sources on the command line: add, list, remove, check, import, export, refresh."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Sequence
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.cli import context
from bot.cli.source_output import (
    end_progress,
    progress,
    show_progress,
    source_line,
    source_record,
)
from bot.errors import BriefbotError, FetchError, RefusedInput, UsageError
from bot.ingest.poller import OFFLINE, Report
from bot.ingest.source_admin import Checked, SourceAdmin
from bot.models import Source
from bot.render.sanitize import clean
from bot.sources.http.url import with_scheme
from bot.sources.text.clean import clean_line
from handlers.commands.sources import found, ordered
from handlers.services import Services
from handlers.source_health import summary, with_remedy

if TYPE_CHECKING:  # imported by the commands that read or write lists
    from bot.sources.feeds.opml import OpmlRefusal, OpmlSource

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    help="Feeds, pages and folders that articles come from.",
)

CONCURRENT_CHECKS = 50
SHOWN_ADDRESS = 80
"""Characters of a refused address that are shown."""


AsJson = Annotated[bool, typer.Option("--json", help="print JSON for scripts")]


@app.command()
def add(
    address: Annotated[str, typer.Argument(metavar="URL_OR_FOLDER", help="a feed, page or folder")],
    name: Annotated[str | None, typer.Option(help="the default is its own title")] = None,
    category: Annotated[str | None, typer.Option(help="of articles that name none")] = None,
    weight: Annotated[float, typer.Option(min=0, max=10, help="weight in the ranking")] = 1.0,
    unchecked: Annotated[bool, typer.Option("--unchecked", help="do not fetch it first")] = False,
) -> None:
    """Add a feed, a page that links to one, a single article, or a folder."""
    if not address.strip():
        raise typer.BadParameter("a path or an address is empty")
    folder = Path(address).expanduser()
    is_folder = folder.is_dir() or address.startswith(("/", "./", "../", "~"))

    async def work(services: Services) -> str:
        desk = _desk(services)
        if is_folder:
            source = await desk.add_folder(folder, name=name, category=category, weight=weight)
            return f"added {source.name}: folder {source.url}"
        source, probed = await desk.add(
            address, name=name, category=category, weight=weight, unchecked=unchecked
        )
        what = found(probed, services.clock()) if probed else "not fetched yet"
        return f"added {source.name}: {source.kind} {source.url} ({what})"

    typer.echo(clean(_run(work)))


@app.command("list")
def list_sources(as_json: AsJson = False) -> None:
    """List the sources with their state and next poll; failing ones first."""

    async def work(services: Services) -> list[str]:
        sources = await services.store.sources.all()
        now = services.clock()
        if as_json:
            return [
                json.dumps([source_record(each, now) for each in ordered(sources, now)], indent=2)
            ]
        if not sources:
            typer.echo("no sources yet: `briefbot sources import` adds the starter list", err=True)
            return []
        typer.echo(summary(sources, now), err=True)
        return [source_line(each, now) for each in ordered(sources, now)]

    for line in _run(work):
        typer.echo(line)


@app.command()
def remove(name: Annotated[str, typer.Argument(metavar="NAME_OR_URL")]) -> None:
    """Remove a source; its articles stay."""

    async def work(services: Services) -> str:
        source = await _named(services, name)
        await services.store.sources.remove(source.name)
        return f"removed {source.name}"

    typer.echo(clean(_run(work)))


@app.command()
def check(
    names: Annotated[list[str] | None, typer.Argument(metavar="[NAME_OR_URL…]")] = None,
) -> None:
    """Fetch all or the named sources now; say what was found, or what failed and why."""

    async def work(services: Services) -> list[Checked]:
        sources = [await _named(services, each) for each in names or ()]
        return await _checked(services, sources or await services.store.sources.all())

    checked = _run(work)
    if len(checked) > 1 and all(each.offline for each in checked):
        context.fail(OFFLINE, status=1)
    for each in checked:
        mark = "ok  " if each.well else "FAIL"
        typer.echo(f"{mark}  {clean(each.source.name)}: {clean(with_remedy(each.text))}")
    if not checked:
        typer.echo("no sources yet: `briefbot sources import` adds the starter list", err=True)
    if not all(each.well for each in checked):
        raise typer.Exit(1)


@app.command("import")
def import_opml(
    file: Annotated[
        Path | None, typer.Argument(metavar="[FILE.opml]", help="the default is the starter list")
    ] = None,
    starter: Annotated[
        bool, typer.Option("--starter", help="the starter list, as without a file")
    ] = False,
) -> None:
    """Add the sources of an OPML list; enclosing outlines become their categories."""
    if file is not None and starter:
        context.fail("name a file or --starter, not both", status=2)
    if file is not None and not file.is_file():
        context.fail(f"no such file: {file}", status=2)
    listed = _listed(file)

    async def work(services: Services) -> str:
        counts = {"added": 0, "known": 0, "refused": 0}
        for each in listed:
            counts[await _take(each, services)] += 1
        return ", ".join(f"{number} {what}" for what, number in counts.items())

    typer.echo(_run(work))


@app.command()
def export() -> None:
    """Print the feeds and pages as OPML; folders are left out."""

    from bot.sources.feeds.opml import write_opml

    async def work(services: Services) -> str:
        return write_opml(await services.store.sources.all())

    typer.echo(_run(work), nl=False)


@app.command()
def refresh(
    everything: Annotated[bool, typer.Option("--all", help="also those not due yet")] = False,
) -> None:
    """Poll every due source once, as `briefbot run` does periodically."""

    async def work(services: Services) -> Report:
        assert services.ingest is not None
        if everything:
            await services.store.sources.hasten(None, services.clock())
        poller = services.ingest.poller(progress=progress)
        return await poller.poll_due()

    report = _run(work)
    end_progress()
    told = f"{report.counts.new} new, {report.counts.changed} changed"
    typer.echo(f"{report.polled} sources polled, {report.failed} failed: {told}")
    if report.failed:
        typer.echo("`briefbot sources list` says why", err=True)
    if report.trouble:
        context.fail(f"some sources were not polled: {report.trouble}", status=1)


def _run(work: Callable[[Services], Any]) -> Any:
    settings = context.settings()

    async def opened() -> Any:
        async with context.ingesting(settings) as services:
            return await work(services)

    return context.run(opened)


def _desk(services: Services) -> SourceAdmin:
    assert services.ingest is not None
    return services.ingest.admin


async def _named(services: Services, name: str) -> Source:
    for each in (name, with_scheme(name)):
        source = await services.store.sources.find(each)
        if source is not None:
            return source
    raise BriefbotError(f"no source is called {name!r}: `briefbot sources list` shows them")


async def _checked(services: Services, sources: Sequence[Source]) -> list[Checked]:
    slots = asyncio.Semaphore(CONCURRENT_CHECKS)
    done = 0

    async def one(source: Source) -> Checked:
        nonlocal done
        async with slots:
            checked = await _desk(services).check(source)
        done += 1
        show_progress(f"{done} of {len(sources)} sources checked")
        return checked

    checked = await asyncio.gather(*map(one, sources))
    end_progress()
    return checked


async def _take(listed: OpmlSource | OpmlRefusal, services: Services) -> str:
    from bot.sources.feeds.opml import OpmlRefusal

    if isinstance(listed, OpmlRefusal):
        reason = listed.reason
    else:
        try:
            return "added" if await _desk(services).add_from_opml(listed) else "known"
        except (FetchError, UsageError) as refused:
            reason = f"{clean_line(listed.url, SHOWN_ADDRESS)}: {refused}"
    typer.echo(f"refused {clean(listed.name)}: {clean(reason)}", err=True)
    return "refused"


def _listed(file: Path | None) -> list[OpmlSource | OpmlRefusal]:
    from bot.sources.feeds.opml import LARGEST, read_opml

    if file is None:
        return read_opml(files("config").joinpath("sources.opml").read_bytes())
    with file.open("rb") as opened:
        data = opened.read(LARGEST + 1)
    try:
        return read_opml(data)
    except RefusedInput as refused:
        context.fail(f"{file} {refused}", status=1)
