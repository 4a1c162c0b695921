"""Storing articles: ingest."""

from __future__ import annotations

import sys
from collections import Counter
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli import context
from bot.errors import FetchError, RefusedInput
from bot.ingest.poller import OFFLINE
from bot.ingest.worker.messages import Counts
from bot.render.phrases import counted
from bot.render.sanitize import clean
from bot.sources.text.clean import clean_line
from config.terminal_style import movable
from handlers.services import Services
from handlers.source_health import with_remedy

if TYPE_CHECKING:
    from bot.sources.files.options import ReadOptions


class Format(StrEnum):
    """How a file is read."""

    AUTO = "auto"
    TEXT = "text"
    MARKDOWN = "markdown"
    HTML = "html"
    JSONL = "jsonl"
    CSV = "csv"
    MAIL = "mail"
    PDF = "pdf"
    DOCX = "docx"
    FEED = "feed"


LONGEST_SOURCE = 100
"""Most characters of an outlet's name."""

_NAMES_SHOWN = 12


def ingest(
    paths: Annotated[
        list[str], typer.Argument(metavar="PATH_OR_URL", help="files, folders, feeds or pages")
    ],
    read_as: Annotated[Format, typer.Option("--format", help="how to read them")] = Format.AUTO,
    source: Annotated[str | None, typer.Option(help="outlet of articles that name none")] = None,
    date: Annotated[
        str | None, typer.Option(help="day of articles in files that state no date: 2026-11-01")
    ] = None,
    file_dates: Annotated[
        bool, typer.Option("--file-dates", help="such articles get the time of their file")
    ] = False,
) -> None:
    """Store articles from files, folders, feeds and pages; repeating it changes nothing."""
    if not all(path.strip() for path in paths):
        raise typer.BadParameter("a path or an address is empty")
    settings = context.settings()
    files = [Path(path) for path in paths if not _is_url(path)]
    urls = [path for path in paths if _is_url(path)]
    outlet = clean_line(source or "", LONGEST_SOURCE) or None
    day = _day(date) if date else None

    async def work() -> tuple[Counts, int]:
        from bot.sources.files.options import ReadOptions

        async with context.ingesting(settings) as services:
            options = ReadOptions(
                services.clock(), settings.max_article_bytes, read_as.value, day, file_dates
            )
            counts, refused = await _ingest_files(files, options, outlet, services)
            for number, url in enumerate(urls):
                try:
                    counts += await _ingest_url(url, read_as, outlet, services)
                except (FetchError, RefusedInput) as error:
                    if isinstance(error, FetchError) and error.offline:
                        typer.echo(f"{OFFLINE}; no address was read", err=True)
                        refused += len(urls) - number
                        break
                    _show_refusal(url, with_remedy(str(error)))
                    refused += 1
            _show_unknown(options.unknown)
            return counts, refused

    counts, refused = context.run(work, "interrupted; the same command goes on where it ended")
    if movable(sys.stderr):
        typer.echo("\r\x1b[K", err=True, nl=False)
    _show_undated(counts)
    stored = f"{counts.new} new, {counts.changed} changed, {counts.unchanged} unchanged"
    typer.echo(f"{stored}, {refused} refused")
    if refused and not counts.new + counts.changed + counts.unchanged:
        raise typer.Exit(1)


async def _ingest_files(
    files: list[Path], options: ReadOptions, source: str | None, services: Services
) -> tuple[Counts, int]:
    from bot.ingest.article_batches import ArticleBatches
    from bot.ingest.pipeline import IngestPipeline
    from bot.sources.files.reader import Refusal, read_paths

    batches = ArticleBatches(IngestPipeline(services.store, services.scorer), source)
    refused = 0
    for number, each in enumerate(read_paths(files, options), 1):
        if isinstance(each, Refusal):
            refused += 1
            _show_refusal(each.name, each.reason)
            continue
        await batches.add(each, services.clock())
        _show_progress(number)
    await batches.flush(services.clock())
    return batches.outcomes.counts, refused


async def _ingest_url(url: str, read_as: Format, source: str | None, services: Services) -> Counts:
    """What was stored of an address; raises FetchError or RefusedInput."""
    assert services.ingest is not None
    admin = services.ingest.admin
    return await admin.ingest_url(url, source=source, as_page=read_as is Format.HTML)


def _day(given: str) -> datetime:
    """Midnight in UTC of a day; raises BadParameter."""
    try:
        return datetime.strptime(given.strip(), "%Y-%m-%d").replace(tzinfo=UTC)
    except ValueError:
        raise typer.BadParameter(f"{given!r} is not a day: write 2026-11-01") from None


def _is_url(path: str) -> bool:
    return "://" in path


def _show_refusal(name: str, reason: str) -> None:
    typer.echo(f"refused {clean(name)}: {clean(reason)}", err=True)


def _show_undated(counts: Counts) -> None:
    """Name the first articles whose date was not read, each with the reason."""
    for each in counts.kept_named:
        typer.echo(f"note: {clean(each)}", err=True)
    for each in counts.undated_named:
        typer.echo(f"undated {clean(each)}", err=True)
    if counts.undated:
        rest = "they can be searched, and no briefing tells them"
        typer.echo(f"{counted(counts.undated, 'article')} without a date: {rest}", err=True)


def _show_unknown(unknown: Counter[str]) -> None:
    """Name the keys that were not read, with their counts."""
    if unknown:
        shown = [f"{clean(name)} ({count})" for name, count in unknown.most_common(_NAMES_SHOWN)]
        more = f" and {len(unknown) - len(shown)} more" if len(unknown) > len(shown) else ""
        typer.echo(f"keys that are not read: {', '.join(shown)}{more}", err=True)


def _show_progress(done: int) -> None:
    if movable(sys.stderr) and done % 20 == 0:
        typer.echo(f"\r{done} articles read …", err=True, nl=False)
