"""The figures of a day from many articles: one row each, with every source that it is from."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from summarizer.key_figures.kinds import INCIDENTS, KeyFigure, Kind
from summarizer.language.sentences import Sentence

SAME_HOURS = timedelta(hours=6)
"""Articles this close together may differ about one and the same count."""

STILL_ONE = 3
"""A number this many times another's is not of the same people."""

_WEIGHTS = {
    Kind.KILLED: 3.0,
    Kind.MISSING: 2.4,
    Kind.INJURED: 2.0,
    Kind.DISPLACED: 1.5,
    Kind.WITHOUT_POWER: 1.4,
    Kind.EVACUATED: 1.1,
    Kind.ARRESTED: 0.8,
}
CIVILIANS = frozenset({"civilians", "residents", "villagers", "victims"})
"""Nouns with which some outlets count the people whom others count without a noun."""

_ENERGY = {Kind.ELECTRICITY: "electricity:", Kind.OIL: "oil:"}
_MARKETS = 3
"""Prices, indexes and amounts of energy in a strip of leading figures, at most."""


@dataclass(frozen=True, slots=True)
class Told:
    """A figure as one article tells it."""

    figure: KeyFigure
    story: str
    article_id: str
    source: str
    url: str | None
    language: str | None
    at: datetime
    sentence: Sentence
    country: str
    dateline: str


@dataclass(frozen=True, slots=True)
class Row:
    """A figure of the day: the `tellings` of one count, lowest first; one of each source.

    Where they differ it is a range, and every source is named with its own number.
    """

    tellings: tuple[Told, ...]

    @property
    def kind(self) -> Kind:
        return self.tellings[0].figure.kind

    @property
    def differs(self) -> bool:
        """Whether sources state different numbers."""
        return self.tellings[0].figure.value != self.tellings[-1].figure.value

    @property
    def said(self) -> str:
        """The number, or the range of numbers, as it is told."""
        low, high = self.tellings[0].figure, self.tellings[-1].figure
        return f"{low.value:,.0f}–{high.value:,.0f}" if self.differs else low.said

    @property
    def what(self) -> str:
        """What was counted or measured: "soldiers killed", "Brent crude, down 0.2%"."""
        figure = self.tellings[0].figure
        if self.kind in INCIDENTS:
            nouns = {each.figure.of for each in self.tellings}
            return f"{nouns.pop() if len(nouns) == 1 else ''} {self.kind.value}".strip()
        if self.kind in {Kind.PRICE, Kind.INDEX}:
            return f"{figure.of}, {figure.change}" if figure.change else figure.of
        return f"{_ENERGY[self.kind]} {figure.of}"

    @property
    def at(self) -> datetime:
        """When it was told last."""
        return max(each.at for each in self.tellings)

    @property
    def place(self) -> str:
        """The country that all tellings with one name; "" where none does, or they differ."""
        named = {each.country for each in self.tellings if each.country}
        return named.pop() if len(named) == 1 else ""

    @property
    def weight(self) -> float:
        """How much it stands out among incidents."""
        return _WEIGHTS.get(self.kind, 0.0) * math.log10(self.tellings[-1].figure.value + 1)


def gathered(told: Iterable[Told]) -> list[Row]:
    """One row for each count of each story, and one for each price; weightiest first.

    Of one source only the newest counts. Older numbers are left out where a later article, hours
    after them, has another.
    """
    groups: dict[tuple[str, Kind, str], list[Told]] = defaultdict(list)
    for each in told:
        incident = each.figure.kind in INCIDENTS
        story = each.story if incident or each.figure.kind is Kind.ELECTRICITY else ""
        of = "" if each.figure.of in CIVILIANS else each.figure.of
        groups[story, each.figure.kind, of].append(each)
    rows = [_row(key[1], group) for key, group in groups.items()]
    rows.sort(key=lambda row: (-row.weight, -row.at.timestamp(), row.tellings[0].figure.of))
    return _distinct(rows)


def leading(rows: Sequence[Row], most: int = 6) -> list[Row]:
    """The rows for a strip: the gravest of each story, weightiest first, then prices."""
    gravest: dict[str, Row] = {}
    for row in rows:
        story = row.tellings[0].story
        if row.kind in _WEIGHTS and row.kind is not Kind.ARRESTED:
            known = gravest.get(story, row)
            gravest[story] = min(known, row, key=lambda each: INCIDENTS.index(each.kind))
    incidents = sorted(gravest.values(), key=lambda row: -row.weight)
    others = [row for row in rows if row.kind not in _WEIGHTS]
    markets = others[: min(_MARKETS, max(most - len(incidents), 2))]
    return [*incidents[: most - len(markets)], *markets]


def _row(kind: Kind, group: Sequence[Told]) -> Row:
    newest: dict[str, Told] = {}
    for each in sorted(group, key=lambda each: each.at):
        newest[each.source] = each
    last = max(newest.values(), key=lambda each: each.at)
    if kind not in INCIDENTS:
        return Row((last,))
    same = [each for each in newest.values() if _may_be_one(each, last)]
    same.sort(key=lambda each: (each.figure.value, each.at))
    return Row(tuple(same))


def _may_be_one(one: Told, last: Told) -> bool:
    low, high = sorted((one.figure.value, last.figure.value))
    if low == high:
        return True
    near = last.at - one.at <= SAME_HOURS and high <= STILL_ONE * low
    return near and not one.figure.rounded and not last.figure.rounded


def _distinct(rows: Iterable[Row]) -> list[Row]:
    """Without rows of the same sentence and number, as copied wire reports have in two stories."""
    seen: set[tuple[str, str, Kind]] = set()
    found = []
    for row in rows:
        keys = {(each.sentence.text, each.figure.said, row.kind) for each in row.tellings}
        if keys.isdisjoint(seen):
            found.append(row)
        seen |= keys
    return found
