"""The commands behind buttons: kept for their chat alone, for a while, and not too many."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.app import digests_for
from bot.models import Address, Platform
from bot.store import Store
from bot.store.delivery.button_commands import MOST
from tests.support.builders import NOW, ago
from tests.support.clock import Clock
from tests.support.whole_bot import services_of

HERE = Address(Platform.TELEGRAM, "", "-42")


@pytest.mark.parametrize(
    "there",
    [replace(HERE, chat="-43"), Address(Platform.SLACK, "", "-42"), replace(HERE, workspace="T1")],
    ids=lambda address: "/".join((address.platform, address.workspace, address.chat)),
)
async def test_a_command_is_found_in_its_chat_alone(store: Store, there: Address) -> None:
    await store.button_commands.keep(HERE, {"a": "brief energy", "b": "brief security"}, NOW)
    assert await store.button_commands.find(replace(HERE, thread="7"), "b") == "brief security"
    assert await store.button_commands.find(there, "a") is None
    assert await store.button_commands.find(HERE, "c") is None


async def test_what_is_shown_again_is_kept_for_longer(store: Store) -> None:
    await store.button_commands.keep(HERE, {"a": "x", "b": "y"}, ago(days=91))
    await store.button_commands.keep(HERE, {"a": "x"}, NOW)
    await store.button_commands.forget(ago(days=90))
    assert [await store.button_commands.find(HERE, each) for each in "ab"] == ["x", None]


async def test_the_daily_maintenance_deletes_what_is_old(sqlite_store: Store) -> None:
    await sqlite_store.button_commands.keep(HERE, {"a": "x"}, ago(days=91))
    await sqlite_store.button_commands.keep(HERE, {"b": "y"}, ago(days=89))
    await digests_for(services_of(sqlite_store, Clock()), {}).run_maintenance()
    found = [await sqlite_store.button_commands.find(HERE, each) for each in "ab"]
    assert found == [None, "y"]


async def test_of_too_many_the_oldest_of_that_chat_go(store: Store) -> None:
    other = replace(HERE, chat="-43")
    await store.button_commands.keep(other, {"0": "theirs"}, ago(days=3))
    await store.button_commands.keep(HERE, {"old": "x"}, ago(days=2))
    await store.button_commands.keep(HERE, {"seen": "x"}, ago(days=2))
    some = {str(number): "x" for number in range(MOST - 1)}
    await store.button_commands.keep(HERE, some, NOW - timedelta(days=1))
    await store.button_commands.keep(HERE, {"seen": "x"}, NOW)
    found = [await store.button_commands.find(HERE, each) for each in ("old", "seen", "0")]
    assert found == [None, "x", "x"]
    assert await store.button_commands.find(other, "0") == "theirs"


async def test_a_chat_that_gets_another_number_leaves_nothing(store: Store) -> None:
    await store.button_commands.keep(HERE, {"a": "x"}, NOW)
    await store.channels.move_chat(replace(HERE, chat="-41"), "-1")
    assert await store.button_commands.find(HERE, "a") == "x"
    await store.channels.move_chat(HERE, "-1001")
    assert await store.button_commands.find(HERE, "a") is None


async def test_fault_52_a_chat_of_which_only_buttons_are_kept_is_erased(store: Store) -> None:
    await store.button_commands.keep(HERE, {"a": "x"}, NOW)
    assert (await store.erasure.stored(HERE)).anything
    assert (await store.erasure.erase_chat(replace(HERE, chat="-43"))).buttons == 0
    assert (await store.erasure.erase_chat(HERE)).buttons == 1
    assert not (await store.erasure.stored(HERE)).anything
