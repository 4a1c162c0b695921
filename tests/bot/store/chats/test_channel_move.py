"""A chat that gets the address of another: what both have becomes one."""

from __future__ import annotations

import pytest

from bot.models import Platform, Withdrawal
from bot.page_links import new_token
from bot.store import PageScope
from bot.store.chats.channel_move import _ANY_NUMBER, _ONCE_A_CHANNEL
from bot.store.db.schema import channels, metadata
from tests.support.builders import NOW, TODAY, a_briefing, a_bullet, a_section, ago
from tests.support.store_desk import Desk


def test_every_table_of_a_channel_is_moved() -> None:
    owned = {
        table.name
        for table in metadata.tables.values()
        if any(key.column is channels.c.id for key in table.foreign_keys)
    }
    assert {table.name for table in (*_ANY_NUMBER, *(each for each, _ in _ONCE_A_CHANNEL))} == owned


async def test_links_open_the_same_pages_of_the_merged_channel(desk: Desk) -> None:
    old, new = await desk.channel(), await desk.channel()
    digest, archive = new_token(), new_token()
    await desk.store.page_links.open_archive(old.id, archive, NOW)
    await desk.store.briefings.add(a_briefing(id="b"), old.id, token=digest)
    await desk.store.channels.move(old.id, new.address)
    opened = [await desk.store.page_links.open(each, ago(days=1)) for each in (digest, archive)]
    assert opened == [PageScope(new.id, "b"), PageScope(new.id, None)]


@pytest.mark.parametrize("got_it", [("old",), ("old", "new")], ids=" and ".join)
@pytest.mark.parametrize("told", [(), ("old",), ("new",)], ids=lambda names: "".join(names) or "-")
async def test_a_merged_channel_is_told_of_a_withdrawal_once(
    desk: Desk, got_it: tuple[str, ...], told: tuple[str, ...]
) -> None:
    both = {"old": await desk.channel(), "new": await desk.channel()}
    bullet = a_bullet(story_id="s")
    for name in got_it:
        briefing = a_briefing(a_section("energy", bullet), id=name)
        await desk.store.briefings.add(briefing, both[name].id)
    await desk.store.withdrawals.add(Withdrawal(0, "s", bullet.text, "", (), NOW))
    [withdrawal] = await desk.store.withdrawals.latest(1)
    assert await desk.store.withdrawals.note_readers(withdrawal) == len(got_it)
    waiting = await desk.store.corrections.waiting([Platform.TELEGRAM], limit=9)
    sent = [each for each in waiting if each.channel.id in {both[name].id for name in told}]
    for each in sent:
        assert await desk.store.corrections.send(each, ["wrong"], TODAY, NOW)

    await desk.store.channels.move(both["old"].id, both["new"].address)

    await desk.store.withdrawals.note_readers(withdrawal)
    left = await desk.store.corrections.waiting([Platform.TELEGRAM], limit=9)
    assert [each.channel.id for each in left] == ([] if sent else [both["new"].id])
