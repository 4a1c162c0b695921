"""A feed as Atom (RFC 4287)."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from bot.render.json import instant
from bot.web.feeds.entries import FeedEntry, TopicFeed

NAME = "feed.atom"
MEDIA_TYPE = "application/atom+xml"
_ATOM = "http://www.w3.org/2005/Atom"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


def atom(feed: TopicFeed, base: str) -> bytes:
    """The feed as XML; `base` is the address of the pages."""
    ET.register_namespace("", _ATOM)
    root = ET.Element(f"{{{_ATOM}}}feed", {_LANGUAGE: "en"})
    _add(root, "id", feed.id)
    _add(root, "title", feed.title)
    _add(root, "subtitle", feed.description)
    _add(root, "updated", instant(feed.updated_at))
    _add(root, "link", rel="self", type=MEDIA_TYPE, href=f"{base}{feed.path}/{NAME}")
    _add(root, "link", rel="alternate", type="text/html", href=base + feed.page)
    _add(root, "generator", "briefbot")
    _add(_add(root, "author"), "name", "briefbot")
    for each in feed.entries:
        _entry(root, each, base)
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True))


def _entry(root: ET.Element, entry: FeedEntry, base: str) -> None:
    found = _add(root, "entry")
    if entry.language:
        found.set(_LANGUAGE, entry.language)
    _add(found, "id", entry.id)
    _add(found, "title", entry.title)
    _add(found, "published", instant(entry.told_at))
    _add(found, "updated", instant(entry.told_at))
    _add(found, "link", rel="alternate", type="text/html", href=entry.link or base + entry.page)
    _add(found, "link", rel="related", type="text/html", href=base + entry.page)
    for name in entry.sources:
        _add(_add(found, "author"), "name", name)
    _add(found, "content", entry.html, type="html")


def _add(parent: ET.Element, name: str, text: str | None = None, **attributes: str) -> ET.Element:
    found = ET.SubElement(parent, f"{{{_ATOM}}}{name}", attributes)
    found.text = text
    return found
