"""Five weeks of invented articles on energy: a quiet month, then a canal that is closed."""

from __future__ import annotations

from importlib.util import find_spec

import pytest

from bot.models import Article, Chart, Column, Panel, Picture
from bot.store import Store
from tests.support.builders import ago, an_article

draws = pytest.mark.skipif(
    find_spec("resvg_py") is None, reason="resvg-py, an extra, is not installed"
)
"""For tests that need the library that draws pictures."""

OUTLETS = ("Coast Herald", "Northern Post", "Border Times")


def quiet_month() -> list[Article]:
    """Two articles a day, on 28 days before the last week; Norway is in half of them."""
    return [
        an_article(
            f"{'Norway plans' if half else 'A grid plans'} works at plant {day}",
            f"The works at plant {day} begin in spring, its operator said.",
            source=OUTLETS[half],
            published_at=ago(days=day, hours=1),
            topics=["energy"],
            story_id=f"works-{day}-{half}",
        )
        for day in range(8, 35)
        for half in (0, 1)
    ]


def closed_canal() -> list[Article]:
    """Nine articles of three outlets in the last three days, on one story and one name."""
    return [
        an_article(
            f"Tankers wait as the Varen Canal stays closed on day {number}",
            f"Egypt keeps the Varen Canal closed to tankers, its operator said. Report {number}.",
            source=OUTLETS[number % 3],
            url=f"https://news.example/canal/{number}",
            published_at=ago(hours=5 + 7 * number),
            topics=["energy"],
            story_id="canal",
        )
        for number in range(9)
    ]


async def weeks_stored(store: Store) -> None:
    """Put all of them into the store."""
    for each in (*quiet_month(), *closed_canal()):
        await store.articles.add(each)


def a_picture(told: str = "Energy: 6 stories a day.", heading: str = "Energy") -> Picture:
    """A picture of one topic."""
    days = tuple(
        Column(f"{day} Nov", day % 5, unfinished=day == 23, earlier=day < 17)
        for day in range(1, 24)
    )
    names = (Column("Norway", 12), Column("Egypt", 3))
    axis = ("1 Nov", "most: 4", "23 Nov")
    panel = Panel(heading, axis, Chart("6.0 a day", days, told), Chart("Countries", names, ""))
    return Picture("Stories a day", (panel,), ("these days", "before", "today"), told)
