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
from bot.sources.pages.server_errors import is_server_error
from bot.sources.pages.signs import PageSigns, read_signs
from bot.sources.pages.site_talk import kind_of_title, site_talk
from bot.sources.pages.walls import (
    SHORTEST_BODY,
    has_body,
    is_about,
    wall_of,
    wall_refusal,
    without_walls,
)
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

LONGEST_NAMED = 600
LONGEST_UNDECLARED = 1_500
"""A page named like an error or a form is one, unless it is longer: the first limit is for pages
that say that they are articles."""

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
    """Read the article on a page; `charset` is the server's label. Raises RefusedInput.

    Where a wall hides the article, its own description is the text, if the page says one.
    """
    declared = _CHARSET.search(data[:4096])
    tree = _tree(decode(data, charset, declared[1].decode("ascii") if declared else None))
    signs = read_signs(tree)
    return _article(_extracted(tree, url, now), signs, tree, url, now)


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
    return found or _metadata(tree, url)


def _metadata(tree: Any, url: str | None) -> Any:
    """What a page without text says of itself."""
    from trafilatura.metadata import extract_metadata

    try:
        return extract_metadata(tree, default_url=url, date_config={})
    except _EXTRACTOR_FAULTS as error:
        raise RefusedInput("cannot be read as an article") from error


def _tree(text: str) -> Any:
    data = text.replace("\0", "").encode("utf-8", "replace")
    try:
        etree.fromstring(data, etree.HTMLParser(target=_Bounds(), encoding="utf-8"))
        parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
        return html.document_fromstring(data, parser=parser)
    except (etree.LxmlError, ValueError) as error:
        raise RefusedInput("is not a web page") from error


def _article(
    found: Any, signs: PageSigns, tree: Any, url: str | None, now: datetime
) -> ParsedArticle:
    title = clean_line(found.title or signs.headline, LONGEST_TITLE)
    text = _text(found, title, signs)
    return ParsedArticle(
        title=title or clean_line(text.partition("\n")[0], 120),
        text=text,
        url=clean_url(found.url) or clean_url(url),
        summary=_summary(found.description or "", text, signs),
        source=clean_line(found.sitename or "", 100) or None,
        author=clean_line(found.author or "", 200) or None,
        language=_language(tree),
        kind=kind_of(title, text, url, _sections(tree), found.author or ""),
        **_date(tree, found.date, now).fields,
    )


def _summary(description: str, text: str, signs: PageSigns) -> str | None:
    return text if text == signs.description else clean_line(description, LONGEST_SUMMARY) or None


def _text(found: Any, title: str, signs: PageSigns) -> str:
    """The article's paragraphs without what hides it; raises RefusedInput."""
    paragraphs = clean_text("\n\n".join((found.text or "").split("\n"))).split("\n\n")
    if paragraphs[0].casefold() == title.casefold():
        paragraphs = paragraphs[1:]
    trusted = _is_trusted(paragraphs, title, signs)
    hinted = signs.hinted is not None and not trusted
    unwalled = without_walls(paragraphs, hinted=hinted, trusted=trusted)
    text = "\n\n".join(unwalled.paragraphs)
    told = signs.description if text.startswith(title) else f"{title} {signs.description}"
    if unwalled.whole and not is_about(text, told):
        text = ""
    named = signs.named or kind_of_title(title)
    longest = LONGEST_NAMED if signs.article else LONGEST_UNDECLARED
    if named and len(text) < longest and _agrees(named, paragraphs):
        raise wall_refusal(named)
    if not signs.article and is_server_error("\n".join(paragraphs)):
        raise wall_refusal("error")
    if signs.challenge and len(text) < LONGEST_NAMED:
        raise wall_refusal("bot check")
    wall = unwalled.wall or (None if text else signs.covered or signs.hinted)
    if len(text) >= (SHORTEST_BESIDE_WALL if wall else 1):
        return text
    stated = signs.description
    if not signs.article or len(stated) < SHORTEST_BESIDE_WALL or without_walls([stated]).wall:
        raise wall_refusal(wall) if wall else RefusedInput("has no article text")
    return stated


def _is_trusted(paragraphs: list[str], title: str, signs: PageSigns) -> bool:
    """Whether a page with a text of an article says when it was published, and nothing hints at a
    wall. Offers are on the pages of all articles: there, the text is compared with its title."""
    if not signs.dated or signs.challenge or signs.hinted not in {None, "paywall"}:
        return False
    told = f"{title} {signs.description}" if signs.description or signs.hinted else None
    return has_body(paragraphs) and (told is None or is_about("\n\n".join(paragraphs), told))


def _agrees(named: str, paragraphs: list[str]) -> bool:
    """Whether the text below the name of an error, a check or a form is that, and no report."""
    text = "\n\n".join(paragraphs)
    if named == "legal" or len(text) < SHORTEST_BODY:
        return True
    return site_talk(text).share > 0 or any(map(wall_of, paragraphs)) or is_server_error(text)


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
