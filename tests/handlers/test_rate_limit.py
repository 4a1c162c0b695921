"""One person's flood of commands is held back, politely and in every chat."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from functools import partial

import pytest

from bot.models import Command, Platform, User
from handlers import dispatch
from handlers.rate_limit import MOST_PEOPLE, RateLimiter
from handlers.services import Services
from tests.fakes import slack_bot, telegram_bot
from tests.fakes.slack import FakeSlack
from tests.fakes.telegram import FakeTelegram
from tests.support.builders import NOW, an_address
from tests.support.clock import Clock
from tests.support.dialog import OPERATOR, Chat

MOST = 3
HELD = f"Too many commands: I answer {MOST} per person and minute. …"


@pytest.fixture
def services(services: Services) -> Services:
    fewer = services.settings.model_copy(update={"commands_a_minute": MOST})
    return replace(services, settings=fewer)


async def test_fault_51_a_flood_is_told_once_to_wait_and_then_ignored_until_its_minute_is_over(
    chat: Chat, clock: Clock
) -> None:
    for _ in range(MOST):
        await chat.hears(("/help", "Commands …"))
    clock.forward(seconds=50)
    await chat.hears(("/brief", HELD + "try again in 10 s…"), ("/brief", ""), ("hello", ""))
    clock.forward(seconds=10)
    await chat.hears(("/help", "Commands …"))


async def test_fault_51_one_person_s_flood_holds_up_nobody_else(services: Services) -> None:
    flooder, other = Chat(services), Chat(services, user=User("8", "Grace"))
    for _ in range(MOST):
        await flooder.say("/help")
    await flooder.hears(("/help", HELD))
    await other.hears(("/help", "Commands …"))
    elsewhere = replace(flooder, address=an_address("another chat"))
    await elsewhere.hears(("/help", ""))


async def test_operators_are_not_counted(services: Services) -> None:
    operator = Chat(services, user=OPERATOR)
    for _ in range(2 * MOST):
        await operator.hears(("/help", "Commands …"))


async def test_a_clock_that_was_put_back_holds_nobody_back(chat: Chat, clock: Clock) -> None:
    for _ in range(MOST + 1):
        await chat.say("/help")
    clock.forward(hours=-2)
    await chat.hears(("/help", "Commands …"))


def test_it_forgets_people_whose_minute_is_over() -> None:
    limiter, clock = RateLimiter(MOST), Clock(NOW)
    for number in range(MOST_PEOPLE):
        limiter.exceeded(a_command(str(number)), clock())
    clock.forward(minutes=2)
    limiter.exceeded(a_command("new"), clock())
    assert len(limiter._minutes) == 1


async def test_fault_51_in_telegram_commands_and_small_talk_are_limited(
    services: Services,
) -> None:
    core = telegram_bot.RecordingCore()
    core.reply = partial(dispatch.answer, services)
    async with FakeTelegram() as tg, telegram_bot.running(core, telegram_bot.settings_of(tg)):
        for text in ("/help", "hello", "/help", "/help", "hello", "/help"):
            tg.type(text)
        tg.type("/help", user=43, chat=tg_group(tg))
        texts = [(await tg.message(number)).text for number in range(1, 6)]
    assert sum("Too many commands" in text for text in texts) == 1
    assert len(tg.sent) == 5


async def test_fault_51_in_slack_they_are_limited(services: Services) -> None:
    async with FakeSlack() as slack, a_slack(slack, services):
        for _ in range(MOST + 3):
            await slack.direct("help")
        await slack.direct("help", user="U2")
        sent = await slack.arrived(MOST + 2)
    texts = [each.text for each in sent]
    assert len(texts) == MOST + 2
    assert sum("Too many commands" in text for text in texts) == 1


@asynccontextmanager
async def a_slack(slack: FakeSlack, services: Services) -> AsyncIterator[None]:
    core = slack_bot.RecordingCore()
    core.reply = partial(dispatch.answer, services)
    async with slack_bot.running(core, slack_bot.settings_of(slack.environ)):
        yield


def tg_group(tg: FakeTelegram) -> int:
    return tg.chat(-77, "group").id


def a_command(user: str) -> Command:
    return Command("help", "", an_address(platform=Platform.TELEGRAM), User(user))
