"""Figures in a text that can be compared: how many killed, hurt, and the like."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

_SMALL = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen twenty"
).split()
_VALUES = {word: number for number, word in enumerate(_SMALL, 1)}
_N = rf"(?P<n>\d{{1,3}}(?:,\d{{3}})+|\d{{1,6}}|{'|'.join(_SMALL)})(?![\d.,%]*\d)"
_MORE = (
    r"(?:at least |more than |over |about |around |some |up to |nearly |as many as |all |another )?"
)
_WHO = (
    r"(?:\s+(?:other\s+)?(?:people|persons|civilians|soldiers|troops|officers|policemen|police|"
    r"children|women|men|passengers|workers|miners|militants|insurgents|fighters|villagers|others|"
    r"lives|individuals|residents|members|security personnel|pilgrims|students|guards))?"
)
_DEAD = r"(?:killed|dead|died|perished|martyred|shot dead|executed)"
_HURT = r"(?:injured|wounded|hurt)"
_BE = r"(?:\s+(?:were|was|have been|had been|are|have|had))?"


class Counted(StrEnum):
    """What a figure counts."""

    KILLED = "killed"
    INJURED = "injured"


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of something, and the characters that state it."""

    counted: Counted
    value: int
    start: int
    end: int


_PATTERNS = {
    Counted.KILLED: re.compile(
        rf"\b{_N}{_WHO}{_BE}\s+{_DEAD}\b"
        rf"|\b(?:killed|killing|claimed|claiming)\s+{_MORE}{_N.replace('?P<n>', '?P<m>')}{_WHO}"
        rf"|\bdeath toll\b[^.;]{{0,40}}?\bto\s+{_MORE}{_N.replace('?P<n>', '?P<k>')}",
        re.IGNORECASE,
    ),
    Counted.INJURED: re.compile(
        rf"\b{_N}{_WHO}{_BE}\s+{_HURT}\b"
        rf"|\b(?:injured|injuring|wounded|wounding|hurt|hurting)\s+{_MORE}"
        rf"{_N.replace('?P<n>', '?P<m>')}{_WHO}",
        re.IGNORECASE,
    ),
}


def figures(text: str) -> Iterator[Figure]:
    """Every count of people killed or injured that a text states outright."""
    for counted, pattern in _PATTERNS.items():
        for found in pattern.finditer(text):
            number = next(value for value in found.groups() if value)
            yield Figure(counted, _value(number), found.start(), found.end())


def _value(number: str) -> int:
    return _VALUES.get(number.lower()) or int(number.replace(",", ""))
