"""How wide and how colourful output may be, as the terminal and its user say."""

from __future__ import annotations

import os
import shutil
from typing import TextIO

WIDEST = 100
"""Longer lines are hard to read."""


def colour(stream: TextIO | None) -> bool:
    """Whether a stream shows colours: see https://no-color.org; a dumb terminal shows none."""
    if stream is None or not stream.isatty() or os.environ.get("NO_COLOR"):
        return False
    return os.environ.get("TERM") not in {"dumb", "", None}


def width(stream: TextIO | None) -> int:
    """The columns of a terminal, at most WIDEST; WIDEST in a pipe."""
    if stream is None or not stream.isatty():
        return WIDEST
    return min(shutil.get_terminal_size((WIDEST, 24)).columns, WIDEST)


def movable(stream: TextIO | None) -> bool:
    """Whether a line may be written over: a terminal that is not dumb."""
    return stream is not None and stream.isatty() and os.environ.get("TERM") != "dumb"


def draws(stream: TextIO | None) -> bool:
    """Whether a stream shows the block characters of a bar chart; they have no colour."""
    if stream is None or os.environ.get("TERM") == "dumb":
        return False
    return "utf" in (stream.encoding or "").lower()
