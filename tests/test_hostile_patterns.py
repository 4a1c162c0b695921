"""No pattern of the project is slow, whatever text it sees."""

from __future__ import annotations

import pytest

from tests.support.patterns import LENGTH, Used, hostile_texts, patterns, processor_seconds

LIMIT = 0.05
"""Seconds of processor time for one text."""

BOUNDED = {
    "bot.sources.feeds.items._CUT_OFF": 60,
    "summarizer.casualties.counts._ADDS_UP": 200,
}
"""Patterns that see this many characters at most; a test beside each caller would be a copy."""

GROUPS = 8

ALL = patterns()


def slow(used: Used) -> dict[str, float]:
    """The texts that take too long, each measured twice, with the seconds."""
    found = {}
    for name, text in hostile_texts(BOUNDED.get(used.place, LENGTH)):
        seconds = processor_seconds(lambda: used.run(text), LIMIT)  # noqa: B023 - run at once
        if seconds > LIMIT:
            seconds = min(seconds, processor_seconds(lambda: used.run(text), LIMIT))  # noqa: B023
        if seconds > LIMIT:
            found[name] = seconds
            break
    return found


@pytest.mark.parametrize("group", range(GROUPS))
def test_fault_67_every_pattern_is_quick_on_hostile_text(group: int) -> None:
    found = {used.place: slow(used) for used in ALL[group::GROUPS]}
    assert {place: texts for place, texts in found.items() if texts} == {}


def test_the_patterns_are_found() -> None:
    assert len(ALL) > 250
    places = {used.place for used in ALL}
    assert {*BOUNDED} <= places
