"""Due subscriptions → digest rows, one for each subscription and local date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.digests.calendar import Occurrence, latest_occurrence, next_due
from bot.digests.quiet import is_paused
from bot.log import get_logger
from bot.models import Channel, Digest, SendState, Subscription
from bot.store import NewDigest, NoticesFor, Store, no_notices

MARKED_LATE_AFTER = timedelta(minutes=10)
_BATCH = 200

log = get_logger(__name__)


@dataclass(frozen=True, slots=True)
class DueDecision:
    """What happens to a due subscription: its date, and whether it is sent or skipped."""

    occurrence: Occurrence
    state: SendState
    late: bool
    reason: str | None
    next_due: datetime


def decide_due(subscription: Subscription, now: datetime, late_limit: timedelta) -> DueDecision:
    """Decide on the latest missed digest; one later than `late_limit` is skipped."""
    when = (subscription.at, subscription.weekdays, subscription.timezone)
    occurrence = latest_occurrence(*when, now)
    behind = now - occurrence.at
    skipped = behind > late_limit
    return DueDecision(
        occurrence=occurrence,
        state=SendState.SKIPPED if skipped else SendState.PENDING,
        late=behind > MARKED_LATE_AFTER,
        reason=too_late(behind, late_limit) if skipped else None,
        next_due=next_due(*when, now),
    )


def next_digest(subscription: Subscription, channel: Channel, now: datetime) -> datetime:
    """Return when the next digest comes: the first due instant that no pause of its chat holds."""
    due, until = subscription.next_due, channel.paused_until
    if until is None or not is_paused(channel, now) or due >= until:
        return due
    when = (subscription.at, subscription.weekdays, subscription.timezone)
    return next_due(*when, until - timedelta(microseconds=1))


def too_late(behind: timedelta, late_limit: timedelta) -> str:
    """The reason of a digest that is skipped because it is late."""
    hour = timedelta(hours=1)
    return f"{behind / hour:.1f} h late, more than {late_limit / hour:g} h"


async def open_due(
    store: Store, now: datetime, late_limit: timedelta, notices_for: NoticesFor = no_notices
) -> list[Digest]:
    """Store digest rows for a batch of due subscriptions and advance these to their next dates.

    Idempotent; several processes share the work. A subscription whose times cannot be computed, as
    in a zone that this machine does not know, is tried again a day later.
    """
    openings = []
    for subscription in await store.subscriptions.due(now, _BATCH):
        try:
            decision = decide_due(subscription, now, late_limit)
        except Exception:
            log.exception("a subscription has no valid times", subscription=subscription.id)
            await store.subscriptions.move_next_due(subscription, now + timedelta(days=1))
            continue
        if decision.occurrence.at < subscription.created_at:
            await store.subscriptions.move_next_due(subscription, decision.next_due)
        else:
            openings.append(_opening(subscription, decision))
    return await store.digests.open_all(openings, now=now, notices_for=notices_for)


def _opening(subscription: Subscription, decision: DueDecision) -> NewDigest:
    return NewDigest(
        subscription,
        decision.occurrence.local_date,
        decision.occurrence.at,
        decision.next_due,
        decision.late,
        decision.state,
        decision.reason,
    )
