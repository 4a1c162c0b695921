"""Articles on their way into the store: identity, dates, topics and stories."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.ingest.pipeline import IngestPipeline
from bot.models import Article, ParsedArticle, Stored
from bot.models.identity import DEFAULT_SOURCE, as_article
from bot.store import Store
from tests.support.builders import NOW, a_parsed_article, ago
from tests.support.scorer import built_in_scorer

FIRE = ParsedArticle(
    "Fire shuts the oil refinery at Estermouth",
    "A fire shut the oil refinery at Estermouth on Sunday and sent up black smoke, its owner "
    "Norrow Oil said. No one was hurt in the fire at the refinery.",
    url="https://one.example/estermouth",
    published_at=ago(hours=5),
)
BLAZE = ParsedArticle(
    "Blaze at Estermouth oil refinery under control",
    "A fire that shut the oil refinery at Estermouth was brought under control, its owner Norrow "
    "Oil said. The refinery will stay shut for a month.",
    url="https://two.example/refinery-blaze",
    published_at=ago(hours=3),
)


@pytest.fixture
def intake(store: Store) -> IngestPipeline:
    return IngestPipeline(store, built_in_scorer())


async def put(intake: IngestPipeline, parsed: ParsedArticle) -> Article:
    await intake.add(parsed, source=None, now=NOW)
    found = await intake.store.articles.get(as_article(parsed, source=None, now=NOW).id)
    assert found is not None
    return found


async def test_an_article_is_scored_and_placed_in_a_story(intake: IngestPipeline) -> None:
    stored = await put(intake, FIRE)
    assert [score.topic for score in stored.topics] == ["energy"]
    assert stored.topics[0].reasons
    assert stored.story_id


async def test_two_outlets_on_one_event_share_a_story(intake: IngestPipeline) -> None:
    assert (await put(intake, FIRE)).story_id == (await put(intake, BLAZE)).story_id


async def test_an_article_on_something_else_begins_a_story(intake: IngestPipeline) -> None:
    other = a_parsed_article("Choir wins the national prize", "A choir of bakers won it again.")
    assert (await put(intake, FIRE)).story_id != (await put(intake, other)).story_id


async def test_what_is_put_again_is_new_changed_or_unchanged(intake: IngestPipeline) -> None:
    results = [
        await intake.add(each, source=None, now=NOW)
        for each in (FIRE, FIRE, replace(FIRE, text=f"{FIRE.text} It may reopen in May."))
    ]
    assert results == [Stored.NEW, Stored.UNCHANGED, Stored.CHANGED]


async def test_a_changed_article_stays_in_its_story(intake: IngestPipeline) -> None:
    first = await put(intake, FIRE)
    again = await put(intake, replace(FIRE, text="The refinery at Estermouth will reopen in May."))
    assert again.story_id == first.story_id
    assert again.text.endswith("in May.")


async def test_an_undated_article_keeps_the_date_of_its_first_sight(intake: IngestPipeline) -> None:
    undated = replace(FIRE, published_at=None)
    assert (await put(intake, undated)).published_at == NOW
    later = NOW + timedelta(days=1)
    assert await intake.add(undated, source=None, now=later) is Stored.UNCHANGED


async def test_a_date_to_come_is_not_believed_again_at_every_ingest(intake: IngestPipeline) -> None:
    ahead = replace(FIRE, published_at=NOW + timedelta(hours=12))
    assert (await put(intake, ahead)).published_at == NOW
    later = NOW + timedelta(hours=2)
    assert await intake.add(ahead, source=None, now=later) is Stored.UNCHANGED


async def test_two_files_with_one_title_and_day_are_two_articles(intake: IngestPipeline) -> None:
    first = replace(FIRE, url=None, origin="a.txt#1")
    second = replace(BLAZE, url=None, title=FIRE.title, origin="b.txt#1")
    for expected in (Stored.NEW, Stored.UNCHANGED):
        assert await intake.add(first, source=None, now=NOW) is expected
        assert await intake.add(second, source=None, now=NOW) is expected


@pytest.mark.parametrize("years", [-7000, 80])
def test_fault_35_an_impossible_date_becomes_the_present(years: int) -> None:
    given = NOW.replace(year=9999 if years < 0 else NOW.year - years)
    article = as_article(replace(FIRE, published_at=given), source=None, now=NOW)
    assert article.published_at == NOW


@pytest.mark.parametrize(
    ("parsed", "given", "outlet"),
    [
        (replace(FIRE, source="Harbour Wire"), "Other", "Harbour Wire"),
        (FIRE, "Other", "Other"),
        (replace(FIRE, url="https://www.one.example/x"), None, "one.example"),
        (replace(FIRE, url=None), None, DEFAULT_SOURCE),
    ],
)
def test_the_outlet_is_the_articles_own_or_the_nearest_known(
    parsed: ParsedArticle, given: str | None, outlet: str
) -> None:
    assert as_article(parsed, source=given, now=NOW).source == outlet


def test_fault_36_an_article_is_known_by_its_address_whatever_else_changes() -> None:
    again = replace(FIRE, title="Another title", published_at=ago(hours=1))
    first, second = (as_article(each, source=None, now=NOW).id for each in (FIRE, again))
    assert first == second
