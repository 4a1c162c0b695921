"""Stories in memory, looked up as the store does it."""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Sequence
from datetime import UTC, datetime

from bot.models import Window
from summarizer.story_choice import MEMBERS, Candidate
from summarizer.story_features import StoryFeatures

PER_KEY = 40
STORIES = 40
_UNDATED = datetime(1970, 1, 1, tzinfo=UTC)


class StoryIndex:
    """For benchmarks and tests: keeps all that it was given, finds with the store's caps."""

    def __init__(self) -> None:
        self._rows: defaultdict[str, deque[tuple[datetime, str]]] = defaultdict(deque)
        self._stories: dict[str, Candidate] = {}

    def candidates(self, keys: Sequence[str], window: Window | None) -> list[Candidate]:
        """The stories with most key hits among each key's newest rows in the window."""
        hits: Counter[str] = Counter()
        for key in keys:
            hits.update(set(self._newest(key, window)))
        return [self._stories[story] for story, _ in hits.most_common(STORIES)]

    def attach(self, story_id: str, keys: Sequence[str], article: StoryFeatures) -> None:
        """Add an article to a story, which begins with it if it is not known."""
        at = article.at or _UNDATED
        for key in keys:
            rows = self._rows[key]
            place = len(rows)
            while place and rows[place - 1][0] > at:
                place -= 1
            rows.insert(place, (at, story_id))
        old = self._stories.get(story_id, Candidate(story_id, at, at, ()))
        members = sorted((*old.members, article), key=lambda one: one.at or _UNDATED)[-MEMBERS:]
        first, last = min(old.first_seen, at), max(old.last_seen, at)
        self._stories[story_id] = Candidate(story_id, first, last, tuple(members))

    def _newest(self, key: str, window: Window | None) -> list[str]:
        found: list[str] = []
        for at, story in reversed(self._rows.get(key, ())):
            if window is not None and at < window.since:
                break
            if window is None or at in window:
                found.append(story)
            if len(found) == PER_KEY:
                break
        return found
