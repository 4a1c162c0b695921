"""What the handlers are given; the composition root fills it in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from bot.briefing_builder import BriefingBuilder
from bot.ingest.service import IngestService
from bot.store import Store
from config.settings import Settings
from handlers.rate_limit import RateLimiter
from summarizer.topics.scorer import TopicScorer


@dataclass(frozen=True, slots=True)
class Services:
    """The parts behind the command core. `clock` gives the present instant, aware UTC.

    Without a `ingest` no source can be asked.
    """

    settings: Settings
    store: Store
    scorer: TopicScorer
    builder: BriefingBuilder
    clock: Callable[[], datetime]
    ingest: IngestService | None = None
    started_at: datetime = field(init=False)
    rate_limiter: RateLimiter = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "started_at", self.clock())
        object.__setattr__(self, "rate_limiter", RateLimiter(self.settings.commands_a_minute))
