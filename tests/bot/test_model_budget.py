"""Nobody spends more than a share of the model's money, and digests keep a reserve."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from bot.model_budget import ModelBudget, Shares, paid_by
from bot.models import Address, Command, Platform, User
from bot.store import Spent, Store
from tests.support.builders import NOW

CAPS = {"day_cap": 1_000, "month_cap": 10_000}
SHARES = Shares(person=0.2, chat=0.5, reserve=0.3)


def asked_by(person: str, chat: str = "1") -> Command:
    return Command("ask", "why?", Address(Platform.TELEGRAM, "", chat), User(person))


async def spent_by(budget: ModelBudget, command: Command | None, times: int = 20) -> int:
    """How many calls of 50 the budget allows."""

    async def one() -> bool:
        return await budget.reserve(50, **CAPS, now=NOW) is not None

    if command is None:
        return sum(await asyncio.gather(*(one() for _ in range(times))))
    with paid_by(command):
        return sum(await asyncio.gather(*(one() for _ in range(times))))


async def test_fault_68_many_questions_of_one_person_leave_the_others_their_share(
    store: Store,
) -> None:
    budget = ModelBudget(store, SHARES)
    assert await spent_by(budget, asked_by("greedy")) == 4
    assert await spent_by(budget, asked_by("greedy", chat="2")) == 0
    assert await spent_by(budget, asked_by("calm"), times=4) == 4


async def test_fault_68_a_chat_of_many_people_has_a_share_too(store: Store) -> None:
    budget = ModelBudget(store, SHARES)
    made = [await spent_by(budget, asked_by(f"person {n}")) for n in range(4)]
    assert made == [4, 4, 2, 0]
    assert await spent_by(budget, asked_by("elsewhere", chat="2")) == 4


async def test_fault_68_questions_leave_a_reserve_for_digests(store: Store) -> None:
    budget = ModelBudget(store, SHARES)
    made = [await spent_by(budget, asked_by(f"p{n}", chat=f"{n}")) for n in range(5)]
    assert made == [4, 4, 4, 2, 0]
    assert await spent_by(budget, None) == 6


async def test_what_a_call_did_not_cost_is_given_back_to_each_share(store: Store) -> None:
    budget, ada = ModelBudget(store, SHARES), asked_by("ada")
    with paid_by(ada):
        reserved = await budget.reserve(200, **CAPS, now=NOW)
        assert reserved is not None
        assert await budget.reserve(1, **CAPS, now=NOW) is None
        await budget.settle(reserved, 5)
        assert await budget.reserve(195, **CAPS, now=NOW) is not None
    person, chat = await budget.spent(ada, **CAPS, now=NOW)
    assert (person.spent, person.day_cap, person.month_cap) == (Spent(200, 200), 200, 2_000)
    assert (chat.spent, chat.day_cap) == (Spent(200, 200), 500)


async def test_shares_of_earlier_days_are_forgotten_and_the_totals_kept(store: Store) -> None:
    budget = ModelBudget(store, SHARES)
    await spent_by(budget, asked_by("ada"), times=3)
    tomorrow = NOW + timedelta(days=1)
    await store.spending.forget_shares(tomorrow)
    person, _ = await budget.spent(asked_by("ada"), **CAPS, now=NOW)
    assert person.spent == Spent(0, 150)
    await store.spending.forget_shares(NOW + timedelta(days=40))
    person, _ = await budget.spent(asked_by("ada"), **CAPS, now=NOW)
    assert person.spent == Spent(0, 0)
    assert await store.spending.spent(NOW) == Spent(150, 150)
