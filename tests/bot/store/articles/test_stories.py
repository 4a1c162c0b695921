"""Stories are found by what is in the window, most reported first."""

from __future__ import annotations

from datetime import timedelta

from bot.models import Story, TopicScore
from bot.store import Store, StoryPlacement
from tests.support.builders import DAY, a_score, a_window, ago, an_article

WORTHY = TopicScore("energy", 0.5, ("in the title",), worth=0.9)


async def _put(
    store: Store,
    story_id: str,
    *,
    source: str = "A",
    hours: float = 2,
    topic: str | None = "energy",
    score: float = 0.5,
    title: str | None = None,
) -> str:
    article = an_article(
        title or f"{story_id} by {source} {hours} h ago",
        source=source,
        published_at=ago(hours=hours),
        topics=[a_score(topic, score)] if topic else [],
    )
    await store.articles.add(article, StoryPlacement(story_id, f"Headline of {story_id}"))
    return article.id


def _ids(stories: list[Story]) -> list[str]:
    return [story.id for story in stories]


async def test_it_orders_by_sources_then_score_then_time(store: Store) -> None:
    await _put(store, "older", score=0.5, hours=9)
    await _put(store, "newer", score=0.5, hours=3)
    await _put(store, "better", score=0.9, hours=10)
    await _put(store, "twice in one outlet", score=0.4, hours=1)
    await _put(store, "twice in one outlet", score=0.4, hours=2)
    await _put(store, "widely reported", source="A", score=0.3, hours=20)
    await _put(store, "widely reported", source="B", score=0.3, hours=21)

    found = await store.stories.for_topic("energy", DAY)

    expected = ["widely reported", "better", "newer", "older", "twice in one outlet"]
    assert _ids(found) == expected
    assert _ids(await store.stories.for_topic("energy", DAY, limit=2)) == expected[:2]


async def test_a_long_story_keeps_the_report_that_was_worth_most(store: Store) -> None:
    """Its newest articles only react to it."""
    first = an_article("Storm cuts power", published_at=ago(hours=20), topics=[WORTHY])
    await store.articles.add(first, StoryPlacement("storm", "Storm"))
    for hours in range(1, 19):
        await _put(store, "storm", hours=hours)

    [story] = await store.stories.for_topic("energy", DAY)

    assert story.articles[0].id == first.id
    assert len(story.articles) < 19
    assert story.articles[-1].published_at == ago(hours=1)


async def test_it_leaves_out_other_topics_and_other_times(store: Store) -> None:
    await _put(store, "security only", topic="security")
    await _put(store, "no topic", topic=None)
    await _put(store, "yesterday's", hours=30)
    await _put(store, "wanted")

    assert _ids(await store.stories.for_topic("energy", DAY)) == ["wanted"]


async def test_it_brings_the_whole_story_within_the_window_oldest_first(store: Store) -> None:
    await _put(store, "s", hours=1, topic="energy", title="On the topic")
    await _put(store, "s", hours=5, topic=None, source="B", title="Beside the topic")
    await _put(store, "s", hours=50, topic="energy", source="C", title="Before the window")

    [story] = await store.stories.for_topic("energy", DAY)

    assert [each.title for each in story.articles] == ["Beside the topic", "On the topic"]
    assert story.headline == "Headline of s"
    assert (story.first_seen, story.last_seen) == (ago(hours=50), ago(hours=1))


async def test_it_brings_the_twelve_newest_articles_of_a_long_story(store: Store) -> None:
    for number in range(15):
        await _put(store, "long", hours=number + 1, title=f"{number + 1} h")

    [story] = await store.stories.for_topic("energy", DAY)
    whole = await store.stories.get("long")

    assert [each.title for each in story.articles] == [f"{hours} h" for hours in range(12, 0, -1)]
    assert whole is not None
    assert len(whole.articles) == 15


async def test_it_finds_the_stories_of_articles(store: Store) -> None:
    first = await _put(store, "first", hours=3)
    await _put(store, "second", source="A")
    second = await _put(store, "second", source="B")
    outside = await _put(store, "outside", hours=40)
    await _put(store, "not asked for")

    found = await store.stories.of_articles([first, second, outside, "nowhere"], DAY)

    assert _ids(found) == ["second", "first"]
    assert await store.stories.of_articles([], DAY) == []


async def test_it_lists_the_stories_of_a_window(store: Store) -> None:
    await _put(store, "one source", hours=1, topic=None)
    await _put(store, "two sources", source="A", hours=5)
    await _put(store, "two sources", source="B", hours=6)
    await _put(store, "too old", hours=25)

    assert _ids(await store.stories.in_window(DAY)) == ["two sources", "one source"]
    assert _ids(await store.stories.in_window(DAY, limit=1)) == ["two sources"]


async def test_it_knows_no_story_of_that_name(store: Store) -> None:
    assert await store.stories.get("nowhere") is None
    assert await store.stories.for_topic("energy", DAY) == []


async def test_a_new_headline_replaces_the_old_one_and_none_keeps_it(store: Store) -> None:
    await store.articles.add(an_article("One"), StoryPlacement("s", "First"))
    await store.articles.add(an_article("Two"), StoryPlacement("s", "Better"))
    await store.articles.add(an_article("Three"), StoryPlacement("s"))

    story = await store.stories.get("s")

    assert story is not None
    assert story.headline == "Better"


async def test_an_article_that_moves_leaves_its_old_story(store: Store) -> None:
    await _put(store, "old", hours=9, title="Stays")
    moving = an_article("Moves", published_at=ago(hours=2))
    await store.articles.add(moving, StoryPlacement("old", "Old"))

    changed = an_article("Moves", "Other text.", published_at=ago(hours=2))
    await store.articles.add(changed, StoryPlacement("new", "New"))

    old, new = await store.stories.get("old"), await store.stories.get("new")
    assert old is not None
    assert new is not None
    assert [each.title for each in old.articles] == ["Stays"]
    assert old.last_seen == ago(hours=9)
    assert [each.title for each in new.articles] == ["Moves"]


async def test_a_story_shrinks_when_its_article_gets_another_date(store: Store) -> None:
    await store.articles.add(an_article(published_at=ago(hours=1)), StoryPlacement("s", "H"))
    await store.articles.add(an_article(published_at=ago(hours=7)))

    story = await store.stories.get("s")

    assert story is not None
    assert (story.first_seen, story.last_seen) == (ago(hours=7), ago(hours=7))


async def test_it_reaches_stories_of_any_age(store: Store) -> None:
    await _put(store, "ancient", hours=24 * 365 * 30)

    century = a_window(hours=24 * 365 * 100)

    assert _ids(await store.stories.for_topic("energy", century)) == ["ancient"]
    assert century.until - century.since > timedelta(days=36_000)
