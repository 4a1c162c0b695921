"""The line of the day: a model chooses and words it, and an article that is cited proves it."""

from __future__ import annotations

import pytest

from bot.models import Briefing
from bot.render.day_line import day_line
from bot.store import Store
from summarizer.extractive.engine import ExtractiveSummarizer
from summarizer.llm.engine import LlmSummarizer
from tests.fakes.openai import Answer, Model, Question, bullets, honest
from tests.support.builders import NOW
from tests.support.model_desk import Desk, desk
from tests.support.news import ARREST

LEAD = "Topic: The event of the day."
LINE = "A storm cut the power to 40,000 homes on the northern coast, the grid operator said."


def leading(text: str, *cited: str) -> Model:
    """A model that writes this line of the day, citing the sentences that hold these words."""

    def model(asked: Question) -> Answer:
        if LEAD not in asked.user:
            return honest(asked)
        found = [
            number
            for words in cited
            for number, sentence in asked.sentences.items()
            if words in sentence
        ]
        return bullets((text, found))

    return model


async def edited(at: Desk, *, edits: bool = True, second_opinion: bool = False) -> Briefing:
    engine = LlmSummarizer(
        at.engine.calls, ExtractiveSummarizer(), edits=edits, second_opinion=second_opinion
    )
    return await engine.edited(await at.local(), at.material(), NOW)


async def test_the_line_is_the_models_about_the_event_that_it_chose(sqlite_store: Store) -> None:
    line = "Soldiers arrested nine men near the border town of Harran, the interior ministry said."

    async with desk(sqlite_store, leading(line, "nine men")) as at:
        made = await edited(at)

    assert made.lead is not None
    assert (made.lead.story_id, made.lead.engine) == ("arrest", "openai")
    assert all(each.is_verbatim(ARREST) for each in made.lead.citations)
    assert day_line(made).endswith(f"Leading: {line}")
    assert len([each for each in at.server.asked if LEAD in each.user]) == 1
    assert any(each.subject == "lead of the day" for each in made.calls)


JOINED = (
    "A storm cut the power, the grid operator said. Soldiers arrested nine men, the interior "
    "ministry said."
)
ADDED = (
    "Engineers expect to restore the last line by Tuesday, said Mara Lind, the head of Coast Grid."
)

WRONG = {
    "a number": (LINE.replace("40,000", "90,000"), ("40,000",), "90,000"),
    "a link": (LINE.replace(".", ", see evil.example/x."), ("40,000",), "link"),
    "no citation": (LINE, (), "cites no sentence"),
    "two events": (JOINED, ("40,000", "nine men"), "joins two events"),
    "too long": (f"{LINE} {ADDED}", ("40,000", "Mara Lind"), "more than 110 characters"),
}


@pytest.mark.parametrize("case", WRONG)
async def test_a_line_that_is_not_proved_gives_way_to_the_local_one(
    case: str, sqlite_store: Store
) -> None:
    line, cited, reason = WRONG[case]

    async with desk(sqlite_store, leading(line, *cited)) as at:
        made = await edited(at)

    assert made.lead is None
    assert any(reason in each.reason for each in made.dropped)
    assert "Leading: " in day_line(made)
    assert line not in day_line(made)


async def test_a_line_that_is_too_long_is_asked_for_once_more(sqlite_store: Store) -> None:
    answers = iter([f"{LINE} {ADDED}", LINE])

    def model(asked: Question) -> Answer:
        text = next(answers) if LEAD in asked.user else ""
        return leading(text, "40,000", "Mara Lind")(asked) if text else honest(asked)

    async with desk(sqlite_store, model) as at:
        made = await edited(at)

    assert made.lead is not None
    assert made.lead.text == LINE
    assert [each.reason for each in made.dropped] == ["it has more than 110 characters"]


async def test_only_a_model_that_edits_is_asked_for_it(sqlite_store: Store) -> None:
    async with desk(sqlite_store, honest) as at:
        made = await edited(at, edits=False)

    assert made.lead is None
    assert not any(LEAD in each.user for each in at.server.asked)


async def test_a_second_opinion_may_refuse_it(sqlite_store: Store) -> None:
    write = leading(LINE, "40,000")

    def model(asked: Question) -> Answer:
        if "Quotations:" not in asked.user:
            return write(asked)
        number = asked.user.count("\nBullet ") + asked.user.startswith("Bullet ")
        said = f'{{"bullets": [{{"bullet": {number}, "unsupported": "{LINE[:30]}"}}]}}'
        return Answer(content=said)

    async with desk(sqlite_store, model) as at:
        assert (await edited(at)).lead is not None
        made = await edited(at, second_opinion=True)

    assert made.lead is None
    assert made.dropped[-1].text == LINE
    assert len(made.bullets) == len((await at.local()).bullets)


async def test_it_is_stored_with_its_briefing(sqlite_store: Store) -> None:
    async with desk(sqlite_store, leading(LINE, "40,000")) as at:
        made = await edited(at)
    await sqlite_store.briefings.add(made)

    stored = await sqlite_store.briefings.get(made.id)

    assert stored == made
    assert stored is not None
    assert stored.lead is not None
