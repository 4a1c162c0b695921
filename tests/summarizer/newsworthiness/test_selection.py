"""Which events a section tells, and where it ends."""

from __future__ import annotations

import numpy as np
import pytest

from summarizer.newsworthiness.scoring import Scored
from summarizer.newsworthiness.selection import candidates, choose


def told(*worths: float, sure: float = 0.9) -> list[int]:
    """Which of some events, none like another, are told."""
    scored = [Scored(sure, 1.0, worth) for worth in worths]
    able = candidates(scored)
    chosen = choose([scored[at] for at in able], np.eye(len(able), dtype=np.float32))
    return [each.of(able).index for each in chosen]


@pytest.mark.parametrize(
    ("worths", "expected"),
    [
        ((0.35,), [0]),
        ((0.25,), []),
        ((0.5, 0.35), [0]),
        ((0.5, 0.45), [0, 1]),
        ((0.45, 0.5), [1, 0]),
    ],
)
def test_what_follows_the_first_event_must_be_worth_more(
    worths: tuple[float, ...], expected: list[int]
) -> None:
    assert told(*worths) == expected


def test_the_first_event_may_be_less_certain_than_those_after_it() -> None:
    assert told(0.9, 0.8, sure=0.4) == [0]
    assert told(0.9, 0.8, sure=0.1) == []
