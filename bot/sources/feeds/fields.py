"""The elements of a feed or an item by name, and what they say."""

from __future__ import annotations

import html
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from lxml import etree  # lxml ships no types

from bot.sources.feeds.namespaces import prefix
from bot.sources.feeds.raw import first


class Fields(dict[str, list[Any]]):
    """Elements by name; a name that there is not has none."""

    def __missing__(self, name: str) -> list[Any]:
        return []


PICTURES = "/content"
"""The end of the name of what stands within `media:content`: it may be about a picture."""


def fields(element: Any) -> Fields:
    """The children by name, "dc:date"; those in the element's own namespace have no prefix."""
    return _named(element, str(element.tag).rpartition("}")[0])


def _named(element: Any, own: str | None) -> Fields:
    found = Fields()
    for child in element:
        if not isinstance(child.tag, str):
            continue
        space, _, local = child.tag.rpartition("}")
        known = "" if space in {"", own} else prefix(space[1:])
        name = ("?:" if known is None else known) + local.lower()
        if name in {"media:group", "media:content"}:
            end = "" if name == "media:group" else PICTURES
            for inner, each in _named(child, None).items():
                found.setdefault(inner + end, []).extend(each)
        found.setdefault(name, []).append(child)
    return found


def local_name(element: Any) -> str:
    """The name in lower case, without a namespace."""
    return str(element.tag).rpartition("}")[2].lower()


def attribute(element: Any, name: str) -> str:
    """An attribute in any case and namespace; empty if there is none."""
    pairs = element.attrib.items()
    return next((str(value) for key, value in pairs if key.rpartition("}")[2].lower() == name), "")


def plain(found: Iterable[Any]) -> str:
    """The first text that is not blank."""
    return first(text_of(each) for each in found)


def text_of(element: Any) -> str:
    """All text within an element."""
    return "".join(element.itertext())


def markup(found: Iterable[Any]) -> str:
    """The first content that is not blank, as HTML."""
    return first(as_html(each) for each in found)


def as_html(element: Any) -> str:
    """The content as HTML: Atom declares the type of its text; in RSS the text is HTML."""
    kind = attribute(element, "type").lower()
    atom = "atom" in str(element.tag).lower()
    if kind == "xhtml" or len(element):
        inner = (etree.tostring(each, encoding="unicode", method="html") for each in element)
        return html.escape(element.text or "", quote=False) + "".join(inner)
    text = element.text or ""
    if kind in {"html", "text/html", "application/xhtml+xml"} or not (atom or kind):
        return text
    if kind and "/" in kind and not kind.startswith("text/"):
        return ""
    return html.escape(text, quote=False)


def named_persons(persons: Sequence[Any]) -> Iterator[str]:
    """The name of each person: Atom's element of it, or the text."""
    for person in persons:
        names = [
            each for each in person if isinstance(each.tag, str) and local_name(each) == "name"
        ]
        yield plain(names) or ("" if len(person) else text_of(person).strip())
