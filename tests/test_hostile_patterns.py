"""No pattern of the project is slow, whatever text it sees."""

from __future__ import annotations

import re

import pytest

from summarizer.key_figures.people import _Counting, _countings
from tests.support.linear import slow
from tests.support.patterns import LENGTH, Used, hostile_texts, patterns

LIMIT = 0.05
"""Seconds of processor time for one text."""

BOUNDED = {
    "bot.sources.feeds.items._CUT_OFF": 60,
    "summarizer.casualties.counts._ADDS_UP": 200,
}
"""Patterns that see this many characters at most; a test beside each caller would be a copy."""

GROUPS = 8


def too_slow(used: Used) -> dict[str, float]:
    """The first text that takes too long, with the seconds."""
    for name, text in hostile_texts(BOUNDED.get(used.place, LENGTH)):
        seconds = slow(used.run, text, LIMIT)
        if seconds is not None:
            return {name: seconds}
    return {}


@pytest.mark.parametrize("group", range(GROUPS))
def test_fault_67_every_pattern_is_quick_on_hostile_text(group: int) -> None:
    found = {used.place: too_slow(used) for used in patterns()[group::GROUPS]}
    assert {place: texts for place, texts in found.items() if texts} == {}


@pytest.mark.parametrize("counting", _countings(), ids=lambda each: each.kind.name)
def test_what_is_said_of_people_is_read_quickly_however_long_its_words(
    counting: _Counting,
) -> None:
    found = {
        name: seconds
        for name, text in hostile_texts()
        for start in ("", " people in ", " people ")
        if (seconds := slow(counting.behind.match, (start + text)[:LENGTH], LIMIT)) is not None
    }
    assert found == {}


def test_the_patterns_are_found() -> None:
    assert len(patterns()) > 250
    places = {used.place for used in patterns()}
    assert {*BOUNDED} <= places


def test_a_slow_pattern_is_found_and_a_quick_one_is_not() -> None:
    text = " " * LENGTH
    assert slow(re.compile(r" +x").search, text, LIMIT) is not None
    assert slow(re.compile(r" +x").match, text, LIMIT) is None
