"""A channel's archive: the digests that it got, newest first."""

from __future__ import annotations

from bot.models import without
from bot.render import wording as words
from bot.render.day_line import day_line
from bot.web.layout import fitted
from bot.web.visits import Visit

SHOWN = 20


async def page(visit: Visit) -> str:
    """One page of the archive."""
    start = visit.number("from")
    found = await visit.store.archive.of_channel(visit.channel.id, start=start, limit=SHOWN + 1)
    shown = found[:SHOWN]
    bullets = [bullet for each in shown for bullet in each.briefing.bullets]
    withdrawn = await visit.store.withdrawals.among(bullets)
    return fitted(
        "archive.html",
        shown,
        start=start,
        ends=len(found) <= SHOWN,
        visit=visit,
        heading=words.heading,
        day_line=lambda briefing: day_line(without(briefing, withdrawn)),
    )
