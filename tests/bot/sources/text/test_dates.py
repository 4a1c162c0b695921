"""The instants that articles state."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sources.text.dates import EARLIEST, parse_date
from tests.support.builders import NOW

HALF_PAST_SEVEN = datetime(2026, 11, 22, 7, 30, tzinfo=UTC)
MIDNIGHT = datetime(2026, 11, 22, tzinfo=UTC)


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("2026-11-22T07:30:00Z", HALF_PAST_SEVEN),
        ("2026-11-22T12:30:00+05:00", HALF_PAST_SEVEN),
        ("2026-11-22T07:30:00.000Z", HALF_PAST_SEVEN),
        ("2026-11-22 07:30", HALF_PAST_SEVEN),
        ("2026-11-22 07:30 UTC", HALF_PAST_SEVEN),
        ("2026-11-22", MIDNIGHT),
        ("2026/11/22", MIDNIGHT),
        ("Sun, 22 Nov 2026 07:30:00 GMT", HALF_PAST_SEVEN),
        ("Sun, 22 Nov 2026 08:30:00 +0100", HALF_PAST_SEVEN),
        ("22 November 2026", MIDNIGHT),
        ("22 Nov 2026 07:30", HALF_PAST_SEVEN),
        ("November 22, 2026", MIDNIGHT),
        ("Nov 22, 2026 at 7:30 am", HALF_PAST_SEVEN),
        (str(HALF_PAST_SEVEN.timestamp()), HALF_PAST_SEVEN),
        (str(int(HALF_PAST_SEVEN.timestamp() * 1000)), HALF_PAST_SEVEN),
    ],
)
def test_it_reads_the_spellings_that_are_met(raw: str, expected: datetime) -> None:
    assert parse_date(raw, NOW) == expected


@pytest.mark.parametrize(
    "raw",
    [
        None, "", "soon", "24", "nan", "inf", "1e400", "9999-12-31", "1970-01-01", "1989-12-31",
        "2026-11-25",
        "0001-01-01T00:00:00+14:00", "2026-13-01", "२०२६-११-२२", "2026-11-22" + " " * 100 + "x",
        "Oil climbs above $84 after producers agree deeper output cut", "x" * 1000,
    ],
)  # fmt: skip
def test_fault_35_it_drops_dates_that_cannot_be(raw: str | None) -> None:
    assert parse_date(raw, NOW) is None


@given(st.one_of(st.text(max_size=40), st.text("0123456789-:TZ+., JanGMT", max_size=30)))
def test_any_text_is_a_date_that_can_be_or_none(raw: str) -> None:
    found = parse_date(raw, NOW)
    assert found is None or (found.tzinfo is UTC and found >= EARLIEST)
