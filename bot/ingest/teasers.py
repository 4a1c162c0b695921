"""Teasers and their pages: which pages are worth asking for, and what becomes of both."""

from __future__ import annotations

import re
from dataclasses import replace
from urllib.parse import urlsplit

from bot.models import Article, ParsedArticle
from bot.sources.feeds.entry import Entry
from bot.sources.text.clean import clean_line
from bot.sources.text.limits import LONGEST_SUMMARY
from bot.sources.text.urls import clean_url

SHORTEST_PAGE = 200
"""A page with fewer characters than this has hidden its article, or has none."""

MUCH_LONGER = 1.5
"""An article that another source brought is replaced by a text so many times as long."""

_AMP = re.compile(r"^(?:www|m|mobile|amp)\.")
_SLUG = re.compile(r"[^/?=&]{8,}")


def is_wanted(entry: Entry, known: Article | None, source: str) -> bool:
    """Whether an entry is to be stored, given the article that is stored under its identity.

    What another source has brought stays, unless this one has much more of it.
    """
    outlet = entry.article.source or source
    if known is None or known.source == outlet:
        return True
    return not entry.partial and len(entry.article.text) > MUCH_LONGER * len(known.text)


def completed(teaser: ParsedArticle, page: ParsedArticle, url: str) -> ParsedArticle | None:
    """The article with the text of its page, which came from `url` in the end; None if that is
    no better than the teaser. What the feed says of title and date counts for more."""
    if len(page.text) < max(SHORTEST_PAGE, len(teaser.text)):
        return None
    summary = teaser.summary or (teaser.text if teaser.text != teaser.title else None)
    return replace(
        teaser,
        text=page.text,
        url=own_address(teaser.url, url, page.url) if teaser.key is None else teaser.url,
        summary=clean_line(summary, LONGEST_SUMMARY) if summary else page.summary,
        author=teaser.author or page.author,
        language=page.language or teaser.language,
        published_at=teaser.published_at or page.published_at,
    )


def own_address(link: str | None, final: str, canonical: str | None) -> str | None:
    """The article's own address: the canonical one where it plainly means the same article, else
    where a link to another site led, else the link.

    Sites call their front page canonical by mistake, and others call someone else's page so.
    """
    reached = clean_url(final) or link
    slugs = _SLUG.findall(_path(reached))
    if canonical and _site(canonical) == _site(reached) and slugs and slugs[-1] in _path(canonical):
        return canonical
    return link if _site(link) == _site(reached) else reached


def _path(url: str | None) -> str:
    parts = urlsplit(url or "")
    return f"{parts.path.removesuffix('.html').rstrip('/')}?{parts.query}".rstrip("?")


def _site(url: str | None) -> str:
    return _AMP.sub("", urlsplit(url or "").hostname or "")
