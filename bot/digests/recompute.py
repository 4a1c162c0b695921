"""When subscriptions are due, worked out anew: the rules of their zones may have changed."""

from __future__ import annotations

from datetime import datetime

import structlog

from bot.digests.calendar import next_due
from bot.store import Store

_PAGE = 1000

log = structlog.get_logger(__name__)


async def recompute(store: Store, now: datetime) -> int:
    """Move every future instant that the present rules put elsewhere; returns how many moved.

    A subscription that is due already is left to the next look. A date that had its digest gets no
    second one, whenever its subscription is due again.
    """
    moved = offset = 0
    while page := await store.subscriptions.all(_PAGE, offset):
        offset += len(page)
        for each in page:
            try:
                right = next_due(each.at, each.weekdays, each.timezone, now)
            except Exception:
                log.exception("a subscription's times cannot be read", subscription=each.id)
                continue
            if now < each.next_due != right:
                moved += await store.subscriptions.move_next_due(each, right)
    if moved:
        log.info("digests were moved by new rules of their time zones", count=moved)
    return moved
