"""What people write after /brief, on Monday 23 November 2026, 17:00 in Karachi."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.errors import UsageError
from bot.models import Window
from handlers.parsing.brief import BriefAsk, parse_brief
from handlers.parsing.time_window import Spans
from tests.support.builders import NOW, a_topic

TOPICS = (a_topic("security"), a_topic("energy"))
SPANS = Spans(NOW, "Asia/Karachi")


def back(**length: float) -> Window:
    return Window(NOW - timedelta(**length), NOW)


def local(since: str, until: str | None = None) -> Window:
    """A window between two local instants, or from one until now."""
    start, end = (
        datetime.fromisoformat(f"2026-{each}+05:00").astimezone(UTC) if each else NOW
        for each in (since, until)
    )
    return Window(start, end)


@pytest.mark.parametrize(
    ("text", "window"),
    [
        ("24h", back(hours=24)),
        ("last 48 hours", back(hours=48)),
        ("７d", back(days=7)),
        ("in the last two weeks", back(days=14)),
        ("the past week", back(days=7)),
        ("an hour", back(hours=1)),
        ("one day", back(days=1)),
        ("last three days", back(days=3)),
        ("last four days", back(days=4)),
        ("last five days", back(days=5)),
        ("last six days", back(days=6)),
        ("a day", back(days=1)),
        ("90 min", back(minutes=90)),
        ("since 3 days ago", back(days=3)),
        ("today", local("11-23 00:00")),
        ("this morning", local("11-23 00:00")),
        ("yesterday", local("11-22 00:00", "11-23 00:00")),
        ("friday", local("11-20 00:00", "11-21 00:00")),
        ("on last Friday", local("11-20 00:00", "11-21 00:00")),
        ("since monday", local("11-16 00:00")),
        ("this week", local("11-23 00:00")),
        ("this month", local("11-01 00:00")),
        ("since 2026-11-01", local("11-01 00:00")),
        ("2026-11-20", local("11-20 00:00", "11-21 00:00")),
        ("since 08:00", local("11-23 08:00")),
        ("since 18:00", local("11-22 18:00")),
        ("since yesterday 6pm", local("11-22 18:00")),
        ("from 1 Nov to 5 November", local("11-01 00:00", "11-06 00:00")),
        ("since Nov 20th, 2026", local("11-20 00:00")),
        ("since 2026-11-22T08:00Z", local("11-22 13:00")),
        ("from friday until now", local("11-20 00:00")),
    ],
)
def test_it_understands_spans_of_time(text: str, window: Window) -> None:
    assert parse_brief(text, TOPICS, SPANS) == BriefAsk((), window, None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", BriefAsk((), None, None)),
        ("energy 48h short", BriefAsk(("energy",), back(hours=48), 3)),
        ("7d long", BriefAsk((), back(days=7), 10)),
        ("the news about ENERGY, please", BriefAsk(("energy",), None, None)),
        ("everything", BriefAsk(("security", "energy"), None, None)),
        ("energy & security", BriefAsk(("energy", "security"), None, None)),
        ("top 5 energy", BriefAsk(("energy",), None, 5)),
        ("Ener", BriefAsk(("energy",), None, None)),
    ],
)
def test_it_understands_topics_and_lengths(text: str, expected: BriefAsk) -> None:
    assert parse_brief(text, TOPICS, SPANS) == expected


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("energy 24", "What does “24” mean?"),
        ("energy tomorrow", "“tomorrow”"),
        ("enrgy", "Did you mean energy?"),
        ("energy in Karachi", "“Karachi”"),
        ("90d", "at most 31 days"),
        ("0h", "at least a minute"),
        ("since next year", "“next” after “since”"),
        ("since 2027-01-01", "in the future"),
        ("since 2024-01-01", "too long"),
        ("from friday to thursday", "ends before it begins"),
        ("30 feb", "“30 feb” is not a valid date"),
        ("0001-01-01", "is not a valid date"),
        ("24h 48h", "one span of time"),
        ("energy 21 bullets", "1 to 20"),
    ],
)
def test_it_names_what_it_does_not_understand(text: str, told: str) -> None:
    with pytest.raises(UsageError) as raised:
        parse_brief(text, TOPICS, SPANS)
    assert told in str(raised.value)
