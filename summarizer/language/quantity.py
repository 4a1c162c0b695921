"""A number that a text states, and when one number proves another."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from enum import StrEnum

from summarizer.language.word_lists import lines, listed

UNITS = {form: line.split()[0] for line in lines("units") for form in line.split()}
"""The canonical form of each unit, by each of its forms."""

CURRENCIES = frozenset(
    listed(
        """usd eur gbp jpy cny inr rub uah chf try ngn zar krw brl pln aed irr sar sek nok kes"""
    )
)
_PREFIXES = {"k": 1e3, "m": 1e6, "g": 1e9, "t": 1e12}
_BASES = {
    **{f"{prefix}w": ("w", factor) for prefix, factor in _PREFIXES.items()},
    **{f"{prefix}wh": ("wh", factor) for prefix, factor in _PREFIXES.items()},
    "gram": ("gram", 1.0),
    "kg": ("gram", 1e3),
    "tonne": ("gram", 1e6),
    "millimetre": ("millimetre", 1.0),
    "cm": ("millimetre", 10.0),
    "metre": ("millimetre", 1e3),
    "km": ("millimetre", 1e6),
}
"""Convertible units, with their factor to the smallest unit."""

_SPANS_OF_TIME = frozenset(listed("second minute hour day week month year decade century"))
_NEAR = 0.05
_LONG = 1e5
_COARSE = 1e3


class Comparator(StrEnum):
    """How a number is hedged."""

    EXACT = "exact"
    ABOUT = "about"
    OVER = "over"
    UNDER = "under"


_OPPOSITE = {Comparator.OVER: Comparator.UNDER, Comparator.UNDER: Comparator.OVER}


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number that a text states, `low` to `high` where it is vague ("dozens").

    `first` and `last` are its tokens; `step` is the unit of its last digit.
    """

    low: float
    high: float
    unit: str | None
    comparator: Comparator
    first: int
    last: int
    step: float

    @property
    def vague(self) -> bool:
        """Whether only an order of magnitude is stated."""
        return self.low != self.high


def agrees(said: Quantity, known: Quantity) -> bool:
    """Whether a source's number proves the number that a bullet states."""
    if said.unit != known.unit and (said.unit in _BASES or known.unit in _BASES):
        said, known = _in_base(said), _in_base(known)
    return _same_unit(said.unit, known.unit) and _same_value(said, known)


def _in_base(quantity: Quantity) -> Quantity:
    """A quantity in the smallest unit of its kind: megawatts in watts."""
    base, factor = _BASES.get(quantity.unit or "", (quantity.unit, 1.0))
    if factor == 1.0:
        return replace(quantity, unit=base)
    low, high, step = (each * factor for each in (quantity.low, quantity.high, quantity.step))
    return replace(quantity, unit=base, low=low, high=high, step=step)


def _same_unit(said: str | None, known: str | None) -> bool:
    if said == known:
        return True
    if said is None:
        return known not in {"%", "point"}
    if known is None:
        return said not in CURRENCIES and said not in {"%", "point"}
    return False


def _same_value(said: Quantity, known: Quantity) -> bool:
    if said.vague:
        return known.low <= said.high and known.high >= said.low
    if known.vague or _contradict(said.comparator, known.comparator):
        return False
    return math.isclose(said.low, known.low) or (
        _near(said, known.low) and _allowed(said, known.low)
    )


def _contradict(said: Comparator, known: Comparator) -> bool:
    return _OPPOSITE.get(said) is known


def _near(said: Quantity, value: float) -> bool:
    """Whether a value could be told so in round figures."""
    return abs(said.low - value) <= _NEAR * abs(value) or (
        said.step < abs(said.low)
        and abs(said.low - value) < said.step
        and said.comparator is not Comparator.EXACT
    )


def _allowed(said: Quantity, value: float) -> bool:
    match said.comparator:
        case Comparator.OVER:
            return value >= said.low
        case Comparator.UNDER:
            return value <= said.low
        case Comparator.ABOUT:
            return True
        case Comparator.EXACT:
            rounded = abs(said.low - value) * 2 <= said.step
            return rounded and said.step >= _COARSE and said.low >= _LONG


def is_time(unit: str | None) -> bool:
    """Whether a unit is a span of time."""
    return unit in _SPANS_OF_TIME
