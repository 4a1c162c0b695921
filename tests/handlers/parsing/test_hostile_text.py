"""What reads text from a chat takes 50 ms at most, whatever the text is."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

import pytest

from bot.errors import UsageError
from bot.platforms.slack.commands import Identity, command, from_event, from_slash
from handlers.commands import COMMANDS
from handlers.dispatch import LONGEST_ARGS
from handlers.intent.plain_words import meant
from handlers.parsing.brief import parse_brief
from handlers.parsing.muted_words import parse_muted
from handlers.parsing.pause import parse_pause
from handlers.parsing.setting_values import (
    read_clock,
    read_language,
    read_most,
    read_quiet_hours,
    read_zone_name,
)
from handlers.parsing.subscribe import parse_subscribe, parse_unsubscribe
from handlers.parsing.time_window import Spans
from handlers.parsing.topic_definition import parse_topics
from handlers.parsing.topics import parse_names
from handlers.parsing.watch import parse_numbers, parse_silence, parse_watch
from summarizer.topics.config import load_topics
from tests.support.builders import NOW
from tests.support.linear import slow
from tests.support.patterns import hostile_texts

LIMIT = 0.05
TOPICS = load_topics()
SPANS = Spans(NOW, "Asia/Karachi")
ME = Identity(team="T1", user="U1", bot="B1", name="briefbot")
NAMES = frozenset(each.name for each in COMMANDS)

READERS: dict[str, Callable[[str], object]] = {
    "brief": lambda text: parse_brief(text, TOPICS, SPANS),
    "subscribe": lambda text: parse_subscribe(text, TOPICS),
    "topics": lambda text: parse_topics(text, SPANS),
    "topics add": lambda text: parse_topics(f"add {text}", SPANS),
    "try": lambda text: parse_names(text, TOPICS, "/try"),
    "unsubscribe": lambda text: parse_unsubscribe(text, TOPICS),
    "watch": lambda text: parse_watch(text, TOPICS),
    "mute hours": lambda text: parse_silence(text, NOW, "Asia/Karachi"),
    "mute": parse_muted,
    "unwatch": lambda text: parse_numbers(text, 20),
    "pause": lambda text: parse_pause(text, NOW, "Asia/Karachi"),
    "plain words": lambda text: meant(text, TOPICS, SPANS),
    "time": lambda text: read_clock(text, "/settings time 07:30"),
    "quiet": lambda text: read_quiet_hours(text, "/settings quiet 22:00-07:00"),
    "zone": lambda text: read_zone_name(text, "/settings zone Europe/Berlin"),
    "length": lambda text: read_most(text, "/settings bullets 5"),
    "language": lambda text: read_language(text, "/settings language Urdu"),
}
"""Parsers behind the bound of the admission."""


def _slack_event(text: str) -> object:
    event = {"type": "app_mention", "channel": "C1", "user": "U2", "ts": "1.0", "text": text}
    typed = from_event({"event": event, "event_id": "Ev1"}, ME)
    return command(typed, "T1", NAMES) if typed else None


def _slack_slash(text: str) -> object:
    typed = from_slash({"command": "/brief", "text": text, "channel_id": "C1", "user_id": "U2"})
    return command(typed, "T1", NAMES)


UNBOUNDED: dict[str, Callable[[str], object]] = {
    "Slack event": _slack_event,
    "Slack slash command": _slack_slash,
}
"""What reads text before the admission has seen its length."""


def too_slow(read: Callable[[str], object], length: int) -> dict[str, float]:
    """The texts that take too long, with the seconds."""

    def work(text: str) -> None:
        with suppress(UsageError):
            read(text)

    took = {name: slow(work, text, LIMIT) for name, text in hostile_texts(length)}
    return {name: seconds for name, seconds in took.items() if seconds is not None}


@pytest.mark.parametrize("name", READERS)
def test_fault_67_a_parser_of_commands_is_quick_on_hostile_text(name: str) -> None:
    assert too_slow(READERS[name], LONGEST_ARGS) == {}


@pytest.mark.parametrize("name", UNBOUNDED)
def test_fault_67_what_reads_before_the_bound_is_quick_on_any_length(name: str) -> None:
    assert too_slow(UNBOUNDED[name], 40_000) == {}
