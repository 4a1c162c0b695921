"""Stories in memory, looked up as the store does it."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from summarizer.stories.assignment import MEMBERS, choose, lookup_window
from summarizer.stories.features import StoryFeatures, keys
from summarizer.stories.similarity import Candidate

PER_KEY = 40
STORIES = 40
_UNDATED = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class StoryIndex:
    """For benchmarks and tests: keeps all that it was given, finds with the store's caps.

    An article without a date is compared with all others without one, whenever they came.
    """

    _seen: defaultdict[str, list[tuple[datetime, int, str]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    _stories: dict[str, Candidate] = field(default_factory=dict)

    def add(self, article: StoryFeatures, new_id: str) -> str:
        """Put an article into its story, or into a new one with this id; returns the story's id."""
        found = keys(article)
        story_id = choose(article, self.candidates(article, found)) or new_id
        self.attach(story_id, article, found)
        return story_id

    def candidates(self, article: StoryFeatures, wanted: Sequence[str]) -> list[Candidate]:
        """The stories that share the rarest keys and the most, best first."""
        holders = [self._newest(key, article.at or _UNDATED) for key in wanted]
        shared: defaultdict[str, float] = defaultdict(float)
        for stories in holders:
            for story_id in stories:
                shared[story_id] += 1 / len(stories)
        best = sorted(shared, key=lambda story_id: (-shared[story_id], story_id))
        return [self._stories[story_id] for story_id in best[:STORIES]]

    def attach(self, story_id: str, article: StoryFeatures, found: Sequence[str]) -> None:
        """Add an article to a story, which begins with it if it is not known."""
        at = article.at or _UNDATED
        for key in found:
            rows = self._seen[key]
            insort(rows, (at, len(rows), story_id))
        old = self._stories.get(story_id, Candidate(story_id, at, at, ()))
        members = sorted((*old.members, article), key=lambda each: each.at or _UNDATED)
        self._stories[story_id] = Candidate(
            story_id, min(old.first_seen, at), max(old.last_seen, at), tuple(members[-MEMBERS:])
        )

    def _newest(self, key: str, at: datetime) -> set[str]:
        window = lookup_window(at)
        rows = self._seen.get(key, [])
        end = bisect_left(rows, (window.until, 0, ""))
        newest = rows[max(0, end - PER_KEY) : end]
        return {story_id for seen, _, story_id in newest if seen >= window.since}
