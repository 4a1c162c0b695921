"""What people write after the commands with few words, and what no text can do to any parser."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import UsageError
from handlers.parsing.brief import parse_brief
from handlers.parsing.bullet_number import parse_number
from handlers.parsing.subscribe import parse_subscribe
from handlers.parsing.time_window import Spans
from handlers.parsing.topic_definition import AddTopic, ListTopics, RemoveTopic, parse_topics
from handlers.parsing.topics import parse_names
from tests.support.builders import NOW, a_topic

TOPICS = (a_topic("security"), a_topic("energy"), a_topic("émigrés"))
SPANS = Spans(NOW, "Asia/Karachi")

PARSERS: list[Callable[[str], object]] = [
    lambda text: parse_brief(text, TOPICS, SPANS),
    lambda text: parse_subscribe(text, TOPICS),
    lambda text: parse_names(text, TOPICS, "/unsubscribe energy"),
    lambda text: parse_topics(text, SPANS),
    lambda text: parse_number(text, "why", 7),
]

VOCABULARY = """
energy security emi all at in since from to until on last this every except and 7 7.30 25:00 ８
99999999999 12am 7d 48 hours weeks month 31 nov 2026-02-30 9999-12-31 0001-01-01 today
2026-11-01T99:00 2026-11-01T00:00+23:59 mon-fri sunday weekdays evening morning noon UTC+14 GMT-99
Asia/Karachi new york Europe/ / - – : add remove x: =y short 5 bullets top #2 ② ½
"""
WORDS = (*VOCABULARY.split(), "\ud800", "\0", "\u202e")


@settings(deadline=None)
@given(st.one_of(st.text(), st.lists(st.sampled_from(WORDS)).map(" ".join)))
def test_no_text_raises_anything_but_a_usage_error(text: str) -> None:
    for parse in PARSERS:
        try:
            parse(text)
        except UsageError as error:
            assert str(error).strip()  # noqa: PT017 - the message is what the person reads


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("", ()),
        ("Energy", ("energy",)),
        ("from energy, and security", ("energy", "security")),
        ("all", ("security", "energy", "émigrés")),
        ("EMIGRES", ("émigrés",)),
    ],
)
def test_names_of_topics_are_read(text: str, names: tuple[str, ...]) -> None:
    assert parse_names(text, TOPICS, "/unsubscribe energy") == names


@pytest.mark.parametrize("text", ["2", "#2", "２", "bullet 2.", "number 2"])
def test_a_number_may_be_written_in_many_ways(text: str) -> None:
    assert parse_number(text, "why", 7) == 2


def test_the_only_bullet_needs_no_number() -> None:
    assert parse_number("", "why", 1) == 1


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "1 to 7"),
        ("8", "bullets 1 to 7"),
        ("0", "bullets 1 to 7"),
        ("two", "“two” is not the number"),
        ("1 2", "number of one bullet only"),
        ("-1", "“-1” is not the number"),
        ("9" * 500, "bullets 1 to 7"),
    ],
)
def test_a_wrong_number_is_told(text: str, told: str) -> None:
    with pytest.raises(UsageError, match=told) as raised:
        parse_number(text, "why", 7)
    assert raised.value.example


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ListTopics()),
        ("list", ListTopics()),
        (
            'add floods: flood, "flash flood", -insurance',
            AddTopic("floods", 'flood, "flash flood", -insurance'),
        ),
        ("ADD  floods :flood", AddTopic("floods", "flood")),
        ("add floods： flood", AddTopic("floods", "flood")),
        ("add\nfloods:\nflood,\nrain", AddTopic("floods", "flood,\nrain")),
        ("new floods = flood: rain", AddTopic("floods", "flood: rain")),
        ("remove floods", RemoveTopic("floods")),
        ("delete “Floods”", RemoveTopic("Floods")),
    ],
)
def test_topics_reads_its_verbs(text: str, expected: object) -> None:
    assert parse_topics(text, SPANS) == expected


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("add floods", "a colon"),
        ("remove", "the topic to remove"),
        ("paint it", "“paint”"),
        ("add daily: x", "means something else"),
        ("add news: x", "means something else"),
        ("add 7pm: x", "means something else"),
        ("add all: x", "means something else"),
        ("add weekly: x", "means something else"),
    ],
)
def test_topics_tells_what_is_wrong(text: str, told: str) -> None:
    with pytest.raises(UsageError, match=told):
        parse_topics(text, SPANS)
