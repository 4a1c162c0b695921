"""The dependencies of the handlers, filled in by the composition root."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from bot.briefing_builder import BriefingBuilder
from bot.models import Address
from bot.store import Store
from bot.trends.counting import TrendCounter
from config.settings import Settings
from handlers.rate_limit import RateLimiter
from summarizer.topics.scorer import TopicScorer

if TYPE_CHECKING:  # most commands fetch nothing
    from bot.ingest.service import IngestService


@dataclass(frozen=True, slots=True)
class Services:
    """The dependencies of the command core. `clock` returns the current time, aware UTC.

    Without `ingest`, no source can be added. `languages` are those last spoken in chats, for
    what is refused before the database is asked.
    """

    settings: Settings
    store: Store
    scorer: TopicScorer
    builder: BriefingBuilder
    clock: Callable[[], datetime]
    ingest: IngestService | None = None
    started_at: datetime = field(init=False)
    languages: dict[Address, str] = field(init=False)
    rate_limiter: RateLimiter = field(init=False)
    trends: TrendCounter = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "started_at", self.clock())
        object.__setattr__(self, "languages", {})
        object.__setattr__(self, "trends", TrendCounter(self.store))
        object.__setattr__(self, "rate_limiter", RateLimiter(self.settings.commands_a_minute))
