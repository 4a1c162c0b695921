"""What people write in their own words: the same command on every surface."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.commands import COMMANDS, CommandSpec
from handlers.dispatch import understand
from handlers.intent.openings import command_names, opening
from handlers.intent.plain_words import meant
from handlers.parsing.time_window import Spans
from summarizer.topics.config import load_topics

SPANS = Spans(datetime(2026, 11, 23, 7, tzinfo=UTC), "UTC")
TOPICS = load_topics()
NAMES = {spec.name for spec in COMMANDS}

SAID = [
    ("why 2", ("why", "2")),
    ("/why_2", ("why", "2")),
    ("/why_12@briefbot", ("why", "12")),
    ("proof of 3", ("why", "3")),
    ("Why did oil prices rise?", ("ask", "Why did oil prices rise?")),
    ("why did oil rise", ("ask", "why did oil rise")),
    ("story 2", ("story", "2")),
    ("Story of the year", ("ask", "Story of the year")),
    ("what happened in energy today?", ("brief", "energy today")),
    ("what's new?", ("brief", "")),
    ("any news on energy?", ("brief", "energy")),
    ("give me the latest on security", ("brief", "security")),
    ("news on security since monday", ("brief", "security since monday")),
    ("energy 24h short", ("brief", "energy 24h short")),
    ("enrgy", ("brief", "enrgy")),
    ("brief energy", ("brief", "energy")),
    ("energy at 07:30 every day", ("subscribe", "energy at 07:30 every day")),
    ("can you subscribe me to energy at 8?", ("subscribe", "energy at 8?")),
    ("please unsubscribe me from energy", ("unsubscribe", "energy")),
    ("stop sending me energy", ("unsubscribe", "energy")),
    ("stop", ("stop", "")),
    ("my alerts", ("watch", "")),
    ("add an alert on oil", ("watch", "oil")),
    ("stop alerts", ("unwatch", "")),
    ("end alert 1", ("unwatch", "1")),
    ("stop all alerts", ("unwatch", "all")),
    ("Set my time zone to Karachi", ("settings", "zone Karachi")),
    ("quiet hours 22:00-07:00", ("settings", "quiet 22:00-07:00")),
    ("write shorter", ("settings", "length short")),
    ("mute football", ("mute", "football")),
    ("what can you do?", ("help", "")),
    ("which topics are there?", ("topics", "")),
    ("hello", ("start", "")),
    ("status", ("status", "")),
    ("status of the talks?", ("ask", "status of the talks?")),
    ("how many homes lost power?", ("ask", "how many homes lost power?")),
    ("what is the price of gas", ("ask", "what is the price of gas")),
    ("find pipelines", ("search", "pipelines")),
    ("forget", ("forget", "")),
    ("forget about the storm, what of the dam", ("ask", "forget about the storm, what of the dam")),
    ("thanks!", ("", "")),
    ("🙏", ("", "")),
]


def said(text: str) -> tuple[str, str]:
    name, args = understand(text)
    return (name, args) if name else meant(args, TOPICS, SPANS)


@pytest.mark.parametrize(("text", "command"), SAID, ids=[text for text, _ in SAID])
def test_plain_words_are_a_command_or_a_question(text: str, command: tuple[str, str]) -> None:
    assert said(text) == command


@pytest.mark.parametrize("spec", COMMANDS, ids=[spec.name for spec in COMMANDS])
def test_every_example_means_the_same_with_and_without_its_slash(spec: CommandSpec) -> None:
    example = spec.example
    assert understand(example) == understand(example.removeprefix("/"))
    assert understand(example)[0] == spec.name


def test_every_command_of_the_list_exists() -> None:
    assert command_names() <= NAMES


@pytest.mark.parametrize("text", ["please", "can you", ""])
def test_polite_words_alone_are_no_command(text: str) -> None:
    assert opening(text, NAMES) is None


@given(st.text(max_size=400))
def test_any_line_is_understood_as_something(text: str) -> None:
    name, args = said(text)
    assert name in NAMES | {""} or text.strip().startswith(("/", "／"))
    assert args == args.strip()
