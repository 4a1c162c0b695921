"""Counts come from the store: of whole days in the chat's zone, and of no sample."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.models import Quote, Topic, Withdrawal
from bot.store import Store
from bot.trends import counting
from bot.trends.counting import TrendCounter
from summarizer.topics.scorer import own_topic
from tests.support.builders import NOW, ago, an_article
from tests.support.weeks import closed_canal, weeks_stored

ENERGY = Topic("energy", "Energy", "", {})


async def test_days_stories_countries_and_what_rises(store: Store) -> None:
    await weeks_stored(store)
    found = await TrendCounter(store).trend(ENERGY, 7, "UTC", NOW)
    assert (found.articles, found.earlier, found.stories) == (9, 54, 1)
    assert found.days[0][0] == date(2026, 10, 20)
    assert dict(found.now) == {date(2026, 11, day): int(day >= 20) for day in range(17, 24)}
    assert {many for _, many in found.before[:-1]} == {2}
    assert [(each.title, each.articles) for each in found.places] == [("Egypt", 9)]
    assert [each.key for each in found.rising] == ["canal"]


async def test_the_days_are_those_of_the_zone(store: Store) -> None:
    late = an_article("Late", published_at=ago(hours=13), topics=["energy"], story_id="late")
    await store.articles.add(late)
    in_utc = await TrendCounter(store).trend(ENERGY, 7, "UTC", NOW)
    in_karachi = await TrendCounter(store).trend(ENERGY, 7, "Asia/Karachi", NOW)
    assert [many for _, many in in_utc.now] == [1, 0]
    assert [many for _, many in in_karachi.now] == [1]


async def test_a_young_store_has_nothing_to_compare_with(store: Store) -> None:
    for each in closed_canal():
        await store.articles.add(each)
    found = await TrendCounter(store).trend(ENERGY, 7, "UTC", NOW)
    assert found.before == ()
    assert found.rising == ()
    assert found.articles == 9


async def test_an_empty_store_is_counted_too(store: Store) -> None:
    found = await TrendCounter(store).trend(ENERGY, 30, "UTC", NOW)
    assert (found.articles, found.stories, found.places, found.rising) == (0, 0, (), ())
    assert len(found.now) == 30


async def test_more_articles_than_are_read_shorten_the_days_before(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    await weeks_stored(store)
    monkeypatch.setattr(counting, "MOST_REPORTS", 9 + 2 * 10 + 1)
    found = await TrendCounter(store).trend(ENERGY, 7, "UTC", NOW)
    assert (found.articles, found.earlier) == (9, 20)
    assert {many for _, many in found.before if many} == {2}


async def test_a_span_that_is_not_read_whole_is_shortened_itself(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    await weeks_stored(store)
    monkeypatch.setattr(counting, "MOST_REPORTS", 9 + 2 * 10 + 1)
    found = await TrendCounter(store).trend(ENERGY, 30, "UTC", NOW)
    assert found.before == ()
    assert found.rising == ()
    assert (found.articles, found.earlier, len(found.now)) == (29, 0, 18)
    assert found.since == date(2026, 11, 6)
    assert found.read == 30


async def test_what_was_just_counted_is_not_counted_again(store: Store) -> None:
    await weeks_stored(store)
    counter = TrendCounter(store)
    first = await counter.trend(ENERGY, 7, "UTC", NOW)
    await store.articles.add(an_article(topics=["energy"], published_at=ago(hours=1)))
    assert await counter.trend(ENERGY, 7, "UTC", NOW + timedelta(seconds=59)) is first
    assert (await counter.trend(ENERGY, 30, "UTC", NOW)).articles > first.articles
    later = await counter.trend(ENERGY, 7, "UTC", NOW + timedelta(seconds=60))
    assert later.articles == first.articles + 1


async def test_a_chats_own_topic_is_counted_by_its_words(store: Store) -> None:
    await weeks_stored(store)
    mine = own_topic("canals", "canal", 1)
    found = await TrendCounter(store).trend(mine, 7, "UTC", NOW)
    assert (found.articles, found.earlier) == (9, 0)


async def test_the_mean_is_one_of_full_days_since_the_oldest_article(store: Store) -> None:
    for days in range(4):
        await store.articles.add(an_article(topics=["energy"], published_at=ago(days=days)))
    found = await TrendCounter(store).trend(ENERGY, 7, "UTC", NOW)
    assert len(found.now) == 4
    assert [day.day for day, _ in found.full] == [21, 22]


async def test_a_topic_without_news_counts_all_days_of_an_older_store(store: Store) -> None:
    await store.articles.add(an_article("Old", topics=["security"], published_at=ago(days=20)))
    await store.articles.add(an_article(topics=["energy"], published_at=ago(hours=1)))
    found = await TrendCounter(store).trend(ENERGY, 7, "UTC", NOW)
    assert len(found.full) == 6
    assert sum(many for _, many in found.full) == 0


async def test_a_busy_topic_of_a_chat_tells_at_least_today(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(counting, "MOST_OF_OWN", 5)
    await weeks_stored(store)
    for each in range(8):
        title = f"The canal opens gate {each}" if each % 2 else f"A film about canal {each}"
        await store.articles.add(an_article(title, published_at=ago(hours=each / 2)))
    found = await TrendCounter(store).trend(own_topic("canals", "canal", 1), 7, "UTC", NOW)
    assert [day for day, _ in found.days] == [NOW.date()]
    assert (found.articles, found.read, found.full) == (5, 5, ())


async def test_hits_that_are_not_on_the_topic_count_as_read(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(counting, "MOST_OF_OWN", 9)
    monkeypatch.setattr(counting, "_on_topic", lambda *_: [])
    await weeks_stored(store)
    found = await TrendCounter(store).trend(own_topic("canals", "canal", 1), 7, "UTC", NOW)
    assert found.articles == 0
    assert found.read == 9
    assert found.days[0][0] == date(2026, 11, 21)


async def test_a_day_without_a_time_counts_west_of_greenwich_too(store: Store) -> None:
    first = datetime(2026, 10, 20, tzinfo=UTC)
    await store.articles.add(an_article(topics=["energy"], published_at=first))
    found = await TrendCounter(store).trend(ENERGY, 7, "America/New_York", NOW)
    assert found.days[0] == (date(2026, 10, 20), 1)


async def test_a_withdrawn_article_proves_nothing_where_there_is_another(store: Store) -> None:
    await weeks_stored(store)
    [story] = (await TrendCounter(store).trend(ENERGY, 7, "UTC", NOW)).rising
    quote = Quote(story.proof.id, "words")
    await store.withdrawals.add(Withdrawal(0, "s", "A bullet.", "", (quote,), NOW))
    [story_now] = (await TrendCounter(store).trend(ENERGY, 7, "UTC", NOW)).rising
    assert story_now.proof.id != story.proof.id
