"""Cached answers of models: many at once, replaced, and deleted when they are old."""

from __future__ import annotations

from datetime import timedelta

from bot.models import KeptAnswer
from bot.store import Store
from bot.store.llm.answer_cache import KEPT
from tests.support.builders import NOW

ONE, TWO = KeptAnswer("one", 3, 4), KeptAnswer("two", 5, 6)


async def test_it_returns_what_it_has_of_many_keys(store: Store) -> None:
    await store.answers.add_many({"a": ONE, "b": TWO}, NOW)

    assert await store.answers.get_many(["a", "b", "c"]) == {"a": ONE, "b": TWO}
    assert await store.answers.get_many([]) == {}


async def test_a_later_answer_replaces_an_earlier_one(store: Store) -> None:
    await store.answers.add("a", ONE, NOW)
    await store.answers.add_many({"a": TWO, "b": ONE}, NOW)

    assert await store.answers.get("a") == TWO


async def test_old_answers_are_deleted_when_new_ones_come(store: Store) -> None:
    await store.answers.add("old", ONE, NOW - KEPT - timedelta(hours=1))
    await store.answers.add_many({}, NOW)
    assert await store.answers.get("old") == ONE

    await store.answers.add_many({"new": TWO}, NOW)

    assert await store.answers.get_many(["old", "new"]) == {"new": TWO}
