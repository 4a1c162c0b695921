"""What a feed holds, as plain values: those who only pass it on load nothing that reads feeds."""

from __future__ import annotations

from dataclasses import dataclass

from bot.models import ParsedArticle

MOST_ITEMS = 500
"""So many of a feed's newest items are read."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An article as its feed gives it.

    guid     what the feed calls it, where no other entry is called the same
    partial  the text is but a teaser, or missing: the page has the article
    """

    article: ParsedArticle
    guid: str | None
    partial: bool


@dataclass(frozen=True, slots=True)
class FeedLink:
    """A feed that a page names."""

    url: str
    title: str
