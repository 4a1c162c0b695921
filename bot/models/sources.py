"""Sources of articles and their state."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.languages import marked

STALE_AFTER = 10
"""A source is stale when it has been silent for this many times its usual interval, ..."""
STALE_AT_LEAST = timedelta(days=2)
"""... and at least for this time."""


SILENT = timedelta(days=2)
"""A source whose last successful poll is longer ago is failing, whatever the reason."""


class Standing(StrEnum):
    """The health of a source; one that was never polled is new, not healthy."""

    NEW = marked("new")
    HEALTHY = marked("healthy")
    STALE = marked("stale")
    FAILING = marked("failing")
    GIVEN_UP = marked("given up")
    ENDED = marked("ended")


class SourceKind(StrEnum):
    """What a source is: a feed, a web page that is one article, a folder of files."""

    FEED = "feed"
    PAGE = "page"
    FOLDER = "folder"


@dataclass(frozen=True, slots=True)
class FetchState:
    """The state of a source after its last polls; `every` is the mean seconds between two articles.

    error        why the last poll failed, or None
    failures     the number of polls that failed in a row
    given_up_at  since when it is polled only once a day, or None
    ended        why it is never polled again, or None; `next_at` is None then
    body_hash    of the last answer, for servers that know neither ETag nor Last-Modified
    """

    next_at: datetime | None = None
    every: float | None = None
    etag: str | None = None
    last_modified: str | None = None
    body_hash: str | None = None
    error: str | None = None
    failures: int = 0
    given_up_at: datetime | None = None
    ended: str | None = None
    last_ok_at: datetime | None = None
    last_new_at: datetime | None = None

    def standing(self, now: datetime) -> Standing:
        """The health at this instant, which every list and count shows."""
        if self.ended:
            return Standing.ENDED
        if self.error:
            return Standing.GIVEN_UP if self.given_up_at else Standing.FAILING
        if self.last_ok_at is None:
            return Standing.NEW
        if now - self.last_ok_at > SILENT:
            return Standing.FAILING
        return Standing.STALE if self.is_stale(now) else Standing.HEALTHY

    def is_stale(self, now: datetime) -> bool:
        """Whether it answers but has been silent for far longer than usual."""
        if self.error or self.ended or not (self.every and self.last_new_at):
            return False
        usual = timedelta(seconds=self.every)
        return now - self.last_new_at > max(STALE_AT_LEAST, STALE_AFTER * usual)


@dataclass(frozen=True, slots=True)
class Source:
    """A source that is polled; `url` is a URL or the path of a folder.

    Only one source of a `host` is polled at a time.
    """

    name: str
    kind: SourceKind
    url: str
    host: str
    category: str | None = None
    weight: float = 1.0
    state: FetchState = FetchState()
