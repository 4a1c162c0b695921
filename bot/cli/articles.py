"""Articles in, and looking at what is stored: ingest, articles, stories, search."""

from __future__ import annotations

import sys
from collections import Counter
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from bot.cli import common
from bot.errors import UsageError
from bot.intake import Intake
from bot.models import Article, Stored, Story
from bot.render.json_format import articles_json, stories_json
from bot.render.plain import clean
from bot.sources.files import Refusal, read_paths
from bot.sources.text import clean_line


class Format(StrEnum):
    """How a file is read."""

    AUTO = "auto"
    TEXT = "text"
    HTML = "html"
    JSONL = "jsonl"


Since = Annotated[str, typer.Option(help="24h, 7d, a date or an instant")]
Until = Annotated[str | None, typer.Option(help="as --since; a date counts to its end")]
AsJson = Annotated[bool, typer.Option("--json", help="print JSON for scripts")]

LONGEST_SOURCE = 100
"""Characters of an outlet's name that are kept."""


def ingest(
    paths: Annotated[list[str], typer.Argument(metavar="PATH", help="files or folders")],
    read_as: Annotated[Format, typer.Option("--format", help="how to read them")] = Format.AUTO,
    source: Annotated[str | None, typer.Option(help="the outlet, where a file names none")] = None,
) -> None:
    """Store articles from files and folders; ingesting twice changes nothing."""
    settings = common.settings()
    outlet = clean_line(source or "", LONGEST_SOURCE) or None

    async def work() -> Counter[str]:
        counts: Counter[str] = Counter()
        async with common.opened(settings) as services:
            intake = Intake(services.store, services.scorer)
            found = read_paths(
                [Path(path) for path in paths],
                read_as=read_as.value,
                max_bytes=settings.max_article_bytes,
                now=services.clock(),
            )
            for each in found:
                if isinstance(each, Refusal):
                    counts["refused"] += 1
                    typer.echo(f"refused {clean(each.name)}: {clean(each.reason)}", err=True)
                    continue
                stored = await intake.put(each, source=outlet, now=services.clock())
                counts[stored.value] += 1
                _show_progress(counts)
        return counts

    counts = common.run(work)
    if sys.stderr.isatty():
        typer.echo("\r\x1b[K", err=True, nl=False)
    kinds = (*(kind.value for kind in Stored), "refused")
    typer.echo(", ".join(f"{counts[kind]} {kind}" for kind in kinds))
    if counts["refused"] and not sum(counts[kind.value] for kind in Stored):
        raise typer.Exit(1)


def articles(
    topic: Annotated[str | None, typer.Option(help="only those on this topic")] = None,
    since: Since = "24h",
    until: Until = None,
    limit: Annotated[int, typer.Option(min=1, max=100_000)] = 200,
    as_json: AsJson = False,
) -> None:
    """List stored articles, newest first, with their topic scores."""
    settings = common.settings()

    async def work() -> list[Article]:
        async with common.opened(settings) as services:
            window = common.window(since, until, settings.timezone)
            name = (
                common.topic_named(topic, services.scorer.topics).name
                if topic is not None
                else None
            )
            return await services.store.articles.in_window(window, topic=name, limit=limit)

    found = common.run(work)
    if as_json:
        typer.echo(articles_json(found))
        return
    for article in found:
        typer.echo(_line(article))
    if not found:
        typer.echo("no articles in that time", err=True)


def stories(
    since: Since = "24h",
    until: Until = None,
    limit: Annotated[int, typer.Option(min=1, max=100_000)] = 200,
    as_json: AsJson = False,
) -> None:
    """List stories, each with the articles that carry it."""
    settings = common.settings()

    async def work() -> list[Story]:
        async with common.opened(settings) as services:
            window = common.window(since, until, settings.timezone)
            return await services.store.stories.in_window(window, limit=limit)

    found = common.run(work)
    if as_json:
        typer.echo(stories_json(found))
        return
    for story in found:
        typer.echo(f"{clean(story.headline)}  [{len(story.articles)}]")
        for article in story.articles:
            typer.echo(f"    {_line(article)}")
    if not found:
        typer.echo("no stories in that time", err=True)


def search(
    words: Annotated[list[str], typer.Argument(metavar="WORD", help='words, "a phrase", -not')],
    limit: Annotated[int, typer.Option(min=1, max=1000)] = 10,
    as_json: AsJson = False,
) -> None:
    """Search the stored articles, best match first."""
    settings = common.settings()
    query = " ".join(f'"{word}"' if " " in word else word for word in words)

    async def work() -> list[tuple[Article, str]]:
        if not any(character.isalnum() for character in query):
            raise UsageError("there is no word to search for: write one, such as pipeline")
        async with common.opened(settings) as services:
            hits = await services.store.search.find(query, limit=limit)
            return [(hit.article, hit.snippet) for hit in hits]

    found = common.run(work)
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
