"""A model as editor behind a briefing: its order and choice, and the local ones where it fails."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest
import structlog

from bot.briefing_builder import BriefingBuilder
from bot.models import Briefing
from bot.store import Store
from summarizer.briefing import BriefingRequest
from summarizer.extractive.engine import ExtractiveSummarizer
from summarizer.llm.engine import LlmSummarizer
from tests.fakes.openai import Answer, Model, Question, failing, honest
from tests.support.builders import DAY, NOW, a_score, a_topic, ago, an_article
from tests.support.model_desk import TERMS, Desk, desk
from tests.support.news import stored

ENERGY = a_topic("energy")
TITLES = (
    "Storm cuts power to 40,000 homes in Lindmar",
    "Pipeline in Oran shuts after a blast",
    "Refinery in Westmark halts output for a week",
    "Grid operator of Ildria orders power cuts",
)
ARTICLES = [
    an_article(
        title,
        f"{title}, the ministry said on Monday. It gave no reason.",
        id=f"a{at}",
        source=f"Paper {at}",
        published_at=ago(hours=at + 1),
        topics=[a_score("energy")],
        story_id=f"s{at}",
    )
    for at, title in enumerate(TITLES)
]
_STORY = re.compile(r"^Story (\d+)\nTitle: (.*)$", re.MULTILINE)


def editing(**importance: int) -> Model:
    """Judges a story by the first word of its title; all else it writes as `honest` does."""

    def model(asked: Question) -> Answer:
        told = _STORY.findall(asked.user)
        if not told:
            return honest(asked)
        items = [
            {"story": int(at), "topics": ["energy"], "genre": "news", "importance": graded}
            for at, title in told
            if (graded := importance.get(title.split()[0].lower())) is not None
        ]
        return Answer(content=json.dumps({"stories": items}))

    return model


async def brief(store: Store, at: Desk | None, places: int = 2, *, edits: bool = True) -> Briefing:
    editor = LlmSummarizer(at.engine.calls, ExtractiveSummarizer(), edits=edits) if at else None
    builder = BriefingBuilder(store, ExtractiveSummarizer(), editor)
    request = BriefingRequest((ENERGY,), DAY, places, "UTC")
    return await builder.make(request, channel_id=None, now=NOW)


def told(briefing: Briefing) -> list[str]:
    """The first words of the titles that the bullets cite."""
    return [each.citations[0].title.split()[0] for each in briefing.bullets]


async def test_the_order_and_the_choice_follow_the_model(sqlite_store: Store) -> None:
    await stored(sqlite_store, *ARTICLES)

    async with desk(sqlite_store, editing(grid=3, refinery=2, storm=0, pipeline=0)) as at:
        briefing = await brief(sqlite_store, at)
    async with desk(sqlite_store, editing(pipeline=3, storm=2, grid=0, refinery=0)) as at:
        other = await brief(sqlite_store, at)

    assert told(briefing) == ["Grid", "Refinery"]
    assert told(other) == ["Pipeline", "Storm"]
    assert briefing.calls[0].subject == "editing"


async def test_the_second_briefing_does_not_pay_for_the_judgement_again(
    sqlite_store: Store,
) -> None:
    await stored(sqlite_store, *ARTICLES)

    async with desk(sqlite_store, editing(grid=3, refinery=2, storm=0, pipeline=0)) as at:
        first = await brief(sqlite_store, at)
        asked = len(at.server.asked)
        again = await brief(sqlite_store, at)

    assert told(again) == told(first)
    assert len(at.server.asked) == asked


BROKEN: dict[str, Model] = {
    "an error": failing(500),
    "words": lambda _: Answer(content="All matter."),
    "a hang": lambda _: Answer(content="{}", seconds=20),
    "nothing": editing(),
}


@pytest.mark.parametrize("case", BROKEN)
async def test_where_it_does_not_answer_the_local_order_stands(
    case: str, sqlite_store: Store
) -> None:
    await stored(sqlite_store, *ARTICLES)

    async with desk(sqlite_store, BROKEN[case], replace(TERMS, seconds=2.0)) as at:
        briefing = await brief(sqlite_store, at)

    assert len(told(briefing)) == 2
    assert told(briefing) == told(await brief(sqlite_store, None))


async def test_stories_that_it_leaves_out_keep_the_local_judgement(sqlite_store: Store) -> None:
    await stored(sqlite_store, *ARTICLES)

    async with desk(sqlite_store, editing(refinery=3)) as at:
        briefing = await brief(sqlite_store, at, 3)

    assert told(briefing)[0] == "Refinery"
    assert len(told(briefing)) == 3


async def test_a_model_that_cannot_edit_may_still_write(sqlite_store: Store) -> None:
    def writer(asked: Question) -> Answer:
        return Answer(content="No.") if "Story 1" in asked.user else honest(asked)

    await stored(sqlite_store, *ARTICLES)
    async with desk(sqlite_store, writer) as at:
        briefing = await brief(sqlite_store, at)

    assert {each.engine for each in briefing.bullets} == {"openai"}
    assert at.engine.calls.breaker.state == "is asked"


async def test_a_late_judgement_is_logged_and_does_not_keep_the_model_from_writing(
    sqlite_store: Store,
) -> None:
    def slow(asked: Question) -> Answer:
        return Answer(content="{}", seconds=9) if "Story 1" in asked.user else honest(asked)

    await stored(sqlite_store, *ARTICLES)
    with structlog.testing.capture_logs() as lines:
        async with desk(sqlite_store, slow, replace(TERMS, seconds=4.0)) as at:
            briefing = await brief(sqlite_store, at)

    assert {each.engine for each in briefing.bullets} == {"openai"}
    (reason,) = [each["reason"] for each in lines if each["log_level"] == "warning"]
    waited = re.fullmatch(r"no answer within ([\d.]+) s", reason)
    assert waited
    assert 0 < float(waited[1]) <= 2


async def test_it_is_not_asked_where_there_is_nothing_to_choose(sqlite_store: Store) -> None:
    await stored(sqlite_store, *ARTICLES[:2])

    async with desk(sqlite_store, editing(storm=3)) as at:
        await brief(sqlite_store, at)

    assert not any("Story 1" in each.user for each in at.server.asked)


async def test_a_setting_leaves_the_choice_to_the_local_engine(sqlite_store: Store) -> None:
    await stored(sqlite_store, *ARTICLES)

    async with desk(sqlite_store, editing(grid=3, storm=0)) as at:
        briefing = await brief(sqlite_store, at, edits=False)

    assert told(briefing) == told(await brief(sqlite_store, None))
    assert not any("Story 1" in each.user for each in at.server.asked)
