"""One request of the operator, who is signed in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.render.sanitize import clean
from bot.store import Store
from config.settings import Settings


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
        given = self.query.get(name, "")[:9]
        return int(given) if given.isascii() and given.isdecimal() else 0


def channel_name(title: str, platform: str, chat: str) -> str:
    """What an operator calls a channel: its title, or its platform and id."""
    return clean(title[:200]).strip() or f"{platform} {clean(chat[:100])}"
