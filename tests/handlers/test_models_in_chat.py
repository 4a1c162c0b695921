"""A language model behind a chat: what people get where it fails, and that its key is nowhere."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import select

from bot.store import Store
from bot.store.db.schema import metadata
from handlers.services import Services
from summarizer.llm.terms import Terms
from tests.fakes.openai import Answer, Model, failing, honest
from tests.support.dialog import OPERATOR, Chat
from tests.support.engines import SQLITE_ALONE
from tests.support.model_desk import KEY, TERMS, Desk, desk
from tests.support.news import stored

pytest.importorskip("openai")  # loading it must not take the time that the model has
HURRIED = replace(TERMS, seconds=4.0)

USELESS: dict[str, Model] = {
    "dead": failing(503),
    "hanging": lambda _: Answer(content="{}", seconds=60),
    "out of quota": failing(429, "insufficient_quota"),
    "talking nonsense": lambda _: Answer(content="Sure! Here are your bullets: 1. Storm."),
    "no chat completion": lambda _: Answer(body="<html>Sign in</html>", content_type="text/html"),
    "key refused": failing(401, "invalid_api_key"),
}


@pytest.mark.parametrize("case", USELESS)
@SQLITE_ALONE
async def test_fault_44_a_briefing_in_chat_arrives_and_says_who_worded_it(
    case: str, services: Services, store: Store
) -> None:
    await stored(store)
    async with desk(store, USELESS[case], _terms(case)) as at:
        chat = Chat(_with(services, at))
        said = await chat.say("/brief energy security 7d")

    assert "40,000 homes" in said
    assert "written by the local engine: the language model gave no usable answer" in (
        " ".join(said.split())
    )
    assert at.server.asked


async def test_a_briefing_in_chat_names_the_model_that_worded_it(
    services: Services, store: Store
) -> None:
    await stored(store)
    async with desk(store, honest) as at:
        assert "; written by stub." in await Chat(_with(services, at)).say("/brief energy 7d")


@pytest.mark.parametrize("case", [*USELESS, "working"])
async def test_fault_47_the_key_is_sent_and_shown_nowhere(
    case: str, services: Services, store: Store, capfd: pytest.CaptureFixture[str]
) -> None:
    await stored(store)
    async with desk(store, USELESS.get(case, honest), _terms(case)) as at:
        chat = Chat(_with(services, at), user=OPERATOR)
        said = [await chat.say(each) for each in ("/brief 7d", "/status", "/settings engine")]
        said.append(await chat.say("/ask How many homes lost power?"))
        latest = await store.briefings.latest(1)
        said += [*capfd.readouterr(), repr(latest), repr(at.engine.__dict__), await _dump(store)]

    assert at.server.asked[0].authorization == f"Bearer {KEY}"
    assert at.server.asked[0].body.get("tools") is None
    assert latest is not None
    assert latest.calls
    assert "is asked" in said[1] or "is not asked" in said[1]
    assert not [text for text in said if KEY in text]


def _terms(case: str) -> Terms:
    return HURRIED if case == "hanging" else TERMS


async def _dump(store: Store) -> str:
    """Every row of every table."""
    async with store._database.reading() as connection:
        rows = [list(await connection.execute(select(each))) for each in metadata.sorted_tables]
    return repr(rows)


def _with(services: Services, at: Desk) -> Services:
    return replace(services, builder=replace(services.builder, editor=at.engine))
