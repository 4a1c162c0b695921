"""Search over the stored articles."""

from __future__ import annotations

from bot.render.sanitize import clean
from bot.web.layout import fitted
from bot.web.visits import Visit

HITS = 20

LONGEST_QUERY = 200
"""Characters of a query; the rest is left out."""


async def page(visit: Visit) -> str:
    """The best articles for the words in `q`, or only the form."""
    query = clean(visit.query.get("q", "")[:LONGEST_QUERY]).strip()
    hits = await visit.store.search.find(query, limit=HITS) if query else []
    start = min(visit.number("from"), len(hits))
    return fitted(
        "search.html",
        hits[start:],
        start=start,
        visit=visit,
        query=query,
        total=len(hits),
        zone=visit.channel.timezone,
    )
