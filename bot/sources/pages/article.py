"""Extract one article from a web page: the main text and the metadata."""

from __future__ import annotations

import logging
import re
from datetime import datetime
from typing import Any

from lxml import etree, html  # lxml ships no types

from bot.errors import RefusedInput
from bot.models import ParsedArticle
from bot.sources.dates.several import FoundDate, first_date
from bot.sources.dates.stated import DateHints
from bot.sources.pages.walls import without_walls
from bot.sources.text.article_kind import kind_of
from bot.sources.text.clean import clean_line, clean_text
from bot.sources.text.encoding import decode
from bot.sources.text.limits import LONGEST_SUMMARY, LONGEST_TITLE
from bot.sources.text.urls import clean_url

for _library in ("trafilatura", "htmldate"):
    logging.getLogger(_library).setLevel(logging.CRITICAL)  # the refusal says what they would log

MOST_ELEMENTS = 15_000
DEEPEST = 100
MOST_ATTRIBUTES = 60_000
MOST_ON_ONE_TAG = 100
"""The maximum size of a page. Beyond it the tree and the extractor take quadratic time: 50,000
attributes on one tag took 23 s, 100,000 nested paragraphs 32 s."""

_EXTRACTOR_FAULTS = (
    ArithmeticError,
    AttributeError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
    etree.LxmlError,
)
"""What the extractor may raise on unusual pages."""

SHORTEST_BESIDE_WALL = 40
"""Less text than this beside a wall is a heading or a button."""

_WALLS = {
    "cookies": "cookie notice",
    "paywall": "paywall",
    "sign-in": "sign-in form",
    "bot check": "check for bots",
    "script": "notice about scripts",
    "region block": "notice that it is not shown in this region",
}

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,30})", re.IGNORECASE)
_JSON_DATE = re.compile(r'"datePublished"\s*:\s*"([^"\\]{8,64})"')
_DATES = (
    "//meta[@property='article:published_time']/@content",
    "//meta[@itemprop='datePublished']/@content",
    "//meta[@name='article:published_time' or @name='pubdate' or @name='date']/@content",
    "//meta[@name='DC.date.issued' or @name='parsely-pub-date']/@content",
    "//*[@itemprop='datePublished']/@datetime",
    "//time[@pubdate]/@datetime",
    "//article//time/@datetime",
)
_LATER_DATES = (
    "//meta[@name='dcterms.created' or @name='dcterms.date' or @name='dc.date']/@content",
    "//meta[@name='DC.date' or @name='dcterms.issued' or @name='publish-date']/@content",
    "//meta[@name='publication_date' or @name='publishdate' or @name='sailthru.date']/@content",
    "//meta[@itemprop='dateCreated' or @property='og:published_time']/@content",
    "//*[@itemprop='datePublished']/text()",
    "//article//time/text()",
    "//meta[@property='article:modified_time' or @itemprop='dateModified']/@content",
)
"""Where less careful pages state a date, tried after the usual places."""

_SECTIONS = (
    "//meta[@property='article:section' or @name='section' or @name='article:section']/@content",
    "//meta[@name='content_type' or @name='sponsored' or @property='og:content_type']/@content",
)


class _Bounds:
    """Count elements and attributes before a tree is built."""

    def __init__(self) -> None:
        self._elements = 0
        self._depth = 0
        self._attributes = 0

    def start(self, _tag: str, attributes: Any) -> None:
        self._elements += 1
        self._depth += 1
        self._attributes += len(attributes)
        if self._elements > MOST_ELEMENTS:
            raise RefusedInput(f"has more than {MOST_ELEMENTS:,} elements")
        if self._depth > DEEPEST:
            raise RefusedInput(f"is nested more than {DEEPEST} elements deep")
        if len(attributes) > MOST_ON_ONE_TAG or self._attributes > MOST_ATTRIBUTES:
            raise RefusedInput("has more attributes than any article")

    def end(self, _tag: str) -> None:
        self._depth -= 1

    def close(self) -> None:
        return None


def parse_page(
    data: bytes, now: datetime, *, url: str | None = None, charset: str | None = None
) -> ParsedArticle:
    """Read the article on a page; `charset` is the server's label. Raises RefusedInput."""
    declared = _CHARSET.search(data[:4096])
    tree = _tree(decode(data, charset, declared[1].decode("ascii") if declared else None))
    return _article(_extracted(tree, url, now), tree, url, now)


def _extracted(tree: Any, url: str | None, now: datetime) -> Any:
    import trafilatura  # takes memory, and feeds do without it

    try:
        found = trafilatura.bare_extraction(
            tree,
            url=url,
            fast=True,
            with_metadata=True,
            include_comments=False,
            include_tables=False,
            date_extraction_params={
                "original_date": True,
                "extensive_search": False,
                "max_date": now.date().isoformat(),
            },
        )
    except _EXTRACTOR_FAULTS as error:
        raise RefusedInput("cannot be read as an article") from error
    if found is None:
        raise RefusedInput("has no article text")
    return found


def _tree(text: str) -> Any:
    data = text.replace("\0", "").encode("utf-8", "replace")
    try:
        etree.fromstring(data, etree.HTMLParser(target=_Bounds(), encoding="utf-8"))
        parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
        return html.document_fromstring(data, parser=parser)
    except (etree.LxmlError, ValueError) as error:
        raise RefusedInput("is not a web page") from error


def _article(found: Any, tree: Any, url: str | None, now: datetime) -> ParsedArticle:
    paragraphs = clean_text("\n\n".join((found.text or "").split("\n"))).split("\n\n")
    title = clean_line(found.title or "", LONGEST_TITLE)
    if paragraphs[0].casefold() == title.casefold():
        paragraphs = paragraphs[1:]
    unwalled = without_walls(paragraphs)
    text = "\n\n".join(unwalled.paragraphs)
    if not text or (unwalled.wall and len(text) < SHORTEST_BESIDE_WALL):
        wall = f"shows a {_WALLS[unwalled.wall]} in place" if unwalled.wall else None
        raise RefusedInput(f"{wall} of an article" if wall else "has no article text")
    return ParsedArticle(
        title=title or clean_line(paragraphs[0], 120),
        text=text,
        url=clean_url(found.url) or clean_url(url),
        summary=clean_line(found.description or "", LONGEST_SUMMARY) or None,
        source=clean_line(found.sitename or "", 100) or None,
        author=clean_line(found.author or "", 200) or None,
        language=_language(tree),
        kind=kind_of(title, text, url, _sections(tree), found.author or ""),
        **_date(tree, found.date, now).fields,
    )


def _date(tree: Any, guessed: str | None, now: datetime) -> FoundDate:
    """The date that the page states in its metadata, else one that the extractor found."""
    stated = [str(value) for path in _DATES for value in tree.xpath(path)[:3]]
    for script in tree.xpath("//script[@type='application/ld+json']/text()")[:10]:
        stated += _JSON_DATE.findall(script[:200_000])[:1]
    stated += [str(value) for path in _LATER_DATES for value in tree.xpath(path)[:3]]
    return first_date([*stated, guessed], now, DateHints(_locale(tree)))


def _sections(tree: Any) -> list[str]:
    """The sections and kinds that the page names for its article."""
    return [str(value) for path in _SECTIONS for value in tree.xpath(path)[:10]]


def _locale(tree: Any) -> str | None:
    stated = str(tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang") or "")
    return stated.strip()[:20] or None


def _language(tree: Any) -> str | None:
    stated = str(tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang") or "")
    code = re.match(r"[A-Za-z]{2,3}(?![A-Za-z])", stated.strip())
    return code[0].lower() if code else None
