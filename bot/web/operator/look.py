"""One request of the operator, who is signed in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.render.sanitize import clean
from bot.store import Store
from bot.web.visits import asked_number
from config.settings import Settings

MOST = 999_999_999
"""The largest number that is read in a query."""


@dataclass(frozen=True, slots=True)
class Look:
    """A request; `form_token` goes into each form of the page that answers it."""

    store: Store
    settings: Settings
    now: datetime
    form_token: str
    here: str
    path: Mapping[str, Any] = field(default_factory=dict)
    query: Mapping[str, str] = field(default_factory=dict)

    @property
    def zone(self) -> str:
        return self.settings.timezone

    def number(self, name: str) -> int:
        """A number in the query; 0 if it is missing or no number."""
        return asked_number(self.query, name, MOST)


def channel_name(title: str, platform: str, chat: str) -> str:
    """What an operator calls a channel: its title, or its platform and id."""
    return clean(title[:200]).strip() or f"{platform} {clean(chat[:100])}"
