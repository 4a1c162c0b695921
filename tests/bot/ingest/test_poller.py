"""Sources that are due are asked, read and stored; what they teach is kept."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.ingest.body_budget import BodyBudget as Space
from bot.ingest.polite_client import PoliteClient
from bot.ingest.poller import Poller, Report
from bot.ingest.schedule import NoticeKind, SourceNotice
from bot.ingest.worker.messages import Counts
from bot.models import FetchState, Source, SourceKind, Standing
from tests.fakes.web import (
    Asked,
    Crowd,
    answer,
    gzip_bomb,
    redirect,
    silence,
    stalled,
    trickle,
    unless_modified,
)
from tests.support.builders import NOW
from tests.support.feed_texts import LONG, item, page, rss
from tests.support.source_room import Room
from tests.support.waiting import until

HALF = 512 * 1024

by_any_route = pytest.mark.parametrize("room", ["direct", "http", "socks5"], indirect=True)
"""What is promised of hostile sources holds behind a proxy too."""

by_two_routes = pytest.mark.parametrize("room", ["direct", "http"], indirect=True)
"""The same for tests that take seconds."""


async def test_a_feed_becomes_articles_of_its_source(room: Room) -> None:
    await room.add(answer(rss(item("One"), item("Two"))), category="Energy")
    assert await room.refresh() == Report(1, 0, Counts(new=2))
    first, second = await room.articles()
    assert (first.title, second.title) == ("One", "Two")
    assert (first.source, first.category) == ("Wire", "Energy")
    assert first.url == "https://wire.example/one"
    assert (await room.source()).state.standing(NOW) is Standing.HEALTHY


async def test_what_is_not_due_is_not_asked(room: Room) -> None:
    await room.add(answer(rss(item())))
    await room.refresh()
    assert await room.refresh() == Report()
    assert len(room.web.asked) == 1


async def test_an_unchanged_feed_is_not_read_again(room: Room) -> None:
    await room.add(unless_modified(rss(item()), '"1"'))
    await room.refresh()
    source = await room.again()
    assert room.web.asked[-1].headers["if-none-match"] == '"1"'
    assert source.state.etag == '"1"'
    assert source.state.last_ok_at == room.clock()


async def test_the_same_body_from_a_server_without_validators_is_not_read_again(room: Room) -> None:
    await room.add(answer(rss(item())))
    await room.refresh()
    before = await room.source()
    after = await room.again()
    assert after.state.body_hash == before.state.body_hash
    assert after.state.every == before.state.every


async def test_last_modified_is_sent_back_as_it_came(room: Room) -> None:
    stamp = "Mon, 23 Nov 2026 08:00:00 GMT"
    await room.add(answer(rss(item()), headers=[("Last-Modified", stamp)]))
    await room.refresh()
    await room.again()
    assert room.web.asked[-1].headers["if-modified-since"] == stamp


async def test_only_what_is_new_or_changed_is_taken_in(room: Room) -> None:
    await room.add(answer(rss(item("One"), item("Two"))))
    await room.refresh()
    room.web.on(
        "/wire", answer(rss(item("Three"), item("Two", text=f"{LONG} Changed."), item("One")))
    )
    room.clock.forward(days=1)
    assert (await room.refresh()).counts == Counts(new=1, changed=1)
    assert await room.titles() == ["One", "Three", "Two"]


async def test_cache_control_and_ttl_are_heeded(room: Room) -> None:
    headers = [("Cache-Control", "max-age=36000")]
    await room.add(answer(rss(item(), extra="<ttl>60</ttl>"), headers=headers))
    await room.refresh()
    next_at = (await room.source()).state.next_at
    assert next_at is not None
    assert timedelta(hours=10) <= next_at - NOW <= timedelta(hours=11)


async def test_a_permanent_move_is_remembered(room: Room) -> None:
    await room.add(redirect("/new", 301))
    room.web.on("/new", answer(rss(item())))
    await room.refresh()
    assert (await room.source()).url == room.web.at("/new")


async def test_a_passing_move_is_not(room: Room) -> None:
    source = await room.add(redirect("/new", 302))
    room.web.on("/new", answer(rss(item())))
    await room.refresh()
    assert (await room.source()).url == source.url


async def test_a_move_to_what_is_no_feed_is_not_remembered(room: Room) -> None:
    source = await room.add(redirect("/parked", 301))
    room.web.on("/parked", answer(b"<html><body>This domain is for sale.</body></html>"))
    await room.refresh()
    after = await room.source()
    assert after.url == source.url
    assert after.state.error == "is a web page, not a feed"


async def test_a_move_to_another_sources_address_ends_it(room: Room) -> None:
    await room.add(answer(rss(item())), "New")
    await room.add(redirect("/new", 308), "Old")
    await room.refresh()
    assert (await room.source("Old")).state.ended == "it has moved to the address of New"
    assert [(each.kind, each.source) for each in room.told] == [(NoticeKind.ENDED, "Old")]


async def test_what_is_gone_is_ended_and_told_once(room: Room) -> None:
    await room.add(answer(status=410))
    await room.refresh()
    source = await room.source()
    assert source.state.next_at is None
    room.clock.forward(days=30)
    assert (await room.refresh()).polled == 0
    assert [each.kind for each in room.told] == [NoticeKind.ENDED]


@pytest.mark.parametrize("status", [429, 503])
async def test_retry_after_is_heeded(room: Room, status: int) -> None:
    await room.add(answer(status=status, headers=[("Retry-After", "7200")]))
    await room.refresh()
    state = (await room.source()).state
    assert state.next_at is not None
    assert timedelta(hours=2) <= state.next_at - NOW <= timedelta(hours=2.2)


async def test_a_source_that_fails_for_days_is_given_up_and_its_return_is_told(room: Room) -> None:
    await room.add(answer(status=500))
    await room.refresh()
    for _ in range(12):
        await room.again(hours=25)
    assert (await room.source()).state.standing(room.clock()) is Standing.GIVEN_UP
    room.web.on("/wire", answer(rss(item())))
    source = await room.again(hours=25)
    assert source.state.error is None
    assert [each.kind for each in room.told] == [NoticeKind.GIVEN_UP, NoticeKind.RECOVERED]


async def test_a_page_in_place_of_a_feed_leads_to_the_feed_that_it_names(room: Room) -> None:
    head = '<link rel="alternate" type="application/rss+xml" href="/feed">'
    await room.add(answer(page("Home", "Welcome.", head=head)))
    room.web.on("/feed", answer(rss(item())))
    await room.refresh()
    assert (await room.source()).url == room.web.at("/feed")
    assert await room.titles() == ["Grid operator fined"]


async def test_a_feed_that_worked_is_not_left_for_what_a_page_names(room: Room) -> None:
    source = await room.add(answer(rss(item())))
    await room.refresh()
    head = '<link rel="alternate" type="application/rss+xml" href="/evil">'
    room.web.on("/wire", answer(page("Sorry", "Down.", head=head)))
    after = await room.again()
    assert (after.url, after.state.error) == (source.url, "is a web page, not a feed")


async def test_a_page_that_is_one_article_is_watched(room: Room) -> None:
    await room.add(answer(page("Outage report", LONG)), kind=SourceKind.PAGE)
    await room.refresh()
    room.web.on("/wire", answer(page("Outage report", f"{LONG}\n\nPower is back.")))
    await room.again()
    (article,) = await room.articles()
    assert article.text.endswith("Power is back.")
    assert article.source == "Wire"


async def test_one_host_is_asked_once_at_a_time(room: Room) -> None:
    crowd = Crowd(answer(rss(item())))
    for number in range(6):
        source = await room.add(crowd, f"S{number}")
        await room.store.sources.remove(source.name)
        await room.store.sources.add(replace(source, host="same.example"))
    assert (await room.refresh()).polled == 6
    assert crowd.most == 1


async def test_two_refreshers_never_ask_for_the_same_source(room: Room) -> None:
    for number in range(20):
        await room.add(answer(rss(item(f"Item {number}"))), f"S{number}")
    reports = await asyncio.gather(room.refresh(), room.refresh(), room.refresh())
    assert sum(each.polled for each in reports) == 20
    assert len(room.web.asked) == 20
    assert len(await room.articles()) == 20


async def test_a_dead_refreshers_source_is_taken_up_after_its_lease(room: Room) -> None:
    await room.add(answer(rss(item())))
    await room.store.sources.claim(room.clock(), 1)
    assert (await room.refresh()).polled == 0
    room.clock.forward(seconds=61)
    assert (await room.refresh()).counts == Counts(new=1)


async def test_a_look_that_takes_long_keeps_its_source(
    room: Room, sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.ingest.poller.RENEW_SECONDS", 0.0)
    monkeypatch.setattr("bot.ingest.poller.CLAIM_SECONDS", 0.01)
    ends: list[str] = []

    async def slowly(asked: Asked, writer: asyncio.StreamWriter) -> None:
        for _ in range(3):
            ends.append(_lease_end(sqlite_url))
            room.clock.forward(seconds=50)
            await until(lambda: _lease_end(sqlite_url) != ends[-1])
            assert await room.store.sources.claim(room.clock(), 1) == []
        await answer(rss(item()))(asked, writer)

    await room.add(slowly)
    assert (await room.refresh()).counts == Counts(new=1)
    assert len(ends) == 3


async def test_a_look_that_takes_too_long_in_all_is_not_its_sources_failure(room: Room) -> None:
    await room.add(silence, "Slow")
    await room.add(answer(rss(item())), "Quick")
    poller = Poller(room.store, room.source_poll, room.clock, poll_seconds=2.0)
    report = await poller.poll_due()
    assert (report.polled, report.failed) == (1, 0)
    assert report.trouble == "a poll of Slow took more than 2 s"
    assert (await room.source("Slow")).state.error is None


async def test_who_is_slow_while_others_wait_for_its_room_is_left_for_later(
    room: Room,
) -> None:
    space = Space(HALF, alone_seconds=0)
    looking = replace(room.source_poll, client=PoliteClient(room.fetcher, 0, space))
    head = b"HTTP/1.1 200 OK\r\n\r\n"
    before = await room.add(stalled(head + bytes(HALF + 1)), "Slow")
    running = asyncio.create_task(Poller(room.store, looking, room.clock).poll_due())
    await until(lambda: space.alone is not None)
    async with space.share() as other:
        await other.grow(HALF)
    report = await running
    assert (report.polled, report.failed) == (0, 0)
    assert report.trouble == "a large answer came slowly while others waited for its room"
    assert (await room.source("Slow")).state == before.state


async def test_what_cannot_be_told_ends_no_refresh(room: Room) -> None:
    async def broken(_: SourceNotice) -> None:
        raise ValueError("the chat is gone")

    for number in range(3):
        await room.add(answer(status=410), f"Gone{number}")
    poller = Poller(room.store, room.source_poll, room.clock, notify=broken, concurrent=1)
    report = await poller.poll_due()
    assert (report.polled, report.failed) == (3, 3)


async def test_a_move_to_an_endless_address_is_the_sources_failure(room: Room) -> None:
    source = await room.add(redirect(f"/new?{'x' * 2_900}", 301))
    room.web.on("/new", answer(rss(item())))
    report = await room.refresh()
    assert (report.polled, report.failed) == (1, 1)
    after = await room.source()
    assert after.url == source.url
    assert after.state.error == "has moved to an address of more than 2,000 characters"


async def test_a_slow_source_keeps_no_other_waiting_and_stopping_gives_it_back(
    room: Room,
) -> None:
    await room.add(silence, "Slow")
    await room.add(answer(rss(item())), "Quick")
    one_done = asyncio.Event()
    poller = room.poller(progress=lambda _: one_done.set())
    running = asyncio.create_task(poller.poll_due())
    await one_done.wait()
    assert await room.titles() == ["Grid operator fined"]
    await poller.stop()
    await running
    assert [each.source.name for each in await room.store.sources.claim(NOW, 9)] == ["Slow"]


async def test_a_source_removed_while_it_is_looked_at_does_no_harm(room: Room) -> None:
    async def removed(asked: Asked, writer: asyncio.StreamWriter) -> None:
        await room.store.sources.remove("Wire")
        await answer(rss(item()))(asked, writer)

    await room.add(removed)
    await room.refresh()
    assert await room.store.sources.all() == []


async def test_what_two_feeds_carry_is_one_article(room: Room) -> None:
    link = "https://wire.example/shared?utm_source="
    await room.add(answer(rss(item("Shared", link=f"{link}a"))), "A")
    await room.refresh()
    await room.add(answer(rss(item("Shared!", link=f"{link}b", text=f"{LONG} And more."))), "B")
    await room.refresh()
    (article,) = await room.articles()
    assert (article.title, article.source) == ("Shared", "A")


async def test_a_folder_is_watched(room: Room, tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text(f"Coal falls\n\n{LONG}")
    (tmp_path / "two.html").write_bytes(page("Oil rises", LONG))
    due = FetchState(next_at=NOW)
    await room.store.sources.add(Source("Desk", SourceKind.FOLDER, str(tmp_path), "x", state=due))
    assert (await room.refresh()).counts == Counts(new=2)
    await room.again("Desk")
    (tmp_path / "three.txt").write_text(f"Gas is steady\n\n{LONG}")
    await room.again("Desk")
    assert await room.titles() == ["Coal falls", "Gas is steady", "Oil rises"]


async def test_a_large_folder_is_read_in_several_looks(room: Room, tmp_path: Path) -> None:
    for number in range(450):
        (tmp_path / f"{number}.txt").write_text(f"Report {number}\n\n{LONG}")
    due = FetchState(next_at=NOW)
    await room.store.sources.add(Source("Desk", SourceKind.FOLDER, str(tmp_path), "x", state=due))
    assert await room.refresh() == Report(3, 0, Counts(new=450))


async def test_a_folder_that_is_gone_fails(room: Room, tmp_path: Path) -> None:
    due = FetchState(next_at=NOW)
    gone = Source("Desk", SourceKind.FOLDER, str(tmp_path / "no"), "x", state=due)
    await room.store.sources.add(gone)
    await room.refresh()
    assert (await room.source("Desk")).state.error == "there is no such folder"


@by_any_route
async def test_fault_30_an_address_that_may_not_be_asked_is_told_plainly(room: Room) -> None:
    due = FetchState(next_at=NOW)
    for number, url in enumerate(("file:///etc/passwd", "gopher://x/", "http://in\\@pub/")):
        await room.store.sources.add(Source(f"S{number}", SourceKind.FEED, url, "x", state=due))
    await room.refresh()
    sources = await room.store.sources.all()
    assert [each.state.standing(NOW) for each in sources] == [Standing.GIVEN_UP] * 3
    assert sources[0].state.error == "file:///etc/passwd is neither http nor https"


@by_two_routes
async def test_faults_31_and_32_bombs_and_tarpits_fail_and_delay_nobody(hurried: Room) -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\n\r\n"
    bomb = gzip_bomb(64)
    for name, behaviour in {
        "Bomb": answer(bomb, headers=[("Content-Encoding", "gzip")]),
        "Drip": trickle(head, b"<", 0.05),
        "Headers": trickle(b"HTTP/1.1 200 OK\r\n", b"X-A: b\r\n", 0.01),
        "Loop": redirect("/loop"),
        "Mute": silence,
    }.items():
        await hurried.add(behaviour, name)
    for number in range(20):
        await hurried.add(answer(rss(item(f"Item {number}"))), f"Good{number}")
    report = await hurried.refresh()
    assert (report.polled, report.failed) == (25, 5)
    errors = {each.name: each.state.error for each in await hurried.store.sources.all()}
    assert errors["Bomb"] == "the answer has more than the 16,000,000 bytes allowed"
    assert errors["Drip"] == "127.0.0.1 took more than the 3 s allowed"
    assert errors["Loop"] == "redirects more than 5 times"
    assert all(errors[name] for name in ("Headers", "Mute"))
    assert len(await hurried.articles()) == 20


@by_any_route
async def test_fault_33_hostile_documents_fail_with_a_reason(room: Room) -> None:
    few = "".join(f'<!ENTITY a{n + 1} "{f"&a{n};" * 9}">' for n in range(7))
    laughs = f'<!DOCTYPE x [<!ENTITY a0 "ha">{few}]>'
    deep = b"<rss><channel>" + b"<a>" * 200_000 + b"</a>" * 200_000
    await room.add(answer(laughs.encode() + rss(item("&b;"))), "Laughs")
    await room.add(answer(deep), "Deep")
    await room.add(answer(b"<html><body>" + b"<div>" * 200_000), "Html")
    await room.refresh()
    errors = {each.name: str(each.state.error) for each in await room.store.sources.all()}
    assert "declares entities" in errors["Laughs"]
    assert errors["Deep"] == "is nested deeper than any feed"
    assert errors["Html"] == "is a web page, not a feed"


@by_any_route
async def test_fault_34_any_characters_are_stored_as_valid_text(room: Room) -> None:
    feed = (
        rss(item("Z\u00fcrich \u202e\x07&#xD800; Öl"))
        .decode()
        .encode("latin-1", "xmlcharrefreplace")
    )
    await room.add(answer(feed, headers=[("Content-Type", "text/xml; charset=us-ascii")]))
    await room.refresh()
    (article,) = await room.articles()
    assert article.title == "Zürich \ufffd Öl"


@by_any_route
async def test_fault_35_no_date_can_pin_the_latest(room: Room) -> None:
    dates = ["Fri, 31 Dec 9999 23:59:59 GMT", "Thu, 01 Jan 1970 00:00:00 GMT", "", "gibberish"]
    await room.add(answer(rss(*(item(f"I{n}", date=date) for n, date in enumerate(dates)))))
    await room.refresh()
    assert not any(article.is_dated for article in await room.articles())
    assert len(await room.articles()) == len(dates)


@by_any_route
async def test_fault_36_changing_guids_and_tracking_make_no_second_article(room: Room) -> None:
    await room.add(answer(rss(item("Dam", guid="1", link="https://w.example/dam?utm_source=a"))))
    await room.refresh()
    for number, link in enumerate(("dam?fbclid=1", "dam#top", "dam?session=9")):
        feed = rss(item("Dam", guid=f"n{number}", link=f"https://w.example/{link}"))
        room.web.on("/wire", answer(feed))
        await room.again()
    assert await room.titles() == ["Dam"]


@by_two_routes
async def test_fault_37_a_huge_feed_is_cut_and_the_others_are_in_time(room: Room) -> None:
    items = [item(f"Item {number}") for number in range(15_000)]
    await room.add(answer(rss(*items)), "Huge")
    await room.add(answer(rss(item("Small"))), "Small")
    report = await room.refresh()
    assert report == Report(2, 0, Counts(new=501))


@by_any_route
async def test_fault_38_a_folder_gives_nothing_from_outside(room: Room, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text(f"Secret\n\n{LONG}")
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "link.txt").symlink_to(secret)
    (folder / "up.txt").symlink_to("../secret.txt")
    (folder / "good.txt").write_text(f"Good\n\n{LONG}")
    due = FetchState(next_at=NOW)
    await room.store.sources.add(Source("Desk", SourceKind.FOLDER, str(folder), "x", state=due))
    await room.refresh()
    assert await room.titles() == ["Good"]


def _lease_end(url: str) -> str:
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as connection:
        ((end,),) = connection.execute("SELECT leased_until FROM sources")
    return str(end)
