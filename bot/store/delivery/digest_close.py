"""The end of digests: with their last parts, and what their channels were told."""

from __future__ import annotations

import html
import json
import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select, update

from bot.models import PICTURE_START, Briefing, SendState
from bot.store.chats.briefings import read_briefings
from bot.store.chats.told import keep, news_of
from bot.store.db.async_engine import AsyncConnection
from bot.store.db.engine import Database
from bot.store.db.schema import deliveries, digests
from bot.store.delivery.claims import OPEN

TOLD = frozenset({SendState.SENT, SendState.UNCERTAIN})
"""The states after which a channel was told, or may have been told, what a digest holds."""

is_picture = deliveries.c.payload.startswith(PICTURE_START, autoescape=True).label("picture")
"""Whether a part is a picture, which no digest depends on."""

End = tuple[SendState, str | None]

_TAG = re.compile(r"<[^<>]*>")


class _Ended(NamedTuple):
    digest_id: int
    channel_id: int
    state: SendState


def outcome(states: Sequence[SendState]) -> SendState:
    """The final state of a digest: the worst of its parts."""
    for state in (SendState.FAILED, SendState.UNCERTAIN, SendState.SKIPPED):
        if state in states:
            return state
    return SendState.SENT


async def close(
    database: Database, connection: AsyncConnection, digest_ids: Collection[int], now: datetime
) -> None:
    """End the digests whose parts are all final, and store what was told.

    Locks the digests, so that of several concurrent callers the last one sees all parts.
    """
    own = digests.c.id.in_(sorted(digest_ids))
    turn = select(digests.c.id).where(own).order_by(digests.c.id).with_for_update()
    await connection.execute(turn)
    ends = await _ends(connection, digest_ids)
    told: dict[str | None, _Ended] = {}
    for (state, reason), ids in ends.items():
        ended = await connection.execute(
            update(digests)
            .where(digests.c.id.in_(ids), digests.c.state.in_(OPEN))
            .values(state=state, reason=reason, finished_at=now)
            .returning(digests.c.id, digests.c.channel_id, digests.c.briefing_id)
        )
        told |= {row.briefing_id: _Ended(row.id, row.channel_id, state) for row in ended}
    briefings = [each for each in told if each]
    for briefing in await read_briefings(connection, sorted(briefings)):
        end = told[briefing.id]
        arrived = None if end.state in TOLD else await _arrived(connection, end.digest_id)
        news = news_of(_seen(briefing, arrived), by_digest=True)
        await keep(database, connection, end.channel_id, news)


async def _arrived(connection: AsyncConnection, digest_id: int) -> str:
    """The text of the parts of a failed digest that arrived or may have arrived."""
    query = select(deliveries.c.payload).where(
        deliveries.c.digest_id == digest_id, deliveries.c.state.in_(TOLD)
    )
    payloads = (await connection.execute(query)).scalars()
    return " ".join(_letters(text) for each in payloads for text in _texts(_message(each)))


def _seen(briefing: Briefing, arrived: str | None) -> Briefing:
    """The briefing with only the bullets that are in `arrived`; with all bullets for None."""
    if arrived is None:
        return briefing
    sections = [
        replace(each, bullets=tuple(b for b in each.bullets if _letters(b.text) in arrived))
        for each in briefing.sections
    ]
    return replace(briefing, sections=tuple(sections))


def _message(payload: str) -> object:
    try:
        return json.loads(payload)
    except ValueError:
        return payload


def _texts(message: object) -> Iterator[str]:
    """Every text in a platform's message, raw and with HTML decoded."""
    if isinstance(message, str):
        yield message
        yield html.unescape(_TAG.sub("", message))
    elif isinstance(message, dict | list):
        for each in message.values() if isinstance(message, dict) else message:
            yield from _texts(each)


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text)).casefold()


async def _ends(connection: AsyncConnection, digest_ids: Collection[int]) -> dict[End, list[int]]:
    """The digests whose parts are all final, by final state and reason, in a fixed order.

    What became of a picture is told by its own part: a digest whose texts arrived is sent.
    """
    found = await connection.execute(
        select(deliveries.c.digest_id, deliveries.c.state, deliveries.c.reason, is_picture)
        .where(deliveries.c.digest_id.in_(sorted(digest_ids)))
        .order_by(deliveries.c.digest_id, deliveries.c.part)
    )
    parts, texts = defaultdict[int, list[End]](list), defaultdict[int, list[End]](list)
    for digest_id, state, reason, picture in found:
        end = SendState(state), reason
        parts[digest_id].append(end)
        if not picture:
            texts[digest_id].append(end)
    ends = defaultdict[End, list[int]](list)
    for digest_id, every in parts.items():
        if not any(state in OPEN for state, _ in every):
            own = texts[digest_id] or every
            state = outcome([each for each, _ in own])
            ends[state, next((why for each, why in own if each is state and why), None)].append(
                digest_id
            )
    return ends
