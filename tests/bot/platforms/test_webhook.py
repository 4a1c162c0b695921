"""Digests posted as signed JSON to a real server on a real socket."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from ipaddress import ip_network

import pytest

from bot.errors import StoreError
from bot.models import Address, Digest, Platform, SendState
from bot.platforms.webhook.adapter import WebhookPlatform
from bot.sources.http.post import GuardedPoster
from bot.store import Store
from tests.fakes.webhook import FakeWebhook
from tests.support.builders import a_briefing, a_bullet, a_section
from tests.support.ledger import DUE, Ledger

LOCAL = (ip_network("127.0.0.0/8"),)
BULLET = a_bullet("Power returned to 40,000 homes.")
BRIEFING = a_briefing(a_section("energy", BULLET))


@pytest.fixture
def store(sqlite_store: Store) -> Store:
    return sqlite_store


@pytest.fixture
async def server() -> AsyncIterator[FakeWebhook]:
    async with FakeWebhook() as found:
        yield found


class Room:
    """A ledger that posts to a server; without `allowed` networks none is asked inside."""

    def __init__(self, server: FakeWebhook, store: Store, *, allowed: bool = True) -> None:
        self.store = store
        self.address = Address(Platform.WEBHOOK, "127.0.0.1", server.url())
        poster = GuardedPoster(seconds=1.0, allowed=LOCAL if allowed else ())
        self.platform = WebhookPlatform(poster, self._key_of, lambda: DUE)
        self.ledger = Ledger(store, {Platform.WEBHOOK: self.platform})
        self.faults: list[StoreError] = []

    async def _key_of(self, channel_id: int) -> str:
        if self.faults:
            raise self.faults.pop()
        return await self.store.channel_keys.ensure(channel_id, DUE)

    async def ready(self, address: Address | None = None) -> Digest:
        payloads = self.platform.parts(BRIEFING, "Daily digest", page="https://news.example/d/x")
        return await self.ledger.ready(address or self.address, payloads=payloads)

    async def secret(self) -> str:
        channel = await self.ledger.channel(self.address)
        assert channel is not None
        found = await self.store.channel_keys.find(channel.id)
        assert found is not None
        return found


@pytest.fixture
async def room(server: FakeWebhook, store: Store) -> AsyncIterator[Room]:
    found = Room(server, store)
    yield found
    await found.platform.stop()


async def test_a_digest_is_posted_once_signed_with_its_number_as_key(
    server: FakeWebhook, room: Room
) -> None:
    digest = await room.ready()
    await room.ledger.send()
    await room.ledger.send(hours=1)
    (posted,) = server.tried
    (part,) = await room.ledger.parts(digest)
    assert await room.ledger.state(digest) == (SendState.SENT, None)
    assert posted.key.startswith(f"{part.id}.")
    assert posted.headers["Content-Type"].startswith("application/json")
    event = posted.event
    assert (event["type"], event["delivery"], event["digest"]) == ("digest", part.id, digest.id)
    assert event["page"] == "https://news.example/d/x"
    (bullet,) = event["briefing"]["sections"][0]["bullets"]
    assert bullet["text"] == BULLET.text
    assert bullet["citations"][0]["quote"] == BULLET.citations[0].quote
    assert "dropped" not in event["briefing"]
    secret = await room.secret()
    assert posted.signed_by(secret, DUE.timestamp() + 60)
    assert not posted.signed_by(secret, DUE.timestamp() + 3600)
    assert not posted.signed_by("another", DUE.timestamp())


async def test_without_an_answer_it_is_posted_again_with_the_same_key_and_body(
    server: FakeWebhook, room: Room
) -> None:
    server.answers.append((0, {}))
    digest = await room.ready()
    await room.ledger.send()
    assert await room.ledger.state(digest) == (SendState.SENDING, None)
    await room.ledger.send(minutes=2)
    assert await room.ledger.state(digest) == (SendState.SENT, None)
    first, again = server.tried
    assert (first.key, first.body) == (again.key, again.body)
    assert (len(server.sent), len(server.repeats)) == (1, 1)


async def test_a_number_that_comes_again_with_other_content_is_not_taken_for_a_repeat(
    server: FakeWebhook, room: Room
) -> None:
    (part,) = await room.ledger.parts(await room.ready())
    (other,) = room.platform.parts(BRIEFING, "Daily digest of another bot")
    for payload in (part.payload, other, other):
        await room.platform.send(room.address, replace(part, payload=payload))
    assert (len(server.sent), len(server.repeats)) == (2, 1)


async def test_a_receiver_that_stays_silent_is_asked_ever_more_seldom_once_a_pass(
    server: FakeWebhook, room: Room
) -> None:
    hooks = [replace(room.address, chat=server.url(name)) for name in ("a", "b", "c")]
    digests = [await room.ready(hook) for hook in hooks]
    server.answers.extend([(0, {})] * 100)
    for _ in digests:
        await room.ledger.send(seconds=1)
    assert len(server.tried) == len(digests)
    asked = []
    for _ in range(60):
        before = len(server.tried)
        await room.ledger.send(minutes=1)
        asked.append(len(server.tried) - before)
    assert set(asked) == {0, 1}
    assert len(digests) * 4 <= sum(asked) <= len(digests) * 7
    server.answers.clear()
    await room.ledger.send(minutes=15)
    for digest in digests:
        assert await room.ledger.state(digest) == (SendState.SENT, None)


async def test_a_lost_database_leaves_a_part_to_be_posted_later_and_one_in_doubt_in_doubt(
    server: FakeWebhook, room: Room
) -> None:
    digest = await room.ready()
    room.faults.append(StoreError("the database cannot be reached"))
    await room.ledger.send()
    (part,) = await room.ledger.parts(digest)
    assert part.state is SendState.PENDING
    assert "could not be written: the database" in str(part.reason)
    server.answers.append((0, {}))
    await room.ledger.send(minutes=1)
    room.faults.append(StoreError("the database cannot be reached"))
    await room.ledger.send(minutes=2)
    assert await room.ledger.state(digest) == (SendState.SENDING, None)
    assert len(server.tried) == 1
    await room.ledger.send(minutes=3)
    assert await room.ledger.state(digest) == (SendState.SENT, None)


@pytest.mark.parametrize("status", [302, 400, 404, 500, 503])
async def test_a_refusal_is_tried_again_and_redirects_are_not_followed(
    server: FakeWebhook, room: Room, status: int
) -> None:
    server.answers.append((status, {"Location": server.url("elsewhere")}))
    digest = await room.ready()
    await room.ledger.send()
    assert server.sent == []
    await room.ledger.send(minutes=1)
    assert await room.ledger.state(digest) == (SendState.SENT, None)
    assert [each.path for each in server.tried] == ["/hook", "/hook"]


async def test_a_pause_that_is_asked_for_is_kept_and_one_that_is_gone_stops(
    server: FakeWebhook, room: Room
) -> None:
    server.answers.extend([(429, {"Retry-After": "600"}), (410, {})])
    digest = await room.ready()
    await room.ledger.send()
    await room.ledger.send(minutes=5)
    assert len(server.tried) == 1
    await room.ledger.send(minutes=6)
    channel = await room.ledger.channel(room.address)
    assert channel is not None
    assert "gone" in str(channel.disabled)
    assert (await room.ledger.state(digest))[0] is SendState.FAILED


async def test_an_address_inside_is_not_asked_unless_its_network_is_allowed(
    server: FakeWebhook, store: Store
) -> None:
    room = Room(server, store, allowed=False)
    inside = Address(Platform.WEBHOOK, "127.0.0.1", f"https://127.0.0.1:{server.port}/hook")
    payloads = room.platform.parts(BRIEFING, "Daily digest")
    digests = [await room.ledger.ready(each, payloads=payloads) for each in (inside, room.address)]
    await room.ledger.send()
    (encrypted,), (plain,) = [await room.ledger.parts(each) for each in digests]
    assert "127.0.0.1 may not be asked: 127.0.0.1 is a loopback address" in str(encrypted.reason)
    assert "is not asked without encryption" in str(plain.reason)
    assert server.tried == []
    await room.platform.stop()
