"""A picture as SVG: dark on light, and readable at the width of a phone."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from xml.sax.saxutils import escape

from bot.models import Chart, Column, Panel, Picture
from bot.render.charts.geometry import bars
from bot.render.sanitize import clean, cut

WIDTH, MARGIN = 360, 14
"""Of the drawing, in pixels of a narrow phone."""

SMALL, LARGE = 14, 18
"""Heights of letters in those pixels; nothing is smaller."""

TALL, ROW = 96, 22
"""The height of the bars of days, and of a line."""

LABEL, NUMBER = 138, 34
"""The widths of a country's name and of its number."""

BESIDE, GAP = 18, 12
"""In the legend, from the edge of a colour to its name, and from there to the next colour."""

GROUND, INK, SOFT, NOW, BEFORE = "#ffffff", "#14202e", "#45566a", "#1f4e8c", "#7b92ab"
"""Colours: letters have a contrast of at least 7 to 1 with the ground, bars of 3 to 1."""

FAMILIES = "DejaVu Sans, Noto Sans, Liberation Sans, Arial, Helvetica, FreeSans, Ubuntu, Roboto"
"""Fonts of Linux and macOS; for letters that one lacks, another one of the system is used."""

_NARROW, _USUAL, _WIDE = 0.35, 0.6, 0.72
"""Widths of letters by their height: of a point, of most, and of a capital; others are square."""

_RIGHT_TO_LEFT = "\u200f"
"""Before a text, it makes numbers stand where that script has them."""

_LONGEST = 120


def svg(picture: Picture) -> str:
    """The drawing; every text of others is escaped, shortened and without control characters."""
    drawn: list[str] = []
    at = MARGIN + LARGE
    drawn.append(_text(picture.title, at, picture, size=SMALL, colour=SOFT))
    at += ROW
    pieces, at = _legend(picture, at)
    drawn += pieces
    for panel in picture.panels:
        at += 2 * ROW
        pieces, at = _panel(panel, at, picture)
        drawn += pieces
    height = at + MARGIN
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}" '
        f'viewBox="0 0 {WIDTH} {height}" font-family="{FAMILIES}">'
        f'<rect width="{WIDTH}" height="{height}" fill="{GROUND}"/>{"".join(drawn)}</svg>'
    )


def _panel(panel: Panel, at: int, picture: Picture) -> tuple[list[str], int]:
    """A panel from a line on, and the line where it ends."""
    drawn = [
        _text(panel.heading, at, picture, size=LARGE, bold=True),
        _text(panel.days.title, at + ROW, picture),
        *_days(panel.days, at + ROW + 10, picture),
    ]
    at += ROW + 10 + TALL + SMALL + 6
    drawn.append(_axis(panel, at, picture))
    if panel.names.columns:
        at += ROW + 8
        drawn.append(_text(panel.names.title, at, picture, colour=SOFT))
    for each in panel.names.columns:
        at += ROW
        drawn.append(_row(each, panel.names.most, at, picture))
    return drawn, at


def _legend(picture: Picture, at: int) -> tuple[list[str], int]:
    """What the three kinds of bars are, side by side while there is room; and the last line."""
    kinds = list(zip((NOW, BEFORE, GROUND), picture.legend, strict=True))
    if not any(each.earlier for panel in picture.panels for each in panel.days.columns):
        del kinds[1]
    whole = WIDTH - 2 * MARGIN
    drawn: list[str] = []
    before = 0.0
    for colour, said in kinds:
        long = min(whole, BESIDE + _width(said) * SMALL)
        if before and before + long > whole:
            before, at = 0.0, at + ROW
        drawn.append(_key(colour, said, before, at, picture))
        before += long + GAP
    return drawn, at


def _key(colour: str, said: str, before: float, at: int, picture: Picture) -> str:
    """One kind of bars: its colour and its name, that far from where the line begins."""
    x = WIDTH - MARGIN - before if picture.right_to_left else MARGIN + before
    box = x - 12 if picture.right_to_left else x
    beside = x - BESIDE if picture.right_to_left else x + BESIDE
    anchor = ' text-anchor="end"' if picture.right_to_left else ""
    room = WIDTH - 2 * MARGIN - BESIDE - before
    return (
        f'<rect x="{box:.1f}" y="{at - 11}" width="11" height="11" {_fill(colour)}/>'
        f'<text x="{beside:.1f}" y="{at}" font-size="{SMALL}" fill="{INK}"{anchor}>'
        f"{_fitted(said, room + SMALL, picture)}</text>"
    )


def _days(chart: Chart, at: int, picture: Picture) -> Iterator[str]:
    """The bars of days, the first one where a line of text begins; none where nothing was told."""
    for bar, column in zip(bars(chart, WIDTH - 2 * MARGIN, TALL), chart.columns, strict=True):
        if not bar.value:
            continue
        colour = GROUND if bar.unfinished else BEFORE if column.earlier else NOW
        x = WIDTH - MARGIN - bar.x - bar.width if picture.right_to_left else MARGIN + bar.x
        yield (
            f'<rect x="{x:.1f}" y="{at + bar.y:.1f}" width="{bar.width:.1f}" '
            f'height="{bar.height:.1f}" {_fill(colour)}/>'
        )
    yield f'<rect x="{MARGIN}" y="{at + TALL}" width="{WIDTH - 2 * MARGIN}" height="1" '
    yield f'fill="{SOFT}"/>'


def _axis(panel: Panel, at: int, picture: Picture) -> str:
    """The first day where a line begins, the most of a day, and the last day at its end.

    What is in the middle is longest.
    """
    side = (WIDTH - 2 * MARGIN) / 4
    places = (
        (MARGIN, "start", side),
        (WIDTH // 2, "middle", 2 * side),
        (WIDTH - MARGIN, "end", side),
    )
    said_there = panel.axis[::-1] if picture.right_to_left else panel.axis
    return "".join(
        f'<text x="{x}" y="{at}" font-size="{SMALL}" fill="{SOFT}" text-anchor="{anchor}">'
        f"{_fitted(said, room, picture)}</text>"
        for (x, anchor, room), said in zip(places, said_there, strict=True)
    )


def _row(name: Column, most: int, at: int, picture: Picture) -> str:
    """A country, its bar, and its number."""
    room = WIDTH - 2 * MARGIN - LABEL - NUMBER
    long = max(2.0, room * name.value / max(1, most))
    left, anchor, bar, beside, side = MARGIN, "start", MARGIN + LABEL, WIDTH - MARGIN, "end"
    if picture.right_to_left:
        left, anchor, beside, side = WIDTH - MARGIN, "end", MARGIN, "start"
        bar = int(WIDTH - MARGIN - LABEL - long)
    return (
        f'<text x="{left}" y="{at}" font-size="{SMALL}" fill="{INK}" text-anchor="{anchor}">'
        f"{_fitted(name.label, LABEL - 6, picture)}</text>"
        f'<rect x="{bar}" y="{at - 11}" width="{long:.1f}" height="12" fill="{NOW}"/>'
        f'<text x="{beside}" y="{at}" font-size="{SMALL}" fill="{INK}" text-anchor="{side}">'
        f"{name.value}</text>"
    )


def _text(
    said: str,
    at: int,
    picture: Picture,
    *,
    size: int = SMALL,
    bold: bool = False,
    colour: str = INK,
) -> str:
    x, anchor = (WIDTH - MARGIN, "end") if picture.right_to_left else (MARGIN, "start")
    weight = ' font-weight="bold"' if bold else ""
    text = _fitted(said, WIDTH - 2 * MARGIN, picture, size * (1.15 if bold else 1.0))
    return (
        f'<text x="{x}" y="{at}" font-size="{size}" fill="{colour}" text-anchor="{anchor}"'
        f"{weight}>{text}</text>"
    )


def _fill(colour: str) -> str:
    """A filled shape; one of the ground's colour has an outline instead."""
    if colour == GROUND:
        return f'fill="{GROUND}" stroke="{NOW}" stroke-width="1.5"'
    return f'fill="{colour}"'


def _fitted(said: str, room: float, picture: Picture, size: float = SMALL) -> str:
    """A text of others as it may stand in the drawing, shortened to its room."""
    text = " ".join(clean(said[:_LONGEST]).split())
    most = room / size
    if _width(text) > most:
        text = cut(text, max(1, int(most - 1) * 10), lambda part: int(_width(part) * 10))[0]
        text = text.rstrip() + "…"
    return escape(f"{_RIGHT_TO_LEFT}{text}" if picture.right_to_left else text)


def _width(text: str) -> float:
    """About how wide a text is, by the height of its letters."""
    return sum(_letter(each) for each in text)


def _letter(char: str) -> float:
    if unicodedata.east_asian_width(char) in "WF":
        return 1.0
    if unicodedata.combining(char):
        return 0.0
    if char in "ijltfr.,:;'’|!() ":
        return _NARROW
    return _WIDE if char.isupper() or char in "mw" else _USUAL
