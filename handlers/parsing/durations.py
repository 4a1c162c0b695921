"""Lengths of time: `24h`, `48 hours`, `last 3 days`, `a week`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta

from handlers.parsing.tokens import Found, Word

_UNITS = {
    name: length
    for length, names in {
        timedelta(minutes=1): "min mins minute minutes",
        timedelta(hours=1): "h hr hrs hour hours",
        timedelta(days=1): "d day days",
        timedelta(days=7): "w wk wks week weeks",
        timedelta(days=30): "month months",
    }.items()
    for name in names.split()
}
_NUMBERS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_AMOUNT = re.compile(r"(\d+)([a-z]*)", re.ASCII)
_MOST = 999_999
"""What a larger number counts as: each reader of a length has its own, lower limit."""
_LEADS = frozenset({"last", "past", "previous"})


def read_length(words: Sequence[Word]) -> Found[timedelta] | None:
    """Read a length of time, with or without "last" before it; a unit alone is one of it."""
    lead = int(words[0].key in _LEADS and len(words) > 1)
    found = _counted(words[lead:]) or _unit(words[lead], 1, used=1)
    return found and Found(lead + found.length, found.value)


def _counted(words: Sequence[Word]) -> Found[timedelta] | None:
    match = _AMOUNT.fullmatch(words[0].key)
    if match and match[2]:
        return _unit(Word(words[0].text, match[2]), _number(match[1]), used=1)
    count = _number(match[1]) if match else _NUMBERS.get(words[0].key)
    if count is None or len(words) < 2:
        return None
    return _unit(words[1], count, used=2)


def _number(digits: str) -> int:
    return int(digits) if len(digits) <= len(str(_MOST)) else _MOST


def _unit(word: Word, count: int, *, used: int) -> Found[timedelta] | None:
    unit = _UNITS.get(word.key)
    return Found(used, unit * count) if unit else None
