"""Teasers and their pages: which entries to store, and how to merge teaser and page."""

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
"""A page with fewer characters has no article, or hides it."""

MUCH_LONGER = 1.5
"""The factor in length by which a text replaces the article of another source."""

_AMP = re.compile(r"^(?:www|m|mobile|amp)\.")
_SLUG = re.compile(r"[^/?=&]{8,}")


def is_wanted(entry: Entry, known: Article | None, source: str) -> bool:
    """Whether to store an entry, given the article stored under its identity.

    The article of another source stays, unless this text is much longer.
    """
    outlet = entry.article.source or source
    if known is None or known.source == outlet:
        return True
    return not entry.partial and len(entry.article.text) > MUCH_LONGER * len(known.text)


def completed(teaser: ParsedArticle, page: ParsedArticle, url: str) -> ParsedArticle | None:
    """The article with the text of its page at the final URL `url`; None if that is not better
    than the teaser. The feed's title and date take precedence."""
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
    """The article's URL: the canonical one where it clearly names the same article, else the
    target of a link to another site, else the link.

    Some sites declare their front page or another site's page as canonical by mistake.
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
