"""The operator's pages; they change nothing."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from bot.models import Channel, Platform, Source, Standing
from bot.render.sanitize import clean
from bot.sources.text.urls import without_keys
from bot.store import DigestState, LinkCount
from bot.web.layout import fitted, rendered
from bot.web.operator import remedies
from bot.web.operator.look import Look, channel_name
from bot.web.operator.todo import EXAMPLES, RECENT, TROUBLES, tasks
from bot.web.visits import oldest_link
from handlers.commands.sources import describe, ordered
from handlers.source_health import summary, with_remedy
from handlers.time_format import length

SHOWN = 60
"""Rows of one page."""

MOST_CHANGES = 500
"""Changes, or corrections, that can be read."""


@dataclass(frozen=True, slots=True)
class LaneRow:
    """A bot or workspace: since when its oldest message waits, or why it is paused."""

    name: str
    lag: str
    paused: str


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A source, how it is, and what to do."""

    name: str
    address: str
    standing: Standing
    told: str
    remedy: str


@dataclass(frozen=True, slots=True)
class DigestRow:
    """A digest with what to do about it."""

    digest: DigestState
    channel: str
    remedy: str
    resend: bool


@dataclass(frozen=True, slots=True)
class ChannelRow:
    """A channel with its links to pages."""

    channel: Channel
    name: str
    links: LinkCount | None


async def overview(look: Look) -> str:
    """What needs doing, then counts, lanes and money."""
    store, now = look.store, look.now
    measured = await store.measures.take(now)
    outages = {each.lane: each for each in await store.outages.all(tuple(Platform))}
    lanes = [
        LaneRow(
            name=f"{platform} {clean(workspace)}".strip(),
            lag=length(now - measured.waiting[lane]) if lane in measured.waiting else "none",
            paused=clean(outages[lane].reason) if lane in outages else "",
        )
        for lane in sorted({*measured.waiting, *outages})
        for platform, workspace in [lane]
    ]
    newest = await store.articles.newest_at()
    return rendered(
        "operator/overview.html",
        look=look,
        tasks=tasks(
            {each.name: each.paused for each in lanes if each.paused},
            await store.channels.subscribed(),
            {
                state: await store.archive.troubled(now - RECENT, state, examples=EXAMPLES)
                for state in TROUBLES
            },
            await store.sources.all(),
            now,
        ),
        measured=measured,
        lanes=lanes,
        spent=await store.spending.spent(now),
        newest=length(now - newest) if newest else None,
    )


async def sources(look: Look) -> str:
    """The sources, those that need attention first."""
    found = await look.store.sources.all()
    start = min(look.number("from"), len(found))
    shown = ordered(found, look.now)[start : start + SHOWN]
    return fitted(
        "operator/sources.html",
        [_source(each, look) for each in shown],
        start=start,
        ends=start + SHOWN >= len(found),
        look=look,
        told=summary(found, look.now) if found else "There are no sources yet.",
    )


def _source(source: Source, look: Look) -> SourceRow:
    standing = source.state.standing(look.now)
    return SourceRow(
        name=source.name,
        address=without_keys(source.url),
        standing=standing,
        told=with_remedy(describe(source, look.now)),
        remedy=remedies.FOR_SOURCES[standing],
    )


async def digests(look: Look) -> str:
    """The digests of all channels with the state of each part."""
    start, trouble = look.number("from"), look.query.get("only") == "trouble"
    found = await look.store.archive.states(start=start, limit=SHOWN + 1, trouble=trouble)
    rows = [
        DigestRow(
            each,
            channel_name(each.channel, each.platform, str(each.channel_id)),
            remedies.for_digest(each),
            remedies.may_resend(each),
        )
        for each in found[:SHOWN]
    ]
    return fitted(
        "operator/digests.html",
        rows,
        start=start,
        ends=len(found) <= SHOWN,
        look=look,
        trouble=trouble,
    )


async def channels(look: Look) -> str:
    """The channels with digests, and the links to their pages."""
    found = await look.store.channels.subscribed()
    since = oldest_link(look.settings.pages_days, look.now)
    links = await look.store.page_links.counts(since)
    start = min(look.number("from"), len(found))
    rows = [
        ChannelRow(
            each,
            channel_name(each.title, each.address.platform, each.address.chat),
            links.get(each.id),
        )
        for each in found[start : start + SHOWN]
    ]
    return fitted(
        "operator/channels.html",
        rows,
        start=start,
        ends=start + SHOWN >= len(found),
        look=look,
        lasts=timedelta(days=look.settings.pages_days),
    )


async def corrections(look: Look) -> str:
    """The bullets that were withdrawn, and why."""
    return await _latest(look, "operator/corrections.html", look.store.withdrawals.latest)


async def changes(look: Look) -> str:
    """Who changed what in which channel."""
    return await _latest(look, "operator/changes.html", look.store.changes.latest)


async def _latest(
    look: Look, template: str, latest: Callable[[int], Awaitable[Sequence[object]]]
) -> str:
    start = min(look.number("from"), MOST_CHANGES)
    found = await latest(start + SHOWN + 1)
    shown = found[start : start + SHOWN]
    return fitted(template, shown, start=start, ends=len(found) <= start + SHOWN, look=look)
