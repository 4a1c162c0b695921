"""An article finds the stories that it may belong to, at a cost that stays flat."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from bot.models import StoryCandidate, Window
from bot.store import Store, StoryPlacement
from bot.store.articles.story_placement import nearest
from tests.support.builders import NOW, a_window, ago, an_article

THREE_DAYS = a_window(hours=72)


async def _put(
    store: Store, story_id: str, keys: list[str], *, hours: float = 2, features: bytes = b"f"
) -> None:
    article = an_article(f"{story_id} {hours} {features!r}", published_at=ago(hours=hours))
    await store.articles.add(article, StoryPlacement(story_id, "Headline", keys, features))


def _ids(found: list[StoryCandidate]) -> list[str]:
    return [each.story_id for each in found]


async def test_it_finds_stories_that_share_a_key(store: Store) -> None:
    await _put(store, "s1", ["storm", "coast"], hours=5, features=b"older")
    await _put(store, "s1", ["storm"], hours=1, features=b"newer")
    await _put(store, "s2", ["oil"])

    found = await store.stories.candidates(["coast", "storm", "nobody's"], THREE_DAYS)

    assert found == [StoryCandidate("s1", ago(hours=5), ago(hours=1), (b"newer", b"older"))]


async def test_it_puts_rare_shared_keys_first(store: Store) -> None:
    for number in range(5):
        await _put(store, f"common {number}", ["government", "minister"])
    await _put(store, "rare", ["government", "kahramanmaraş"])

    found = await store.stories.candidates(["government", "minister", "kahramanmaraş"], THREE_DAYS)

    assert _ids(found)[0] == "rare"
    assert len(found) == 6


async def test_it_looks_only_at_the_newest_uses_of_a_key(store: Store) -> None:
    for hours in range(1, 7):
        await _put(store, f"{hours} h", ["government"], hours=hours)

    found = await store.stories.candidates(["government"], THREE_DAYS, per_key=3)

    assert sorted(_ids(found)) == ["1 h", "2 h", "3 h"]
    assert len(await store.stories.candidates(["government"], THREE_DAYS, limit=2)) == 2


async def test_a_busy_story_does_not_crowd_out_the_others(store: Store) -> None:
    await _put(store, "quiet", ["government"], hours=20)
    for number in range(30):
        await _put(store, "busy", ["government"], hours=1 + number / 10)

    found = await store.stories.candidates(["government"], THREE_DAYS, per_key=5)

    assert sorted(_ids(found)) == ["busy", "quiet"]
    [busy] = [each for each in found if each.story_id == "busy"]
    assert len(busy.features) == 12


@pytest.mark.parametrize("hours", [73, -1])
async def test_it_leaves_out_stories_outside_the_window(store: Store, hours: float) -> None:
    await _put(store, "elsewhere", ["storm"], hours=hours)

    assert await store.stories.candidates(["storm"], THREE_DAYS) == []


async def test_it_finds_a_story_that_went_on_after_the_window(store: Store) -> None:
    await _put(store, "long", ["storm"], hours=30, features=b"inside")
    await _put(store, "long", ["storm"], hours=1, features=b"after")

    window = Window(ago(hours=40), ago(hours=20))

    [found] = await store.stories.candidates(["storm"], window)
    assert found.features == (b"inside",)


async def test_it_takes_any_keys(store: Store) -> None:
    keys = ["", "'\";--", "a\x00b", "\ud800", "ключ", "x" * 10_000, "\\u0000", "null", "%s :x"]
    await _put(store, "hostile", keys)

    assert _ids(await store.stories.candidates(keys, THREE_DAYS)) == ["hostile"]
    assert _ids(await store.stories.candidates(["x" * 10_000], THREE_DAYS)) == ["hostile"]
    assert await store.stories.candidates([], THREE_DAYS) == []


async def test_two_articles_on_one_event_that_arrive_together_begin_one_story(
    store: Store,
) -> None:
    async def place(number: int) -> None:
        article = an_article(f"Article {number}")
        async with store.stories.placing():
            found = await store.stories.candidates(["storm"], THREE_DAYS)
            story_id = found[0].story_id if found else f"s{number}"
            await store.articles.add(article, StoryPlacement(story_id, "H", ["storm"]))

    await asyncio.gather(*(place(number) for number in range(8)))

    stories = await store.stories.in_window(a_window(until=NOW + timedelta(hours=1)))
    assert [len(story.articles) for story in stories] == [8]


def test_a_key_counts_the_less_the_more_stories_have_it() -> None:
    held = {"common": frozenset("abc"), "rare": frozenset("c"), "own": frozenset("b")}

    assert nearest(held, 3) == ["b", "c", "a"]
    assert nearest(held, 1) == ["b"]
    assert nearest({}, 5) == []
