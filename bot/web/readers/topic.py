"""A topic: how many stories a day, and the latest of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from bot.models import Topic, Window
from bot.render.phrases import counted
from bot.web.layout import fitted, rendered
from bot.web.visits import NotThere, Visit, stories_of

TREND_DAYS = 30
LATEST_DAYS = 3
STORIES = 40

WIDTH, HEIGHT, GAP = 600, 120, 4
"""Of the chart, in its own units."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One day in the chart."""

    day: date
    stories: int
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Trend:
    """A chart of stories a day, and in words what it shows."""

    bars: tuple[Bar, ...]
    most: int
    told: str
    width: int = WIDTH
    height: int = HEIGHT


async def page(visit: Visit) -> str:
    """A built-in topic that the link opens."""
    topic = visit.topics.get(visit.path["topic"])
    if topic is None:
        raise NotThere
    opened = None if visit.whole else await _opened(visit, topic)
    today = datetime.combine(visit.now.astimezone(UTC).date(), time(), UTC)
    shown = Window(today - timedelta(days=TREND_DAYS - 1), visit.now)
    latest = Window(visit.now - timedelta(days=LATEST_DAYS), visit.now)
    reading = visit.store.reading
    days = await reading.stories_a_day(topic.name, shown)
    found = await reading.on_topic(topic.name, latest, STORIES)
    start = min(visit.number("from"), len(found))
    return fitted(
        "topic.html",
        found[start:],
        start=start,
        visit=visit,
        topic=topic,
        trend=trend(days),
        opened=opened,
        days=LATEST_DAYS,
        zone=visit.channel.timezone,
    )


async def every(visit: Visit) -> str:
    """The list of built-in topics, for the whole channel."""
    return rendered("topics.html", visit=visit, topics=list(visit.topics.values()))


async def _opened(visit: Visit, topic: Topic) -> frozenset[str]:
    """The stories that the link of a digest opens; raises NotThere if it is not on the topic."""
    briefing = await visit.briefing()
    if topic.name not in {section.topic for section in briefing.sections}:
        raise NotThere
    return stories_of(briefing)


def trend(days: Mapping[date, int]) -> Trend:
    """The chart of these days; the last one is today, which is not over."""
    most = max(days.values(), default=0)
    step = WIDTH / max(1, len(days))
    bars = []
    for place, (day, stories) in enumerate(days.items()):
        height = round(HEIGHT * stories / most, 1) if most else 0.0
        x = round(place * step + GAP / 2, 1)
        bars.append(Bar(day, stories, x, round(HEIGHT - height, 1), round(step - GAP, 1), height))
    return Trend(tuple(bars), most, _told(days))


def _told(days: Mapping[date, int]) -> str:
    """The chart in words, for those who do not see it."""
    if not any(days.values()):
        return f"No stories in the last {len(days)} days."
    most = max(days, key=lambda day: days[day])
    mean = sum(days.values()) / len(days)
    return (
        f"Stories a day in the last {len(days)} days: {mean:.1f} on average, "
        f"most on {most.day} {most:%B} ({counted(days[most], 'story')}), "
        f"{days[max(days)]} so far today."
    )
