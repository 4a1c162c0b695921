"""Where the bars of a chart stand, in units of a drawing."""

from __future__ import annotations

from dataclasses import dataclass

from bot.models import Chart

WIDTH, HEIGHT, GAP = 600, 120, 4
"""Of a chart of days, in its own units."""

LEAST = 2.0
"""The height of a bar of a small value, so that it is seen."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar of a chart of days; the origin is the upper left corner."""

    label: str
    value: int
    unfinished: bool
    x: float
    y: float
    width: float
    height: float


def bars(chart: Chart, width: float = WIDTH, height: float = HEIGHT) -> list[Bar]:
    """The bars of a chart of days, from left to right."""
    step = width / max(1, len(chart.columns))
    gap = min(GAP, step / 4)
    found = []
    for place, each in enumerate(chart.columns):
        tall = max(LEAST, height * each.value / chart.most) if each.value else 0.0
        found.append(
            Bar(
                each.label,
                each.value,
                each.unfinished,
                x=round(place * step + gap / 2, 1),
                y=round(height - tall, 1),
                width=round(step - gap, 1),
                height=round(tall, 1),
            )
        )
    return found
