"""When a source is polled next, and its state after each poll. Pure decisions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from bot.models import FetchState, Source, SourceKind

SOONEST = timedelta(minutes=10)
LATEST = timedelta(hours=6)
DAY = timedelta(days=1)
"""The maximum delay that cache headers or a ttl can cause."""

FOLDER_EVERY = timedelta(minutes=1)
FIRST_RETRY = timedelta(minutes=5)
USUAL_EVERY = timedelta(hours=2)
"""The assumed time between two articles of a source with unknown spacing."""

_JITTER = 0.1
_DATES = 20


@dataclass(frozen=True, slots=True)
class FetchOutcome:
    """The outcome of a successful poll. Times are in seconds; the validators are those to store.

    url        the URL for later requests
    new        the number of new and changed articles
    dates      the publication dates of its articles, newest first
    fresh_for  the cache lifetime that the server states
    wait       the minimum interval that the feed asks for
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
    """Why a poll failed.

    `gone` ends the source; `refused` will not change by trying again; `offline` may be no fault of
    the source.
    """

    reason: str
    gone: bool = False
    refused: bool = False
    retry_after: float | None = None
    offline: bool = False


class NoticeKind(StrEnum):
    """The changes of a source that operators are told once."""

    GIVEN_UP = "given up"
    RECOVERED = "recovered"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class SourceNotice:
    """A message for operators about one source."""

    kind: NoticeKind
    source: str
    text: str


def answered(source: Source, answer: FetchOutcome, now: datetime, spread: float) -> Source:
    """The source after a successful poll; `spread` in 0..1 spreads the polls of many sources."""
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
    """The source after a failure: the delay doubles up to one day until a poll succeeds.

    A failure that may be this machine's own neither counts nor delays.
    """
    before = source.state
    state = replace(before, error=failure.reason, failures=before.failures + 1)
    if failure.gone:
        return replace(source, state=replace(state, next_at=None, ended=failure.reason))
    if failure.offline:
        next_at = now + FIRST_RETRY * (1 + _JITTER * spread)
        return replace(source, state=replace(before, error=failure.reason, next_at=next_at))
    doubled = FIRST_RETRY * 2 ** min(before.failures, 20)
    delay = DAY if failure.refused or before.given_up_at else min(DAY, doubled)
    given_up_at = before.given_up_at or (now if delay == DAY else None)
    asked = timedelta(seconds=failure.retry_after or 0)
    next_at = now + max(delay, asked) * (1 + _JITTER * spread)
    return replace(source, state=replace(state, next_at=next_at, given_up_at=given_up_at))


def ended(source: Source, reason: str) -> Source:
    """The source, never polled again."""
    state = replace(source.state, next_at=None, ended=reason, error=reason)
    return replace(source, state=state)


def notice(before: Source, after: Source) -> SourceNotice | None:
    """The notice to operators about a change, or None."""
    was, is_now = before.state, after.state
    if is_now.ended and not was.ended:
        return SourceNotice(NoticeKind.ENDED, after.name, f"is not polled any more: {is_now.ended}")
    if is_now.given_up_at and not was.given_up_at:
        reason = f"fails and is only tried once a day: {is_now.error}"
        return SourceNotice(NoticeKind.GIVEN_UP, after.name, reason)
    if was.given_up_at and not is_now.given_up_at:
        return SourceNotice(NoticeKind.RECOVERED, after.name, "answers again")
    return None


def spacing(dates: Sequence[datetime]) -> float | None:
    """The mean seconds between the newest articles; None with fewer than three dates."""
    newest = sorted(set(dates), reverse=True)[:_DATES]
    if len(newest) < 3:
        return None
    return max(60.0, (newest[0] - newest[-1]).total_seconds() / (len(newest) - 1))


def _observed(before: FetchState, new: int, now: datetime) -> float | None:
    """The mean seconds between two articles as observed by the bot."""
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
