"""What the operators are told reaches them, whatever goes down meanwhile."""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.delivery.notice_texts import digest_name, not_sent
from bot.delivery.operator_notices import NoticeWriter, operators
from bot.digests.due import open_due
from bot.errors import DeliveryError
from bot.models import Address, Digest, DigestName, Platform, SendState
from bot.store import OperatorNotice, Store
from tests.bot.delivery.test_sender import Desk
from tests.fakes.messenger import ScriptedMessenger
from tests.support.builders import an_address
from tests.support.ledger import DUE, LIMIT, OPERATOR, Ledger

CHAT = an_address("42")
BOTH = [CHAT, OPERATOR]
NO_ANSWER = DeliveryError("no answer came", uncertain=True)


def a_ledger(store: Store, messenger: ScriptedMessenger | None = None) -> Ledger:
    return Ledger(store, {Platform.TELEGRAM: messenger or ScriptedMessenger()})


async def named(ledger: Ledger, digest: Digest) -> str:
    found = await ledger.store.digests.describe(digest.id)
    assert found is not None
    return digest_name(found)


async def uncertain_digest(ledger: Ledger) -> str:
    """Leave a part uncertain and tell nobody yet; returns what is to be told."""
    digest = await ledger.ready(CHAT)
    messenger = ledger.sender.messengers[Platform.TELEGRAM]
    assert isinstance(messenger, ScriptedMessenger)
    messenger.faults.append(NO_ANSWER)
    await ledger.lanes.send_ready()
    return (
        f"The {await named(ledger, digest)}, may not have arrived: no answer came. "
        f"If it is missing: /resend {digest.id}. If it arrived: /resend {digest.id} arrived"
    )


async def test_what_a_process_did_not_live_to_tell_is_told_by_the_next(store: Store) -> None:
    line = await uncertain_digest(a_ledger(store))
    after = a_ledger(store)
    await after.send()
    await after.send(hours=1)
    assert after.told == [line]


async def test_an_operator_out_of_reach_is_told_later_and_once(store: Store) -> None:
    ledger = a_ledger(store)
    line = await uncertain_digest(ledger)
    ledger.operator.faults.extend([DeliveryError("down"), DeliveryError("busy", retry_after=300)])
    await ledger.send()
    await ledger.send(seconds=30)
    assert len(ledger.operator.tried) == 1
    await ledger.send(seconds=31)
    await ledger.send(minutes=4)
    assert (len(ledger.operator.tried), ledger.told) == (2, [])
    await ledger.send(minutes=2)
    await ledger.send(hours=1)
    assert ledger.told == [line]


async def test_an_operator_who_has_left_is_not_written_to_again(store: Store) -> None:
    ledger = a_ledger(store)
    await uncertain_digest(ledger)
    ledger.operator.faults.append(DeliveryError("blocked", permanent=True))
    for _ in range(3):
        await ledger.send(hours=1)
    assert len(ledger.operator.tried) == 1


async def test_what_perhaps_reached_an_operator_is_told_three_times_at_most(store: Store) -> None:
    ledger = a_ledger(store)
    line = await uncertain_digest(ledger)
    ledger.operator.faults.append(NO_ANSWER)
    for _ in range(4):
        await ledger.send(minutes=5)
    assert ledger.told == [line]

    ledger.operator.faults.extend([NO_ANSWER] * 9)
    await ledger.notices.add("again")
    for _ in range(9):
        await ledger.send(minutes=5)
    assert len(ledger.operator.tried) == 2 + 3


async def test_an_odd_failure_at_one_operator_keeps_nothing_from_the_next(store: Store) -> None:
    ledger = a_ledger(store)
    ledger.notices = NoticeWriter(store, {**ledger.sender.messengers}, BOTH, ledger.clock)
    odd = ledger.sender.messengers[Platform.TELEGRAM]
    assert isinstance(odd, ScriptedMessenger)
    odd.faults.append(RuntimeError("odd"))
    await ledger.notices.add("look here")
    await ledger.notices.flush()
    assert ledger.told == ["look here"]
    assert odd.tried == [CHAT.chat]


async def test_what_is_too_late_and_its_notice_are_stored_as_one(store: Store) -> None:
    ledger = a_ledger(store)
    digest = await ledger.ready(CHAT)
    ledger.clock.forward(hours=7)
    await ledger.recovery.recover()
    after = a_ledger(store)
    after.clock.now = ledger.clock()
    await after.notices.flush()
    assert after.told == [
        (
            f"The {await named(ledger, digest)}, was not sent: more than 6 h late. "
            f"To send it now: /resend {digest.id}"
        )
    ]


@pytest.mark.parametrize("running", [Platform.TELEGRAM, Platform.SLACK])
async def test_operators_hear_of_what_could_not_be_built_in_time(
    store: Store, running: Platform
) -> None:
    """The bot was down meanwhile, or the digest's platform did not run."""
    desk = Desk(store, platform=running)
    await desk.subscribe("1")
    await open_due(store, DUE, LIMIT)
    await desk.tick_at(DUE + timedelta(hours=7))
    (digest,) = await desk.history()
    assert digest.state is SendState.SKIPPED
    [text] = [text for _, text in desk.operator.sent]
    assert f"was skipped: {digest.reason}. To send it now: /resend {digest.id}" in text


async def test_to_forget_a_channel_is_to_forget_its_notices(store: Store) -> None:
    ledger = a_ledger(store)
    await uncertain_digest(ledger)
    channel = await ledger.channel(CHAT)
    assert channel is not None
    await store.channels.forget(channel.id)
    await ledger.notices.flush()
    assert ledger.told == []


async def test_notices_wait_for_a_process_that_runs_their_platform(store: Store) -> None:
    await store.notices.add([OperatorNotice(OPERATOR, "look here")], DUE)
    here = [Platform.TELEGRAM]
    later = DUE + timedelta(minutes=2)
    assert await store.notices.claim(here, 9, now=DUE, held_until=later) == {}
    found = await store.notices.claim([Platform.TERMINAL], 9, now=DUE, held_until=later)
    assert list(found.values()) == [OperatorNotice(OPERATOR, "look here", tries=1)]
    assert await store.notices.claim([Platform.TERMINAL], 9, now=DUE, held_until=later) == {}


async def test_what_nobody_could_be_told_for_a_week_is_forgotten(store: Store) -> None:
    ledger = a_ledger(store)
    await ledger.notices.add("look here")
    ledger.clock.forward(days=8)
    await ledger.notices.forget()
    await ledger.notices.flush()
    assert ledger.told == []


async def test_the_same_line_is_told_once_and_many_alike_are_gathered(store: Store) -> None:
    ledger = a_ledger(store)
    for number in [0, *range(12)]:
        await ledger.notices.add(f"line {number}", kind="skipped")
    await ledger.notices.flush()
    [text] = ledger.told
    assert text.splitlines() == [
        "12 notices:",
        *(f"• line {number}" for number in range(10)),
        "… and 2 more: see briefbot digest history",
    ]


async def test_a_few_notices_are_a_message_each(store: Store) -> None:
    ledger = a_ledger(store)
    for number in (1, 2):
        await ledger.notices.add(f"line {number}", kind="failed")
    await ledger.notices.add("a source is gone", kind="source")
    await ledger.notices.flush()
    assert ledger.told == ["line 1", "line 2", "a source is gone"]


async def test_operators_hear_of_a_digest_that_was_given_up(store: Store) -> None:
    messenger = ScriptedMessenger()
    ledger = a_ledger(store, messenger)
    digest = await ledger.ready(CHAT)
    messenger.faults.extend([DeliveryError("refused")] * 9)
    await ledger.send()
    ledger.clock.forward(hours=5.99)
    await ledger.lanes.send_ready()
    await ledger.send(minutes=2)
    assert await ledger.state(digest) == (SendState.FAILED, "refused")
    assert ledger.told == [
        (
            f"The {await named(ledger, digest)}, was not sent: more than 6 h late. "
            f"To send it now: /resend {digest.id}"
        )
    ]


async def test_operators_hear_how_many_digests_were_skipped(store: Store) -> None:
    desk = Desk(store)
    for chat in ("1", "2", "3"):
        await desk.subscribe(chat)
    await desk.tick_at(DUE + timedelta(hours=7))
    texts = [text for _, text in desk.operator.sent]
    assert len(texts) == 3
    assert all("was skipped: more than 6 h late" in text for text in texts)


def a_name(number: int) -> DigestName:
    return DigestName(
        number,
        Address(Platform.SLACK, "T1", "C1"),
        "Energy desk",
        DUE,
        "Europe/Berlin",
        ("energy",),
    )


def test_a_digest_is_named_by_topic_chat_address_and_local_time() -> None:
    assert digest_name(a_name(7)) == (
        "digest 7 on energy for “Energy desk” (slack T1 C1), due "
        f"{DUE.astimezone(ZoneInfo('Europe/Berlin')):%a %-d %b %H:%M} Europe/Berlin"
    )


def test_many_digests_are_one_notice_that_says_how_to_send_them_all() -> None:
    [line] = not_sent([a_name(number) for number in range(1, 11)], 214, "was skipped", "too late")
    assert line.startswith("214 digests were skipped: too late.\n• digest 1 on energy for")
    assert line.endswith(
        "… and 204 more: see briefbot digest history\nTo send them all now: /resend all"
    )


@pytest.mark.parametrize(
    ("admin", "address"),
    [
        ("telegram:12", an_address("12")),
        ("slack:U1", an_address("U1", platform=Platform.SLACK)),
    ],
)
def test_operators_are_written_to_in_private(admin: str, address: object) -> None:
    assert operators([admin]) == (address,)
