"""Texts in the language that is spoken now."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from unicodedata import bidirectional

from bot.languages.catalogues import OFFERED, catalogue
from bot.languages.current import code, right_to_left
from bot.languages.numbers import number

_ISOLATES = "\u2066\u2067\u2068"
_MARK, _ISOLATE, _RIGHT_TO_LEFT, _END = "\u200f", "\u2068", "\u2067", "\u2069"
_BIDI = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def tr(text: str, /, **values: object) -> str:
    """Return a text in the language spoken now, with the values in the places of their names."""
    return _filled(catalogue(code()).gettext(text), values)


def plural(count: int, one: str, many: str, /, **values: object) -> str:
    """Return the text for a count: `one` and `many` in English, up to six forms elsewhere.

    `{count}` stands for the number as the language writes it.
    """
    found = catalogue(code()).ngettext(one, many, count)
    return _filled(found, {"count": number(count), **values})


def forms(one: str, many: str) -> tuple[str, str]:
    """Return both texts as they are: they go into the catalogues, and `plural` chooses later."""
    return one, many


def topic_text(text: str) -> str:
    """Return the title or the description of a built-in topic."""
    return catalogue(code()).pgettext("topic", text)


def topic_texts(text: str) -> tuple[str, ...]:
    """Return the title or description of a built-in topic in every language: reads catalogues."""
    return tuple(catalogue(language).pgettext("topic", text) for language in OFFERED)


def marked(text: str) -> str:
    """Return the text as it is: it goes into the catalogues, and `tr` translates it later."""
    return text


def listed(names: Sequence[str]) -> str:
    """Join names: "a, b and c"."""
    if len(names) < 2:
        return "".join(map(isolated, names))
    *first, last = map(isolated, names)
    comma = catalogue(code()).gettext(", ")
    said = catalogue(code()).gettext("{names} and {last}")
    return said.format(names=comma.join(first), last=last)


def isolated(text: str) -> str:
    """Return a value to stand inside a text that runs the other way, which it must not scramble.

    A mark before it lets a line that begins with it run from right to left all the same.
    https://www.unicode.org/reports/tr9/#Explicit_Directional_Isolates
    """
    if not right_to_left() or not any(bidirectional(char) == "L" for char in text):
        return text
    if text.startswith(_MARK + _ISOLATE):
        return text
    return f"{_MARK}{_ISOLATE}{text if closed(text) else _BIDI.sub('', text)}{_END}"


def in_one_direction(text: str) -> str:
    """Return a sentence that keeps its order where all around it runs from left to right."""
    return f"{_MARK}{_RIGHT_TO_LEFT}{text}{_END}" if text and right_to_left() else text


def closed(text: str) -> bool:
    """Return whether each isolate of a text ends in it, and nothing ends that is outside."""
    depth = 0
    for char in text:
        depth += (char in _ISOLATES) - (char == _END)
        if depth < 0:
            return False
    return depth == 0


def without_marks(text: str) -> str:
    """Return what a person typed without the marks and isolates that are copied with an answer."""
    return _BIDI.sub("", text)


def _filled(text: str, values: Mapping[str, object]) -> str:
    if not values:
        return text
    return text.format(**{name: isolated(str(each)) for name, each in values.items()})
