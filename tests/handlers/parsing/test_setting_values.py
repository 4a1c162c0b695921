"""The values of /settings."""

from __future__ import annotations

from datetime import time

import pytest

from bot.errors import UsageError
from handlers.parsing.setting_values import read_quiet_hours

EXAMPLE = "/settings quiet 22:00-07:00"


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("22:00-07:00", (time(22), time(7))),
        ("from 22:30 to 6", (time(22, 30), time(6))),
        ("13:00 – 14:00", (time(13), time(14))),
        ("off", None),
    ],
)
def test_quiet_hours_have_a_start_and_an_end(text: str, hours: tuple[time, time] | None) -> None:
    assert read_quiet_hours(text, EXAMPLE) == hours


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("22:00-22:00", "must differ"),
        ("22:00", "start and the end"),
        ("22:00-23:00-07:00", "start and the end"),
    ],
)
def test_other_quiet_hours_are_refused(text: str, fault: str) -> None:
    with pytest.raises(UsageError, match=fault):
        read_quiet_hours(text, EXAMPLE)
