"""Digests and their deliveries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from bot.languages import marked
from bot.models.channels import Address

PICTURE_START = '{"drawing": '
"""How the payload of a picture begins, and that of no message."""


class SendState(StrEnum):
    """The state of a digest or delivery; all but the first two are final."""

    PENDING = marked("pending")
    SENDING = marked("sending")
    SENT = marked("sent")
    SKIPPED = marked("skipped")
    FAILED = marked("failed")
    UNCERTAIN = marked("uncertain")


@dataclass(frozen=True, slots=True)
class Digest:
    """A briefing due to a channel for one local date; unique per subscription and local date."""

    id: int
    subscription_id: int | None
    channel_id: int
    local_date: date
    due_at: datetime
    state: SendState
    reason: str | None = None
    late: bool = False
    briefing_id: str | None = None
    finished_at: datetime | None = None
    resent_at: datetime | None = None

    @property
    def wanted_at(self) -> datetime:
        """When it is wanted: its due time, or when a person asked to resend it."""
        return self.resent_at or self.due_at


@dataclass(frozen=True, slots=True)
class DigestName:
    """What operators recognise a digest by; `title` is that of its chat, `due_at` its due time."""

    id: int
    address: Address
    title: str
    due_at: datetime
    timezone: str
    topics: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Delivery:
    """One part of one digest. `payload` is the platform's message as JSON text.

    `opening` is the message of the digest's first part, for the parts after it.
    Only the holder of `token` may change a delivery in `sending`, which was begun at `claimed_at`.
    """

    id: int
    digest_id: int
    channel_id: int
    part: int
    parts: int
    payload: str
    state: SendState
    token: str | None = None
    attempts: int = 0
    not_before: datetime | None = None
    reason: str | None = None
    message_id: str | None = None
    opening: str | None = None
    claimed_at: datetime | None = None

    @property
    def is_picture(self) -> bool:
        """Whether it is a picture, which the digest's texts do not depend on."""
        return self.payload.startswith(PICTURE_START)


@dataclass(frozen=True, slots=True)
class Receipt:
    """The platform's id of a message that it accepted."""

    message_id: str
