"""The bullets of all channels' briefings, page by page, the newest first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.models import Briefing, Bullet, Topic, Window
from bot.models.corrections import bullet_mark
from bot.store import Store
from bot.web.api.cursors import EPOCH, Cursor
from bot.web.api.queries import BulletQuery, refused
from bot.web.api.quotes import bullet_answer, pieces_of
from bot.web.api.schema import BulletPage

USUAL = timedelta(days=7)

CLOCKS_APART = timedelta(minutes=5)
"""How far ahead of this machine's clock another replica's may be."""

READ_AT_ONCE = 10
"""Briefings that one query reads."""

MOST_READ = 60
"""Briefings that are read for one page."""


@dataclass(frozen=True, slots=True)
class _Told:
    """A bullet with its place."""

    bullet: Bullet
    topic: str
    briefing: Briefing
    place: Cursor


async def bullet_page(
    query: BulletQuery, store: Store, topics: Mapping[str, Topic], now: datetime
) -> BulletPage:
    """A page of bullets on built-in topics, each statement once, without the withdrawn ones."""
    names = _names(query, topics)
    window, at = _window(query, now), _cursor(query)
    found: dict[str, _Told] = {}
    read = 0
    while True:
        last = (at.at, at.briefing_id) if at else None
        batch = await store.briefings.made(window, last=last, limit=READ_AT_ONCE)
        for each in _bullets(batch, at):
            if len(found) == query.limit:
                return await _page(found, each.place, store)
            if each.topic in names:
                found.setdefault(bullet_mark(each.bullet.story_id, each.bullet.text), each)
        if len(batch) < READ_AT_ONCE:
            return await _page(found, None, store)
        at = Cursor(batch[-1].created_at, len(batch[-1].bullets), batch[-1].id)
        read += len(batch)
        if read >= MOST_READ:
            return await _page(found, at, store)


async def _page(found: Mapping[str, _Told], following: Cursor | None, store: Store) -> BulletPage:
    withdrawn = await store.withdrawals.among([each.bullet for each in found.values()])
    kept = [each for each in found.values() if each.bullet not in withdrawn]
    pieces = await pieces_of([each.bullet for each in kept], store)
    return BulletPage(
        items=tuple(bullet_answer(each.bullet, each.topic, each.briefing, pieces) for each in kept),
        next=str(following) if following else None,
    )


def _bullets(briefings: Sequence[Briefing], start: Cursor | None) -> Iterator[_Told]:
    """The bullets of some briefings, from one place on."""
    for briefing in briefings:
        first = start.bullet if start and start.briefing_id == briefing.id else 0
        told = [(section.topic, each) for section in briefing.sections for each in section.bullets]
        for number, (topic, bullet) in enumerate(told[first:], first):
            place = Cursor(briefing.created_at, number, briefing.id)
            yield _Told(bullet, topic, briefing, place)


def _names(query: BulletQuery, topics: Mapping[str, Topic]) -> frozenset[str]:
    if query.topic is None:
        return frozenset(topics)
    if query.topic not in topics:
        remedy = f"send one of: {', '.join(topics)}"
        raise refused("topic", query.topic, "names no built-in topic", remedy)
    return frozenset({query.topic})


def _window(query: BulletQuery, now: datetime) -> Window:
    until = max(query.until, EPOCH + USUAL) if query.until else now + CLOCKS_APART
    since = max(query.since, EPOCH) if query.since else until - USUAL
    if query.since and since >= until:
        end = "until" if query.until else "now"
        raise refused("since", since.isoformat(), f"is not before {end}", "send an earlier one")
    return Window(since, until)


def _cursor(query: BulletQuery) -> Cursor | None:
    if query.cursor is None:
        return None
    found = Cursor.read(query.cursor)
    if found is None:
        remedy = "send the `next` of the page before, unchanged, or leave it out"
        raise refused("cursor", query.cursor, "is none that this API gave", remedy)
    return found
