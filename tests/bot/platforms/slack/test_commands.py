"""What a line typed in Slack stands for."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.models import Address, Platform
from bot.platforms.slack.commands import Identity, command, from_event, from_slash, parse, plain
from handlers.intent.commands import understood

COMMANDS = frozenset(
    {"brief", "forget", "help", "search", "stop", "subscribe", "unsubscribe", "why"}
)
UNDERSTAND = partial(understood, names=COMMANDS)
ME = Identity(team="T1", user="U0BOT", bot="B0BOT", name="briefbot")


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("/brief", ("brief", "")),
        ("/brief energy", ("", "energy")),
        ("/brief energy 24h", ("", "energy 24h")),
        ("/brief subscribe energy at 07:30", ("subscribe", "energy at 07:30")),
        ("/brief /subscribe energy", ("subscribe", "energy")),
        ("/brief Help", ("help", "")),
        ("/brief brief search", ("brief", "search")),
        ("/brief /energy", ("", "energy")),
        ("/brief   why   3  ", ("why", "3")),
        ("/brief forget maybe", ("forget", "maybe")),
        ("/brief Stop maybe", ("stop", "maybe")),
        ("stop maybe", ("", "stop maybe")),
        ("/subscribe energy", ("subscribe", "energy")),
        ("subscribe energy", ("subscribe", "energy")),
        ("brief energy", ("brief", "energy")),
        (": help", ("help", "")),
        ("energy security 7d", ("", "energy security 7d")),
        ("\xa0why 2", ("why", "2")),
        ("", ("brief", "")),
    ],
)
def test_it_reads_the_first_word_as_a_command_where_it_is_one(
    line: str, expected: tuple[str, str]
) -> None:
    assert parse(line, COMMANDS, UNDERSTAND) == expected


@given(st.text(st.characters()))
def test_it_reads_any_line(line: str) -> None:
    name, args = parse(plain(line), COMMANDS, UNDERSTAND)
    assert name in {*COMMANDS, ""}
    assert args == args.strip()


@pytest.mark.parametrize(
    ("sent", "typed"),
    [
        ("search AT&amp;T &lt;b&gt;", "search AT&T <b>"),
        ("&amp;lt;", "&lt;"),
        ("search <http://reuters.com|reuters.com>", "search reuters.com"),
        ("search <https://reuters.com/a>", "search https://reuters.com/a"),
        ("ask <mailto:a@b.example|a@b.example>", "ask a@b.example"),
        ("ask <mailto:a@b.example>", "ask a@b.example"),
        ("in <#C1|general>", "in #general"),
        ("by <@U2|grace> <@U3>", "by @grace @U3"),
        ("<!here> <!subteam^S1|@board>", "@here @board"),
        ("search “gas field” ‘x’", "search \"gas field\" 'x'"),
    ],
)
def test_it_reads_what_was_typed_under_slacks_markup(sent: str, typed: str) -> None:
    assert plain(sent) == typed


def a_slash_command(**more: str) -> dict[str, str]:
    return {
        "command": "/brief",
        "text": "energy",
        "channel_id": "C1",
        "channel_name": "energy-desk",
        "user_id": "U1",
        "user_name": "ada",
        "trigger_id": "1.2.3",
        "response_url": "https://hooks.slack.example/1",
        **more,
    }


def an_event(**more: Any) -> dict[str, Any]:
    event = {"type": "app_mention", "text": "<@U0BOT> help", "channel": "C1", "user": "U1"}
    return {"event_id": "Ev1", "event": {**event, "ts": "17.5", **more}}


def test_it_makes_a_command_of_a_slash_command() -> None:
    slash = from_slash(a_slash_command())
    made = command(slash, "T1", COMMANDS, ["slack:U1"], UNDERSTAND)
    assert (made.name, made.args, made.channel_title) == ("", "energy", "energy-desk")
    assert made.address == Address(Platform.SLACK, "T1", "C1")
    assert (made.user.id, made.user.name, made.user.admin) == ("U1", "ada", True)


@pytest.mark.parametrize("title", ["directmessage", "privategroup"])
def test_it_takes_slacks_word_for_a_kind_of_channel_for_no_title(title: str) -> None:
    assert from_slash(a_slash_command(channel_name=title)).title == ""


def test_it_names_an_update_alike_whenever_it_is_delivered() -> None:
    slash = from_slash(a_slash_command())
    assert slash.update_id == from_slash(a_slash_command()).update_id
    others = [a_slash_command(trigger_id=each) for each in ("", "1.2.4")]
    assert len({slash.update_id, *(from_slash(each).update_id for each in others)}) == 3
    assert "1.2.3" not in slash.update_id
    event, again = from_event(an_event(), ME), from_event(an_event(), ME)
    assert event
    assert again
    assert event.update_id == again.update_id


def test_it_means_the_channel_where_it_is_asked_in_a_thread_and_keeps_the_thread() -> None:
    event = from_event(an_event(thread_ts="16.0"), ME)
    assert event
    assert event.thread == "16.0"
    assert command(event, "T1", COMMANDS).address == Address(Platform.SLACK, "T1", "C1")


def test_it_takes_the_mention_out_of_the_line_wherever_it_stands() -> None:
    event = from_event(an_event(text="hello <@U0BOT>, <@U2|grace> asks"), ME)
    assert event
    made = command(event, "T1", COMMANDS, (), UNDERSTAND)
    assert made.args.split() == ["hello", ",", "@grace", "asks"]


@pytest.mark.parametrize(
    "change",
    [
        {"bot_id": "B9"},
        {"user": "U0BOT"},
        {"user": "USLACKBOT"},
        {"user": None},
        {"edited": {"user": "U1", "ts": "18.0"}},
        {"type": "message", "channel_type": "channel"},
        {"type": "message", "channel": "D1", "subtype": "message_changed"},
        {"type": "message", "channel": "D1", "subtype": "bot_message"},
        {"type": "app_mention", "channel": "D1"},
        {"type": "reaction_added"},
    ],
    ids=str,
)
def test_it_ignores_what_nobody_said_to_it(change: dict[str, Any]) -> None:
    assert from_event(an_event(**change), ME) is None


@pytest.mark.parametrize("subtype", ["", "file_share", "thread_broadcast"])
def test_it_reads_a_direct_message(subtype: str) -> None:
    event = from_event(an_event(type="message", channel="D1", subtype=subtype, text="help"), ME)
    assert event
    assert event.direct
    assert command(event, "T1", COMMANDS).name == "help"
