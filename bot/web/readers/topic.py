"""A topic: how many stories a day, and the latest of them."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, time, timedelta

from bot.models import Chart, Topic, Window
from bot.render.charts.words import chart_of_days, chart_of_names
from bot.web.layout import fitted, rendered
from bot.web.visits import NotThere, Visit, stories_of
from summarizer.places.mentions import most_named

TREND_DAYS = 30
LATEST_DAYS = 3
STORIES = 40

PLACES = 8
"""Countries in the chart of those that headlines name most."""

HEADLINES = 2_000


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
    days = (await reading.stories_a_day([topic.name], shown))[topic.name]
    found = await reading.on_topic(topic.name, latest, STORIES)
    start = min(visit.number("from"), len(found))
    return fitted(
        "topic.html",
        found[start:],
        start=start,
        visit=visit,
        topic=topic,
        trend=chart_of_days(days),
        places=await _places(visit, topic, shown),
        opened=opened,
        days=LATEST_DAYS,
        zone=visit.channel.timezone,
    )


async def _places(visit: Visit, topic: Topic, shown: Window) -> Chart:
    """The countries that the headlines of a topic's stories name most."""
    headlines = await visit.store.reading.headlines(topic.name, shown, HEADLINES)
    named = await asyncio.to_thread(most_named, headlines, PLACES)
    return chart_of_names("Countries in headlines", named, "story")


async def every(visit: Visit) -> str:
    """The list of built-in topics, for the whole channel."""
    return rendered("topics.html", visit=visit, topics=list(visit.topics.values()))


async def _opened(visit: Visit, topic: Topic) -> frozenset[str]:
    """The stories that the link of a digest opens; raises NotThere if it is not on the topic."""
    briefing = await visit.briefing()
    if topic.name not in {section.topic for section in briefing.sections}:
        raise NotThere
    return stories_of(briefing)
