"""RSS, Atom and RDF: elements to raw items."""

from __future__ import annotations

import html
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from urllib.parse import urljoin

from lxml import etree  # lxml ships no types

from bot.errors import RefusedInput
from bot.sources.feeds.raw import Newest, RawFeed, RawItem, first
from bot.sources.feeds.xml import elements

_PREFIXES = {
    "http://www.w3.org/2005/Atom": "",
    "http://purl.org/atom/ns#": "",
    "http://purl.org/rss/1.0/": "",
    "http://my.netscape.com/rdf/simple/0.9/": "",
    "http://channel.netscape.com/rdf/simple/0.9/": "",
    "http://backend.userland.com/rss2": "",
    "http://blogs.law.harvard.edu/tech/rss": "",
    "http://purl.org/rss/1.0/modules/content/": "content:",
    "http://purl.org/dc/elements/1.1/": "dc:",
    "http://purl.org/dc/terms/": "dc:",
    "http://search.yahoo.com/mrss/": "media:",
    "http://rssnamespace.org/feedburner/ext/1.0": "feedburner:",
    "http://purl.org/rss/1.0/modules/syndication/": "sy:",
    "http://www.itunes.com/dtds/podcast-1.0.dtd": "itunes:",
}
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_ITEMS = ("item", "entry")
_FEEDS = ("channel", "feed")
_PERIODS = {"hourly": 3_600, "daily": 86_400, "weekly": 604_800, "monthly": 2_592_000}

Fields = defaultdict[str, list[Any]]


def read_markup(text: str, url: str, most: int, now: datetime) -> RawFeed:
    """Read a well-formed feed; raises MalformedXml, or RefusedInput if it is not a feed."""
    held = Newest(most, now)
    feed = None
    for element in elements(text, *_ITEMS, *_FEEDS):
        if _local(element) in _ITEMS:
            held.add(_item(element, url))
            element.clear()
        elif feed is None:
            feed = _feed(element, url)
    if feed is None:
        raise RefusedInput("is not a feed")
    return RawFeed(feed.title, feed.link, feed.language, feed.wait, held.items(), held.total)


def _item(element: Any, url: str) -> RawItem:
    told = _fields(element)
    guid = _plain(told["guid"] or told["id"])
    source = told["source"][0] if told["source"] else None
    return RawItem(
        title=_markup(told["title"] or told["dc:title"] or told["media:title"]),
        link=_link(told, guid, url),
        guid=guid or str(element.get(f"{{{_RDF}}}about") or ""),
        published=_plain(
            told["pubDate"] + told["published"] + told["issued"] + told["dc:date"]
            + told["dc:issued"] + told["created"]
        ),
        updated=_plain(told["updated"] + told["modified"] + told["dc:modified"]),
        content=_markup(told["content:encoded"] or told["content"]),
        summary=_markup(told["description"] or told["summary"] or told["media:description"]),
        author=_author(told),
        category=_category(told["category"] or told["dc:subject"]),
        language=str(element.get(_LANG) or "") or _plain(told["dc:language"]),
        outlet=_outlet(source),
        outlet_url=str(source.get("url") or "") if source is not None else "",
    )  # fmt: skip


_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"


def _feed(element: Any, url: str) -> RawFeed:
    told = _fields(element)
    return RawFeed(
        title=_markup(told["title"] or told["dc:title"]),
        link=_link(told, "", url),
        language=_plain(told["language"] + told["dc:language"]) or str(element.get(_LANG) or ""),
        wait=_wait(told),
    )


def _fields(element: Any) -> Fields:
    """The children by name, with the usual prefix of each known namespace."""
    found: Fields = defaultdict(list)
    for child in element:
        if not isinstance(child.tag, str):
            continue
        space, _, local = child.tag.rpartition("}")
        prefix = _PREFIXES.get(space[1:], "?:") if space else ""
        if prefix == "media:" and local == "group":
            found |= {name: found[name] + each for name, each in _fields(child).items()}
        found[prefix + local].append(child)
    return found


def _local(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]


def _plain(found: Sequence[Any]) -> str:
    return first("".join(each.itertext()) for each in found)


def _markup(found: Sequence[Any]) -> str:
    return first(_as_html(each) for each in found)


def _as_html(element: Any) -> str:
    """The content as HTML: Atom declares the type of its text; in RSS the text is HTML."""
    kind = str(element.get("type") or "").lower()
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


def _link(told: Fields, guid: str, url: str) -> str:
    original = _plain(told["feedburner:origLink"])
    stated = [_href(each) for each in sorted(told["link"], key=_rank)]
    permanent = [each.get("isPermaLink", "true") for each in told["guid"]]
    if guid.startswith(("http://", "https://")) and permanent[:1] != ["false"]:
        stated.append(guid)
    found = original or first(stated)
    base = str((told["link"][0].base if told["link"] else None) or "")
    return _joined(_joined(url, base), found) if found else ""


def _joined(base: str, link: str) -> str:
    try:
        return urljoin(base, link)
    except ValueError:
        return ""


def _href(link: Any) -> str:
    return str(link.get("href") or link.text or "")


def _rank(link: Any) -> int:
    """RSS's own link first, then Atom's alternate link; links to other things last."""
    if not link.get("href"):
        return 0
    return 1 if link.get("rel", "alternate") == "alternate" else 9


def _author(told: Fields) -> str:
    persons = told["author"]
    names = [_plain([each for each in person if _local(each) == "name"]) for person in persons]
    return first(
        [_plain(told["dc:creator"]), *names, _plain(persons), _plain(told["itunes:author"])]
    )


def _category(found: Sequence[Any]) -> str:
    return first(
        each.get("label") or each.get("term") or "".join(each.itertext()) for each in found
    )


def _outlet(source: Any) -> str:
    """The original outlet of a syndicated item: RSS's text, or the title of Atom's source."""
    if source is None:
        return ""
    titles = [each for each in source if _local(each) == "title"]
    return _markup(titles) if len(source) else _plain([source])


def _wait(told: Fields) -> float | None:
    """The minimum number of seconds between two polls that the feed asks for."""
    minutes = _number(_plain(told["ttl"]))
    if minutes:
        return minutes * 60
    period = _PERIODS.get(_plain(told["sy:updatePeriod"]).lower())
    times = _number(_plain(told["sy:updateFrequency"])) or 1
    return period / times if period else None


def _number(text: str) -> float | None:
    return float(text) if text.isdecimal() and text.isascii() and len(text) < 8 else None
