"""Who may change a Telegram chat, through the SDK's own network code."""

from __future__ import annotations

import pytest

from bot.models import Address, Platform
from bot.store import Store
from tests.fakes.telegram import FakeTelegram
from tests.fakes.telegram_chats import CHATS
from tests.support.clock import Clock
from tests.support.engines import SQLITE_ALONE
from tests.support.whole_bot import running_bot

pytestmark = SQLITE_ALONE

REFUSED = "Sorry, only admins of this chat can do that."


def _told(text: str) -> bool:
    return text.startswith("New digest: Energy")


@pytest.mark.parametrize(
    ("status", "may"),
    [("creator", True), ("administrator", True), ("member", False), ("restricted", False),
     ("left", False)],
)  # fmt: skip
async def test_fault_48_only_admins_of_a_group_change_it(
    store: Store, status: str, may: bool
) -> None:
    async with FakeTelegram() as tg, running_bot(store, Clock(), tg.environ):
        tg.chat(CHATS["group"]).members[42] = status
        tg.type("/subscribe energy", kind="group")
        assert _told((await tg.message(1)).text) is may


async def test_fault_48_a_person_is_the_admin_of_a_private_chat(store: Store) -> None:
    async with FakeTelegram() as tg, running_bot(store, Clock(), tg.environ):
        tg.type("/subscribe energy")
        assert _told((await tg.message(1)).text)
        assert not [call for call in tg.calls if call.method == "getchatmember"]


async def test_fault_48_a_forged_callback_has_no_effect(store: Store) -> None:
    async with FakeTelegram() as tg, running_bot(store, Clock(), tg.environ):
        for data, kind in (("forget yes", "group"), ("AAAAAAAAAAAsubscribe energy", "private")):
            notice = await tg.notice(tg.press(data, kind=kind))
            assert notice.alert
            assert "no longer works" in notice.text
        tg.type("/help")
        assert (await tg.message(1)).text.startswith("Commands")
        assert len(tg.sent) == 1
    assert await store.channels.of_chat(Address(Platform.TELEGRAM, "", "-42")) == []


async def test_fault_49_an_anonymous_admin_may_and_another_chat_may_not(store: Store) -> None:
    async with FakeTelegram() as tg, running_bot(store, Clock(), tg.environ):
        tg.type("/subscribe energy", kind="supergroup", anonymous=True)
        assert _told((await tg.message(1)).text)
        tg.type("/unsubscribe energy", kind="supergroup", as_chat=CHATS["channel"])
        assert (await tg.message(2)).text == REFUSED


async def test_fault_49_whoever_posts_in_a_channel_may_change_it(store: Store) -> None:
    async with FakeTelegram() as tg, running_bot(store, Clock(), tg.environ):
        tg.type("/subscribe energy", kind="channel")
        assert _told((await tg.message(1)).text)


async def test_fault_50_a_demoted_admin_is_refused_at_once(store: Store) -> None:
    async with FakeTelegram() as tg, running_bot(store, Clock(), tg.environ):
        tg.member(42, "administrator", told=False)
        tg.type("/subscribe energy", kind="group")
        await tg.message(1)
        tg.member(42, "member")
        tg.type("/unsubscribe energy", kind="group")
        assert (await tg.message(2)).text == REFUSED


async def test_fault_50_a_demotion_during_a_look_up_is_not_forgotten(store: Store) -> None:
    async with FakeTelegram() as tg, running_bot(store, Clock(), tg.environ):
        tg.member(42, "administrator", told=False)
        answer = tg.hold_answer(method="getChatMember")
        tg.type("/subscribe energy", kind="group")
        await tg.called("getChatMember")
        tg.member(42, "member")
        tg.type("/help", kind="group", user=43)
        await tg.message(1)
        answer.set()
        await tg.message(2)
        tg.type("/unsubscribe energy", kind="group")
        assert (await tg.message(3)).text == REFUSED


async def test_an_admin_is_looked_up_once_a_minute(store: Store) -> None:
    async with FakeTelegram() as tg, running_bot(store, Clock(), tg.environ):
        tg.member(42, "administrator", told=False)
        for number, typed in enumerate(
            ("/subscribe energy", "/subscribe security", "/mute x y"), 1
        ):
            tg.type(typed, kind="group")
            await tg.message(number)
        assert len([call for call in tg.calls if call.method == "getchatmember"]) == 1


@pytest.mark.parametrize(("status", "may"), [("administrator", True), ("member", False)])
async def test_where_members_are_hidden_the_list_of_admins_is_asked(
    store: Store, status: str, may: bool
) -> None:
    async with FakeTelegram() as tg, running_bot(store, Clock(), tg.environ):
        tg.chat(CHATS["group"]).hides_members = True
        tg.member(42, status, told=False)
        tg.type("/subscribe energy", kind="group")
        assert _told((await tg.message(1)).text) is may


async def test_where_telegram_does_not_say_a_change_is_refused(store: Store) -> None:
    async with FakeTelegram() as tg, running_bot(store, Clock(), tg.environ):
        tg.break_down(502, method="getChatMember")
        tg.type("/subscribe energy", kind="group")
        said = (await tg.message(1)).text
        assert said.startswith("Sorry, I cannot check right now whether you are an admin here.")
        tg.member(42, "administrator", told=False)
        tg.type("/subscribe energy", kind="group")
        assert _told((await tg.message(2)).text)


async def test_fault_48_members_read_what_they_like(store: Store) -> None:
    async with FakeTelegram() as tg, running_bot(store, Clock(), tg.environ):
        for number, typed in enumerate(("/help", "/topics", "/status", "/subscriptions"), 1):
            tg.type(typed, kind="group")
            assert not (await tg.message(number)).text.startswith("Sorry")


@pytest.mark.parametrize("hidden", ['energy"gas"07:30 in Karachi', 'energy""07:30 in Karachi'])
async def test_fault_48_a_member_changes_a_group_by_no_way_of_writing(
    store: Store, hidden: str
) -> None:
    async with FakeTelegram() as tg, running_bot(store, Clock(), tg.environ):
        tg.chat(CHATS["group"]).members[42] = "member"
        tg.type(f"/setup {hidden}", kind="group")
        assert (await tg.message(1)).text == REFUSED
    found = await store.channels.of_chat(Address(Platform.TELEGRAM, "", "-42"))
    digests = [await store.subscriptions.of_channel(each.id) for each in found]
    assert not any(digests)
