"""Prices and indexes of the day, with how they moved."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from summarizer.key_figures.assertion import asserts, is_goal
from summarizer.key_figures.kinds import KeyFigure, Kind
from summarizer.language.quantity import CURRENCIES, Quantity
from summarizer.language.text import Text
from summarizer.lazy_pattern import lazy_pattern

_LEVEL = lazy_pattern(
    r"(?:\b(?:to|at|reached|reaching|hit|hitting|touched|touching|was|were|is|stood at|near|"
    r"above|below|around|past|tops|topped|crossed)"
    r"(?: (?:about|around|nearly|almost|just (?:over|under)|above|below|over|under|more than|a))?) "
    r"(?:US|Rs\.?|PKR|USD)? ?[$€£¥₹]?$",
)
_NO_LEVEL = lazy_pattern(
    r"\b(?:by|from|between|of|over the|per) (?:about |around |nearly )?(?:US|Rs\.?|PKR)? ?[$€£¥₹]?$"
    r"|\bclose of (?:US|Rs\.?)? ?[$€£¥₹]?$|\bafter\b|\bprices? of\b"
)
_MEASURE = lazy_pattern(
    r"(?: ?(?:a|an|per|/) ?(barrel|bbl|ounce|oz|tonne|ton|tola|kg|kilogram|litre|liter|gallon|"
    r"mmbtu|million British thermal units|MWh|megawatt[- ]hour|pound|10 grams?|unit)\b)",
    re.IGNORECASE,
)
_VOWEL = lazy_pattern(r"o|mwh|mmbtu", re.IGNORECASE)
"""How measures begin that are spoken with a vowel first: "an ounce", "an MWh", but "a unit"."""

_UP = (
    "rose|rises|rising|gained|gaining|gains|climbed|climbing|jumped|surged|up|added|increased|"
    "advanced|soared|higher|spiked|rallied|rebounded"
)
_DOWN = (
    "fell|falls|falling|dropped|dropping|lost|losing|slid|declined|down|dipped|plunged|decreased|"
    "shed|tumbled|eased|slipped|lower|sank|retreated"
)
_MOVED = lazy_pattern(
    rf"\b(?:(?P<up>{_UP})|(?P<down>{_DOWN}))\b(?: by)?"
    r"(?: (?:about|around|nearly|almost|more than|over|another))? "
    r"(?P<by>(?:less than |more than )?"
    r"[$€£]?[\d][\d,.]*\d? ?(?:%|percent|per cent|pc\b|points?|cents?)"
    r"|[\d][\d,.]*\d (?=points|\(|, or))"
)
_SHARE = lazy_pattern(
    r"^(?:[^.;\d]{0,25}?)(less than |more than )?(\d[\d.]*) ?(?:%|percent|per cent|pc\b)"
)
_SHARE_BEHIND = lazy_pattern(r",? (?:or )\(?\d[\d.]* ?(?:%|percent|per cent|pc\b)")
"""Behind an amount by which a price moved: "$4.56, or 6.5pc, lower"."""

_SIGN = {"usd": "$", "eur": "€", "gbp": "£", "inr": "Rs ", "jpy": "¥"}
_ABOVE = dict.fromkeys(("past", "tops", "topped", "crossed"), "above")
_PASSED = lazy_pattern(r"\b(?:past|tops|topped|crossed) \S*$")
_FALLING = lazy_pattern(rf"\b(?:{_DOWN}|falls?|drops?|slides?|sinks?|dips?|plunges?)\b")
_UNITS = ("point", "points", "cent", "cents")
_REACH = 110
_LOWEST, _HIGHEST = 1_000, 1_000_000
"""Between these is the level of an index; others are amounts of shares."""

_STOCKS = lazy_pattern(
    r" (?:production|output|inventor\w+|stocks?|exports?|imports?|demand|supply|supplies|reserves?|"
    r"producers?|miners?|mine|medal\w*|plant\w*|tankers?|field|pipeline|cargo\w*|shares)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Traded:
    title: str
    kind: Kind
    pattern: re.Pattern[str]


def traded(text: Text, written: date) -> Iterator[KeyFigure]:
    """The prices and index levels that a sentence states as those of the day."""
    named = sorted(_named(text), key=lambda each: each[:2]) if text.quantities else []
    for place, (_, end, each) in enumerate(named):
        until = named[place + 1][0] if place + 1 < len(named) else len(text.folded)
        if found := _level(text, each, end, min(until, end + _REACH), written):
            yield found


def _named(text: Text) -> Iterator[tuple[int, int, _Traded]]:
    """Where a sentence names what is traded, but not stocks of it or those who make it."""
    for each in _markets():
        for found in each.pattern.finditer(text.folded):
            if not _STOCKS.match(text.folded, found.end()):
                yield found.start(), found.end(), each


def _level(text: Text, what: _Traded, begin: int, until: int, written: date) -> KeyFigure | None:
    for number in text.quantities:
        start, end = text.words[number.first].start, text.words[number.last].end
        if not begin <= start < until or number.vague or not _is_level(text, number, what, begin):
            continue
        if _only_passed(text, number, begin, until):
            continue
        first = next(at for at, each in enumerate(text.words) if each.end >= begin)
        if is_goal(text, start, end) or not asserts(text, first, number.last, written):
            return None
        return _figure(text, what, number, begin, (start, end))
    return None


def _is_level(text: Text, number: Quantity, what: _Traded, begin: int) -> bool:
    start, end = text.words[number.first].start, text.words[number.last].end
    before = text.folded[begin:start]
    if _NO_LEVEL.search(before) or not _LEVEL.search(before) or ";" in before:
        return False
    if _SHARE_BEHIND.match(text.folded, end):
        return False
    if what.kind is Kind.INDEX:
        rest = text.folded[end : end + 3].lstrip()
        plain = number.unit in {None, "point", "%"} and _LOWEST <= number.low < _HIGHEST
        return plain and not rest.startswith("%")
    return number.unit in CURRENCIES


def _only_passed(text: Text, number: Quantity, begin: int, until: int) -> bool:
    """Whether a price went past a level downwards, or went on to a further one."""
    start, end = text.words[number.first].start, text.words[number.last].end
    if not _PASSED.search(text.folded, begin, start):
        return False
    later = (text.words[each.first].start for each in text.quantities if each.first > number.last)
    further = any(_LEVEL.search(text.folded, end, each) for each in later if each < until)
    return further or _FALLING.search(text.folded, begin, start) is not None


def _figure(
    text: Text, what: _Traded, number: Quantity, begin: int, span: tuple[int, int]
) -> KeyFigure:
    start, end = span
    unit = number.unit if number.unit in CURRENCIES else ""
    said = f"{number.low:,.10g}"
    if unit:
        sign = "Rs " if unit == "inr" else _SIGN.get(unit, f"{unit.upper()} ")
        said = f"{sign}{number.low:,.2f}".removesuffix(".00")
    measure = _MEASURE.match(text.folded, end)
    if measure:
        article = "an" if _VOWEL.match(measure[1]) else "a"
        said, end = f"{said} {article} {measure[1]}", measure.end()
    hedge = re.search(
        r"\b(above|below|over|under|around|about|nearly|near|past|tops|topped|crossed) \S*$",
        text.folded[begin:start],
    )
    if hedge:
        said = f"{_ABOVE.get(hedge[1], hedge[1])} {said}"
    return KeyFigure(
        what.kind,
        number.low,
        said,
        what.title,
        start,
        end,
        change=_change(text, begin, span),
        rounded=bool(hedge),
        unit=unit or "",
    )


def _change(text: Text, begin: int, span: tuple[int, int]) -> str:
    """How the price moved, in per cent where that is told: "down 0.2%"."""
    start, end = span
    moved = _MOVED.search(text.folded, begin, start) or _MOVED.search(text.folded, end, end + 25)
    if moved is None:
        return ""
    way = "up" if moved["up"] else "down"
    by = moved["by"].strip()
    if not re.search(r"%|percent|per cent|pc", by):
        share = _SHARE.match(text.folded[moved.end() : moved.end() + 40])
        by = (
            f"{share[1] or ''}{share[2]}%"
            if share
            else by
            if by.endswith(_UNITS)
            else f"{by} points"
        )
    return f"{way} " + re.sub(r" ?(?:percent|per cent|pc)", "%", by)


@cache
def _markets() -> tuple[_Traded, ...]:
    text = Path(__file__).with_name("markets.txt").read_text("utf-8")
    rows = (line.split(": ", 2) for line in text.splitlines() if line and line[0] != "#")
    return tuple(
        _Traded(title, Kind(kind), re.compile(f"(?<![-\\w])(?:{pattern})"))
        for title, kind, pattern in rows
    )
