"""/forget, and what is left of a chat afterwards: nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.models import Address, Platform, User
from bot.store import OperatorNotice, Store, Unanswered
from handlers.chat_events import StoredChatEvents
from handlers.services import Services
from tests.support.builders import NOW
from tests.support.database_text import texts_in
from tests.support.dialog import Chat
from tests.support.news import stored

WORKSPACE, CHAT, PERSON_ID, NAME = "T0SECRET9", "C0SECRET9", "U0SECRET9", "Zuleika"
OF_THE_CHAT = (CHAT, PERSON_ID, NAME, "News room")
SECRETS = (WORKSPACE, *OF_THE_CHAT)


@pytest.fixture
def room(services: Services) -> Chat:
    return Chat(services, Address(Platform.SLACK, WORKSPACE, CHAT), User(PERSON_ID, NAME))


async def _lived_in(room: Chat, store: Store) -> None:
    """Everything that a chat can leave behind."""
    await stored(store)
    for typed in ("/subscribe energy 08:00", "/topics add floods: flood", "/mute football",
                  "/settings time 09:00", "/brief"):  # fmt: skip
        await room.say(typed)
    channel = await store.channels.find(room.address)
    briefing = await store.briefings.latest(channel.id if channel else 0)
    assert briefing is not None
    await store.briefing_messages.add(room.address, "1.2", briefing.id, now=NOW)
    await store.notices.add([OperatorNotice(room.address, f"about {NAME}")], NOW)
    lane = (Platform.SLACK, WORKSPACE)
    await store.paces.pause(lane, CHAT, NOW, now=NOW)
    await store.outages.begin(lane, "token_revoked", now=NOW, probe_at=NOW)
    await store.inbox.claim(Unanswered("event:1", room.address, "forget", NOW), "process")


async def test_fault_52_forget_asks_first(room: Chat, store: Store) -> None:
    await _lived_in(room, store)
    said = await room.say("/forget")
    for part in ("Erase all data of this chat?", "1 digest", "1 own topic", "1 muted word",
                 "1 briefing", "/forget yes"):  # fmt: skip
        assert part in said
    assert await store.channels.find(room.address) is not None


@pytest.mark.parametrize("typed", ["/forget yes", "/forget YES.", "/forget Yes!"])
async def test_fault_52_forget_leaves_no_identifier(
    room: Chat, store: Store, database_url: str, typed: str
) -> None:
    await _lived_in(room, store)
    other = replace(room, address=Address(Platform.SLACK, WORKSPACE, "C0OTHER"))
    said = await room.say(typed)
    assert said.startswith("Erased")
    assert "1 digest" in said
    left = await texts_in(database_url)
    assert [each for each in OF_THE_CHAT if each in left] == []
    await room.hears(("/forget", "Nothing is stored about this chat."))
    await other.hears(("/forget yes", "Nothing is stored about this chat."))


async def test_fault_52_forget_erases_no_other_chat(room: Chat, store: Store) -> None:
    other = replace(room, address=Address(Platform.SLACK, WORKSPACE, "C0OTHER"))
    await other.say("/subscribe energy 08:00")
    await _lived_in(room, store)
    await room.say("/forget yes")
    await other.hears(("/subscriptions", "…Energy: 08:00…"))


async def test_fault_52_forget_erases_all_threads_of_a_chat(
    services: Services, store: Store
) -> None:
    topics = [Chat(services, Address(Platform.TELEGRAM, "", "-9", each)) for each in ("", "5", "6")]
    for each in topics:
        await each.say("/subscribe energy 08:00")
    await topics[1].hears(("/forget yes", "Erased…3 digests…"))
    assert await store.channels.of_chat(topics[0].address) == []


async def test_fault_52_an_uninstalled_app_leaves_no_identifier_and_operators_hear_of_it(
    room: Chat, store: Store, database_url: str, services: Services
) -> None:
    settings = services.settings.model_copy(update={"admins": ("telegram:5", "slack:U0OPERATOR")})
    await _lived_in(room, store)
    events = StoredChatEvents(replace(services, settings=settings))
    await events.uninstalled(Platform.SLACK, WORKSPACE)
    left = await texts_in(database_url)
    assert [each for each in SECRETS if each in left] == []
    assert "A Slack workspace uninstalled the app. Erased: 1 digest, 1 own topic" in left


async def test_start_after_a_removal_says_what_is_stopped_and_how_to_resume(
    services: Services, store: Store
) -> None:
    chat = Chat(services, Address(Platform.TELEGRAM, "", "-9"))
    await chat.say("/subscribe energy 08:00")
    await StoredChatEvents(services).left(chat.address, "the bot was removed from this chat")
    await chat.hears(
        (
            "/start",
            "…(1 digest) have stopped: the bot was removed from this chat.…/resume…",
        ),
        ("/resume", "Digests resumed…Next digest: Tue 24 Nov, 08:00…"),
        ("/resume", "The digests of this chat are not stopped.…"),
    )
    assert "stopped" not in await chat.say("/start")
