"""The likelihood that a text is proved: one logistic formula over named features."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Sequence

from summarizer.evidence.comparison import Comparison

_MOST = 3
_MOST_NAMES = 4
_MIDDLE, _WIDTH = 0.5, 0.08

FEATURES = (
    "words, log",
    "near verbatim",
    "words from elsewhere, near verbatim",
    "reworded",
    "replaced",
    "inserted",
    "opposed",
    "turned",
    "denials added",
    "names at hand",
    "names from afar",
    "numbers misplaced",
    "pairs held",
    "least of a sentence held",
    "backward, near verbatim",
    "number absent",
    "date absent",
    "name absent",
    "quotation absent",
)
"""The names of what `features` returns, in order."""

WEIGHTS = (
    0.50,  # words, log
    1.10,  # near verbatim
    -0.43,  # words from elsewhere, near verbatim
    0.40,  # reworded
    -0.11,  # replaced
    -0.13,  # inserted
    -0.42,  # opposed
    -0.39,  # turned
    -1.49,  # denials added
    0.26,  # names at hand
    0.03,  # names from afar
    -0.31,  # numbers misplaced
    -0.72,  # pairs held
    0.48,  # least of a sentence held
    -0.75,  # backward, near verbatim
    -1.91,  # number absent
    -0.75,  # date absent
    -1.21,  # name absent
    -1.29,  # quotation absent
)
BIAS = -1.69
"""Fitted by `python -m benchmarks.fitting.evidence`.

A paraphrase differs in many places without being wrong: the negative weight of "pairs held"
makes up for the differences that are counted against it.
"""


def likelihood(found: Sequence[Comparison], absent: Collection[str]) -> float:
    """How likely a text is proved, 0 to 1; `absent` are the kinds of what no source has."""
    odds = BIAS + sum(w * f for w, f in zip(WEIGHTS, features(found, absent), strict=True))
    return 1 / (1 + math.exp(-max(-50.0, min(50.0, odds))))


def features(found: Sequence[Comparison], absent: Collection[str]) -> tuple[float, ...]:
    """The features of a text with at least one word, in the order of FEATURES."""
    near = _near_verbatim(found)
    return (
        math.log(sum(len(each.words) for each in found)),
        near * min(each.runs for each in found),
        near * _count(found, lambda each: len(each.swapped)),
        _count(found, lambda each: each.reworded),
        _count(found, lambda each: len(each.replaced)),
        _count(found, lambda each: len(each.inserted)),
        _count(found, lambda each: len(each.opposed)),
        _count(found, lambda each: len(each.turned)),
        _count(found, lambda each: len(each.added_denials)),
        _count(found, lambda each: each.names_close, _MOST_NAMES),
        _count(found, lambda each: each.names_far),
        _count(found, lambda each: len(each.misplaced)),
        sum(each.pairs * len(each.words) for each in found)
        / sum(len(each.words) for each in found),
        min(each.held for each in found),
        near * _count(found, lambda each: each.backward),
        *(float(kind in absent) for kind in ("number", "date", "name", "quotation")),
    )


def _near_verbatim(found: Sequence[Comparison]) -> float:
    """Near 1 for a text that mostly copies its source, near 0 for a paraphrase."""
    runs = sum(each.runs for each in found) / len(found)
    return 1 / (1 + math.exp((_MIDDLE - runs) / _WIDTH))


def _count(
    found: Sequence[Comparison], of: Callable[[Comparison], int], most: int = _MOST
) -> float:
    return float(min(most, sum(map(of, found))))
