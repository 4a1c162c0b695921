"""Storing and listing articles: ingest, articles, stories, search."""

from __future__ import annotations

import sys
from collections import Counter
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from bot.cli import context, times
from bot.errors import FetchError, RefusedInput, UsageError
from bot.models import Article, Stored, Story
from bot.render.json import articles_json, stories_json
from bot.render.sanitize import clean
from bot.sources.text.clean import clean_line
from handlers.services import Services


class Format(StrEnum):
    """How a file is read."""

    AUTO = "auto"
    TEXT = "text"
    HTML = "html"
    JSONL = "jsonl"
    FEED = "feed"


Since = Annotated[str, typer.Option(help="24h, 7d, a date, or a date and time")]
Until = Annotated[str | None, typer.Option(help="like --since; a date includes the whole day")]
AsJson = Annotated[bool, typer.Option("--json", help="print JSON for scripts")]

LONGEST_SOURCE = 100
"""Most characters of an outlet's name."""


def ingest(
    paths: Annotated[
        list[str], typer.Argument(metavar="PATH_OR_URL", help="files, folders, feeds or pages")
    ],
    read_as: Annotated[Format, typer.Option("--format", help="how to read them")] = Format.AUTO,
    source: Annotated[str | None, typer.Option(help="outlet of articles that name none")] = None,
) -> None:
    """Store articles from files, folders, feeds and pages; repeating it changes nothing."""
    settings = context.settings()
    files = [Path(path) for path in paths if not _is_url(path)]
    urls = [path for path in paths if _is_url(path)]
    outlet = clean_line(source or "", LONGEST_SOURCE) or None

    async def work() -> Counter[str]:
        async with context.opened(settings) as services:
            counts = await _ingest_files(files, read_as, outlet, services)
            for url in urls:
                counts += await _ingest_url(url, read_as, outlet, services)
            return counts

    counts = context.run(work)
    if sys.stderr.isatty():
        typer.echo("\r\x1b[K", err=True, nl=False)
    kinds = (*(kind.value for kind in Stored), "refused")
    typer.echo(", ".join(f"{counts[kind]} {kind}" for kind in kinds))
    if counts["refused"] and not sum(counts[kind.value] for kind in Stored):
        raise typer.Exit(1)


async def _ingest_files(
    files: list[Path], read_as: Format, source: str | None, services: Services
) -> Counter[str]:
    from bot.ingest.pipeline import IngestPipeline
    from bot.sources.files.reader import Refusal, read_paths

    counts: Counter[str] = Counter()
    pipeline = IngestPipeline(services.store, services.scorer)
    limit, now = services.settings.max_article_bytes, services.clock()
    for each in read_paths(files, read_as=read_as.value, max_bytes=limit, now=now):
        if isinstance(each, Refusal):
            counts["refused"] += 1
            _show_refusal(each.name, each.reason)
            continue
        stored = await pipeline.add(each, source=source, now=services.clock())
        counts[stored.value] += 1
        _show_progress(counts)
    return counts


async def _ingest_url(
    url: str, read_as: Format, source: str | None, services: Services
) -> Counter[str]:
    assert services.ingest is not None
    desk = services.ingest.admin
    try:
        stored = await desk.ingest_url(url, source=source, as_page=read_as is Format.HTML)
    except (FetchError, RefusedInput) as error:
        _show_refusal(url, str(error))
        return Counter(refused=1)
    return Counter(new=stored.new, changed=stored.changed, unchanged=stored.unchanged)


def _is_url(path: str) -> bool:
    return "://" in path


def _show_refusal(name: str, reason: str) -> None:
    typer.echo(f"refused {clean(name)}: {clean(reason)}", err=True)


def articles(
    topic: Annotated[str | None, typer.Option(help="only articles on this topic")] = None,
    since: Since = "24h",
    until: Until = None,
    limit: Annotated[int, typer.Option(min=1, max=100_000)] = 200,
    as_json: AsJson = False,
) -> None:
    """List stored articles, newest first, with their topic scores."""
    settings = context.settings()

    async def work() -> list[Article]:
        async with context.opened(settings) as services:
            window = times.window(since, until, settings.timezone)
            name = (
                context.topic_named(topic, services.scorer.topics).name
                if topic is not None
                else None
            )
            return await services.store.articles.in_window(window, topic=name, limit=limit)

    found = context.run(work)
    if as_json:
        typer.echo(articles_json(found))
        return
    for article in found:
        typer.echo(_line(article))
    if not found:
        typer.echo("no articles in this period", err=True)


def stories(
    since: Since = "24h",
    until: Until = None,
    limit: Annotated[int, typer.Option(min=1, max=100_000)] = 200,
    as_json: AsJson = False,
) -> None:
    """List stories, each with its articles."""
    settings = context.settings()

    async def work() -> list[Story]:
        async with context.opened(settings) as services:
            window = times.window(since, until, settings.timezone)
            return await services.store.stories.in_window(window, limit=limit)

    found = context.run(work)
    if as_json:
        typer.echo(stories_json(found))
        return
    for story in found:
        typer.echo(f"{clean(story.headline)}  [{len(story.articles)}]")
        for article in story.articles:
            typer.echo(f"    {_line(article)}")
    if not found:
        typer.echo("no stories in this period", err=True)


def search(
    words: Annotated[list[str], typer.Argument(metavar="WORD", help='words, "a phrase", -not')],
    limit: Annotated[int, typer.Option(min=1, max=1000)] = 10,
    as_json: AsJson = False,
) -> None:
    """Search the stored articles, best match first."""
    settings = context.settings()
    query = " ".join(f'"{word}"' if " " in word else word for word in words)

    async def work() -> list[tuple[Article, str]]:
        if not any(character.isalnum() for character in query):
            raise UsageError("no word to search for: write one, such as pipeline")
        async with context.opened(settings) as services:
            hits = await services.store.search.find(query, limit=limit)
            return [(hit.article, hit.snippet) for hit in hits]

    found = context.run(work)
    if as_json:
        typer.echo(articles_json([article for article, _ in found]))
        return
    for article, snippet in found:
        typer.echo(f"{_line(article)}\n    {clean(snippet)}")
    if not found:
        typer.echo("nothing found", err=True)


def _line(article: Article) -> str:
    topics = ", ".join(f"{each.topic} {each.score:.2f}" for each in article.topics) or "–"
    when = f"{article.published_at:%Y-%m-%d %H:%M}Z"
    return f"{when}  {clean(article.source)}: {clean(article.title)}  ({topics})"


def _show_progress(counts: Counter[str]) -> None:
    done = sum(counts.values())
    if sys.stderr.isatty() and done % 20 == 0:
        typer.echo(f"\r{done} articles read …", err=True, nl=False)
