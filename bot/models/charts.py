"""Charts: what is counted, and how it is told to those who do not see it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Column:
    """One bar of a chart; an `unfinished` one is of a day that is not over."""

    label: str
    value: int
    unfinished: bool = False


@dataclass(frozen=True, slots=True)
class Chart:
    """A title, bars in order, and the chart in words; the bars are of days or of names."""

    title: str
    columns: tuple[Column, ...]
    told: str

    @property
    def most(self) -> int:
        """The largest value; 0 without bars."""
        return max((each.value for each in self.columns), default=0)
