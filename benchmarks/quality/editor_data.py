"""Labelled days of news: articles with an editor's labels beside them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from benchmarks.report import read_jsonl
from bot.models import Article, ParsedArticle, Story, Window
from bot.models.identity import as_article
from summarizer.newsworthiness.judge import with_worth
from summarizer.stories.clustering import StoryIndex, features_of
from summarizer.topics.scorer import TopicScorer, load_topics

NEWS_GENRES = frozenset({"news", "statement", "press_release"})


@dataclass(frozen=True, slots=True)
class Label:
    """What an editor says of an article; `event` is None where it reports nothing on a topic."""

    topics: frozenset[str]
    genre: str
    event: str | None


@dataclass(frozen=True, slots=True)
class Event:
    """An event of a day; `importance` is 0 to 3, `quotes` are acceptable bullets."""

    topics: frozenset[str]
    importance: int
    quotes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LabelledDay:
    """The articles of one day, their labels by article id, and the events of that day by name."""

    corpus: str
    window: Window
    stories: tuple[Story, ...]
    labels: Mapping[str, Label]
    events: Mapping[str, Event]

    @property
    def articles(self) -> tuple[Article, ...]:
        """All articles of the day."""
        return tuple(article for story in self.stories for article in story.articles)

    def importance(self, article: Article, topic: str) -> int:
        """The importance of the event that an article tells, 0 where it has none on the topic."""
        label = self.labels.get(article.id)
        event = self.events.get(label.event) if label and label.event else None
        return event.importance if event and topic in event.topics else 0


def read_days(path: Path) -> list[LabelledDay]:
    """The labelled days of NAME.jsonl, whose labels are NAME.articles.gold.jsonl and so on."""
    rows: list[dict[str, Any]] = list(read_jsonl(path))
    labels: list[dict[str, Any]] = list(read_jsonl(path.with_suffix(".articles.gold.jsonl")))
    events: list[dict[str, Any]] = list(read_jsonl(path.with_suffix(".events.gold.jsonl")))
    by_day: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for label in labels:
        by_day[str(rows[label["row"]]["published_at"])[:10]].append(label)
    return [_day(path.stem, day, found, rows, events) for day, found in sorted(by_day.items())]


def _day(
    corpus: str,
    day: str,
    labels: list[dict[str, Any]],
    rows: list[dict[str, Any]],
    events: list[dict[str, Any]],
) -> LabelledDay:
    scorer = TopicScorer(load_topics())
    start = datetime.fromisoformat(day).replace(tzinfo=UTC)
    index = StoryIndex()
    members: defaultdict[str, list[Article]] = defaultdict(list)
    by_id: dict[str, Label] = {}
    for label in labels:
        article = _article(rows[label["row"]], start, scorer)
        members[index.add(features_of(article), f"s-{article.id}")].append(article)
        by_id[article.id] = Label(frozenset(label["topics"]), label["genre"], label["event"])
    stories = (Story(name, m[0].title, start, start, tuple(m)) for name, m in members.items())
    return LabelledDay(
        corpus,
        Window(start, start + timedelta(days=1)),
        tuple(stories),
        by_id,
        {each["event"]: _event(each) for each in events if each["day"] == day},
    )


def _article(row: dict[str, Any], day: datetime, scorer: TopicScorer) -> Article:
    names = ("title", "text", "url", "source", "category", "language")
    given: dict[str, Any] = {name: row.get(name) for name in names}
    parsed = ParsedArticle(**given | {"text": given["text"] or "", "published_at": day})
    article = as_article(parsed, source=None, now=day)
    return with_worth(replace(article, topics=scorer.score(article.title, article.text)))


def _event(row: dict[str, Any]) -> Event:
    quotes = (row["gold"], *(each["quote"] for each in row["best"]))
    return Event(frozenset(row["topics"]), row["importance"], quotes)
