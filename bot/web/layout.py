"""Templates into pages of bounded size."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from datetime import datetime
from functools import cache
from html import escape
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from bot.render.charts.geometry import bars
from bot.render.phrases import counted
from bot.render.sanitize import clean, cut, link
from handlers.time_format import local_time

LARGEST = 50_000
"""Bytes of a page."""

LONGEST = 600
"""Characters of a line that others wrote."""

_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,2}", re.ASCII)


def rendered(template: str, **values: Any) -> str:
    """A page."""
    return _templates().get_template(template).render(**values)


def make_ready() -> None:
    """Compile every template, so that the first readers need not wait for it."""
    found = _templates()
    for name in found.list_templates(extensions=["html"]):
        found.get_template(name)


def fitted(
    template: str, items: Sequence[Any], *, start: int = 0, ends: bool = True, **values: Any
) -> str:
    """A page of as many items as it may hold.

    `start` is the number of items on the pages before; `ends` says that there are none after these.
    The template gets `items`, and `following`: the `start` of the next page, or None.
    """
    count = len(items)
    while True:
        whole = ends and count == len(items)
        following = None if whole else start + count
        page = rendered(template, items=items[:count], start=start, following=following, **values)
        size = len(page.encode())
        if size <= LARGEST or count <= 1:
            return page
        count = max(1, min(count - 1, count * LARGEST // size))


def line(text: str, most: int = LONGEST) -> str:
    """A text of others on one line: its visible characters, shortened."""
    return _shortened(clean(text[: 4 * most]).strip(), most)


def within_bytes(text: str, most: int) -> str:
    """The beginning of a text that takes at most so many bytes in a page."""
    while (size := len(escape(text).encode())) > most:
        text = text[: max(0, min(len(text) - 1, len(text) * most // size))]
    return text


@cache
def style() -> tuple[str, bytes]:
    """The file name of the style sheet, which changes with it, and the sheet."""
    sheet = (files("bot.web") / "style.css").read_bytes()
    return f"style-{hashlib.sha256(sheet).hexdigest()[:12]}.css", sheet


@cache
def icon() -> bytes:
    """The icon of the pages, as SVG."""
    return (files("bot.web") / "icon.svg").read_bytes()


def moment(instant: datetime, zone: str) -> str:
    """An instant in a zone, always with its year: "Mon 23 Nov 2026, 07:30"."""
    return local_time(instant, zone, None)


def language(code: str | None) -> str:
    """The code of a language for the `lang` of an element; "" if it is none."""
    return code if code and _LANGUAGE.fullmatch(code) else ""


def _shortened(text: str, most: int) -> str:
    return text if len(text) <= most else cut(text, most - 1)[0].rstrip() + "…"


def _spoken(text: str) -> str:
    """A piece of a sentence, with the spaces at its ends."""
    return clean(text[:LONGEST])


def _iso(instant: datetime) -> str:
    return instant.isoformat(timespec="minutes")


@cache
def _templates() -> Environment:
    made = Environment(
        loader=PackageLoader("bot.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.filters |= {
        "line": line,
        "address": link,
        "moment": moment,
        "iso": _iso,
        "language": language,
        "counted": counted,
        "spoken": _spoken,
    }
    made.globals |= {"style": style()[0], "bars": bars}
    return made
