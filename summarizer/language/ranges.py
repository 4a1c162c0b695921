"""Reads number ranges: "$2-3 billion"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from summarizer.language.figures import SCALES, figure
from summarizer.language.quantity import Quantity
from summarizer.language.tokens import Token


def ranges(folded: str, words: Sequence[Token], found: list[Quantity]) -> list[Quantity]:
    """Give both ends of a range the scale and unit that are written once."""
    for place, (low, high) in enumerate(pairwise(found)):
        if low.vague or high.vague or not _spans(folded, words, low, high):
            continue
        scale = 1.0
        if low.low < 1000 and _written_scale(words, low) == 1:
            scale = _written_scale(words, high)
        found[place] = replace(
            low,
            low=low.low * scale,
            high=low.high * scale,
            step=low.step * scale,
            unit=low.unit or high.unit,
        )
        found[place + 1] = replace(high, unit=high.unit or low.unit)
    return found


def _spans(folded: str, words: Sequence[Token], one: Quantity, two: Quantity) -> bool:
    between = folded[words[one.last].end : words[two.first].start][:8].lower().strip(" $€£¥₹")
    before = words[one.first - 1].word.low if one.first else ""
    if before == "by" and between == "to":
        return False
    return between in {"-", "to", "or"} or (between == "and" and before in {"between", "from"})


def _written_scale(words: Sequence[Token], quantity: Quantity) -> float:
    scale = 1.0
    for token in words[quantity.first : quantity.last + 1]:
        parts = figure(token.word.low) if token.word.digits else None
        scale *= SCALES.get(parts[2] if parts else token.word.low, 1.0)
    return scale
