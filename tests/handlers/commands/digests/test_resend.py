"""/resend, which only operators may use."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.models import SendState
from handlers.services import Services
from tests.support.builders import NOW
from tests.support.dialog import OPERATOR, Chat
from tests.support.store_desk import Desk


@pytest.fixture
def desk(services: Services) -> Desk:
    from itertools import count

    return Desk(services.store, count(1))


async def uncertain(desk: Desk) -> int:
    digest = await desk.ready(parts=2)
    for state in (SendState.SENT, SendState.UNCERTAIN):
        [part] = await desk.claim()
        await desk.store.deliveries.settle(part.id, part.token or "", state, now=NOW)
    return digest.id


async def test_an_operator_sends_again_what_may_be_missing(chat: Chat, desk: Desk) -> None:
    number = await uncertain(desk)
    operator = replace(chat, user=OPERATOR)
    await operator.hears(
        (f"/resend {number}", f"1 part of digest {number} will be sent again."),
        (f"/resend {number}", f"Digest {number} was sent completely, is being sent, …"),
        ("/resend 999", "Digest 999 was sent completely, is being sent, or does not exist."),
        ("/resend it", "Give the number of the digest…"),
    )
    [part] = await desk.claim()
    assert part.payload == f"{number}/2"


async def test_an_operator_notes_that_a_digest_has_arrived(chat: Chat, desk: Desk) -> None:
    number = await uncertain(desk)
    operator = replace(chat, user=OPERATOR)
    await operator.hears(
        (f"/resend {number} arrived", f"Digest {number} is noted as sent."),
        (f"/resend {number} arrived", f"Digest {number} is not uncertain, or does not exist."),
        (f"/resend {number}", f"Digest {number} was sent completely, …"),
        (f"/resend {number} later", "Give the number of the digest…"),
    )
    assert await desk.claim() == []


async def test_an_operator_sends_all_again_that_is_missing(chat: Chat, desk: Desk) -> None:
    numbers = [await uncertain(desk) for _ in range(2)]
    operator = replace(chat, user=OPERATOR)
    await operator.hears(
        ("/resend all", "2 digests of the last 48 hours will be sent again."),
        ("/resend all", "Nothing of the last 48 hours is missing."),
    )
    parts = await desk.claim()
    assert {part.payload for part in parts} == {f"{number}/2" for number in numbers}


async def test_nobody_else_does(chat: Chat, desk: Desk) -> None:
    number = await uncertain(desk)
    await chat.hears((f"/resend {number}", "Sorry, only operators of this bot can do that."))
    assert await desk.claim() == []
