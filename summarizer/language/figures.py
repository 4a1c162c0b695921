"""Reads a number in figures, and the words that multiply it."""

from __future__ import annotations

import re
from functools import lru_cache

SCALES = {
    **dict.fromkeys(["dozen"], 12.0),
    **dict.fromkeys(["hundred"], 1e2),
    **dict.fromkeys(["thousand", "k"], 1e3),
    **dict.fromkeys(["lakh", "lakhs"], 1e5),
    **dict.fromkeys(["million", "mn", "m", "mln", "mm"], 1e6),
    **dict.fromkeys(["crore", "crores"], 1e7),
    **dict.fromkeys(["billion", "bn", "b", "bln"], 1e9),
    **dict.fromkeys(["trillion", "tn", "trn"], 1e12),
}
"""The factor of a word or letter after a number."""

_FIGURE = re.compile(r"^(\d+(?:[.,]\d+)*)([^\W\d_]*)$")
_THOUSANDS = re.compile(r"^\d{1,3}(?:,\d{2,3})*,\d{3}(?:\.\d+)?$")
_MOST_DIGITS = 18


@lru_cache(maxsize=16_384)
def figure(low: str) -> tuple[float, float, str] | None:
    """The value of a token of figures, the unit of its last digit, and its suffix."""
    found = _FIGURE.match(low)
    if not found or len(found[1]) > _MOST_DIGITS:
        return None
    written = found[1]
    if _THOUSANDS.match(written):
        written = written.replace(",", "")
    elif written.count(",") == 1:
        written = written.replace(",", ".")
    if written.count(".") + written.count(",") > written.count(".") or written.count(".") > 1:
        return None
    return float(written), _step(written), found[2]


def _step(written: str) -> float:
    """The unit of the last digit before trailing zeros: 100 in "1200"."""
    whole, dot, tail = written.partition(".")
    if dot:
        return float(10.0 ** -len(tail))
    return float(10.0 ** (len(whole) - len(whole.rstrip("0") or "0")))
