"""Recomputes when subscriptions are due: the rules of their zones may have changed."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.digests.calendar import latest_occurrence, next_due
from bot.log import get_logger
from bot.models import Subscription
from bot.store import Store

_PAGE = 1000

log = get_logger(__name__)


async def recompute(store: Store, now: datetime) -> int:
    """Move every future instant that the present rules changed; returns how many were moved.

    A subscription that is due already is left alone. A date that had its digest gets no second one.
    """
    moved = last = 0
    while page := await store.subscriptions.all(_PAGE, last):
        last = page[-1].id
        for each in page:
            try:
                right = _right(each, now)
            except Exception:
                log.exception("a subscription has no valid times", subscription=each.id)
                continue
            if now < each.next_due != right:
                moved += await store.subscriptions.move_next_due(each, right)
    if moved:
        log.info("digests were moved by new time zone rules", count=moved)
    return moved


def _right(subscription: Subscription, now: datetime) -> datetime:
    """When the next date of the subscription is due by the present rules.

    If that instant is in the past, the digest is due at once: the date is not dropped.
    """
    when = (subscription.at, subscription.weekdays, subscription.timezone)
    local = subscription.next_due.astimezone(ZoneInfo(subscription.timezone)).date()
    latest = latest_occurrence(*when, now)
    return latest.at if latest.local_date == local else next_due(*when, now)
