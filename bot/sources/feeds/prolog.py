"""What stands before a document's root: declarations, comments, document types, junk."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.sources.feeds.doctype import doctype_end, entities_of

ROOTS = frozenset({"rss", "feed", "rdf", "channel"})
PAGES = frozenset({"html", "head", "body"})

_NAME = re.compile(r"<(?:[\w.-]{1,40}:)?([A-Za-z]{1,40})(?=[\s/>])")
_FEED = re.compile(
    r"<(?:[\w.-]{1,40}:)?(rss|feed|rdf)(?=[\s>])[^<>]{0,4000}\b(?:version|xmlns)\b", re.IGNORECASE
)
_ESCAPED = re.compile(r"&lt;(?:rss|feed|rdf:rdf)(?=\s|&gt;)", re.IGNORECASE)
_SMALL_ITEM = re.compile(r"<(?:[\w.-]{1,40}:)?(?:item|entry)[\s/>]")
_CAPITAL_ITEM = re.compile(r"<(?:item|entry)[\s/>]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Root:
    """The first element that can be the root: its name in lower case, and where it starts."""

    name: str
    start: int
    spelt: str


def elements_of(text: str, at: int = 0) -> Iterator[Root]:
    """The elements at the beginning of a text, in order; comments and declarations are skipped."""
    while (at := text.find("<", at)) >= 0:
        end = _skipped(text, at)
        if end is not None:
            at = end
            continue
        found = _NAME.match(text, at)
        if found:
            yield Root(found[1].lower(), at, found[1])
        at += 1


def feed_root(text: str) -> Root | None:
    """The root of a feed, also behind junk or inside of a page; None if there is none."""
    first = next(elements_of(text), None)
    if first and first.name in ROOTS:
        return first
    start = first.start if first else 0
    found = _FEED.search(text, start)
    return Root(found[1].lower(), found.start(), found[1]) if found else None


def escaped_feed(text: str) -> bool:
    """Whether a page shows the source of a feed, in place of being one."""
    first = next(elements_of(text), None)
    shown = _ESCAPED.search(text[:4_000])
    return bool(shown and (first is None or first.name in PAGES | {"pre"}))


def has_capital_items(text: str) -> bool:
    """Whether all items of a feed are written with capitals, as in "<Item>"."""
    return _SMALL_ITEM.search(text) is None and _CAPITAL_ITEM.search(text) is not None


def without_doctypes(text: str) -> tuple[str, dict[str, str]]:
    """The text without document types before its root, and the plain entities that they declare.

    Raises RefusedInput for entities that name files, or grow without bound.
    """
    kept: list[str] = []
    entities: dict[str, str] = {}
    at = done = 0
    while (at := text.find("<", at)) >= 0:
        if text[at : at + 9].lower() == "<!doctype":
            end = doctype_end(text, at)
            entities = entities_of(text[at:end]) | entities
            kept.append(text[done:at])
            at = done = end
            continue
        skipped = _skipped(text, at)
        if skipped is None:
            break
        at = skipped
    return "".join([*kept, text[done:]]), entities


def _skipped(text: str, at: int) -> int | None:
    """Where a comment, instruction or document type ends; None for anything else."""
    for opening, closing in (("<!--", "-->"), ("<?", "?>"), ("<![", "]>")):
        if text.startswith(opening, at):
            end = text.find(closing, at + len(opening))
            return len(text) if end < 0 else end + len(closing)
    if text[at : at + 9].lower() == "<!doctype":
        return doctype_end(text, at)
    return None
