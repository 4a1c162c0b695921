"""Cause and effect, and what came before and after, keep their order."""

from __future__ import annotations

import pytest

from tests.support.verdicts import assert_proved, assert_refused

FLOOD = "The line closed after the river Sorn flooded the tunnel that leaked since autumn."
PANIC = "Shares fell before the bank's chief resigned following a report of losses."


@pytest.mark.parametrize(
    ("source", "text"),
    [
        (FLOOD, "The river Sorn flooded the tunnel after the line closed."),
        (FLOOD, "After the line closed, the river Sorn flooded the tunnel."),
        (PANIC, "The bank's chief resigned before shares fell."),
        ("The blackout led to riots in the capital.", "Riots in the capital led to the blackout."),
    ],
)
def test_the_other_order_is_refused(source: str, text: str) -> None:
    assert_refused(text, source, reason="the other way round at")


@pytest.mark.parametrize(
    ("source", "text"),
    [
        (
            FLOOD,
            "After the river Sorn flooded the tunnel that leaked since autumn, the line closed.",
        ),
        (PANIC, "Before the bank's chief resigned following a report of losses, shares fell."),
        (PANIC, "The bank's chief resigned following a report of losses."),
    ],
)
def test_clauses_may_change_places_with_their_word(source: str, text: str) -> None:
    assert_proved(text, source)
