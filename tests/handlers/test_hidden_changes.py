"""However the words of a command are written: what changes a chat needs the right to."""

from __future__ import annotations

import random
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace

from hypothesis import example, given
from hypothesis import strategies as st

from bot.errors import UsageError
from bot.models import Address, Platform, Role, User
from bot.store import Store
from handlers.commands import COMMANDS
from handlers.dispatch import reads_only
from handlers.parsing.muted_words import parse_muted
from handlers.parsing.pause import parse_pause
from handlers.parsing.subscribe import parse_subscribe
from handlers.parsing.time_window import Spans
from handlers.parsing.topic_definition import ListTopics, parse_topics
from handlers.parsing.watch import parse_silence, parse_watch
from summarizer.topics.config import load_topics
from tests.support.builders import NOW
from tests.support.clock import Clock
from tests.support.dialog import Chat
from tests.support.whole_bot import services_of

ZONE = "Asia/Karachi"
TOPICS = load_topics()
FOUND: dict[str, Callable[[str], bool]] = {
    "setup": lambda text: parse_subscribe(text, TOPICS).at is not None,
    "pause": lambda text: parse_pause(text, NOW, ZONE) is not None,
    "mute": lambda text: parse_silence(text, NOW, ZONE) is not None or bool(parse_muted(text)),
    "unmute": lambda text: bool(parse_muted(text)),
    "watch": lambda text: bool(parse_watch(text, TOPICS)),
    "topics": lambda text: not isinstance(parse_topics(text, Spans(NOW, ZONE)), ListTopics),
}
"""For each command that changes a chat by some words only: whether its parser finds such words."""

TYPED = """
energy gas 07:30 7:30 8pm 8 at noon 7am daily in Karachi weekly also until monday 7d 3h for alerts
all add remove floods: flood time zone learning reset quiet 08:00 1 yes ٠٧:٣٠ 0７:30
"""
MARKS = ("", " ", '"', '""', '":"', "“", "«", "\t", "\n", ",", "،", ":", "=", "-", "(")
UNSEEN = ("\u200b", "\u00a0", "\u202e")
PIECES = (*TYPED.split(), *MARKS, *UNSEEN)

pieces = st.lists(st.sampled_from(PIECES), min_size=1, max_size=9).map("".join)


@given(pieces | st.text(max_size=30))
@example('energy"gas"07:30 in Karachi')
@example('energy""07:30')
@example('energy":"7:30')
@example('energy 8pm"daily"')
def test_fault_48_what_a_parser_finds_to_change_counts_as_a_change(text: str) -> None:
    for name, found in FOUND.items():
        with suppress(UsageError):
            assert not (found(text) and reads_only(name, text)), (name, text)


async def test_fault_48_no_words_of_a_member_change_a_chat(sqlite_store: Store) -> None:
    services = services_of(sqlite_store, Clock())
    admin = Chat(services, Address(Platform.TELEGRAM, "", "-42"))
    for typed in ("/topics add floods: flood", "/subscribe energy 07:00", "/mute football"):
        await admin.say(typed)
    before = await _changeable(sqlite_store, admin)
    member = replace(admin, role=Role.MEMBER, user=User("8", "Bob"))
    chance = random.Random(48)
    for spec in COMMANDS:
        for _ in range(12):
            text = "".join(chance.choices(PIECES, k=chance.randint(1, 9)))
            reply = await member.ask(f"/{spec.name} {text}")
            assert reply is None or not reply.changed, (spec.name, text)
    assert await _changeable(sqlite_store, admin) == before


async def _changeable(store: Store, chat: Chat) -> object:
    channel = await store.channels.find(chat.address)
    assert channel is not None
    return (
        channel,
        await store.subscriptions.of_channel(channel.id),
        await store.topics.of_channel(channel.id),
        await store.mutes.of_channel(channel.id),
        await store.watches.of_channel(channel.id),
        await store.changes.latest(50),
    )
