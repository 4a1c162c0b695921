"""Labelled days of news: articles stored as briefbot stores them, with an editor's labels."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from benchmarks.report import read_jsonl
from bot.briefing_builder import CONTEXT_STORIES, STORIES_PER_TOPIC
from bot.ingest.article_batches import ArticleBatches
from bot.ingest.pipeline import IngestPipeline
from bot.models import Article, Story, Window
from bot.sources.files.options import ReadOptions
from bot.sources.files.reader import Refusal, read_paths
from bot.store import Store
from summarizer.briefing import TopicMaterial
from summarizer.topics.config import load_topics
from summarizer.topics.scorer import TopicScorer

NEWS_GENRES = frozenset({"news", "statement", "press_release"})
ARTICLE_BYTES = 1_000_000


@dataclass(frozen=True, slots=True)
class Label:
    """What an editor says of an article; `event` is None where it reports nothing on a topic."""

    topics: frozenset[str]
    genre: str
    event: str | None


@dataclass(frozen=True, slots=True)
class Event:
    """An event of a day; `importance` is 0 to 3, `quotes` are acceptable bullets."""

    day: date
    topics: frozenset[str]
    importance: int
    quotes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LabelledDay:
    """The articles of a window, what a briefing of it is made from, and an editor's labels.

    `material` has the built-in topics in their order; `labels` are by article id, `events` by
    name, those of other days included.
    """

    corpus: str
    window: Window
    material: tuple[TopicMaterial, ...]
    articles: tuple[Article, ...]
    labels: Mapping[str, Label]
    events: Mapping[str, Event]

    def importance(self, article: Article, topic: str) -> int:
        """The importance of the event that an article tells, 0 where it has none on the topic."""
        label = self.labels.get(article.id)
        event = self.events.get(label.event) if label and label.event else None
        return event.importance if event and topic in event.topics else 0

    def due(self, topic: str) -> dict[str, Event]:
        """The events of the window on a topic that are worth telling."""
        first, last = self.window.since.date(), self.window.until.date()
        return {
            name: each
            for name, each in self.events.items()
            if first <= each.day < last and topic in each.topics and each.importance
        }


def read_days(path: Path, days: int = 1) -> list[LabelledDay]:
    """The labelled days of NAME.jsonl, whose labels are NAME.articles.gold.jsonl and so on.

    With more than one of `days`, the windows of that length that end with each labelled day.
    """
    return asyncio.run(_read_days(path, days))


async def _read_days(path: Path, days: int) -> list[LabelledDay]:
    rows: list[dict[str, Any]] = list(read_jsonl(path))
    labels: list[dict[str, Any]] = list(read_jsonl(path.with_suffix(".articles.gold.jsonl")))
    events = _events(path.with_suffix(".events.gold.jsonl"))
    async with stored(path) as store:
        ends = sorted({str(rows[each["row"]]["published_at"])[:10] for each in labels})
        windows = [window(date.fromisoformat(end), days) for end in ends]
        by_page = _labels(rows, labels)
        return [await _day(path.stem, each, store, by_page, events) for each in windows]


@asynccontextmanager
async def stored(path: Path) -> AsyncIterator[Store]:
    """A store in memory into which the articles of a file were ingested."""
    store = Store.open("sqlite://")
    await store.migrate()
    try:
        await _ingest(path, store)
        yield store
    finally:
        await store.close()


async def _ingest(path: Path, store: Store) -> None:
    now = datetime.now(UTC)
    batches = ArticleBatches(IngestPipeline(store, TopicScorer(load_topics())), None)
    for each in read_paths([path], ReadOptions(now, ARTICLE_BYTES, "jsonl", None, False)):
        if not isinstance(each, Refusal):
            await batches.add(each, now)
    await batches.flush(now)


def window(last: date, days: int = 1) -> Window:
    """The days that end with a day, in UTC."""
    until = datetime.combine(last, time(), UTC) + timedelta(days=1)
    return Window(until - timedelta(days=days), until)


def _events(path: Path) -> dict[str, Event]:
    rows: list[dict[str, Any]] = list(read_jsonl(path))
    return {
        each["event"]: Event(
            date.fromisoformat(each["day"]),
            frozenset(each["topics"]),
            each["importance"],
            (each["gold"], *(best["quote"] for best in each["best"])),
        )
        for each in rows
    }


Pages = Mapping[str, Sequence[tuple[str, Label]]]
"""By address: the titles of the page's rows, each with its label."""


def _labels(rows: Sequence[dict[str, Any]], labels: Sequence[dict[str, Any]]) -> Pages:
    found: defaultdict[str, list[tuple[str, Label]]] = defaultdict(list)
    for each in labels:
        row = rows[each["row"]]
        label = Label(frozenset(each["topics"]), each["genre"], each["event"])
        found[row.get("url") or ""].append((_plain(row["title"]), label))
    return found


def _plain(title: str) -> str:
    return " ".join(title.split())


def _label(article: Article, pages: Pages) -> Label | None:
    """The label of a page with the same title, or else of the same page."""
    found = pages.get(article.url or "", ())
    same = [label for title, label in found if title == _plain(article.title)]
    return next(iter([*same, *(label for _, label in found)]), None)


async def _day(
    corpus: str, window: Window, store: Store, pages: Pages, events: Mapping[str, Event]
) -> LabelledDay:
    material = await material_of(store, window)
    found = await store.articles.in_window(window, topic=None, limit=100_000)
    labels = {each.id: label for each in found if (label := _label(each, pages))}
    articles = tuple(sorted((each for each in found if each.id in labels), key=lambda a: a.id))
    return LabelledDay(corpus, window, material, articles, labels, events)


async def material_of(store: Store, window: Window) -> tuple[TopicMaterial, ...]:
    """What a briefing of a window on the built-in topics is made from."""
    context = tuple(await store.stories.in_window(window, limit=CONTEXT_STORIES))
    return tuple(
        [
            TopicMaterial(topic, await _stories(store, topic.name, window), context)
            for topic in load_topics()
        ]
    )


async def _stories(store: Store, topic: str, window: Window) -> tuple[Story, ...]:
    found = await store.stories.for_topic(topic, window, limit=STORIES_PER_TOPIC)
    return tuple(found)


def cited(day: LabelledDay) -> Iterator[tuple[str, Article]]:
    """The articles that a briefing of the window may cite, by id."""
    for material in day.material:
        for story in material.all_stories:
            for article in story.articles:
                yield article.id, article
