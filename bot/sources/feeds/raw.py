"""Feed values before any conversion; every text is HTML as given."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from bot.sources.dates.parser import numeric_order
from bot.sources.dates.several import FoundDate, first_date
from bot.sources.dates.stated import NO_HINTS, DateHints


@dataclass(frozen=True, slots=True)
class RawItem:
    """One item or entry; a missing value is an empty string.

    `base` is what its relative addresses refer to, where it says so; `categories` are all of them,
    and `credits` all who are named as its authors or origin.
    """

    title: str = ""
    link: str = ""
    guid: str = ""
    dates: tuple[str, ...] = ()
    content: str = ""
    summary: str = ""
    author: str = ""
    category: str = ""
    language: str = ""
    outlet: str = ""
    outlet_url: str = ""
    base: str = ""
    categories: tuple[str, ...] = ()
    credits: tuple[str, ...] = ()

    def date(self, now: datetime, hints: DateHints = NO_HINTS) -> FoundDate:
        """The first readable date: publication dates, then dates of changes."""
        return first_date(self.dates, now, hints)


@dataclass(frozen=True, slots=True)
class RawFeed:
    """A feed with its newest items; `total` counts all items, `wait` is in seconds."""

    title: str = ""
    link: str = ""
    language: str = ""
    wait: float | None = None
    items: tuple[RawItem, ...] = ()
    total: int = 0

    @property
    def date_hints(self) -> DateHints:
        """The language and the order of numeric dates, as far as the items show them."""
        dates = (text for item in self.items for text in item.dates)
        return DateHints(self.language or None, numeric_order(dates))


class Newest:
    """Keep the newest items of a stream in bounded memory."""

    def __init__(self, most: int, now: datetime) -> None:
        self.total = 0
        self._most = most
        self._now = now
        self._items: list[RawItem] = []

    def add(self, item: RawItem) -> None:
        self.total += 1
        self._items.append(item)
        if len(self._items) >= 2 * self._most:
            self._items = self._cut()

    def items(self) -> tuple[RawItem, ...]:
        return tuple(self._cut())

    def _cut(self) -> list[RawItem]:
        """The newest items in the feed's order; the first ones where any item is undated."""
        if len(self._items) <= self._most:
            return self._items
        dates = [item.date(self._now).at for item in self._items]
        known = [date for date in dates if date]
        if len(known) < len(dates):
            return self._items[: self._most]
        order = sorted(range(len(known)), key=known.__getitem__, reverse=True)
        return [self._items[at] for at in sorted(order[: self._most])]


def newest(items: Iterable[RawItem], most: int, now: datetime) -> tuple[tuple[RawItem, ...], int]:
    """The newest items and the total number of items."""
    held = Newest(most, now)
    for item in items:
        held.add(item)
    return held.items(), held.total


def first(texts: Iterator[str] | Iterable[str]) -> str:
    """The first text that is not blank, trimmed."""
    return next((text for each in texts if (text := each.strip())), "")
