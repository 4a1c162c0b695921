"""/pause and /resume: digests held until a day, and what is read as one."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.errors import UsageError
from bot.models import Button
from bot.store import Store
from handlers.parsing.pause import ENDLESS, parse_pause
from tests.support.builders import NOW
from tests.support.clock import Clock
from tests.support.dialog import Chat
from tests.support.whole_bot import services_of


@pytest.mark.parametrize(
    ("text", "until"),
    [
        ("", None),
        ("until Monday", datetime(2026, 11, 29, 19, tzinfo=UTC)),
        ("until tomorrow", datetime(2026, 11, 23, 19, tzinfo=UTC)),
        ("until friday 8:00", datetime(2026, 11, 27, 3, tzinfo=UTC)),
        ("until 5 dec", datetime(2026, 12, 4, 19, tzinfo=UTC)),
        ("until 2 Jan", datetime(2027, 1, 1, 19, tzinfo=UTC)),
        ("7d", datetime(2026, 11, 30, 12, tzinfo=UTC)),
        ("for two weeks", datetime(2026, 12, 7, 12, tzinfo=UTC)),
        ("until resumed", ENDLESS),
    ],
)
def test_a_pause_ends_at_the_first_moment_of_a_local_day(text: str, until: datetime | None) -> None:
    assert parse_pause(text, NOW, "Asia/Karachi") == until


@pytest.mark.parametrize("text", ["until blue", "until 2020-01-01", "400d", "7d please whatever"])
def test_what_is_no_pause_is_told(text: str) -> None:
    with pytest.raises(UsageError):
        parse_pause(text, NOW, "UTC")


async def test_a_pause_without_digests_ends_at_an_instant(sqlite_store: Store) -> None:
    chat = Chat(services_of(sqlite_store, Clock()))
    await chat.hears(("/pause 7d", "Digests paused\n\nPaused until Mon 30 Nov, …"))


async def test_digests_are_held_and_resumed(sqlite_store: Store) -> None:
    chat = Chat(services_of(sqlite_store, Clock()))
    await chat.hears(
        ("/subscribe energy", "New digest…"),
        ("/pause", "Pause this chat's digests: until when?…"),
        (
            "/pause until monday",
            "Digests paused…Paused until the digest of Mon 30 Nov, 07:30. To resume now…",
        ),
        ("/subscriptions", "…Next: Mon 30 Nov, …Paused until the digest of Mon 30 Nov, 07:30…"),
        ("/status", "…next digest: Mon 30 Nov, …"),
        ("/try", "…Next: Mon 30 Nov, …"),
        ("/subscribe energy 09:00", "…Next digest: Mon 30 Nov, 09:00…"),
        ("/pause until resumed", "Digests paused…"),
        ("/status", "…next digest: paused.…"),
        ("/pause 99999999999 days", "A pause ends within a year from now.…"),
        ("/pause 999999 months", "A pause ends within a year from now.…"),
        ("/mute alerts 99999999999999h", "A pause ends within a year from now.…"),
        ("/resume", "Digests resumed…"),
        ("/resume", "The digests of this chat are not stopped.…"),
    )


async def _choices(chat: Chat) -> list[Button]:
    reply = await chat.ask("/pause")
    assert reply is not None
    return [row[0] for row in reply.buttons if row[0].label.startswith("Until Mon")]


async def test_a_button_means_the_day_that_it_says_whenever_it_is_pressed(
    sqlite_store: Store,
) -> None:
    clock = Clock()
    chat = Chat(services_of(sqlite_store, clock))
    await chat.say("/subscribe energy 07:30 mondays")
    (monday,) = await _choices(chat)
    assert monday.label.startswith("Until Mon 7 Dec, 07:30")
    clock.forward(days=2)
    assert "until the digest of Mon 7 Dec, 07:30." in await chat.press(monday.command)
    clock.forward(days=20)
    assert "is over: name a later day or hour." in await chat.press(monday.command)


async def test_the_question_speaks_of_days_only_where_buttons_name_them(
    sqlite_store: Store,
) -> None:
    chat = Chat(services_of(sqlite_store, Clock()))
    await chat.say("/subscribe energy 07:30")
    await chat.hears(("/pause", "…Each button says when the first digest comes again.…"))
    await chat.say("/unsubscribe all")
    await chat.say("/subscribe energy 12:00 mondays")
    assert await _choices(chat) == []
    await chat.hears(("/pause", "…Next digest: Mon 30 Nov, 12:00 (in 7 days).\nOr type it: …"))
