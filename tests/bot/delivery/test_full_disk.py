"""A database that refuses to write while digests are being sent: told, and nothing half-written."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest
from sqlalchemy import text
from structlog.testing import capture_logs

from bot.errors import StoreError
from bot.models import Platform, SendState
from bot.platforms.slack.adapter import SlackPlatform
from bot.store import Store
from tests.fakes.slack import FakeSlack
from tests.fakes.slack_bot import RecordingCore, a_slack_platform, settings_of
from tests.support.builders import an_address
from tests.support.ledger import Ledger

C1 = an_address("C1", platform=Platform.SLACK, workspace="T1")


@pytest.fixture
def bot(slack: FakeSlack) -> SlackPlatform:
    return a_slack_platform(RecordingCore(), settings_of(slack.environ))


@pytest.fixture
def ledger(store: Store, bot: SlackPlatform) -> Ledger:
    return Ledger(store, {Platform.SLACK: bot})


async def run(store: Store, *statements: str) -> None:
    async with store._database.writing() as connection:
        for statement in statements:
            await connection.execute(text(statement))


async def fill_disk(store: Store, when: str) -> None:
    """From now on the database has no room for a delivery that is changed so."""
    if store._database.sqlite:
        await run(
            store,
            f"CREATE TRIGGER full BEFORE UPDATE ON deliveries WHEN {when} "
            "BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END",
        )
        return
    await run(
        store,
        "CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION "
        "'could not extend file: disk is full' USING ERRCODE = '53100'; END $$",
        f"CREATE TRIGGER full_disk BEFORE UPDATE ON deliveries FOR EACH ROW WHEN ({when}) "
        "EXECUTE FUNCTION no_room()",
    )


async def make_room(store: Store) -> None:
    if store._database.sqlite:
        await run(store, "DROP TRIGGER full")
    else:
        await run(store, "DROP TRIGGER full_disk ON deliveries")


async def opens_at(store: Store) -> list[datetime]:
    """The paces that are stored."""
    async with store._database.reading() as connection:
        rows = await connection.execute(text("SELECT open_at FROM paces"))
        return list(rows.scalars())


async def test_fault_13_what_cannot_be_claimed_is_told_and_neither_sent_nor_paced(
    slack: FakeSlack, ledger: Ledger
) -> None:
    digest = await ledger.ready(C1)
    before = await ledger.parts(digest)
    await fill_disk(ledger.store, "NEW.token IS NOT NULL")
    with pytest.raises(StoreError, match="free some disk space"):
        await ledger.send()
    assert await ledger.parts(digest) == before
    assert await opens_at(ledger.store) == []
    assert slack.sent == ()

    await make_room(ledger.store)
    await ledger.send()
    assert await ledger.state(digest) == (SendState.SENT, None)


async def test_fault_13_what_cannot_be_marked_is_not_sent(slack: FakeSlack, ledger: Ledger) -> None:
    digest = await ledger.ready(C1)
    await fill_disk(ledger.store, "NEW.state = 'sending'")
    with pytest.raises(StoreError, match="free some disk space"):
        await ledger.send()
    assert slack.sent == ()
    assert [part.state for part in await ledger.parts(digest)] == [SendState.PENDING]

    await make_room(ledger.store)
    await ledger.send(seconds=6)
    assert await ledger.state(digest) == (SendState.SENT, None)
    assert len(slack.sent) == 1


async def test_fault_13_what_was_sent_and_could_not_be_written_down_is_found_later(
    slack: FakeSlack, ledger: Ledger
) -> None:
    digest = await ledger.ready(C1)
    await fill_disk(ledger.store, "NEW.state = 'sent'")
    with pytest.raises(StoreError, match="free some disk space"):
        await ledger.send()
    assert (await ledger.state(digest))[0] is SendState.SENDING
    assert [part.state for part in await ledger.parts(digest)] == [SendState.SENDING]

    await make_room(ledger.store)
    ledger.clock.forward(minutes=2)
    await ledger.send()
    assert await ledger.state(digest) == (SendState.SENT, None)
    assert len(slack.sent) == 1


async def test_fault_13_what_was_sent_is_written_down_as_soon_as_there_is_room(
    slack: FakeSlack, ledger: Ledger
) -> None:
    digest = await ledger.ready(C1)
    await fill_disk(ledger.store, "NEW.state = 'sent'")

    async def room_by_then(_seconds: float) -> None:
        await make_room(ledger.store)

    ledger.sender = replace(ledger.sender, sleep=room_by_then)
    ledger.restart()
    while await ledger.lanes.send_ready():  # more than once if a busy machine refuses a connection
        ledger.clock.forward(minutes=1)
    assert await ledger.state(digest) == (SendState.SENT, None)
    assert len(slack.sent) == 1


async def test_fault_13_a_loop_that_meets_a_full_disk_goes_on_when_there_is_room(
    slack: FakeSlack, ledger: Ledger
) -> None:
    await ledger.ready(C1)
    await fill_disk(ledger.store, "NEW.token IS NOT NULL")
    with capture_logs() as logs:
        ledger.lanes.start()
        while not any("free some disk space" in str(line) for line in logs):
            assert await opens_at(ledger.store) == []
    await make_room(ledger.store)
    ledger.lanes.wake()
    await slack.arrived(1)
    await ledger.lanes.stop()
    assert len(slack.sent) == 1
