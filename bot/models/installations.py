"""The app as it is installed in a workspace."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Installation:
    """The app in one workspace: who the bot is there, and its tokens.

    A `token` that `expires_at` some instant is renewed by the `refresh_token`, which serves once.
    """

    workspace: str
    title: str
    bot_user: str
    bot_id: str
    bot_name: str
    token: str = field(repr=False)
    installed_at: datetime
    enterprise: str = ""
    refresh_token: str = field(default="", repr=False)
    expires_at: datetime | None = None

    def lasts_until(self, instant: datetime) -> bool:
        """Whether the token is valid at an instant."""
        return self.expires_at is None or instant < self.expires_at
