"""A second opinion refuses bullets that the rules passed; it passes none that they refused."""

from __future__ import annotations

import json
from collections.abc import Mapping

import pytest

from bot.models import Briefing
from bot.store import Store
from summarizer.extractive.engine import ExtractiveSummarizer
from summarizer.llm.answer_json import Unreadable
from summarizer.llm.engine import LlmSummarizer
from summarizer.llm.second_opinion import read_opinion
from tests.fakes.openai import Answer, Model, Question, bullets, honest
from tests.support.builders import NOW, a_bullet, a_story
from tests.support.model_desk import Desk, desk
from tests.support.news import STORM

WRITTEN = "A storm cut power to 40,000 homes on the northern coast, the grid operator said."


def doubting(*pieces: str, writer: Model = honest) -> Model:
    """Writes as `writer` does, and finds these pieces unsupported wherever a bullet holds them."""

    def model(asked: Question) -> Answer:
        if "Quotations:" not in asked.user:
            return writer(asked)
        lines = [each for each in asked.user.splitlines() if each.startswith("Bullet ")]
        items = [
            {
                "bullet": at,
                "unsupported": next((piece for piece in pieces if piece in line), ""),
                "reason": "not in the quotation",
            }
            for at, line in enumerate(lines, 1)
        ]
        return Answer(content=json.dumps({"bullets": items}))

    return model


async def reviewed(at: Desk) -> tuple[Briefing, Briefing]:
    """The briefing on the storm as the rules leave it, and after the second opinion."""
    story = a_story(STORM, id="storm")
    engine = LlmSummarizer(at.engine.calls, ExtractiveSummarizer(), second_opinion=True)
    local = await at.local(story)
    return local, await engine.edited(local, at.material(story), NOW)


async def test_a_bullet_of_the_model_that_it_refuses_is_replaced_by_the_local_one(
    sqlite_store: Store,
) -> None:
    model = doubting("cut power to", writer=lambda _: bullets((WRITTEN, [1])))

    async with desk(sqlite_store, model) as at:
        local, made = await reviewed(at)

    assert made.bullets == local.bullets
    assert made.dropped[-1].text == WRITTEN
    assert "finds 'cut power to' unsupported: not in the quotation" in made.dropped[-1].reason
    assert made.calls[-1].subject == "second opinion"


async def test_a_local_bullet_that_it_refuses_is_not_sent(sqlite_store: Store) -> None:
    model = doubting("40,000 homes", writer=lambda _: Answer(status=500))

    async with desk(sqlite_store, model) as at:
        local, made = await reviewed(at)

    assert any("40,000 homes" in each.text for each in local.bullets)
    assert not any("40,000 homes" in each.text for each in made.bullets)
    assert made.coverage.articles_used <= local.coverage.articles_used


async def test_what_it_finds_supported_stays_as_it_is(sqlite_store: Store) -> None:
    async with desk(sqlite_store, doubting()) as at:
        _, made = await reviewed(at)
        without = await at.briefing(a_story(STORM, id="storm"))

    assert made.sections == without.sections
    assert len(at.server.asked) == 2


async def test_what_the_rules_refuse_is_not_passed_by_it(sqlite_store: Store) -> None:
    invented = WRITTEN.replace("40,000", "90,000")

    async with desk(sqlite_store, doubting(writer=lambda _: bullets((invented, [1])))) as at:
        local, made = await reviewed(at)

    assert made.bullets == local.bullets


SILENT: Mapping[str, Answer] = {
    "no answer": Answer(status=500),
    "prose": Answer(content="All is well."),
    "another form": Answer(content='{"bullets": [{"text": "x", "sentences": [1]}]}'),
}


@pytest.mark.parametrize("case", SILENT)
async def test_without_an_answer_every_bullet_stays(case: str, sqlite_store: Store) -> None:
    def model(asked: Question) -> Answer:
        return SILENT[case] if "Quotations:" in asked.user else honest(asked)

    async with desk(sqlite_store, model) as at:
        local, made = await reviewed(at)

    assert len(made.bullets) == len(local.bullets)
    assert made.calls[-1].fault


async def test_it_is_off_unless_the_settings_turn_it_on(sqlite_store: Store) -> None:
    async with desk(sqlite_store, honest) as at:
        await at.briefing(a_story(STORM, id="storm"))

    assert not any("Quotations:" in each.user for each in at.server.asked)


BULLETS = [a_bullet("A dam broke in Oran."), a_bullet("Iran may close the strait.")]


def test_only_words_of_the_bullet_refuse_it() -> None:
    answer = {
        "bullets": [
            {"bullet": 1, "unsupported": "in Tunis", "reason": "x"},
            {"bullet": "2", "unsupported": "“Close the strait.”", "reason": ""},
            {"bullet": 7, "unsupported": "Oran", "reason": "x"},
        ]
    }
    refused = read_opinion(json.dumps(answer), BULLETS)
    assert refused == {1: "a second opinion finds 'Close the strait' unsupported"}


def test_an_answer_without_opinions_is_unreadable() -> None:
    with pytest.raises(Unreadable):
        read_opinion("They are fine.", BULLETS)
