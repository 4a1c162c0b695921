"""What a channel wants to be told at once: words to watch for, and stories to follow."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.models.channels import Channel
from bot.models.filters import NO_FILTER, NewsFilter


@dataclass(frozen=True, slots=True)
class Watch:
    """A standing wish of a channel: new stories on topics and with words, or changes of a story.

    `story_id` is that of a followed story, `headline` its title, `told` what the channel last read
    of it and `told_at` when; up to `looked_at` its articles were looked at.
    """

    id: int
    channel_id: int
    created_at: datetime
    topics: tuple[str, ...] = ()
    filter: NewsFilter = NO_FILTER
    story_id: str | None = None
    headline: str = ""
    told: str = ""
    told_at: datetime | None = None
    looked_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class FoundAlert:
    """A story that a watch found for its channel; `change` names the change of a followed one."""

    watch: Watch
    story_id: str
    change: str = ""


@dataclass(frozen=True, slots=True)
class Alert:
    """A found alert that waits to be sent."""

    id: int
    found_at: datetime
    story_id: str
    watch: Watch
    channel: Channel
