"""Reads the quantities of a text, in figures or in words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from summarizer.language.figures import SCALES, figure
from summarizer.language.quantity import CURRENCIES, UNITS, Comparator, Quantity
from summarizer.language.ranges import ranges
from summarizer.language.tokens import Token
from summarizer.language.word_lists import listed

_CARDINALS = {
    word: float(value)
    for value, word in enumerate(
        listed(
            """zero one two three four five six seven eight nine ten eleven twelve thirteen
            fourteen fifteen sixteen seventeen eighteen nineteen"""
        )
    )
} | {
    word: 10.0 * value
    for value, word in enumerate(listed("twenty thirty forty fifty sixty seventy eighty ninety"), 2)
}
_ORDINALS = {
    word: float(value)
    for value, word in enumerate(
        listed(
            """third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth
            fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"""
        ),
        3,
    )
}
_ORDINAL_ENDS = frozenset({"st", "nd", "rd", "th"})
_SMALL_SCALES = frozenset({"hundred", "dozen"})
_GREAT_SCALES = frozenset(listed("thousand lakh million crore billion trillion"))
_VAGUE = {
    "dozens": (24.0, 200.0),
    "scores": (20.0, 400.0),
    "tens": (20.0, 2e8),
    "hundreds": (101.0, 5e3),
    "thousands": (1001.0, 1e6),
    "millions": (1.1e6, 1e9),
    "billions": (1.1e9, 1e12),
    "trillions": (1.1e12, 1e15),
}
_HALF = "half"
_STARTS = (
    frozenset({_HALF})
    | frozenset(_CARDINALS)
    | frozenset(_ORDINALS)
    | frozenset(_VAGUE)
    | _SMALL_SCALES
    | _GREAT_SCALES
)
_SIGNS = {"$": "usd", "€": "eur", "£": "gbp", "¥": "jpy", "₹": "inr", "₽": "rub", "₴": "uah"}
_NO_UNITS = frozenset({"won", "real", "try", "rand"})
"""Currencies that are also everyday words."""

_SIGN_BEFORE = re.compile(r"([$€£¥₹₽₴])\s?$")

_HEDGES = {
    **dict.fromkeys(
        listed("about around roughly approximately some circa estimated approximate"),
        Comparator.ABOUT,
    ),
    **dict.fromkeys(
        listed("over above least exceeding exceeded exceeds topped surpassing beyond"),
        Comparator.OVER,
    ),
    **dict.fromkeys(listed("under below nearly almost within fewer approaching"), Comparator.UNDER),
}
_THAN = {
    **dict.fromkeys(["more", "greater", "higher"], Comparator.OVER),
    **dict.fromkeys(["less", "fewer", "lower"], Comparator.UNDER),
}
_DENIALS = frozenset({"no", "not"})
_DENIED = {Comparator.OVER: Comparator.UNDER, Comparator.UNDER: Comparator.OVER}
_BETWEEN = frozenset(listed("a an the at usd rs us usa"))


def quantities(folded: str, words: Sequence[Token]) -> list[Quantity]:
    """Every number that a text states, in order; days and years among them."""
    found: list[Quantity] = []
    at = 0
    while at < len(words):
        word = words[at].word
        if (word.digits or word.low in _STARTS) and (read := _read(folded, words, at)):
            found.append(read)
            at = read.last
        at += 1
    return ranges(folded, words, found)


def _read(folded: str, words: Sequence[Token], at: int) -> Quantity | None:
    word = words[at].word
    if word.low in _VAGUE:
        low, high = _VAGUE[word.low]
        return Quantity(low, high, None, Comparator.EXACT, at, at, low)
    if word.low in _ORDINALS:
        return _ordinal(words, at)
    if word.low == _HALF:
        return _half(folded, words, at)
    return _figures(folded, words, at) if word.digits else _spelled(folded, words, at)


def _figures(folded: str, words: Sequence[Token], at: int) -> Quantity | None:
    parts = figure(words[at].word.low)
    if parts is None:
        return None
    value, step, suffix = parts
    if suffix in _ORDINAL_ENDS:
        return Quantity(value, value, None, Comparator.EXACT, at, at, 1.0)
    scale = SCALES.get(suffix, 1.0)
    unit = UNITS.get(suffix, suffix) if scale == 1.0 and suffix not in {"", "s"} else None
    last, scale = _scaled(words, at, scale)
    return _measured(folded, words, (at, last), value * scale, step * scale, unit)


def _ordinal(words: Sequence[Token], at: int) -> Quantity | None:
    """An ordinal; a fraction ("a third of") is skipped."""
    value = _ORDINALS[words[at].word.low]
    fraction = at + 1 < len(words) and words[at + 1].word.low == "of"
    return None if fraction else Quantity(value, value, None, Comparator.EXACT, at, at, 1.0)


def _half(folded: str, words: Sequence[Token], at: int) -> Quantity | None:
    """Half of a large scale ("half a million"); any other half is skipped."""
    last = at + 1
    if last < len(words) and words[last].word.low in {"a", "an"}:
        last += 1
    if last == len(words) or words[last].word.low not in _GREAT_SCALES:
        return None
    scale = SCALES[words[last].word.low]
    return _measured(folded, words, (at, last), scale / 2, scale / 10, None)


def _spelled(folded: str, words: Sequence[Token], at: int) -> Quantity | None:
    total, here, last, step = 0.0, 0.0, at - 1, 1.0
    for place in range(at, min(at + 12, len(words))):
        low = words[place].word.low
        if low in _CARDINALS and _fits(here, _CARDINALS[low]):
            here, step = here + _CARDINALS[low], 1.0
        elif low in _SMALL_SCALES:
            here, step = (here or 1) * SCALES[low], SCALES[low]
        elif low in _GREAT_SCALES:
            total, here, step = total + (here or 1) * SCALES[low], 0.0, SCALES[low]
        elif low == "and" and _joins(words, place):
            continue
        else:
            break
        last = place
    if last < at or (total + here == 1 and last == at):
        return None
    return _measured(folded, words, (at, last), total + here, step, None)


def _fits(here: float, following: float) -> bool:
    """Whether a number word continues another: "sixty" and "five", not "five" and "six"."""
    if here == 0 or (here % 100 == 0 and here):
        return True
    return here % 10 == 0 and here % 100 >= 20 and following < 10


def _joins(words: Sequence[Token], place: int) -> bool:
    """Whether an "and" is part of a number: "one hundred and five"."""
    before = words[place - 1].word.low in SCALES
    return before and place + 1 < len(words) and words[place + 1].word.low in _CARDINALS


def _scaled(words: Sequence[Token], at: int, scale: float) -> tuple[int, float]:
    last = at
    while last + 1 < len(words) and last - at < 3:
        word = words[last + 1].word
        if word.low not in SCALES or (len(word.low) < 3 and word.capital):
            break
        scale *= SCALES[word.low]
        last += 1
    return last, scale


def _measured(
    folded: str,
    words: Sequence[Token],
    span: tuple[int, int],
    value: float,
    step: float,
    unit: str | None,
) -> Quantity:
    first, last = span
    unit = unit or _unit_before(folded, words, first)
    if folded[words[last].end : words[last].end + 2].strip()[:1] == "%":
        unit = "%"
    elif unit is None or unit in CURRENCIES:
        after, end = _unit_after(words, last)
        if unit is None or after == unit:
            unit, last = after, end
    if unit == "%" and last + 1 < len(words) and words[last + 1].word.stem == "point":
        unit, last = "point", last + 1
    return Quantity(value, value, unit, _comparator(words, first, last), first, last, step)


def _unit_before(folded: str, words: Sequence[Token], first: int) -> str | None:
    sign = _SIGN_BEFORE.search(folded, max(0, words[first].start - 2), words[first].start)
    if sign:
        return _SIGNS[sign[1]]
    before = words[first - 1].word.low if first else ""
    unit = UNITS.get(before)
    return unit if unit in CURRENCIES and before in {unit, "rs", "pkr"} - _NO_UNITS else None


def _unit_after(words: Sequence[Token], last: int) -> tuple[str | None, int]:
    after = [token.word.low for token in words[last + 1 : last + 3]] + ["", ""]
    if after[0] == "per" and after[1] in {"cent", "cents"}:
        return "%", last + 2
    if after[0] in {"us", "usa", "american"} and UNITS.get(after[1]) == "usd":
        return "usd", last + 2
    if after[0] in UNITS and after[0] not in _NO_UNITS:
        return UNITS[after[0]], last + 1
    return None, last


def _comparator(words: Sequence[Token], first: int, last: int) -> Comparator:
    before = [token.word.low for token in words[max(0, first - 4) : first]][::-1]
    if before[:3] == ["as", "many", "as"] or before[:2] == ["to", "up"]:
        return Comparator.UNDER
    for place, low in enumerate(before[:2]):
        if low == "than":
            than = _THAN.get("".join(before[place + 1 : place + 2]), Comparator.EXACT)
            denied = not _DENIALS.isdisjoint(before[place + 2 : place + 3])
            return _DENIED.get(than, than) if denied else than
        if low in _HEDGES:
            return _HEDGES[low]
        if low not in _BETWEEN:
            break
    after = [token.word.low for token in words[last + 1 : last + 3]]
    return Comparator.OVER if after == ["or", "more"] else Comparator.EXACT
