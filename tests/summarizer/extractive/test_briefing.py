"""A whole briefing: every bullet proved, nothing said twice, the same for the same articles."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.ingest.pipeline import IngestPipeline
from bot.models import (
    Article,
    Briefing,
    Bullet,
    BulletStatus,
    Coverage,
    ParsedArticle,
    Story,
    Told,
    Topic,
    Window,
)
from bot.sources.files.samples import sample_articles
from bot.store import Store
from summarizer.briefing import BriefingRequest, TopicMaterial, make_briefing
from summarizer.extractive.engine import ExtractiveSummarizer
from summarizer.extractive.shortening import LIMIT
from summarizer.ranking import Ranked
from summarizer.topics.config import load_topics
from tests.support.builders import DAY, NOW, a_story, a_told, a_topic, ago, an_article
from tests.support.paths import SHARED
from tests.support.scorer import built_in_scorer

SEEDS = SHARED / "seeds"
COVERAGE = Coverage(10, 0, 3, (), None)
ENERGY = a_topic("energy", terms={"pipeline": 1.0, "gas": 1.0})


def brief(
    topics: Sequence[Topic],
    found: Sequence[Story],
    *,
    window: Window = DAY,
    bullets: int = 5,
    told: Sequence[Told] = (),
    new_only: bool = False,
    now: datetime = NOW,
    summarizer: ExtractiveSummarizer | None = None,
) -> Briefing:
    request = BriefingRequest(tuple(topics), window, bullets, "Asia/Karachi", new_only)
    material = [TopicMaterial(topic, tuple(found)) for topic in topics]
    known = {each.story_id: each for each in told}
    engine = summarizer or ExtractiveSummarizer()
    return asyncio.run(make_briefing(request, material, known, COVERAGE, engine, now))


def told_verbatim(briefing: Briefing, found: Sequence[Story]) -> bool:
    articles = {article.id: article for story in found for article in story.articles}
    return all(
        each.is_verbatim(articles[each.article_id])
        for bullet in briefing.bullets
        for each in bullet.citations
    )


def gas(text: str, *, hours: float = 2, story: str = "story-1") -> Story:
    at = ago(hours=hours)
    article = an_article("News", text, id=story, topics=["energy"], published_at=at)
    return a_story(article, id=story)


def test_it_has_a_section_for_each_topic_asked_for_even_an_empty_one() -> None:
    topics = (ENERGY, a_topic("security"))
    made = brief(topics, [gas("A leak shut the Norrow gas pipeline on Monday.")])
    assert [(each.topic, len(each.bullets)) for each in made.sections] == [
        ("energy", 1),
        ("security", 0),
    ]


def test_it_keeps_to_the_number_of_bullets() -> None:
    places = ("Almery", "Corrin Bay", "Vesk", "Tolby", "Quarrin", "Halvern")
    made = brief(
        [ENERGY],
        [
            gas(f"Engineers in {each} opened a gas pipeline of {at + 200} km.", story=each)
            for at, each in enumerate(places)
        ],
        bullets=4,
    )
    assert len(made.bullets) == 4


def test_the_same_articles_give_the_same_briefing() -> None:
    found = [gas("A leak shut the Norrow gas pipeline on Monday.")]
    assert brief([ENERGY], found) == brief([ENERGY], found)


def test_it_counts_the_articles_that_it_used() -> None:
    made = brief([ENERGY], [gas("A leak shut the Norrow gas pipeline on Monday.")])
    assert made.coverage == replace(COVERAGE, articles_used=1)


class Inventor(ExtractiveSummarizer):
    """An engine that makes figures up."""

    async def bullets(
        self, topic: Topic, stories: Sequence[Ranked], *, limit: int, read_at: datetime
    ) -> list[Bullet]:
        found = await super().bullets(topic, stories, limit=limit, read_at=read_at)
        return [replace(each, text="A leak shut 977 gas pipelines.") for each in found]


class Misquoter(ExtractiveSummarizer):
    """An engine whose quotes are not in the articles."""

    async def bullets(
        self, topic: Topic, stories: Sequence[Ranked], *, limit: int, read_at: datetime
    ) -> list[Bullet]:
        found = await super().bullets(topic, stories, limit=limit, read_at=read_at)
        return [
            replace(each, citations=(replace(each.citations[0], quote="Nobody said this."),))
            for each in found
        ]


@pytest.mark.parametrize(("engine", "reason"), [(Inventor(), "977"), (Misquoter(), "quote")])
def test_what_is_not_proved_is_dropped_with_its_reason(
    engine: ExtractiveSummarizer, reason: str
) -> None:
    found = [gas("A leak shut the Norrow gas pipeline on Monday.")]
    made = brief([ENERGY], found, summarizer=engine)
    assert made.bullets == ()
    assert reason in made.dropped[0].reason


def test_a_digest_leaves_out_what_a_digest_told_unless_it_moved_on() -> None:
    still = gas("A leak shut the Norrow gas pipeline on Monday.", hours=5, story="still")
    moved = gas("Repairs of the Almery gas pipeline will cost $40 million.", story="moved")
    told = [
        a_told("still", still.articles[0].text, at=ago(hours=1)),
        a_told("moved", "A leak shut the Almery gas pipeline.", at=ago(hours=9)),
    ]
    made = brief([ENERGY], [still, moved], told=told, new_only=True)
    assert [(each.story_id, each.status) for each in made.bullets] == [
        ("moved", BulletStatus.UPDATED)
    ]
    asked = brief([ENERGY], [still, moved], told=told)
    assert {each.status for each in asked.bullets} == {BulletStatus.UPDATED, BulletStatus.ONGOING}


def test_what_changed_in_the_weightiest_story_leads_a_digest_that_tells_the_new_first() -> None:
    toll = "Explosion at the Almery gas pipeline kills {} workers"
    blast = a_story(
        *(
            an_article(toll.format(31), id=source, source=source, topics=["energy"])
            for source in ("Post", "Wire", "Times")
        ),
        id="blast",
    )
    small = gas("The mayor of Tolby visited a gas pipeline museum.", story="small")
    told = [a_told("blast", toll.format(24), at=ago(hours=9))]
    made = brief([ENERGY], [blast, small], told=told, new_only=True)
    assert [each.story_id for each in made.bullets] == ["small", "blast"]
    assert [each.story_id for each in made.leading] == ["blast"]


def test_a_sentence_is_told_in_one_section_alone() -> None:
    security = a_topic("security", terms={"army": 1.0, "attack": 1.0, "pipeline": 0.5})
    story = a_story(
        an_article(
            "Border with Marenda closed after attack on pipeline",
            text=(
                "The army closed the border with Marenda on Monday after an attack near Vesk. "
                "A gas pipeline worth $2 billion, the target of the attack, is shut for 9 weeks."
            ),
            topics=["energy", "security"],
        )
    )
    made = brief([security, ENERGY], [story])
    assert len({each.text for each in made.bullets}) == len(made.bullets)
    assert [len(each.bullets) > 0 for each in made.sections] == [True, True]


def test_an_event_of_two_topics_leaves_room_in_the_other_section() -> None:
    security = a_topic("security", terms={"drones": 1.0, "army": 1.0, "troops": 1.0})
    titles = ("Army shoots down drones at oil and gas pipeline in Karsk", "Troops leave Vesk")
    found = [
        a_story(
            an_article(title, id=f"{at}", topics=["energy", "security"]),
            an_article(f"{title}, ministry says", id=f"{at}b", source="Harbour Wire"),
            id=f"story-{at}",
        )
        for at, title in enumerate(titles)
    ]
    made = brief([security, ENERGY], found)
    cited = [[each.citations[0].article_id[0] for each in s.bullets] for s in made.sections]
    assert sorted(cited[0] + cited[1]) == ["0", "1"]
    assert not any("Karsk" in each.title for s in made.sections for each in s.untold)


def test_a_section_whose_only_event_another_one_tells_says_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("summarizer.briefing.BELONGS", 1.1)
    titles = ("Oil prices rise as tankers wait", "Gas pipeline opens in Vesk")
    found = [
        a_story(an_article(title, id=title, topics=["energy", "security"]), id=title)
        for title in titles
    ]
    made = brief([a_topic("security", terms={"tankers": 1.0}), ENERGY], found)
    told = {each.topic: (len(each.bullets), each.told_under) for each in made.sections}
    assert told == {"security": (0, ("energy",)), "energy": (2, ())}


def test_no_update_is_repeated_in_a_section_without_other_news(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("summarizer.briefing.BELONGS", 0.0)
    topics = [a_topic("security", terms={"tankers": 1.0}), ENERGY]
    title = "Oil prices rise 9% as tankers wait"
    choir = a_story(an_article("Choir sings in Vesk", id="choir", topics=[]), id="choir")
    found = [a_story(an_article(title, topics=["energy", "security"])), choir]
    told = [a_told("story-1", "Oil prices rise 4% as tankers wait", at=ago(hours=9))]
    new, updated = brief(topics, found), brief(topics, found, told=told, new_only=True)
    ongoing = brief(topics, found, told=[replace(told[0], text=title, at=NOW)])
    assert [len(each.bullets) for each in new.sections] == [1, 1]
    assert [each.status for each in ongoing.bullets] == [BulletStatus.ONGOING] * 2
    assert [len(each.bullets) for each in updated.sections] == [0, 1]
    assert updated.sections[0].told_under == ("energy",)


@pytest.mark.skipif(not SEEDS.exists(), reason="the seed article is not here")
@pytest.mark.parametrize(
    ("topic", "parts"),
    [
        ("security", ["over 70 lives in Balochistan", '"shoulder to shoulder"']),
        ("energy", ["Iran", "gas pipeline", "$18 billion fine", "Matthew Miller"]),
    ],
)
def test_it_tells_what_matters_of_a_real_article(topic: str, parts: list[str]) -> None:
    made = brief(
        load_topics(),
        [a_story(_seed())],
        window=Window(datetime(2024, 9, 1, tzinfo=UTC), datetime(2024, 10, 1, tzinfo=UTC)),
        now=datetime(2024, 10, 1, tzinfo=UTC),
    )
    section = next(each for each in made.sections if each.topic == topic)
    told = " ".join(bullet.text for bullet in section.bullets)
    assert [part for part in parts if part not in told] == []


def _seed() -> Article:
    lines = next(SEEDS.glob("*.txt")).read_text("utf-8").split("\n")
    body = [line.strip() for line in lines[8:] if line.strip()]
    text = "\n\n".join(body)
    scores = built_in_scorer().score(lines[2], text)
    return an_article(lines[2], text, published_at=datetime(2024, 9, 4, tzinfo=UTC), topics=scores)


async def test_the_sample_articles_make_a_briefing_worth_reading(sqlite_url: str) -> None:
    scorer = built_in_scorer()
    week = Window(NOW - timedelta(days=7), NOW)
    store = Store.open(sqlite_url)
    for parsed in sample_articles(NOW):
        await IngestPipeline(store, scorer).add(parsed, source=None, now=NOW)
    material = [
        TopicMaterial(topic, tuple(await store.stories.for_topic(topic.name, week)))
        for topic in scorer.topics
    ]
    await store.close()
    request = BriefingRequest(scorer.topics, week, 10, "UTC")
    made = await make_briefing(request, material, {}, COVERAGE, ExtractiveSummarizer(), NOW)
    assert [len(each.bullets) for each in made.sections] == [10, 10]
    assert made.dropped == ()
    assert told_verbatim(made, [story for each in material for story in each.stories])
    assert all(len(each.text.split()) <= LIMIT for each in made.bullets)
    assert len({each.text for each in made.bullets}) == 20
    for section in made.sections:
        assert len({each.story_id for each in section.bullets}) >= 8


async def test_titles_without_a_full_stop_are_told_and_merged(sqlite_store: Store) -> None:
    titles = {
        "Morning Wire": "Explosion at Lindmar refinery kills four workers",
        "Harbour Post": "Four workers killed in explosion at refinery in Lindmar",
        "Border Times": "Army shells rebel positions near Vesk as ceasefire collapses",
    }
    intake = IngestPipeline(sqlite_store, built_in_scorer())
    for at, (source, title) in enumerate(titles.items()):
        parsed = ParsedArticle(title, title, source=source, published_at=ago(hours=3 + at))
        await intake.add(parsed, source=None, now=NOW)
    found = await sqlite_store.stories.in_window(DAY)
    made = await asyncio.to_thread(brief, load_topics(), found)
    told = {bullet.text: bullet.independent_sources for bullet in made.bullets}
    assert told.pop(titles["Border Times"]) == 1
    (text, outlets), *others = told.items()
    assert (text in titles.values(), outlets, others) == (True, 2, [])
