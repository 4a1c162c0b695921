"""When a source is asked next, what a failure makes of it, and what the operators hear."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.ingest.schedule import (
    DAY,
    FIRST_RETRY,
    FOLDER_EVERY,
    LATEST,
    SOONEST,
    Failure,
    FetchOutcome,
    NoticeKind,
    SourceNotice,
    answered,
    ended,
    failed,
    notice,
    spacing,
)
from bot.models import FetchState, Source, SourceKind, Standing
from tests.support.builders import NOW, ago

MINUTE = 60.0
HOUR = 3_600.0


def a_source(kind: SourceKind = SourceKind.FEED, **state: object) -> Source:
    return Source(
        "Wire",
        kind,
        "https://wire.example/rss",
        "wire.example",
        state=FetchState(**state),  # type: ignore[arg-type]
    )


def an_answer(**told: object) -> FetchOutcome:
    return FetchOutcome("https://wire.example/rss", **told)  # type: ignore[arg-type]


def every(minutes: float, count: int = 10, newest: float = 0) -> tuple[datetime, ...]:
    """Dates so far apart, newest first."""
    return tuple(ago(minutes=newest + minutes * n) for n in range(count))


def pause(source: Source) -> timedelta:
    assert source.state.next_at is not None
    return source.state.next_at - NOW


@pytest.mark.parametrize(
    ("minutes", "expected"),
    [(1, SOONEST), (60, timedelta(minutes=30)), (240, timedelta(hours=2)), (5_000, LATEST)],
)
def test_a_source_is_asked_as_often_as_it_writes(minutes: float, expected: timedelta) -> None:
    after = answered(a_source(), an_answer(new=10, dates=every(minutes)), NOW, 0)
    assert pause(after) == expected
    assert after.state.every == max(60.0, minutes * MINUTE)


def test_a_source_that_falls_silent_is_asked_less_often() -> None:
    before = a_source(every=20 * MINUTE, last_new_at=ago(hours=20))
    assert pause(answered(before, an_answer(), NOW, 0)) == timedelta(hours=2)


def test_a_source_without_dates_is_watched_for_its_habit() -> None:
    first = answered(a_source(), an_answer(new=3), NOW, 0)
    assert (first.state.every, first.state.last_new_at) == (None, NOW)
    later = NOW + timedelta(hours=8)
    second = answered(first, an_answer(new=2), later, 0)
    assert second.state.every == 4 * HOUR
    third = answered(second, an_answer(new=1), later + timedelta(hours=1), 0)
    assert third.state.every == pytest.approx(0.7 * 4 * HOUR + 0.3 * HOUR)


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ({"fresh_for": 2 * HOUR}, timedelta(hours=2)),
        ({"wait": 3 * HOUR}, timedelta(hours=3)),
        ({"fresh_for": 2 * HOUR, "wait": 60.0}, timedelta(hours=2)),
        ({"fresh_for": 1.0, "wait": 1.0}, SOONEST),
        ({"fresh_for": 0.0}, SOONEST),
        ({"fresh_for": 365 * 24 * HOUR}, DAY),
        ({"wait": 1e9}, DAY),
    ],
)
def test_what_server_and_feed_ask_for_is_heeded(
    told: dict[str, float], expected: timedelta
) -> None:
    answer = an_answer(new=1, dates=every(1), **told)
    assert pause(answered(a_source(), answer, NOW, 0)) == expected


@given(st.floats(0, 1), st.floats(60, 1e7), st.floats(0, 1e7))
def test_sources_do_not_ask_in_step(spread: float, usual: float, quiet: float) -> None:
    before = a_source(every=usual, last_new_at=NOW - timedelta(seconds=quiet))
    even = pause(answered(before, an_answer(), NOW, 0))
    assert even <= pause(answered(before, an_answer(), NOW, spread)) <= even * 1.1
    assert SOONEST <= even <= LATEST


def test_a_folder_is_looked_at_all_the_time() -> None:
    assert pause(answered(a_source(SourceKind.FOLDER), an_answer(), NOW, 0)) == FOLDER_EVERY


def test_failures_are_tried_again_later_each_time_and_at_last_daily() -> None:
    source = a_source()
    pauses = []
    for _ in range(14):
        source = failed(source, Failure("HTTP 500"), NOW, 0)
        pauses.append(pause(source))
    assert pauses[:3] == [FIRST_RETRY, 2 * FIRST_RETRY, 4 * FIRST_RETRY]
    assert pauses == sorted(pauses)
    assert pauses[-1] == DAY
    assert source.state.failures == 14
    assert source.state.error == "HTTP 500"


def test_who_asks_to_be_left_alone_is() -> None:
    source = failed(a_source(), Failure("HTTP 429", retry_after=7 * HOUR), NOW, 0)
    assert pause(source) == timedelta(hours=7)
    source = failed(a_source(), Failure("HTTP 429", retry_after=1.0), NOW, 0)
    assert pause(source) == FIRST_RETRY


def test_a_forbidden_address_is_given_up_at_once() -> None:
    source = failed(a_source(), Failure("is a private address", refused=True), NOW, 0)
    assert pause(source) == DAY
    assert source.state.standing(NOW) is Standing.GIVEN_UP


def test_who_is_given_up_is_tried_once_a_day_whatever_fails_then() -> None:
    source = failed(a_source(), Failure("forbidden", refused=True), NOW, 0)
    source = failed(source, Failure("HTTP 500"), NOW, 0)
    assert source.state.standing(NOW) is Standing.GIVEN_UP
    assert pause(source) == DAY


def test_the_newest_article_grows_no_older() -> None:
    source = answered(a_source(), an_answer(new=1, dates=(ago(hours=1),)), NOW, 0)
    source = answered(source, an_answer(new=1, dates=(ago(hours=9),)), NOW, 0)
    assert source.state.last_new_at == ago(hours=1)


def test_what_is_gone_is_never_asked_again() -> None:
    source = failed(a_source(), Failure("gone for good", gone=True), NOW, 0)
    assert source.state.next_at is None
    assert source.state.standing(NOW) is Standing.ENDED


def test_a_good_answer_forgets_the_failures() -> None:
    before = a_source(
        error="HTTP 500", failures=12, given_up_at=ago(days=3), last_ok_at=ago(days=9)
    )
    after = answered(before, an_answer(etag='"2"', body_hash="h"), NOW, 0).state
    assert (after.error, after.failures, after.given_up_at) == (None, 0, None)
    assert (after.last_ok_at, after.etag, after.body_hash) == (NOW, '"2"', "h")


def test_the_operators_hear_once_that_a_source_is_given_up_and_once_that_it_is_back() -> None:
    source = a_source()
    told: list[SourceNotice | None] = []
    for outcome in ["bad"] * 12 + ["good"] * 2:
        after = (
            failed(source, Failure("HTTP 500"), NOW, 0)
            if outcome == "bad"
            else answered(source, an_answer(), NOW, 0)
        )
        told.append(notice(source, after))
        source = after
    kinds = [each.kind for each in told if each]
    assert kinds == [NoticeKind.GIVEN_UP, NoticeKind.RECOVERED]
    assert next(each for each in told if each) == SourceNotice(
        NoticeKind.GIVEN_UP, "Wire", "fails and is only tried once a day: HTTP 500"
    )


def test_the_operators_hear_that_a_source_has_ended() -> None:
    before = a_source()
    for after in (failed(before, Failure("gone", gone=True), NOW, 0), ended(before, "moved")):
        told = notice(before, after)
        assert told is not None
        assert told.kind is NoticeKind.ENDED
        assert notice(after, after) is None


@pytest.mark.parametrize(
    ("usual", "silent", "expected"),
    [
        (HOUR, timedelta(hours=47), Standing.HEALTHY),
        (HOUR, timedelta(hours=49), Standing.STALE),
        (24 * HOUR, timedelta(days=9), Standing.HEALTHY),
        (24 * HOUR, timedelta(days=11), Standing.STALE),
        (None, timedelta(days=300), Standing.HEALTHY),
    ],
)
def test_green_but_stale_is_seen(
    usual: float | None, silent: timedelta, expected: Standing
) -> None:
    source = a_source(every=usual, last_new_at=NOW - silent, last_ok_at=NOW)
    assert source.state.standing(NOW) is expected
    assert replace(source.state, error="x").standing(NOW) is Standing.FAILING


def test_a_feed_that_ended_long_ago_is_stale_from_the_first_look() -> None:
    dates = every(60, newest=60 * 24 * 30)
    after = answered(a_source(), an_answer(new=10, dates=dates), NOW, 0)
    assert after.state.last_new_at == max(dates)
    assert after.state.standing(NOW) is Standing.STALE


def test_a_source_that_was_not_looked_at_is_new() -> None:
    assert a_source().state.standing(NOW) is Standing.NEW


def test_no_date_lies_in_the_future() -> None:
    answer = an_answer(new=1, dates=(NOW + timedelta(hours=20),))
    assert answered(a_source(), answer, NOW, 0).state.last_new_at == NOW


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        ((), None),
        (every(60, 2), None),
        ((NOW,) * 9, None),
        (every(0.01, 9), 60.0),
        (every(60, 9), HOUR),
    ],
)
def test_the_spacing_of_articles(dates: tuple[datetime, ...], expected: float | None) -> None:
    assert spacing(dates) == expected
