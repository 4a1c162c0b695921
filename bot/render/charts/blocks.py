"""A picture as lines of block characters, for terminals."""

from __future__ import annotations

from collections.abc import Iterator

from bot.models import Chart, Picture
from bot.render.sanitize import clean

BLOCKS = "▁▂▃▄▅▆▇█"
NONE = "·"
"""A day without stories."""


def block_lines(picture: Picture, width: int) -> Iterator[str]:
    """The days of each panel as one line of bars, at most `width` columns; the newest are kept."""
    for panel in picture.panels:
        yield clean(panel.heading).strip()[:width]
        yield _bars(panel.days)[-width:]
        yield " ".join(filter(None, panel.axis))[:width]


def _bars(chart: Chart) -> str:
    """One character a day; a gap parts the earlier days from those compared with them."""
    bars = ""
    for place, column in enumerate(chart.columns):
        if place and chart.columns[place - 1].earlier and not column.earlier:
            bars += " "
        bars += _block(column.value, chart.most)
    return bars


def _block(value: int, most: int) -> str:
    if not value:
        return NONE
    return BLOCKS[min(len(BLOCKS) - 1, (value * len(BLOCKS) - 1) // most)]
