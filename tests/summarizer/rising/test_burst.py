"""What is reported clearly more than before, by Dunning's log-likelihood ratio."""

from __future__ import annotations

from math import log

import pytest

from summarizer.rising.burst import ratio, rises


def test_the_ratio_is_that_of_a_worked_example() -> None:
    """Of 20 in 740 articles, 2.7 are expected among 100 and 17.3 among 640."""
    worked = 2 * (10 * log(10 / (20 * 100 / 740)) + 10 * log(10 / (20 * 640 / 740)))
    assert ratio(10, 10, 100, 640) == pytest.approx(worked)
    assert worked == pytest.approx(15.2, abs=0.1)


def test_the_same_share_has_no_ratio() -> None:
    assert ratio(10, 40, 100, 400) == pytest.approx(0)
    assert ratio(0, 0, 0, 0) == 0


@pytest.mark.parametrize(
    ("now", "before", "all_now", "all_before", "expected"),
    [
        (5, 0, 100, 400, True),
        (4, 0, 100, 400, False),
        (20, 40, 100, 400, False),
        (40, 40, 100, 400, True),
        (10, 0, 100, 0, False),
        (50, 10, 1000, 200, False),
        (2, 30, 100, 400, False),
    ],
    ids=["new", "few", "twice and unsure", "four times", "no past", "more of all", "falling"],
)
def test_what_rises(now: int, before: int, all_now: int, all_before: int, expected: bool) -> None:
    assert rises(now, before, all_now, all_before) is expected
