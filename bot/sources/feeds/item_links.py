"""The address of an item as it is written: which of its links is the article's own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from bot.sources.feeds.fields import Fields, attribute, plain, text_of
from bot.sources.feeds.raw import first

_UNKNOWN = 10
_RANKS = {"alternate": 1, "canonical": 3, "via": 7, "self": 8, "enclosure": 9} | dict.fromkeys(
    ("author", "comments", "edit", "first", "hub", "icon", "image", "last", "license", "next",
     "payment", "prev", "previous", "related", "replies", "search", "service", "stylesheet", "up"),
    _UNKNOWN,
)  # fmt: skip
_OTHER_TYPE = 2
"""The rank of an alternate that is no page, such as JSON."""

_ASIDE = 5
"""From this rank on a link is not the article's own: others come first."""

_MEDIA = ("image/", "audio/", "video/")
_NO_ADDRESS = re.compile(r"\s*(?!https?:|feeds?:)[a-z][a-z0-9+-]*:(?![0-9])", re.IGNORECASE)
_PERMANENT = ("http://", "https://", "//", "/")


def item_link(told: Fields, guid: str) -> str:
    """The article's own address, else its guid, else what it encloses; empty if there is none."""
    return first(each for each in _links(told, guid) if not _NO_ADDRESS.match(each))


def _links(told: Fields, guid: str) -> Iterator[str]:
    yield plain(told["feedburner:origlink"])
    ranked = sorted(told["link"], key=_rank)
    yield from (_href(each) for each in ranked if _rank(each) < _ASIDE)
    permanent = [attribute(each, "ispermalink").lower() or "true" for each in told["guid"]]
    if guid.startswith(_PERMANENT) and permanent[:1] != ["false"]:
        yield guid
    yield from (text_of(each) for each in told["dc:identifier"])
    yield from (attribute(each, "src") for each in told["content"])
    enclosed = told["enclosure"] + told["media:content"]
    yield from (attribute(each, "url") for each in enclosed if not _is_picture(each))
    yield from (_href(each) for each in ranked if _rank(each) >= _ASIDE)


def _href(link: Any) -> str:
    return attribute(link, "href") or str(link.text or "")


def _rank(link: Any) -> int:
    """RSS's own link first, then Atom's alternate page; links to other things last."""
    named = attribute(link, "rel").lower().split() or ["alternate"]
    rank = max(_RANKS.get(each.rpartition("/")[2], 0) for each in named)
    kind = attribute(link, "type").strip().lower()
    if not attribute(link, "href"):
        return max(rank, _ASIDE) if rank > _ASIDE or kind.startswith(_MEDIA) else 0
    return _OTHER_TYPE if rank == 1 and kind and "html" not in kind else rank or _UNKNOWN


def _is_picture(enclosed: Any) -> bool:
    kind = attribute(enclosed, "type") or attribute(enclosed, "medium")
    return kind.strip().lower().startswith("image")
