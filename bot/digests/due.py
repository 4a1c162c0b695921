"""Subscriptions that are due → digest rows, one per subscription and local date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from bot.digests.calendar import Occurrence, latest_occurrence, next_due
from bot.models import Digest, SendState, Subscription
from bot.store import NewDigest, NoticesFor, Store, no_notices

MARKED_LATE_AFTER = timedelta(minutes=10)
_BATCH = 200

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What becomes of a due subscription now: which date, and whether it is sent or skipped."""

    occurrence: Occurrence
    state: SendState
    late: bool
    reason: str | None
    next_due: datetime


def judge(subscription: Subscription, now: datetime, late_limit: timedelta) -> Verdict:
    """Only the latest missed digest counts; past the limit it is skipped, with the reason."""
    when = (subscription.at, subscription.weekdays, subscription.timezone)
    occurrence = latest_occurrence(*when, now)
    behind = now - occurrence.at
    skipped = behind > late_limit
    return Verdict(
        occurrence=occurrence,
        state=SendState.SKIPPED if skipped else SendState.PENDING,
        late=behind > MARKED_LATE_AFTER,
        reason=too_late(behind, late_limit) if skipped else None,
        next_due=next_due(*when, now),
    )


def too_late(behind: timedelta, late_limit: timedelta) -> str:
    """Why a digest that is so far behind is skipped."""
    hour = timedelta(hours=1)
    return f"{behind / hour:.1f} h late, more than {late_limit / hour:g} h"


async def open_due(
    store: Store, now: datetime, late_limit: timedelta, notices_for: NoticesFor = no_notices
) -> list[Digest]:
    """Write digest rows for subscriptions that are due and move them on to their next dates.

    Takes some at a time, so that several processes share them; idempotent. One whose times cannot
    be worked out, as of a zone that this machine does not know, is looked at again a day later.
    """
    openings = []
    for subscription in await store.subscriptions.due(now, _BATCH):
        try:
            verdict = judge(subscription, now, late_limit)
        except Exception:
            log.exception("a subscription's times cannot be read", subscription=subscription.id)
            await store.subscriptions.move_next_due(subscription, now + timedelta(days=1))
            continue
        if verdict.occurrence.at < subscription.created_at:
            await store.subscriptions.move_next_due(subscription, verdict.next_due)
        else:
            openings.append(_opening(subscription, verdict))
    return await store.digests.open_all(openings, now=now, notices_for=notices_for)


def _opening(subscription: Subscription, verdict: Verdict) -> NewDigest:
    return NewDigest(
        subscription,
        verdict.occurrence.local_date,
        verdict.occurrence.at,
        verdict.next_due,
        verdict.late,
        verdict.state,
        verdict.reason,
    )
