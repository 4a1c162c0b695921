"""Pages that cover many events, or one as it goes on: by their title and address."""

from __future__ import annotations

import re
from functools import cache
from urllib.parse import urlsplit

from summarizer.stories.words import section

_READ = 2_000
_ROUNDUP = re.compile(
    r"\b(?:live (?:updates?|blog|coverage|news)|as it happened|round-?up|(?:news|daily|morning|"
    r"evening|weekly|weekend) (?:briefing|brief|digest|wrap|summary)|(?:day|week)['’]s (?:events|"
    r"news|headlines)|top (?:stories|headlines)|need to know|week in review)\b|^live\s*[:|–-]"
    r"|\blive\s?(?:[:|–—]|-\s)",
    re.IGNORECASE,
)
_ENDS_LIVE = re.compile(r"(?<!\w)(\w+) live$", re.IGNORECASE)


def is_roundup(title: str, url: str | None = None) -> bool:
    """Whether a title or an address says that the page covers many events, or one as it goes on."""
    read = title[:_READ].strip()
    if _ROUNDUP.search(read) or _named().search(read.casefold()):
        return True
    return _ends_live(read) or (url is not None and _has_live_address(url))


def _ends_live(title: str) -> bool:
    """ "Lindmar blackout live", but not "the town where miners live" or "The site goes live"."""
    found = _ENDS_LIVE.search(title)
    if found is None:
        return False
    verbs = set(section("no live page before").split())
    asking = set(section("no live page with").split())
    return found[1].lower() not in verbs and asking.isdisjoint(title.lower().split())


def _has_live_address(url: str) -> bool:
    try:
        parts = urlsplit(url[:_READ]).path.lower().split("/")
    except ValueError:
        return False
    folders, marks = section("live folders").split(), section("live addresses").split()
    return any(part in folders or any(mark in part for mark in marks) for part in parts)


@cache
def _named() -> re.Pattern[str]:
    phrases = sorted(section("live pages").casefold().splitlines(), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, phrases))})(?!\w)")
