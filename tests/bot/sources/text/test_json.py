"""JSON of careless servers is read; of hostile ones in linear time."""

from __future__ import annotations

import pytest

from bot.errors import RefusedInput
from bot.sources.text.json import read_json
from tests.support.linear import slow


def test_a_comma_before_a_bracket_does_no_harm_and_one_in_a_string_stays() -> None:
    assert read_json('{"a": ["b,]", 1,],}') == {"a": ["b,]", 1]}


def read(text: str) -> None:
    with pytest.raises(RefusedInput):
        read_json(text)


def test_a_string_that_does_not_end_is_refused_at_once() -> None:
    assert slow(read, '["' + 'a\\"' * 100_000, 1.0) is None
