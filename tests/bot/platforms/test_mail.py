"""Digests by mail, through a real mail server on a real socket."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
from aiosmtpd.smtp import SMTP, Envelope, Session

from bot.app import SETTLE_TIMES
from bot.errors import PlatformError, StoreError
from bot.models import Address, Digest, Platform, Receipt, SendState
from bot.page_links import unsubscribe_address
from bot.platforms.mail.adapter import MailPlatform
from bot.platforms.send_once import send_once
from bot.store import Store
from config.settings import InvalidSettings, load_settings
from tests.fakes.mail import FakeMail
from tests.support.builders import a_briefing, a_bullet, a_section
from tests.support.ledger import DUE, Ledger

ANA = Address(Platform.MAIL, "", "ana@readers.example")
BEN = Address(Platform.MAIL, "", "ben@readers.example")
BRIEFING = a_briefing(
    a_section("energy", a_bullet("Power <returned> to 40,000 homes — déjà vu.\nBcc: x@y.example"))
)


@pytest.fixture
def store(sqlite_store: Store) -> Store:
    return sqlite_store


@pytest.fixture
async def server() -> AsyncIterator[FakeMail]:
    async with FakeMail() as found:
        yield found


def platform(server: FakeMail, store: Store, **environ: str) -> MailPlatform:
    async def key_of(channel_id: int) -> str:
        return await store.channel_keys.ensure(channel_id, DUE)

    given = {"BRIEFBOT_REQUEST_SECONDS": "2"} | server.environ | environ
    return MailPlatform(load_settings(given), key_of, lambda: DUE)


async def ready(ledger: Ledger, mail: MailPlatform, *to: Address) -> list[Digest]:
    payloads = mail.parts(BRIEFING, "Daily digest · Monday 23 November 2026")
    return [await ledger.ready(each, payloads=payloads) for each in to or (ANA,)]


async def test_a_digest_comes_once_as_text_and_html_with_its_quotes(
    server: FakeMail, store: Store
) -> None:
    mail = platform(server, store)
    ledger = Ledger(store, {Platform.MAIL: mail})
    (digest,) = await ready(ledger, mail)
    await ledger.send()
    await ledger.send(hours=1)
    (sent,) = server.sent
    assert await ledger.state(digest) == (SendState.SENT, None)
    found = sent.message
    assert found["From"] == "Morning brief <news@briefs.example>"
    assert found["To"] == "ana@readers.example"
    assert found["Subject"] == "Energy: Daily digest · Monday 23 November 2026"
    assert found["Bcc"] is None
    assert found.get_content_type() == "multipart/alternative"
    citation = BRIEFING.bullets[0].citations[0]
    for form in ("plain", "html"):
        assert "déjà vu" in sent.part(form)
        assert str(citation.url) in sent.part(form)
    assert "Power &lt;returned&gt;" in sent.part("html")
    assert citation.quote in sent.part("html")
    assert (
        found["List-Unsubscribe"]
        .strip()
        .startswith("<mailto:news@briefs.example?subject=unsubscribe")
    )
    assert found["List-Unsubscribe-Post"] is None
    assert all(ord(char) < 128 for char in found.as_string())


async def test_with_public_pages_a_mail_ends_with_a_link_of_one_click(
    server: FakeMail, store: Store
) -> None:
    mail = platform(server, store, BRIEFBOT_WEB_URL="https://news.example.org")
    ledger = Ledger(store, {Platform.MAIL: mail})
    await ready(ledger, mail)
    await ledger.send()
    channel = await ledger.channel(ANA)
    assert channel is not None
    key = await store.channel_keys.find(channel.id)
    assert key is not None
    link = unsubscribe_address("https://news.example.org", channel.id, key)
    (sent,) = server.sent
    assert sent.message["List-Unsubscribe"].strip().startswith(f"<{link}>, <mailto:")
    assert sent.message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert link in sent.part("plain")
    assert link in sent.part("html")


async def test_mail_programs_read_the_addresses_of_a_list_however_long_they_are(
    server: FakeMail, store: Store
) -> None:
    host = f"{'a-newspaper-with-a-long-name.' * 4}example"
    web = f"https://briefings.{host}"
    mail = platform(server, store, BRIEFBOT_WEB_URL=web, BRIEFBOT_MAIL_FROM=f"news@{host}")
    ledger = Ledger(store, {Platform.MAIL: mail})
    reader = Address(Platform.MAIL, "", f"{'ana.maria.' * 6}garcia@{host}")
    await ready(ledger, mail, reader)
    await ledger.send()
    (sent,) = server.sent
    by_web, by_mail = sent.header("List-Unsubscribe").split(", ")
    assert by_web.startswith(f"<{web}/unsubscribe/")
    assert by_web.endswith(">")
    said = f"unsubscribe%20{reader.chat.replace('@', '%40')}"
    assert by_mail == f"<mailto:news@{host}?subject={said}>"
    assert sent.header("List-Id") == f"<briefbot.{host}>"
    assert sent.message["Subject"] == "Energy: Daily digest · Monday 23 November 2026"


async def test_a_mail_that_cannot_be_written_is_sent_later_and_never_uncertain(
    server: FakeMail, store: Store
) -> None:
    lost = [StoreError("the database cannot be reached")]

    async def key_of(channel_id: int) -> str:
        if lost:
            raise lost.pop()
        return await store.channel_keys.ensure(channel_id, DUE)

    environ = server.environ | {"BRIEFBOT_WEB_URL": "https://news.example.org"}
    mail = MailPlatform(load_settings(environ), key_of, lambda: DUE)
    ledger = Ledger(store, {Platform.MAIL: mail})
    (digest,) = await ready(ledger, mail)
    damaged = await ledger.ready(BEN, payloads=["{}"])
    await ledger.send()
    for each in (digest, damaged):
        (part,) = await ledger.parts(each)
        assert part.state is SendState.PENDING
        assert "could not be written" in str(part.reason)
    await ledger.send(minutes=1)
    assert await ledger.state(digest) == (SendState.SENT, None)
    assert [each.recipient for each in server.sent] == [ANA.chat]


async def test_a_server_that_answers_no_goodbye_has_the_mail_all_the_same(store: Store) -> None:
    class Speechless(FakeMail):
        async def handle_QUIT(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
            await asyncio.Event().wait()
            return ""

    seconds = 0.2
    async with Speechless() as server:
        mail = platform(server, store, BRIEFBOT_REQUEST_SECONDS=str(seconds))
        ledger = Ledger(store, {Platform.MAIL: mail})
        (digest,) = await ready(ledger, mail)
        (part,) = await ledger.parts(digest)
        limit = SETTLE_TIMES * seconds / 2
        assert isinstance(await send_once(mail, ANA, part, limit), Receipt)


@pytest.mark.parametrize(
    ("answer", "stops"),
    [
        ("550 5.1.1 No such user", True),
        ("550 User unknown", True),
        ("550 5.2.1 Mailbox disabled", True),
        ("450 4.2.0 Greylisted, try again", False),
        ("452 4.2.2 Mailbox full", False),
        ("552 5.2.2 Mailbox full", False),
        ("554 5.7.1 Relay access denied", False),
        ("550 Relaying denied", False),
    ],
)
async def test_a_mailbox_that_is_none_stops_its_digests_and_any_other_refusal_is_tried_again(
    server: FakeMail, store: Store, answer: str, stops: bool
) -> None:
    mail = platform(server, store)
    ledger = Ledger(store, {Platform.MAIL: mail})
    server.refused[ANA.chat] = answer
    digest, other = await ready(ledger, mail, ANA, BEN)
    await ledger.send()
    channel = await ledger.channel(ANA)
    assert channel is not None
    assert (answer in str(channel.disabled)) is stops
    assert (await ledger.state(other))[0] is SendState.SENT
    server.refused.clear()
    await ledger.send(minutes=1)
    state, _ = await ledger.state(digest)
    assert state is (SendState.FAILED if stops else SendState.SENT)
    assert len(server.sent) == (1 if stops else 2)
    if stops:
        assert "`briefbot subscribe mail:ana@readers.example`" in ledger.told[0]


async def test_a_refused_mail_is_tried_again_and_one_without_an_answer_is_uncertain(
    server: FakeMail, store: Store
) -> None:
    mail = platform(server, store)
    ledger = Ledger(store, {Platform.MAIL: mail})
    server.answers.extend(["451 4.3.0 Try again later", ""])
    (digest,) = await ready(ledger, mail)
    await ledger.send()
    assert server.sent == []
    await ledger.send(minutes=1)
    for _ in range(3):
        await ledger.send(minutes=5)
    assert len(server.sent) == 1
    state, reason = await ledger.state(digest)
    assert state is SendState.UNCERTAIN
    assert "gave no answer to the mail" in str(reason)
    assert "may not have arrived" in ledger.told[0]


async def test_a_server_that_does_not_take_the_sender_is_paused_and_asked_until_it_does(
    server: FakeMail, store: Store
) -> None:
    mail = platform(server, store)
    ledger = Ledger(store, {Platform.MAIL: mail})
    server.senders_refused = "550 5.7.1 Not your address"
    (digest,) = await ready(ledger, mail)
    await ledger.send()
    await ledger.send(minutes=1)
    assert "the mail bot is paused" in ledger.told[0]
    with pytest.raises(PlatformError, match="BRIEFBOT_MAIL_FROM"):
        await mail.check()
    server.senders_refused = ""
    await ledger.send(minutes=6)
    assert await ledger.state(digest) == (SendState.SENT, None)
    assert await mail.check() == f"127.0.0.1:{server.port} takes mails from news@briefs.example"


async def test_a_server_without_encryption_is_sent_nothing_unless_that_is_wanted(
    server: FakeMail, store: Store
) -> None:
    url = f"smtp://me:hidden@127.0.0.1:{server.port}"
    mail = platform(server, store, BRIEFBOT_SMTP_URL=url)
    with pytest.raises(PlatformError, match=r"STARTTLS .* see the forms of BRIEFBOT_SMTP_URL"):
        await mail.check()


async def test_a_server_that_is_away_loses_nothing(server: FakeMail, store: Store) -> None:
    mail = platform(server, store)
    ledger = Ledger(store, {Platform.MAIL: mail})
    (digest,) = await ready(ledger, mail)
    server.down = True
    await ledger.send()
    await server.__aexit__(None, None, None)
    await ledger.send(minutes=1)
    server.down = False
    async with server:
        await ledger.send(minutes=2)
    assert await ledger.state(digest) == (SendState.SENT, None)
    assert len(server.sent) == 1


@pytest.mark.parametrize(
    ("url", "sender", "told"),
    [
        ("smtp://mail.example", "", "need each other"),
        ("mail.example:25", "a@b.example", "must be smtp://"),
        ("smtp+plain://me:hidden@mail.example", "a@b.example", "unencrypted"),
        ("smtp://me@mail.example", "a@b.example", "a user and a password"),
        ("smtp://mail.example", "nobody", "must be an address such as"),
    ],
)
def test_wrong_settings_are_told_without_the_password(url: str, sender: str, told: str) -> None:
    with pytest.raises(InvalidSettings, match=told) as caught:
        load_settings({"BRIEFBOT_SMTP_URL": url, "BRIEFBOT_MAIL_FROM": sender})
    assert "hidden" not in str(caught.value)
