"""A briefing comes back whole, years later too."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.errors import StoreError
from bot.models import BulletStatus, Coverage, Dropped
from bot.store import Store
from tests.support.builders import NOW, a_briefing, a_bullet, a_citation, a_section, an_article
from tests.support.store_desk import Desk

HOSTILE = an_article("Ti\x07tle", 'Says "\\u0000" – 東京 👩‍🚒 \u202e\u2028. More.')

FULL = a_briefing(
    a_section(
        "energy",
        a_bullet('Text with "quotes" – 東京 👩‍🚒 \u202e', citations=[a_citation(HOSTILE)]),
        a_bullet(status=BulletStatus.UPDATED, change="rises to 31 from 24", engine="llm"),
    ),
    a_section("security"),
    timezone="Asia/Karachi",
    dropped=[Dropped("Bad bullet", "number 19 is not in its sources")],
    coverage=Coverage(0, 0, 0, ("Silent source",), None),
)


async def test_it_gives_back_a_briefing_as_it_was(store: Store) -> None:
    await store.briefings.add(FULL)

    assert await store.briefings.get(FULL.id) == FULL
    assert await store.briefings.get("another") is None


async def test_a_quote_is_still_where_it_was(store: Store) -> None:
    await store.articles.add(HOSTILE)
    await store.briefings.add(FULL)

    stored, article = await store.briefings.get(FULL.id), await store.articles.get(HOSTILE.id)

    assert stored is not None
    assert article is not None
    citation = stored.bullets[0].citations[0]
    assert article.text[citation.start : citation.end] == citation.quote


async def test_it_knows_the_latest_of_a_channel(desk: Desk) -> None:
    channel, other = await desk.channel(), await desk.channel()
    newer = a_briefing(id="newer", created_at=NOW + timedelta(hours=1))
    await desk.store.briefings.add(newer, channel.id)
    await desk.store.briefings.add(a_briefing(id="older", created_at=NOW), channel.id)
    late = a_briefing(id="shared", created_at=NOW + timedelta(hours=2))
    await desk.store.briefings.add(late, None)

    assert await desk.store.briefings.latest(channel.id) == newer
    assert await desk.store.briefings.latest(other.id) is None


async def test_it_drops_what_no_database_takes(store: Store) -> None:
    await store.briefings.add(a_briefing(a_section("energy", a_bullet("a\ud800b"))))

    stored = await store.briefings.get(a_briefing().id)

    assert stored is not None
    assert stored.bullets[0].text == "ab"


async def test_a_briefing_is_never_changed(store: Store) -> None:
    await store.briefings.add(a_briefing())

    with pytest.raises(StoreError):
        await store.briefings.add(a_briefing())
