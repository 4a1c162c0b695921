"""A machine without a network is said once, and no source is blamed or given up for it."""

from __future__ import annotations

import socket
from typing import Any

import pytest

from bot.ingest.poller import OFFLINE
from bot.models import FetchState, Source, SourceKind, Standing
from tests.fakes.web import answer
from tests.support.feed_texts import item, rss
from tests.support.source_room import Room


@pytest.fixture
def offline(monkeypatch: pytest.MonkeyPatch) -> None:
    look_up = socket.getaddrinfo

    def fail(host: str, *more: Any) -> Any:
        if host.endswith(".example"):
            raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")
        return look_up(host, *more)

    monkeypatch.setattr(socket, "getaddrinfo", fail)


async def add(room: Room, name: str) -> None:
    host, due = f"{name}.example", FetchState(next_at=room.clock())
    await room.store.sources.add(
        Source(name, SourceKind.FEED, f"https://{host}/rss", host, None, 1.0, due)
    )


@pytest.mark.usefixtures("offline")
async def test_it_is_said_once_and_gives_no_source_up(
    room: Room, capsys: pytest.CaptureFixture[str]
) -> None:
    for number in range(3):
        await add(room, f"wire{number}")
    poller = room.poller()
    for _ in range(20):
        report = await poller.poll_due()
        assert (report.failed, report.trouble) == (3, OFFLINE)
        room.clock.forward(minutes=10)
    sources = await room.store.sources.all()
    assert {each.state.standing(room.clock()) for each in sources} == {Standing.FAILING}
    assert {each.state.failures for each in sources} == {0}
    assert room.told == []
    assert capsys.readouterr().out.count(OFFLINE) <= 1


@pytest.mark.usefixtures("offline")
async def test_one_name_that_cannot_be_looked_up_is_no_outage(room: Room) -> None:
    await room.add(answer(rss(item())))
    await add(room, "broken")
    report = await room.refresh()
    assert (report.polled, report.failed) == (2, 1)
    assert report.trouble is None


@pytest.mark.usefixtures("offline")
async def test_a_failed_check_is_seen_in_the_list(room: Room) -> None:
    await add(room, "wire")
    (source,) = await room.store.sources.all()
    checked = await room.admin.check(source)
    assert checked.offline
    (listed,) = await room.store.sources.all()
    assert listed.state.error == checked.text
