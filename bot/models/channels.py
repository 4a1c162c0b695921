"""Channels and what they have subscribed to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time
from enum import StrEnum
from typing import Self

from bot.languages import ENGLISH
from bot.models.filters import NO_FILTER, NewsFilter

FIRST_SLOT, WEEKLY = "1", "weekly"
"""Names of a channel's first digest on some topics, and of its weekly one."""

PICTURES_OFF = "off"
"""The value of a channel's `pictures` that leaves them out."""

FOLDED = "folded"
"""The value of a channel's `details` that folds them."""


class Platform(StrEnum):
    """Where a channel lives."""

    TERMINAL = "terminal"
    TELEGRAM = "telegram"
    SLACK = "slack"
    MAIL = "mail"
    WEBHOOK = "webhook"


OPERATORS_OWN = frozenset({Platform.TERMINAL, Platform.MAIL, Platform.WEBHOOK})
"""The platforms on which the operator alone makes channels, by the command line."""


@dataclass(frozen=True, slots=True)
class Address:
    """Where messages go: `thread` is a forum topic or thread, or "".

    `workspace` is a Slack team or a webhook's host, or ""; `chat` may be a mail address or the
    address of a webhook.
    """

    platform: Platform
    workspace: str
    chat: str
    thread: str = ""

    @classmethod
    def named(cls, name: str) -> Self:
        """The chat or person that the settings name: telegram:12345, slack:U1 or slack:T1/U1."""
        platform, _, place = name.partition(":")
        workspace, _, chat = place.rpartition("/")
        return cls(Platform(platform), workspace, chat)

    def names_of(self, id_: str) -> frozenset[str]:
        """The names by which the settings may call a chat or person of this workspace."""
        within = {f"{self.platform}:{self.workspace}/{id_}"} if self.workspace else set[str]()
        return frozenset({f"{self.platform}:{id_}", *within})


@dataclass(frozen=True, slots=True)
class Channel:
    """A stored address with its own settings; `disabled` holds the reason where it is.

    A setting that is None takes the value of the bot's settings; `language` is a code such as "ur".
    From `quiet_from` until `quiet_until`, in the channel's zone, it gets no digest; the same time
    twice means never.
    Until `paused_until` its digests are skipped. At most `alerts_a_day` alerts are sent on a local
    day, and none until `alerts_muted_until`.
    With `details` FOLDED its digests show headlines, and details on demand. With `pictures`
    PICTURES_OFF its weekly digests have no chart.
    `interface` is the language that the bot speaks there, such as "de". If it is None, that is
    `profile_language`, of the person whose private chat it is, or else that of the bot's settings.
    `who` is "everyone" where all members may change its settings, not only its admins.
    """

    id: int
    address: Address
    title: str
    timezone: str
    disabled: str | None = None
    digest_time: time | None = None
    bullets: int | None = None
    language: str | None = None
    engine: str | None = None
    quiet_from: time | None = None
    quiet_until: time | None = None
    who: str | None = None
    paused_until: datetime | None = None
    alerts_a_day: int | None = None
    alerts_muted_until: datetime | None = None
    details: str | None = None
    pictures: str | None = None
    interface: str | None = None
    profile_language: str | None = None

    def speaks(self, default: str) -> str:
        """Return the language in which the bot speaks there; mails and webhooks are English."""
        if self.address.platform in {Platform.MAIL, Platform.WEBHOOK}:
            return ENGLISH
        return self.interface or self.profile_language or default


@dataclass(frozen=True, slots=True)
class Subscription:
    """A digest of a channel: topics, time, weekdays (Monday is 0), bullets per topic.

    `slot` tells it from others on the same topics and with the same filter: "1" for the first,
    WEEKLY for the one that covers seven days.
    """

    id: int
    channel_id: int
    topics: tuple[str, ...]
    at: time
    weekdays: frozenset[int]
    timezone: str
    bullets: int
    created_at: datetime
    next_due: datetime
    filter: NewsFilter = NO_FILTER
    slot: str = FIRST_SLOT

    @property
    def about(self) -> tuple[frozenset[str], NewsFilter]:
        """The topics in any order, and the filter: the same for all digests of one series."""
        return frozenset(self.topics), self.filter

    @property
    def weekly(self) -> bool:
        """Whether it covers seven days, whatever was told in them."""
        return self.slot == WEEKLY
