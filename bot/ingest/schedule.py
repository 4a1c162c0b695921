"""When a source is asked next, and what its answers make of it; decides only, asks nobody."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from bot.models import FetchState, Source, SourceKind

SOONEST = timedelta(minutes=10)
LATEST = timedelta(hours=6)
DAY = timedelta(days=1)
"""No cache header and no ttl keeps a source from being asked for longer."""

FOLDER_EVERY = timedelta(minutes=1)
FIRST_RETRY = timedelta(minutes=5)
USUAL_EVERY = timedelta(hours=2)
"""Taken for the time between two articles where a source does not tell it."""

_JITTER = 0.1
_DATES = 20


@dataclass(frozen=True, slots=True)
class FetchOutcome:
    """What an answer taught. Times are in seconds; `etag` and the like are those to keep.

    url        the address to ask from now on
    new        how many articles it brought, or changed
    dates      when its articles were published, newest first
    fresh_for  how long its server calls the answer fresh
    wait       how long the feed itself asks to be left alone
    """

    url: str
    new: int = 0
    dates: tuple[datetime, ...] = ()
    fresh_for: float | None = None
    wait: float | None = None
    etag: str | None = None
    last_modified: str | None = None
    body_hash: str | None = None


@dataclass(frozen=True, slots=True)
class Failure:
    """Why there was no answer. `gone` ends the source, `refused` is not mended by trying again."""

    reason: str
    gone: bool = False
    refused: bool = False
    retry_after: float | None = None


class Standing(StrEnum):
    """How a source does, in a word."""

    NEW = "new"
    HEALTHY = "healthy"
    STALE = "stale"
    FAILING = "failing"
    GIVEN_UP = "given up"
    ENDED = "ended"


class NoticeKind(StrEnum):
    """What the operators are told of a source, once each time that it happens."""

    GIVEN_UP = "given up"
    RECOVERED = "recovered"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class SourceNotice:
    """Something for the operators: which source, what happened, in a line."""

    kind: NoticeKind
    source: str
    text: str


def answered(source: Source, answer: FetchOutcome, now: datetime, spread: float) -> Source:
    """The source after a good answer; `spread` in 0..1 keeps sources from asking in step."""
    before = source.state
    brought = answer.new or (answer.dates and not before.last_new_at)
    newest = max(answer.dates, default=now) if brought else before.last_new_at
    if newest and before.last_new_at:
        newest = max(newest, before.last_new_at)
    every = spacing(answer.dates) or _observed(before, answer.new, now)
    state = FetchState(
        every=every,
        etag=answer.etag,
        last_modified=answer.last_modified,
        body_hash=answer.body_hash,
        last_ok_at=now,
        last_new_at=min(newest, now) if newest else None,
    )
    length = _pause(source.kind, state, answer, now)
    next_at = now + length * (1 + _JITTER * spread)
    return replace(source, url=answer.url, state=replace(state, next_at=next_at))


def failed(source: Source, failure: Failure, now: datetime, spread: float) -> Source:
    """The source after a failure: tried later each time, at last once a day, and then no more
    often until it answers."""
    before = source.state
    state = replace(before, error=failure.reason, failures=before.failures + 1)
    if failure.gone:
        return replace(source, state=replace(state, next_at=None, ended=failure.reason))
    doubled = FIRST_RETRY * 2 ** min(before.failures, 20)
    delay = DAY if failure.refused or before.given_up_at else min(DAY, doubled)
    given_up_at = before.given_up_at or (now if delay == DAY else None)
    asked = timedelta(seconds=failure.retry_after or 0)
    next_at = now + max(delay, asked) * (1 + _JITTER * spread)
    return replace(source, state=replace(state, next_at=next_at, given_up_at=given_up_at))


def ended(source: Source, reason: str) -> Source:
    """The source, never to be asked again."""
    state = replace(source.state, next_at=None, ended=reason, error=reason)
    return replace(source, state=state)


def notice(before: Source, after: Source) -> SourceNotice | None:
    """What the operators should hear of a change, which is told once."""
    was, is_now = before.state, after.state
    if is_now.ended and not was.ended:
        return SourceNotice(NoticeKind.ENDED, after.name, f"is not asked any more: {is_now.ended}")
    if is_now.given_up_at and not was.given_up_at:
        reason = f"fails and is only tried once a day: {is_now.error}"
        return SourceNotice(NoticeKind.GIVEN_UP, after.name, reason)
    if was.given_up_at and not is_now.given_up_at:
        return SourceNotice(NoticeKind.RECOVERED, after.name, "answers again")
    return None


def standing(source: Source, now: datetime) -> Standing:
    """How the source does at this instant."""
    state = source.state
    if state.ended:
        return Standing.ENDED
    if state.error:
        return Standing.GIVEN_UP if state.given_up_at else Standing.FAILING
    if state.is_stale(now):
        return Standing.STALE
    return Standing.HEALTHY if state.last_ok_at else Standing.NEW


def spacing(dates: Sequence[datetime]) -> float | None:
    """The usual seconds between two of the newest articles; None where they tell nothing."""
    newest = sorted(set(dates), reverse=True)[:_DATES]
    if len(newest) < 3:
        return None
    return max(60.0, (newest[0] - newest[-1]).total_seconds() / (len(newest) - 1))


def _observed(before: FetchState, new: int, now: datetime) -> float | None:
    """The usual seconds between two articles, as the bot itself has seen them come."""
    if not new or not before.last_new_at:
        return before.every
    gap = max(60.0, (now - before.last_new_at).total_seconds() / new)
    return gap if before.every is None else 0.7 * before.every + 0.3 * gap


def _pause(kind: SourceKind, state: FetchState, answer: FetchOutcome, now: datetime) -> timedelta:
    if kind is SourceKind.FOLDER:
        return FOLDER_EVERY
    usual = timedelta(seconds=state.every) if state.every else USUAL_EVERY
    quiet = now - state.last_new_at if state.last_new_at else usual
    wanted = min(max(usual / 2, quiet / 10, SOONEST), LATEST)
    asked = timedelta(seconds=max(answer.fresh_for or 0, answer.wait or 0))
    return max(wanted, min(asked, DAY))
