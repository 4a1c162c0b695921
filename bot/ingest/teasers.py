"""Teasers and their pages: which entries to store, and how to merge teaser and page."""

from __future__ import annotations

import re
from dataclasses import replace
from urllib.parse import urlsplit

from bot.models import Article, ArticleKind, ParsedArticle
from bot.sources.feeds.entry import Entry
from bot.sources.pages.walls import adds_only_an_offer, is_same_article
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


def is_worth_storing(page: ParsedArticle) -> bool:
    """Whether a page has enough text to be an article, or is one by its own description."""
    return len(page.text) >= SHORTEST_PAGE or is_described(page)


def is_described(page: ParsedArticle) -> bool:
    """Whether a page's text is only its own description, since a wall hides the rest."""
    return page.text == page.summary


def completed(teaser: ParsedArticle, page: ParsedArticle, url: str) -> ParsedArticle | None:
    """The article with the text of its page at the final URL `url`; None if that is not better
    than the teaser, or not the same article. The feed's title and date take precedence."""
    if len(page.text) < max(SHORTEST_PAGE, len(teaser.text)):
        return None
    if not is_same_article(teaser.title, teaser.text, f"{page.title}\n{page.text}"):
        return None
    if adds_only_an_offer(teaser.title, teaser.text, page.text):
        return None
    dated = teaser if teaser.published_at else page
    summary = teaser.summary or (teaser.text if teaser.text != teaser.title else None)
    return replace(
        teaser,
        text=page.text,
        url=own_address(teaser.url, url, page.url) if teaser.key is None else teaser.url,
        summary=clean_line(summary, LONGEST_SUMMARY) if summary else page.summary,
        author=teaser.author or page.author,
        language=page.language or teaser.language,
        published_at=dated.published_at,
        date_precision=dated.date_precision,
        date_stated=dated.date_stated or teaser.date_stated,
        kind=page.kind if teaser.kind is ArticleKind.NEWS else teaser.kind,
    )


def revised(teaser: ParsedArticle, known: Article) -> ParsedArticle:
    """A stored article with a new teaser: its text stays where it is much longer than a teaser."""
    if len(known.text) <= MUCH_LONGER * len(teaser.text):
        return teaser
    summary = teaser.text if teaser.text != teaser.title else known.summary
    return replace(
        teaser,
        text=known.text,
        summary=clean_line(summary, LONGEST_SUMMARY) if summary else None,
        author=teaser.author or known.author,
        language=known.language or teaser.language,
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
