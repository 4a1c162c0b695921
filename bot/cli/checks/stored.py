"""Checks of what is stored: articles, sources, dates."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta

from bot.cli.checks.finding import Finding, fail, note, ok
from bot.models import Standing
from bot.render.sanitize import clean
from handlers.commands.sources import describe
from handlers.services import Services
from handlers.source_health import summary, with_remedy
from handlers.time_format import length

FAILING = frozenset({Standing.FAILING, Standing.GIVEN_UP})
STALE_AFTER = timedelta(hours=24)
SHOWN = 5


async def check_stored(services: Services) -> AsyncIterator[Finding]:
    """Whether articles are there and new, and which sources fail."""
    yield await _articles(services)
    async for each in _sources(services):
        yield each
    async for each in _undated(services):
        yield each


async def _articles(services: Services) -> Finding:
    newest = await services.store.articles.newest_at()
    if newest is None:
        return fail(
            "no article is stored: add some with `briefbot ingest PATH`, or feeds with "
            "`briefbot sources import --starter`"
        )
    age = services.clock() - newest
    if age < -timedelta(hours=1):
        return note(f"the newest article is dated {newest:%Y-%m-%d %H:%M} UTC, in the future")
    told = f"the newest article is {length(age)} old"
    return ok(told) if age <= STALE_AFTER else fail(f"{told}: ingest newer ones")


async def _sources(services: Services) -> AsyncIterator[Finding]:
    """The sources counted by health, and why the first ones fail."""
    now, sources = services.clock(), await services.store.sources.all()
    if not sources:
        yield note("no source is polled: `briefbot sources import --starter` adds a list")
        return
    failing = [each for each in sources if each.state.standing(now) in FAILING]
    polled = [each for each in sources if each.state.standing(now) is not Standing.NEW]
    told = summary(sources, now)
    yield fail(told) if failing and len(failing) == len(polled) else ok(told)
    for each in failing[:SHOWN]:
        why = clean(with_remedy(describe(each, now)))
        yield note(
            f"source {clean(each.name)}: {why}; `briefbot sources check` tries it now, "
            "`briefbot sources remove` ends it"
        )


async def _undated(services: Services) -> AsyncIterator[Finding]:
    """The sources whose articles have no known date, and why."""
    for each in (await services.store.articles.undated_counts())[:SHOWN]:
        why = f"states no date in {each.total - each.unreadable}"
        if each.unreadable:
            why += f", and one that cannot be read in {each.unreadable} (“{each.example}”)"
        text = f"{each.source} brought {each.total} articles without a date: it {why}"
        yield note(f"{clean(text)}; see `briefbot articles --undated`")
