"""What every command needs: settings, an open store, and errors printed as one line."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

import typer

from bot.briefing_builder import BriefingBuilder
from bot.cli.llm import editor_for, reader_for
from bot.cli.logs import log_to_stderr
from bot.clock import SharedClock
from bot.errors import BriefbotError, UsageError
from bot.models import Topic
from bot.store import Store
from config.settings import InvalidSettings, Settings, load_settings
from handlers.parsing.topics import named_topics
from handlers.services import Services
from summarizer.extractive.engine import ExtractiveSummarizer
from summarizer.topics.config import load_topics
from summarizer.topics.scorer import TopicScorer

if TYPE_CHECKING:  # most commands fetch nothing, and start in a fifth less time
    from bot.ingest.service import IngestService

T = TypeVar("T")

_CHAT_COMMAND = re.compile(r"(?<![^\s“(])/(brief|why|story|ask|search|trends)\b")
"""A command of the chat that the command line has too, with the same words."""


def now() -> datetime:
    """The present instant, aware UTC."""
    return datetime.now(UTC)


def settings() -> Settings:
    """The validated settings; each wrong one is printed, and the command ends with status 2."""
    try:
        found = load_settings()
    except InvalidSettings as error:
        fail(str(error), status=2)
    log_to_stderr(found.log_level)
    return found


def run(work: Callable[[], Coroutine[Any, Any, T]], interrupted: str | None = None) -> T:
    """Run asynchronous work and return its result; `interrupted` is said at Ctrl-C.

    A BriefbotError is printed and ends the command: status 2 for a UsageError, otherwise 1.
    """
    try:
        return asyncio.run(work())
    except UsageError as error:
        works_here = _CHAT_COMMAND.match(error.example or "")
        example = f"\ntry {error.example}" if works_here else ""
        fail(f"{error}{example}", status=2)
    except BriefbotError as error:
        fail(str(error), status=1)
    except KeyboardInterrupt:
        if interrupted:
            fail(interrupted, status=130)
        raise typer.Exit(130) from None


def fail(message: str, *, status: int) -> NoReturn:
    """Print the message on standard error and end the command."""
    for line in typed_here(message).splitlines():
        typer.echo(f"briefbot: {line}", err=True)
    raise typer.Exit(status)


def typed_here(text: str) -> str:
    """The text with commands of the chat as they are typed on the command line."""
    return _CHAT_COMMAND.sub(r"briefbot \1", text)


@asynccontextmanager
async def opened(given: Settings, url: str | None = None) -> AsyncIterator[Services]:
    """Open and migrate the store; yields the services of commands, without ingestion."""
    store = Store.open(url or given.database_url)
    clock = SharedClock(store, now)
    services = services_for(given, store, clock)
    try:
        await store.migrate()
        await clock.synchronise()
        yield services
    finally:
        if services.builder.editor is not None:
            await services.builder.editor.close()
        await store.close()


def services_for(given: Settings, store: Store, clock: Callable[[], datetime]) -> Services:
    """The services of commands and handlers, without ingestion."""
    editor, reader = editor_for(given, store), reader_for(given)
    builder = BriefingBuilder(store, ExtractiveSummarizer(), editor, reader)
    return Services(
        settings=given,
        store=store,
        scorer=TopicScorer(load_topics()),
        builder=builder,
        clock=clock,
    )


@asynccontextmanager
async def ingesting(given: Settings, url: str | None = None) -> AsyncIterator[Services]:
    """Open and migrate the store; yields the services of commands that fetch or store articles."""
    async with opened(given, url) as services:
        address = url or given.database_url
        async with ingest_for(given, services.store, services.clock, address) as ingest:
            yield replace(services, ingest=ingest)


def ingest_for(
    given: Settings, store: Store, clock: Callable[[], datetime], database_url: str
) -> IngestService:
    """The service that polls sources and stores their articles."""
    from bot.ingest.service import IngestService
    from bot.sources.http.client import Fetcher

    fetcher = Fetcher(
        allowed_networks=given.allowed_networks,
        contact=given.contact,
        agent=given.user_agent,
        proxies=given.proxies,
    )
    return IngestService(
        store, database_url, clock, fetcher, max_article_bytes=given.max_article_bytes
    )


def topics_named(names: Sequence[str], known: Sequence[Topic]) -> tuple[Topic, ...]:
    """The topics with these names; raises UsageError for an unknown name or for no name."""
    found = named_topics(names, known)
    if not found:
        given = " ".join(names)
        raise UsageError(f"{given!r} names no topic: {', '.join(each.name for each in known)}")
    return found


def topic_named(name: str, known: Sequence[Topic]) -> Topic:
    """The topic with this name; raises UsageError unless it names exactly one topic."""
    first, *more = topics_named([name], known)
    if more:
        raise UsageError(f"{name!r} names more than one topic: write {first.name}, for instance")
    return first
