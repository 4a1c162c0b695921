"""What a figure counts or measures, and how it is told."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a figure counts or measures; the value heads its row."""

    KILLED = "killed"
    INJURED = "injured"
    MISSING = "missing"
    DISPLACED = "displaced"
    EVACUATED = "evacuated"
    ARRESTED = "arrested"
    WITHOUT_POWER = "without power"
    ELECTRICITY = "electricity"
    OIL = "oil a day"
    PRICE = "price"
    INDEX = "index"


INCIDENTS = (
    *(Kind.KILLED, Kind.INJURED, Kind.MISSING, Kind.DISPLACED, Kind.EVACUATED),
    *(Kind.WITHOUT_POWER, Kind.ARRESTED),
)
"""The kinds that count people or homes, which belong to an event."""


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """A number that a sentence states: the characters `start` to `end` of it.

    `said` is the number in the sentence's own form with its hedge and unit ("more than 600",
    "$57.32 a barrel"); `of` is who or what was counted or measured, "" where that is people in
    general; `change` says how it moved ("down 0.2%"), or is ""; `unit` is that of `value`, such as
    "mw", or its currency, such as "usd", or "".
    """

    kind: Kind
    value: float
    said: str
    of: str
    start: int
    end: int
    change: str = ""
    rounded: bool = False
    unit: str = ""
