"""Pieces of articles and heads of stories, as long as they were asked for and no longer."""

from __future__ import annotations

from datetime import timedelta

from bot.store import PieceWish, Store
from tests.support.builders import DAY, NOW, TODAY, a_window, ago, an_article
from tests.support.news import NEWS, STORM, STORM_LATER, stored


async def test_a_piece_is_what_stands_there(store: Store) -> None:
    text = "Ünïcödé 🙂 word " * 100_000
    long = an_article("Long", text, language="de")
    await stored(store, STORM, long)
    wishes = [PieceWish(long.id, 8, 18), PieceWish(STORM.id, 0, 7), PieceWish("none", 0, 5)]
    found = await store.reading.pieces([*wishes, wishes[0]])
    assert {wish: piece.text for wish, piece in found.items()} == {
        wishes[0]: text[8:18],
        wishes[1]: "A storm",
    }
    piece = found[wishes[0]]
    assert (piece.start, piece.length, piece.language) == (8, len(text), "de")


async def test_many_pieces_are_read_in_several_statements(store: Store) -> None:
    await stored(store, STORM)
    wishes = [PieceWish(STORM.id, at, at + 3) for at in range(205)]
    found = await store.reading.pieces(wishes)
    assert [found[each].text for each in wishes] == [STORM.text[at : at + 3] for at in range(205)]


async def test_a_title_of_any_length_is_read_in_part(store: Store) -> None:
    long = an_article("x" * 1_000_000, "Text.", id="long")
    await stored(store, long)
    wish = PieceWish("long", 0, 5)
    assert len((await store.reading.pieces([wish]))[wish].title) == 400


async def test_a_story_counts_its_articles_and_sources(store: Store) -> None:
    await stored(store)
    story = await store.reading.story("storm")
    assert story is not None
    assert (story.articles, story.sources) == (2, 2)
    members = await store.reading.members("storm", limit=5, characters=10)
    assert [(each.id, each.text) for each in members] == [
        (STORM_LATER.id, STORM_LATER.text[:10]),
        (STORM.id, STORM.text[:10]),
    ]
    assert len(await store.reading.members("storm", limit=1, characters=10)) == 1
    assert await store.reading.story("none") is None


async def test_the_stories_of_a_topic_come_newest_first(store: Store) -> None:
    await stored(store)
    wide = a_window(hours=96)
    assert [each.id for each in await store.reading.on_topic("energy", wide, 9)] == [
        "storm",
        "pipeline",
    ]
    assert [each.id for each in await store.reading.on_topic("energy", DAY, 9)] == ["storm"]
    assert len(await store.reading.on_topic("energy", wide, 1)) == 1


async def test_stories_are_counted_once_a_day_by_days_of_utc(store: Store) -> None:
    late = an_article("Late", published_at=ago(hours=12.5), topics=["energy"], story_id="storm")
    await stored(store, *NEWS, late)
    days = (await store.reading.stories_a_day(["energy"], a_window(hours=96)))["energy"]
    yesterday = TODAY - timedelta(days=1)
    assert list(days) == [TODAY - timedelta(days=back) for back in (4, 3, 2, 1, 0)]
    assert days[TODAY] == 1
    assert days[yesterday] == 1
    assert days[TODAY - timedelta(days=3)] == 1
    assert days[TODAY - timedelta(days=2)] == 0
    both = await store.reading.stories_a_day(["security", "energy"], a_window(until=NOW))
    assert [(topic, days[TODAY]) for topic, days in both.items()] == [
        ("security", 1),
        ("energy", 1),
    ]


async def test_openings_are_of_the_newest_articles_of_each_story_in_the_window(
    store: Store,
) -> None:
    await stored(store)
    wide = a_window(hours=96)
    found = await store.reading.openings(["storm", "pipeline"], wide, each=1, characters=7)
    assert len(found) == 2
    assert found[0].id == STORM_LATER.id
    assert found[0].text == STORM_LATER.text[:7]
    both = await store.reading.openings(["storm"], wide, each=5, characters=7)
    assert [each.id for each in both] == [STORM_LATER.id, STORM.id]
    assert await store.reading.openings([], wide, each=5, characters=7) == []


async def test_headlines_are_those_of_a_topics_stories_newest_first(store: Store) -> None:
    await stored(store)
    stories = await store.reading.on_topic("energy", a_window(hours=96), 9)
    headlines = await store.reading.headlines("energy", a_window(hours=96), 9)
    assert headlines == [each.headline for each in stories]
    assert len(await store.reading.headlines("energy", a_window(hours=96), 1)) == 1
