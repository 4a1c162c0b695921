"""What needs an operator, gravest first; nothing here changes anything."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.models import Channel, SendState, Source, Standing
from bot.render.phrases import counted
from bot.store import Troubled
from bot.web.operator import remedies

RECENT = timedelta(days=3)
"""How long a digest that was not sent is a matter for an operator."""

TROUBLES = {SendState.FAILED: "Not sent", SendState.UNCERTAIN: "May be lost"}
"""The states of digests that are a matter for an operator, and how they are told."""

EXAMPLES = 3
"""Names told of what is alike."""

_LOST = (Standing.GIVEN_UP, Standing.ENDED)


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do: what is wrong, its reason or its names, what helps, and where."""

    what: str
    told: str
    remedy: str
    path: str


def tasks(
    paused: Mapping[str, str],
    channels: Sequence[Channel],
    digests: Mapping[SendState, Troubled],
    sources: Sequence[Source],
    now: datetime,
) -> list[Task]:
    """The tasks; `paused` has the reason of each lane that does not send."""
    return [
        *_lanes(paused),
        *_channels([each for each in channels if each.disabled]),
        *_digests(digests),
        *_sources(sources, now),
    ]


def _lanes(paused: Mapping[str, str]) -> Iterator[Task]:
    for lane, reason in paused.items():
        yield Task(
            f"Nothing is sent: {lane}",
            reason,
            "Mend the reason; waiting digests are sent as soon as it answers.",
            "/operator/digests?only=trouble",
        )


def _channels(stopped: Sequence[Channel]) -> Iterator[Task]:
    if stopped:
        yield Task(
            f"Digests have stopped: {counted(len(stopped), 'channel')}",
            _named(
                [f"{each.title or each.address.chat}: {each.disabled}" for each in stopped],
                len(stopped),
            ),
            "Let somebody type /resume there when the bot may write again.",
            "/operator/channels",
        )


def _digests(digests: Mapping[SendState, Troubled]) -> Iterator[Task]:
    for state, how in TROUBLES.items():
        count, newest = digests[state].count, digests[state].examples
        if newest:
            named = [f"{each.channel}: {each.reason or 'no reason'}" for each in newest]
            yield Task(
                f"{how}: {counted(count, 'digest')}",
                _named(named, count),
                remedies.for_digest(newest[0]),
                "/operator/digests?only=trouble",
            )


def _sources(sources: Sequence[Source], now: datetime) -> Iterator[Task]:
    lost = [each for each in sources if each.state.standing(now) in _LOST]
    if lost:
        yield Task(
            f"No news any more: {counted(len(lost), 'source')}",
            _named([each.name for each in lost], len(lost)),
            remedies.FOR_SOURCES[lost[0].state.standing(now)],
            "/operator/sources",
        )


def _named(names: Sequence[str], count: int) -> str:
    """The first of so many names, and how many more there are."""
    more = count - EXAMPLES
    return "; ".join(names[:EXAMPLES]) + (f"; and {more} more" if more > 0 else "")
