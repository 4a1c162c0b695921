"""One person's many questions to the whole bot leave the model's money to the others."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path

from bot.app import App
from bot.cli.context import services_for
from bot.store import Store
from config.settings import load_settings
from tests.fakes import openai
from tests.fakes.slack import FakeSlack
from tests.fakes.telegram import FakeTelegram
from tests.support.clock import Clock
from tests.support.news import STORM, stored

QUESTIONS = 6
SETTINGS = {
    "BRIEFBOT_REFRESH": "false",
    "BRIEFBOT_WEB_PORT": "0",
    "BRIEFBOT_COMMANDS_A_MINUTE": "1000",
    "OPENAI_MODEL": "model",
    "OPENAI_API_KEY": "sk-test",
    "BRIEFBOT_LLM_PERSON_SHARE": "0.04",
}

Ask = Callable[[str, int], Awaitable[None]]
"""Lets a person ask a question, one of several, and waits for the answer."""


def question(number: int) -> str:
    return f"How many homes lost power in the storm number {number}?"


async def test_fault_68_one_person_spends_their_own_share_on_both_platforms(
    sqlite_store: Store,
) -> None:
    await stored(sqlite_store, STORM)
    async with (
        FakeTelegram() as telegram,
        FakeSlack() as slack,
        openai.running(openai.honest) as model,
    ):

        async def in_telegram(person: str, number: int) -> None:
            before = len(telegram.sent)
            telegram.type(f"/ask {question(number)}", chat=int(person), user=int(person))
            await telegram.until(lambda: len(telegram.sent) > before)

        async def in_slack(person: str, number: int) -> None:
            before = len(slack.sent)
            await slack.mention(f"ask {question(100 + number)}", user=person)
            await slack.arrived(before + 1)

        environ = {**SETTINGS, **telegram.environ, **slack.environ, "OPENAI_BASE_URL": model.url}
        settings = load_settings(environ, Path("/nonexistent"))
        app = App(services_for(settings, sqlite_store, Clock()))
        await app.start()
        try:
            for ask, greedy, calm in ((in_telegram, "77", "42"), (in_slack, "U1", "U2")):
                await _leaves_others_their_share(model, ask, greedy, calm)
        finally:
            await app.stop()


async def _leaves_others_their_share(
    model: openai.FakeOpenAi, ask: Ask, greedy: str, calm: str
) -> None:
    at_first = len(model.asked)
    for number in range(QUESTIONS):
        await ask(greedy, number)
    spent = len(model.asked) - at_first
    assert 0 < spent < QUESTIONS
    await ask(calm, QUESTIONS)
    assert len(model.asked) == at_first + spent + 1
