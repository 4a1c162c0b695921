"""Whole numbers as English texts write them: "1,200", "twenty-four", "two hundred and thirty"."""

from __future__ import annotations

import re

_ONES = (
    *("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven"),
    *("twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_SCALES = {"hundred": 100, "thousand": 1_000, "dozen": 12}
_VALUES = {word: number for number, word in enumerate(_ONES, 1)} | {
    word: 10 * number for number, word in enumerate(_TENS, 2)
}
_WORDED = rf"(?:(?:{'|'.join(_TENS)})(?:-(?:{'|'.join(_ONES[:9])}))?|{'|'.join(_ONES)})\b"
_DIGITS = r"(?:\d{1,3}(?:,\d{3})+|\d{1,6})"
_SCALE = rf"(?:{'|'.join(_SCALES)})\b"
_UNITS = (
    rf"of|per|percent|cent|{'|'.join(_SCALES)}|million|billion|trillion|years?|days?|hours?|"
    r"minutes?|weeks?|months?|km|kilomet\w*|miles?|times|am|pm|a\.m|p\.m|"
    r"euros?|dollars?|pounds?|rupees?|roubles?|rubles?|yen|yuan"
)
NUMERAL = rf"(?:(?:an?|{_DIGITS}|{_WORDED}) {_SCALE}(?: and {_WORDED})?|{_DIGITS}(?!\w)|{_WORDED})"
NUMBER = (
    rf"(?<!no )(?<![\w.,$€£-])(?!(?:19|20)\d\d\b)({NUMERAL})"
    rf"(?![\w%-]|[.,]\d| (?:{_UNITS})\b)"
)
"""A number that counts things: not a part of a longer number, a year, a share or a measure."""


def value(number: str) -> int:
    """The value of a number that `NUMBER` found."""
    total = 0
    for part in re.split(r" and |[ -]", number.lower()):
        if part in _SCALES:
            total *= _SCALES[part]
        else:
            total += 1 if part in {"a", "an"} else _one(part)
    return total


def is_round(number: str) -> bool:
    """Whether a number is in whole hundreds, thousands or dozens."""
    return number.lower().split()[-1] in _SCALES


def _one(part: str) -> int:
    return int(part.replace(",", "")) if part[0].isdigit() else _VALUES[part]
