"""What every command needs: settings, an open store, one place where errors become words."""

from __future__ import annotations

import asyncio
import logging
import re
import sys
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import Any, NoReturn, TypeVar
from zoneinfo import ZoneInfo

import structlog
import typer

from bot.briefing_builder import BriefingBuilder
from bot.cli.llm import editor_for
from bot.clock import SharedClock
from bot.errors import BriefbotError, UsageError
from bot.ingest.service import IngestService
from bot.models import Topic, Window
from bot.platforms.terminal import discard
from bot.sources.http.client import Fetcher
from bot.store import Store
from config.settings import InvalidSettings, Settings, load_settings
from handlers.commands.topics import named_topics
from handlers.services import Services
from summarizer.extractive.engine import ExtractiveSummarizer
from summarizer.topics.scorer import TopicScorer, load_topics

T = TypeVar("T")

YEARS = range(1900, 3000)
"""Years that a time on the command line may lie in."""


def now() -> datetime:
    """The present instant, aware UTC."""
    return datetime.now(UTC)


def settings() -> Settings:
    """The validated settings; wrong ones end the command with status 2 and a line for each."""
    try:
        found = load_settings()
    except InvalidSettings as error:
        fail(str(error), status=2)
    log_to_stderr(found.log_level)
    return found


def run(work: Callable[[], Coroutine[Any, Any, T]]) -> T:
    """Run asynchronous work; errors that a user may read end the command.

    With status 2 for what was typed, as for a wrong option, and else with status 1.
    """
    try:
        return asyncio.run(work())
    except UsageError as error:
        fail(str(error), status=2)
    except BriefbotError as error:
        fail(str(error), status=1)
    except KeyboardInterrupt:
        raise typer.Exit(130) from None


def fail(message: str, *, status: int) -> NoReturn:
    """Say what went wrong on standard error and end the command."""
    for line in message.splitlines():
        typer.echo(f"briefbot: {line}", err=True)
    raise typer.Exit(status)


def through(commands: Callable[[], object]) -> None:
    """Run the command line; what cannot be written or read ends it with one line and status 1."""
    try:
        commands()
    except OSError as error:
        if sys.stdout is not None:
            discard(sys.stdout)
        what = f"{error.filename}: " if error.filename else ""
        typer.echo(f"briefbot: {what}{error.strerror or error}", err=True)
        sys.exit(1)


@asynccontextmanager
async def opened(given: Settings, url: str | None = None) -> AsyncIterator[Services]:
    """Open and migrate the store, and give the parts that commands and handlers use."""
    database_url = url or given.database_url
    store = Store.open(database_url)
    clock = SharedClock(store, now)
    services = services_for(given, store, clock)
    try:
        await store.migrate()
        await clock.set()
        async with ingest_for(given, store, clock, database_url) as ingest:
            yield replace(services, ingest=ingest)
    finally:
        if services.builder.editor is not None:
            await services.builder.editor.close()
        await store.close()


def services_for(given: Settings, store: Store, clock: Callable[[], datetime]) -> Services:
    """Put the parts behind the command core together."""
    builder = BriefingBuilder(store, ExtractiveSummarizer(), editor_for(given, store))
    return Services(
        settings=given,
        store=store,
        scorer=TopicScorer(load_topics()),
        builder=builder,
        clock=clock,
    )


def ingest_for(
    given: Settings, store: Store, clock: Callable[[], datetime], database_url: str
) -> IngestService:
    """Put together what keeps the articles coming."""
    fetcher = Fetcher(allowed_networks=given.allowed_networks, contact=given.contact)
    return IngestService(
        store, database_url, clock, fetcher, max_article_bytes=given.max_article_bytes
    )


def topics_named(names: Sequence[str], known: Sequence[Topic]) -> tuple[Topic, ...]:
    """The topics that are named; raises UsageError for an unknown one, and where none is."""
    found = named_topics(names, known)
    if not found:
        given = " ".join(names)
        raise UsageError(f"{given!r} names no topic: {', '.join(each.name for each in known)}")
    return found


def topic_named(name: str, known: Sequence[Topic]) -> Topic:
    """The one topic that is named; raises UsageError for none, an unknown one, or several."""
    first, *more = topics_named([name], known)
    if more:
        raise UsageError(f"{name!r} names more than one topic: write {first.name}, for instance")
    return first


def instant(given: str, *, zone: str, at: datetime, end_of_day: bool = False) -> datetime:
    """Read `24h`, `7d`, `2026-11-01` or `2026-11-01T08:00`; a bare date is a whole local day."""
    if ago := re.fullmatch(r"(\d{1,5})\s*([hd])", given.strip().lower()):
        hours = int(ago[1]) * (24 if ago[2] == "d" else 1)
        return at - timedelta(hours=hours)
    try:
        read = datetime.fromisoformat(given.strip())
    except ValueError:
        raise typer.BadParameter(
            f"{given!r} is not a time: write 24h, 7d, 2026-11-01 or 2026-11-01T08:00"
        ) from None
    if read.year not in YEARS:
        raise typer.BadParameter(f"{given!r} is too far away: write a year from 1900 to 2999")
    local = read if read.tzinfo else read.replace(tzinfo=ZoneInfo(zone))
    if end_of_day and re.fullmatch(r"\d{4}-?\d{2}-?\d{2}", given.strip()):
        local = datetime.combine(local.date() + timedelta(days=1), time(), local.tzinfo)
    return local.astimezone(UTC)


def window(since: str, until: str | None, zone: str) -> Window:
    """Read `--since` and `--until`; raises a usage error where the first is not the earlier."""
    at = now()
    first = instant(since, zone=zone, at=at)
    last = instant(until, zone=zone, at=at, end_of_day=True) if until else at
    if first >= last:
        raise typer.BadParameter(f"--since {since} is not before --until {until or 'now'}")
    return Window(first, last)


def log_to_stderr(level: str) -> None:
    """Send the logs to standard error, in short lines on a terminal, as JSON in a pipe."""
    last: Any = (
        structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)
        if sys.stderr.isatty()
        else structlog.processors.JSONRenderer(ensure_ascii=False)
    )
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            *([] if sys.stderr.isatty() else [structlog.processors.format_exc_info]),
            last,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelName(level)),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )
    logging.basicConfig(
        level=logging.WARNING, stream=sys.stderr, format="%(levelname)s %(message)s"
    )
