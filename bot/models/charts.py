"""Charts: what is counted, and how it is told to those who do not see it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Column:
    """One bar of a chart; an `unfinished` one is of a day that is not over.

    An `earlier` one is of the days with which the others are compared.
    """

    label: str
    value: int
    unfinished: bool = False
    earlier: bool = False


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


@dataclass(frozen=True, slots=True)
class Panel:
    """A part of a picture: a heading, the days, and the names most found with their numbers.

    `axis` is what stands under the days: at the left, in the middle, at the right.
    """

    heading: str
    axis: tuple[str, str, str]
    days: Chart
    names: Chart


@dataclass(frozen=True, slots=True)
class Picture:
    """Panels to be drawn one below the other; `told` is the whole in words.

    `legend` says what the bars of the days compared, of the earlier ones and of today are.
    """

    title: str
    panels: tuple[Panel, ...]
    legend: tuple[str, str, str]
    told: str
    right_to_left: bool = False
