"""Lists of sources as OPML (http://opml.org/spec2.opml), read and written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from lxml import etree  # lxml ships no types

from bot.errors import FetchError, RefusedInput
from bot.models import Source, SourceKind
from bot.sources.feeds.fields import local_name
from bot.sources.feeds.repair import repaired
from bot.sources.feeds.xml import xml_text
from bot.sources.http.url import web_address, with_scheme
from bot.sources.text.clean import clean_line
from bot.sources.text.html import title_text

MOST_OUTLINES = 10_000
LARGEST = 10_000_000
"""The maximum size of a list in bytes."""

_BETWEEN = " / "
_AND = ", "
_LESS_THAN = re.compile(r"=\"[^\"<>]{0,500}<[^\"]{0,500}\"")
_OUTLINE = re.compile(r"<outline\b([^<>]{0,4000})", re.IGNORECASE)
_RAW_ADDRESS = re.compile(r"\bxmlurl\s{0,5}=\s{0,5}[\"']?([^\"'\s<>]{1,2000})", re.IGNORECASE)
_RAW_NAME = re.compile(r"\b(?:text|title)\s{0,5}=\s{0,5}[\"']([^\"'<>]{1,200})", re.IGNORECASE)
_NAMED_FEEDS = frozenset({"rss", "atom", "feed", "pie", "rss1", "rss2"})
_NO_FEEDS = {"link": "is a link, not a feed", "include": "is another list, not a feed"}
_LONGEST_PATH = 200
"""Characters of a path after which no more names are added: fewer are shown."""


@dataclass(frozen=True, slots=True)
class OpmlSource:
    """One source on a list; `category` joins the outlines around it, "Energy / Grid"."""

    name: str
    url: str
    category: str | None


@dataclass(frozen=True, slots=True)
class OpmlRefusal:
    """An outline that was refused, and why."""

    name: str
    reason: str


def read_opml(data: bytes) -> list[OpmlSource | OpmlRefusal]:
    """Read a list; raises RefusedInput if it is not OPML. Each URL occurs once.

    A URL in several folders gets all of their names as its category: "Energy, Security".
    """
    if len(data) > LARGEST:
        raise RefusedInput(f"has {len(data):,} bytes, more than the {LARGEST:,} allowed")
    text = xml_text(data)
    root, whole = _root(text)
    if not len(root) and not root.attrib:
        raise RefusedInput("is not OPML: it has no body")
    found: dict[str, OpmlSource | OpmlRefusal] = {}
    outlines = list(_outlines(root))
    for outline, category in outlines:
        each = _listed(outline, category)
        key = each.url if isinstance(each, OpmlSource) else f"-{len(found)}"
        found[key] = _merged(found.get(key), each)
    lost = [] if whole else _lost(text, outlines)
    return [*found.values(), *lost]


def write_opml(sources: Iterable[Source], title: str = "briefbot sources") -> str:
    """Write feeds and pages as a list by category; folders are omitted."""
    root = etree.Element("opml", version="2.0")
    etree.SubElement(etree.SubElement(root, "head"), "title").text = title
    body = etree.SubElement(root, "body")
    kept = [each for each in sources if each.kind is not SourceKind.FOLDER]
    for category, members in groupby(sorted(kept, key=_order), key=lambda each: each.category):
        several = list(members)
        for folder in clean_line(category or "", 100).split(_AND):
            parent = body
            for name in filter(None, folder.split(_BETWEEN)):
                parent = _group(parent, name)
            for source in several:
                name = clean_line(source.name, 100)
                told = {"text": name, "title": name, "xmlUrl": source.url}
                etree.SubElement(parent, "outline", type="rss", **told)
    text: str = etree.tostring(root, encoding="unicode", pretty_print=True)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}'


def _root(text: str) -> tuple[Any, bool]:
    """Parse the list, repaired if needed, and whether nothing of it was lost.

    Depth and entities are bounded as in feeds.
    """
    plain = _LESS_THAN.sub(lambda found: found[0].replace("<", "&lt;"), text)
    for version, recover in ((text, False), (repaired(plain), False), (repaired(plain), True)):
        parser = etree.XMLParser(
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
            recover=recover,
        )
        try:
            root = etree.fromstring(version.encode("utf-8", "replace"), parser)
        except (etree.LxmlError, ValueError) as error:
            if "depth" in str(error):
                break
            continue
        if root is not None and local_name(root) in {"opml", "outline"}:
            return root, not recover
    raise RefusedInput("is not OPML")


def _outlines(root: Any) -> Iterator[tuple[Any, str | None]]:
    """Every outline with a URL, with the names of the outlines around it."""
    number = 0
    waiting = [(root, "")]
    while waiting:
        element, path = waiting.pop()
        if not isinstance(element.tag, str):  # a comment
            continue
        if local_name(element) == "outline":
            number += 1
            if number > MOST_OUTLINES:
                raise RefusedInput(f"has more than {MOST_OUTLINES:,} outlines")
            address = _address(element)
            if address or _says_feed(element):
                yield element, clean_line(path, 100) or None
            if not address and len(element) and len(path) < _LONGEST_PATH:
                path = _BETWEEN.join(filter(None, (path, _name(element))))
        waiting += [(each, path) for each in reversed(element)]


def _says_feed(outline: Any) -> bool:
    """Whether an outline without a feed's URL says that it is a feed, a link or a list."""
    kind = _attribute(outline, "type").lower()
    listed = kind in _NAMED_FEEDS or (kind in _NO_FEEDS and bool(_attribute(outline, "url")))
    return listed or _has(outline, "xmlurl")


def _lost(text: str, outlines: list[tuple[Any, str | None]]) -> list[OpmlRefusal]:
    """The outlines of a text that its repair dropped, each by its name and address."""
    kept = {_address(outline) for outline, _ in outlines}
    found: dict[str, OpmlRefusal] = {}
    for each in list(_OUTLINE.finditer(text))[:MOST_OUTLINES]:
        stated = _RAW_ADDRESS.search(each[1])
        url = _as_read(_as_read(stated[1])) if stated else ""
        if url and url not in kept:
            name = _RAW_NAME.search(each[1])
            called = clean_line(title_text(name[1]), 100) if name else ""
            why = f"{clean_line(url, 100)} stands in an outline that is not well-formed"
            found.setdefault(url, OpmlRefusal(called or clean_line(url, 100), why))
    return list(found.values())


def _merged(
    before: OpmlSource | OpmlRefusal | None, each: OpmlSource | OpmlRefusal
) -> OpmlSource | OpmlRefusal:
    """The first outline of a URL, with the categories of all."""
    if not isinstance(before, OpmlSource) or not isinstance(each, OpmlSource):
        return before or each
    names = [name for name in (before.category, each.category) if name]
    several = list(dict.fromkeys(part for name in names for part in name.split(_AND)))
    return replace(before, category=clean_line(_AND.join(several), 100) or None)


def _listed(outline: Any, category: str | None) -> OpmlSource | OpmlRefusal:
    raw = _address(outline)
    name = _name(outline)
    if not raw:
        return OpmlRefusal(name or "an outline without a name", _why_no_address(outline))
    try:
        url = web_address(with_scheme(raw)).url
    except FetchError as refused:
        return OpmlRefusal(name or clean_line(raw, 100), str(refused))
    folders = (each.strip().strip("/") for each in _attribute(outline, "category").split(","))
    own = clean_line(_AND.join(filter(None, folders)), 100)
    return OpmlSource(name, url, category or own or None)


def _address(outline: Any) -> str:
    """Its URL as browsers read it: backslashes are slashes, and an ampersand is escaped once."""
    kind = _attribute(outline, "type").lower()
    url = _attribute(outline, "xmlurl")
    url = url or (_attribute(outline, "url") if kind in {"rss", "atom"} else "")
    return _as_read(url)


def _as_read(url: str) -> str:
    return url.strip().replace("\\", "/").replace("&amp;", "&")


def _why_no_address(outline: Any) -> str:
    other = clean_line(_attribute(outline, "url") or _attribute(outline, "htmlurl"), 100)
    why = _NO_FEEDS.get(_attribute(outline, "type").lower(), "names no address of a feed")
    return f"{why}: {other}" if other else why


def _name(outline: Any) -> str:
    name = _attribute(outline, "title") or _attribute(outline, "text")
    return clean_line(title_text(name), 100)


def _attribute(outline: Any, name: str) -> str:
    """An attribute in any case; empty if there is none."""
    return next((str(value) for key, value in outline.attrib.items() if key.lower() == name), "")


def _has(outline: Any, name: str) -> bool:
    return any(key.lower() == name for key in outline.attrib)


def _order(source: Source) -> tuple[str, str]:
    return source.category or "", source.name.casefold()


def _group(parent: Any, name: str) -> Any:
    for outline in parent.findall("outline"):
        if outline.get("text") == name and not outline.get("xmlUrl"):
            return outline
    return etree.SubElement(parent, "outline", text=name, title=name)
