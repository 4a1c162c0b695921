"""Listing what is stored: articles, stories, search."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated

import typer

from bot.briefing_reasons import of_articles
from bot.cli import context, times
from bot.cli.times import Until
from bot.errors import UsageError
from bot.models import Article, ArticleKind, DatePrecision, Story
from bot.render.json import articles_json, stories_json
from bot.render.phrases import counted
from bot.render.sanitize import clean
from handlers.services import Services

Since = Annotated[str, typer.Option(help="24h, 7d, a date, or a date and time")]
EVERYTHING = timedelta(days=3_650)
"""A longer period asks for everything that is stored, undated articles included."""

AsJson = Annotated[bool, typer.Option("--json", help="print JSON for scripts")]


def articles(
    topic: Annotated[str | None, typer.Option(help="only articles on this topic")] = None,
    since: Since = "24h",
    until: Until = None,
    limit: Annotated[int, typer.Option(min=1, max=100_000)] = 200,
    undated: Annotated[
        bool, typer.Option("--undated", help="only articles without a known date")
    ] = False,
    why: Annotated[
        bool, typer.Option("--why", help="show what speaks for telling each, and against it")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """List stored articles, newest first, with their topic scores.

    A period of more than ten years includes the articles without a known date, last.
    """
    settings = context.settings()

    async def work() -> list[Article]:
        async with context.opened(settings) as services:
            if undated:
                return await services.store.articles.undated(limit)
            window = times.window(since, until, settings.timezone)
            name = (
                context.topic_named(topic, services.scorer.topics).name
                if topic is not None
                else None
            )
            found = await services.store.articles.in_window(window, topic=name, limit=limit)
            if topic is None and window.until - window.since > EVERYTHING:
                found += await services.store.articles.undated(max(1, limit - len(found)))
            elif topic is None and not as_json:
                await _tell_of_undated(services)
            return found[:limit]

    found = context.run(work)
    if as_json:
        typer.echo(articles_json(found))
        return
    reasons = of_articles(found, topic) if why else {}
    for article in found:
        typer.echo(_line(article))
        for line in reasons.get(article.id, ()):
            typer.echo(f"    {line}")
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
        if all(word.startswith("-") for word in words):
            raise UsageError(
                f"{words[0]} only leaves articles out: add a word that they have, such as "
                f"pipeline {words[0]}"
            )
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
    kind = "" if article.kind is ArticleKind.NEWS else f"[{article.kind.replace('_', ' ')}] "
    return f"{_when(article)}  {kind}{clean(article.source)}: {clean(article.title)}  ({topics})"


def _when(article: Article) -> str:
    """The date as exactly as it is known, in one width."""
    if not article.is_dated:
        return f"{'undated':17}"
    day = f"{article.published_at:%Y-%m-%d}"
    if article.date_precision is DatePrecision.DAY:
        return f"{day:17}"
    return f"{day} {article.published_at:%H:%M}Z"


async def _tell_of_undated(services: Services) -> None:
    count = sum(each.total for each in await services.store.articles.undated_counts())
    if count:
        typer.echo(f"{counted(count, 'article')} without a date: see --undated", err=True)
