"""RSS, Atom and RDF: elements to raw items."""

from __future__ import annotations

import html
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
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
    "http://purl.org/dc/elements/1.0/": "dc:",
    "http://purl.org/dc/terms/": "dc:",
    "http://search.yahoo.com/mrss/": "media:",
    "http://rssnamespace.org/feedburner/ext/1.0": "feedburner:",
    "http://purl.org/rss/1.0/modules/syndication/": "sy:",
    "http://www.itunes.com/dtds/podcast-1.0.dtd": "itunes:",
    "http://prismstandard.org/namespaces/basic/2.0/": "prism:",
    "http://prismstandard.org/namespaces/basic/2.1/": "prism:",
    "http://prismstandard.org/namespaces/basic/3.0/": "prism:",
    "http://prismstandard.org/namespaces/1.2/basic/": "prism:",
    "http://www.sitemaps.org/schemas/sitemap/0.9": "",
    "http://www.google.com/schemas/sitemap-news/0.9": "news:",
}
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_ITEMS = ("item", "entry")
_FEEDS = ("channel", "feed")
_ASIDE = 9
_PERIODS = {"hourly": 3_600, "daily": 86_400, "weekly": 604_800, "monthly": 2_592_000}

Fields = defaultdict[str, list[Any]]


def read_markup(text: str, url: str, most: int, now: datetime) -> RawFeed:
    """Read a well-formed feed; raises MalformedXml, or RefusedInput if it is not a feed."""
    held = Newest(most, now)
    feed = None
    for element in elements(text, *_ITEMS, *_FEEDS):
        if _local(element) in _ITEMS:
            held.add(_item(element))
            element.clear()
        elif feed is None:
            feed = _feed(element, url)
    if feed is None:
        raise RefusedInput("is not a feed")
    return RawFeed(feed.title, feed.link, feed.language, feed.wait, held.items(), held.total)


def _item(element: Any) -> RawItem:
    told = _fields(element)
    guid = _plain(told["guid"] or told["id"])
    source = told["source"][0] if told["source"] else None
    return RawItem(
        title=_markup(told["title"] or told["dc:title"] or told["media:title"]),
        link=_link(told, guid),
        guid=guid or str(element.get(f"{{{_RDF}}}about") or ""),
        dates=tuple(_text(each) or _attribute(each, "datetime") for each in _dates(told)),
        content=_markup(told["content:encoded"] + told["content"] + told["fulltext"]),
        summary=_summary(told),
        author=_author(told),
        category=_category(told["category"] or told["dc:subject"]),
        categories=tuple(_categories(told["category"] + told["dc:subject"]))[:_MOST_CATEGORIES],
        base=str(element.base or "") or _base(told),
        language=str(element.get(_LANG) or "") or _plain(told["dc:language"]),
        outlet=_outlet(source),
        outlet_url=str(source.get("url") or "") if source is not None else "",
    )  # fmt: skip


_DATES = (
    "pubdate", "published", "issued", "dc:date", "dc:issued", "dc:created", "dc:available",
    "prism:publicationdate", "prism:coverdate", "news:publication_date", "created", "date",
    "dc:dateaccepted", "publicationdate", "datepublished", "updated", "modified", "dc:modified",
    "lastmod", "prism:modificationdate",
)  # fmt: skip
"""The elements that state a date, those of the publication first."""

_OTHER_DATES = frozenset(
    {"pubdate", "published", "publishdate", "publisheddate", "publishedat", "publicationdate",
     "datepublished", "datecreated", "dateissued", "datesubmitted", "createdat", "postdate",
     "posted", "datetime", "coverdisplaydate"}
)  # fmt: skip
"""Names that feeds invent, in any namespace and with or without hyphens and underscores."""

_SUMMARIES = (
    "description", "summary", "media:description", "dc:description", "dc:abstract",
    "itunes:summary", "itunes:subtitle", "itunes:description",
)  # fmt: skip
_LEAST_SUMMARY = 40
"""Characters of a summary below which a longer one beside it is read: "Listen now."."""

_MOST_CATEGORIES = 30

_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"


def _feed(element: Any, url: str) -> RawFeed:
    told = _fields(element)
    return RawFeed(
        title=_markup(told["title"] or told["dc:title"]),
        link=_joined(_joined(url, str(element.base or "")), _link(told, "")),
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
        found[prefix + local.lower()].append(child)
    return found


def _local(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]


def _dates(told: Fields) -> Iterator[Any]:
    """The elements that state a date, in the order in which they are tried."""
    yield from (each for name in _DATES for each in told[name])
    for name, found in told.items():
        local = name.rpartition(":")[2].replace("-", "").replace("_", "")
        if name not in _DATES and local in _OTHER_DATES:
            yield from found


def _plain(found: Sequence[Any]) -> str:
    return first(_text(each) for each in found)


def _text(element: Any) -> str:
    return "".join(element.itertext())


def _summary(told: Fields) -> str:
    """The first summary that is more than a phrase or the title again, or else the first."""
    title = _markup(told["title"]).strip()
    found = [_as_html(each).strip() for name in _SUMMARIES for each in told[name]]
    able = (each for each in found if len(each) >= _LEAST_SUMMARY and each != title)
    return next(able, "") or first(found)


def _markup(found: Iterable[Any]) -> str:
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


def _link(told: Fields, guid: str) -> str:
    """The address as it is written: the article's own, else its guid, else what it encloses."""
    original = _plain(told["feedburner:origlink"])
    ranked = sorted(told["link"], key=_rank)
    stated = [_href(each) for each in ranked if _rank(each) < _ASIDE]
    permanent = [_attribute(each, "ispermalink") or "true" for each in told["guid"]]
    if guid.startswith(("http://", "https://")) and permanent[:1] != ["false"]:
        stated.append(guid)
    stated += [_attribute(each, "url") for each in told["enclosure"] + told["media:content"]]
    stated += [_href(each) for each in ranked if _rank(each) >= _ASIDE]
    return first([original, *stated])


def _base(told: Fields) -> str:
    """The base of an item's link, where the link has one of its own."""
    return str((told["link"][0].base if told["link"] else None) or "")


def _attribute(element: Any, name: str) -> str:
    """An attribute in any case."""
    return next((str(value) for key, value in element.attrib.items() if key.lower() == name), "")


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
    return 1 if link.get("rel", "alternate") == "alternate" else _ASIDE


def _author(told: Fields) -> str:
    persons = told["author"]
    names = [_plain([each for each in person if _local(each) == "name"]) for person in persons]
    return first(
        [_plain(told["dc:creator"]), *names, _plain(persons), _plain(told["itunes:author"])]
    )


def _category(found: Sequence[Any]) -> str:
    return first(_categories(found))


def _categories(found: Sequence[Any]) -> Iterator[str]:
    return (each.get("label") or each.get("term") or _text(each) for each in found)


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
    period = _PERIODS.get(_plain(told["sy:updateperiod"]).lower())
    times = _number(_plain(told["sy:updatefrequency"])) or 1
    return period / times if period else None


def _number(text: str) -> float | None:
    return float(text) if text.isdecimal() and text.isascii() and len(text) < 8 else None
