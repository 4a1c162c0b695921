"""The one door: every failure becomes a reply, and the unexpected ones are logged."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot.models import Command
from bot.render.text import reply_text
from bot.store import Store
from handlers import dispatch
from handlers.commands import COMMANDS
from handlers.services import Services
from tests.support.builders import NOW, an_address
from tests.support.dialog import PERSON, Chat

NEED_THE_STORE = ("brief", "subscribe energy", "subscriptions", "topics", "why 1", "search x")


@pytest.mark.parametrize("typed", NEED_THE_STORE)
async def test_a_store_that_is_down_is_told(services: Services, tmp_path: Path, typed: str) -> None:
    without_tables = Store.open(f"sqlite:///{tmp_path / 'empty.db'}")
    with capture_logs() as logs:
        await Chat(_with(services, without_tables)).hears(
            (f"/{typed}", "Sorry, that did not work. Please try again in a few minutes.")
        )
    await without_tables.close()
    assert [each["event"] for each in logs] == ["command failed"]


async def test_an_unexpected_error_is_logged_under_the_number_that_the_reader_gets(
    services: Services,
) -> None:
    broken = _with(services, services.store, clock=ClockThatStops())
    with capture_logs() as logs:
        said = await Chat(broken).say("/brief")
    (entry,) = logs
    assert entry["event"] == "command crashed"
    assert entry["exc_info"]
    assert said.startswith(
        f"Sorry, something went wrong. The operator finds it in the log as {entry['reference']}."
    )
    assert "pop from empty list" not in said


@pytest.mark.parametrize(("said", "answered"), [("thank you!", True), ("", False), (" ", False)])
async def test_small_talk_gets_a_hint_and_nothing_gets_nothing(
    services: Services, said: str, answered: bool
) -> None:
    reply = await dispatch.answer(services, Command("", said, an_address(), PERSON))
    assert answered is (reply is not None and "/help" in reply_text(reply))


def test_the_table_names_each_command_once_with_a_slash() -> None:
    names = [spec.name for spec in COMMANDS]
    assert len(set(names)) == len(names)
    for spec in COMMANDS:
        assert spec.usage.startswith(f"/{spec.name}")
        assert spec.example.startswith(f"/{spec.name}")
        assert len(spec.summary) <= 100


class ClockThatStops:
    """Tells the time when the bot starts and when a command comes, and no more."""

    def __init__(self) -> None:
        self._times = [NOW, NOW]

    def __call__(self) -> datetime:
        return self._times.pop()


def _with(
    services: Services, store: Store, clock: Callable[[], datetime] | None = None
) -> Services:
    return Services(
        settings=services.settings,
        store=store,
        scorer=services.scorer,
        builder=services.builder,
        clock=clock or services.clock,
    )


@pytest.mark.parametrize("line", ["watch ~crymtv2y", "subscribe energy ^abc123 at 07:30"])
async def test_a_long_button_of_an_earlier_version_changes_nothing(chat: Chat, line: str) -> None:
    assert (await chat.press(line)).startswith("This button no longer works here.")
    await chat.hears(("/watch", "This chat has no alerts yet…"), ("/subscriptions", "…no digests…"))
