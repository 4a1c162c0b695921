"""Feed entries as plain values, in a module that imports no parser."""

from __future__ import annotations

from dataclasses import dataclass

from bot.models import ParsedArticle

MOST_ITEMS = 500
"""The maximum number of items read from a feed, newest first."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An article as given by its feed.

    guid     the feed's identifier, where no other entry has the same one
    partial  the text is a teaser or missing: the page has the article
    """

    article: ParsedArticle
    guid: str | None
    partial: bool


@dataclass(frozen=True, slots=True)
class FeedLink:
    """A feed that a page names."""

    url: str
    title: str
