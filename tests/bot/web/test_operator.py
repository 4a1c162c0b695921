"""The operator's pages: the password first, then what the bot does, and a few things to do."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape

import httpx
import pytest
from sqlalchemy import insert, select, update

from bot.models import FetchState, SendState, Source, SourceKind
from bot.store.db.schema import deliveries, digests
from bot.web.layout import LARGEST
from bot.web.operator.desk import ATTEMPTS, OperatorDesk
from bot.web.operator.sessions import COOKIE, Sessions
from bot.web.operator.views import SHOWN
from bot.web.site import Site
from config.settings import load_settings
from tests.support.builders import NOW
from tests.support.clock import Clock, Seconds
from tests.support.page_room import OPERATOR_PATHS, PASSWORD, PageRoom

FORM = {"content-type": "application/x-www-form-urlencoded"}
TOKEN = re.compile(r'name="token" value="(\w+)"')


async def signed_in(browser: httpx.AsyncClient) -> str:
    """Sign in; returns the token of the session's forms."""
    answer = await browser.post("/operator/login", data={"password": PASSWORD})
    assert (answer.status_code, answer.headers["location"]) == (303, "/operator")
    found = TOKEN.search((await browser.get("/operator")).text)
    assert found
    return found[1]


@pytest.mark.parametrize("name", [name for name in OPERATOR_PATHS if name != "login"])
async def test_a_page_asks_for_the_password_first(name: str, browser: httpx.AsyncClient) -> None:
    answer = await browser.get(OPERATOR_PATHS[name])
    assert (answer.status_code, answer.headers["location"]) == (303, "/operator/login")
    await signed_in(browser)
    page = await browser.get(OPERATOR_PATHS[name])
    assert page.status_code == 200
    assert page.headers["cache-control"] == "no-store"
    assert len(page.content) <= LARGEST


async def test_the_cookie_is_for_this_site_alone(browser: httpx.AsyncClient) -> None:
    answer = await browser.post("/operator/login", data={"password": PASSWORD})
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert "path=/" in cookie
    assert PASSWORD not in cookie


async def test_wrong_passwords_are_counted(browser: httpx.AsyncClient, seconds: Seconds) -> None:
    wrong = {"password": "wrong"}
    found = [(await browser.post("/operator/login", data=wrong)).status_code for _ in range(7)]
    assert found == [401] * ATTEMPTS + [429] * 2
    right = await browser.post("/operator/login", data={"password": PASSWORD})
    assert right.status_code == 429
    seconds.now += 120
    await signed_in(browser)


async def test_a_form_that_cannot_be_read_counts_as_a_wrong_password(
    browser: httpx.AsyncClient,
) -> None:
    many, wrong = {f"field{n}": "x" for n in range(11)}, {"password": "wrong"}
    for form in (many, {"password": "x" * 10_000}):
        assert (await browser.post("/operator/login", data=form)).status_code == 413
    found = [(await browser.post("/operator/login", data=wrong)).status_code for _ in range(4)]
    assert found == [401] * (ATTEMPTS - 2) + [429]


async def test_another_site_cannot_use_up_the_operators_attempts(
    browser: httpx.AsyncClient,
) -> None:
    many, foreign = {f"field{n}": "x" for n in range(11)}, {"sec-fetch-site": "cross-site"}
    for _ in range(ATTEMPTS + 1):
        answer = await browser.post("/operator/login", data=many, headers=foreign)
        assert answer.status_code == 403
    await signed_in(browser)


async def test_strangers_cannot_lock_the_operator_out(room: PageRoom, clock: Clock) -> None:
    settings = load_settings({"BRIEFBOT_PAGES_PASSWORD": PASSWORD})
    desk = OperatorDesk(room.store, settings, clock, Seconds())
    site = Site(room.store, {}, clock, link_days=90, more=desk.routes)
    for number in range(101):
        transport = httpx.ASGITransport(site.app, client=(f"192.0.2.{number}", 1))
        async with httpx.AsyncClient(transport=transport, base_url="http://pages.test") as client:
            password = PASSWORD if number == 100 else "wrong"
            answer = await client.post("/operator/login", data={"password": password})
        assert answer.status_code == (303 if number == 100 else 401)


@pytest.mark.parametrize("number", ["9" * 19, "9" * 5000, "-1", "x"])
@pytest.mark.parametrize("path", ["digests/{}/resend", "channels/{}/link", "channels/{}/end"])
async def test_a_number_that_no_row_can_have_is_not_there(
    path: str, number: str, browser: httpx.AsyncClient
) -> None:
    token = await signed_in(browser)
    answer = await browser.post(f"/operator/{path.format(number)}", data={"token": token})
    assert answer.status_code == 404


async def test_a_session_ends_after_its_hours_and_when_signed_out(
    browser: httpx.AsyncClient, clock: Clock
) -> None:
    token = await signed_in(browser)
    clock.forward(hours=11)
    assert (await browser.get("/operator")).status_code == 200
    clock.forward(hours=2)
    assert (await browser.get("/operator")).status_code == 303
    token = await signed_in(browser)
    await browser.post("/operator/logout", data={"token": token})
    assert (await browser.get("/operator")).status_code == 303


@pytest.mark.parametrize("cookie", ["", "x", "a.b.c", "a.99999999999.", "ü.1.ü", "." * 5000])
async def test_a_forged_cookie_opens_nothing(cookie: str, browser: httpx.AsyncClient) -> None:
    header = {b"cookie": f"{COOKIE}={cookie}".encode("latin-1")}
    answer = await browser.get("/operator", headers=header)
    assert answer.status_code == 303


def test_a_cookie_of_another_password_or_process_opens_nothing() -> None:
    one = Sessions("one password")
    cookie = one.begin(NOW)
    session = one.read(cookie, NOW)
    assert session
    assert one.is_form_token(session, one.form_token(session))
    assert Sessions("one password").read(cookie, NOW) is None
    assert one.read(cookie.replace(".", ".9", 1), NOW) is None
    assert one.is_password("one password")
    assert not one.is_password("one passwort")


async def test_a_digest_is_sent_again_once_by_the_same_ledger(
    browser: httpx.AsyncClient, room: PageRoom, clock: Clock
) -> None:
    digest = (await room.store.digests.history(limit=1))[0]
    token = await signed_in(browser)
    answer = await browser.post(f"/operator/digests/{digest.id}/resend", data={"token": token})
    assert "Nothing was changed" in answer.text
    (part,) = await room.store.deliveries.of_digest(digest.id)
    await spoil(room, part.id, digest.id)
    page = await browser.get("/operator/digests?only=trouble")
    assert "uncertain" in page.text
    assert "no answer from the platform" in page.text
    found = re.findall(r'action="(/operator/digests/\d+/resend)"', page.text)
    assert found == [f"/operator/digests/{digest.id}/resend"]
    for said in ("Parts that the bot sends again: 1", "Nothing was changed"):
        assert said in (await browser.post(found[0], data={"token": token})).text
    (part,) = await room.store.deliveries.of_digest(digest.id)
    assert part.state is SendState.PENDING
    changes = await room.store.changes.latest(5)
    assert [(each.command, each.args) for each in changes] == [("resend", f"digest {digest.id}")]
    assert "resend" in (await browser.get("/operator/changes")).text


async def spoil(room: PageRoom, part: int, digest: int) -> None:
    """Let a sent digest be uncertain, as after a lost answer."""
    state = {"state": SendState.UNCERTAIN, "reason": "no answer from the platform"}
    async with room.store._database.writing() as connection:
        await connection.execute(update(deliveries).where(deliveries.c.id == part).values(**state))
        await connection.execute(update(digests).where(digests.c.id == digest).values(**state))


async def test_a_form_of_another_site_does_nothing(
    browser: httpx.AsyncClient, room: PageRoom
) -> None:
    token = await signed_in(browser)
    path = f"/operator/channels/{room.channel.id}/end"
    for form, headers in (
        ({}, {}),
        ({"token": "0" * 64}, {}),
        ({"token": token}, {"sec-fetch-site": "cross-site"}),
        ({"token": token}, {"sec-fetch-site": "same-site"}),
    ):
        answer = await browser.post(path, data=form, headers=FORM | headers)
        assert answer.status_code == 403
    assert (await browser.get(path)).status_code == 405
    assert (await browser.get(f"/d/{room.digest}")).status_code == 200
    large = await browser.post(path, data={"token": token, "more": "x" * 10_000})
    assert large.status_code == 413
    assert (await browser.post(path, json={"token": token})).status_code == 415


async def test_links_are_renewed_and_ended(browser: httpx.AsyncClient, room: PageRoom) -> None:
    token = await signed_in(browser)
    channel = f"/operator/channels/{room.channel.id}"
    page = await browser.post(f"{channel}/link", data={"token": token})
    found = re.search(r"https?://[\w.:]+(/c/[\w-]{22})", unescape(page.text))
    assert found
    assert (await browser.get(found[1])).status_code == 200
    assert (await browser.get(f"/d/{room.digest}")).status_code == 404
    assert (await browser.get(f"/c/{room.archive}")).status_code == 404
    assert found[1] not in (await browser.get("/operator/channels")).text
    await browser.post(f"{channel}/end", data={"token": token})
    assert (await browser.get(found[1])).status_code == 404
    nobody = await browser.post("/operator/channels/999/link", data={"token": token})
    assert nobody.status_code == 404


async def test_sources_say_what_to_do(browser: httpx.AsyncClient, room: PageRoom) -> None:
    broken = FetchState(error="HTTP 404", failures=9, given_up_at=room.now, next_at=room.now)
    source = Source("Gone Gazette", SourceKind.FEED, "https://gone.example/feed?key=s3cret", "x")
    await room.store.sources.add(Source(source.name, source.kind, source.url, "x", state=broken))
    await signed_in(browser)
    page = await browser.get("/operator/sources")
    for said in ("Gone Gazette", "given up", "HTTP 404", "Open its address."):
        assert said in page.text
    assert "s3cret" not in page.text


async def test_the_overview_says_first_what_needs_doing(
    browser: httpx.AsyncClient, room: PageRoom
) -> None:
    await signed_in(browser)
    assert "Nothing needs attention." in (await browser.get("/operator")).text

    await spoil(room, 1, 1)
    lost = FetchState(error="HTTP 404 Not Found", failures=12, given_up_at=room.now)
    await room.store.sources.add(
        Source("Gridline", SourceKind.FEED, "https://grid.example/feed", "grid.example", state=lost)
    )
    page = unescape((await browser.get("/operator")).text)
    needs = page.partition("Needs attention")[2].partition("<h2>")[0]
    assert re.findall(r'<a href="([^"]+)">([^<]+)</a>', needs) == [
        ("/operator/digests?only=trouble", "May be lost: 1 digest"),
        ("/operator/sources", "No news any more: 1 source"),
    ]
    assert "Gridline" in needs
    assert "Send it again only if it is not there." in needs

    await room.store.channels.disable(room.channel.id, "Forbidden: bot was blocked", now=room.now)
    needs = unescape((await browser.get("/operator")).text).partition("<h2>Sending")[0]
    assert "Digests have stopped: 1 channel" in needs
    assert "May be lost" not in needs


async def test_what_failed_is_not_hidden_by_what_waits(
    browser: httpx.AsyncClient, room: PageRoom
) -> None:
    await spoil(room, 1, 1)
    async with room.store._database.writing() as connection:
        row = dict(
            (await connection.execute(select(digests).where(digests.c.id == 1))).mappings().one()
        )
        waiting = [
            {
                **{name: value for name, value in row.items() if name != "id"},
                "subscription_id": None,
                "due_at": row["due_at"] + timedelta(minutes=minute),
                "state": SendState.PENDING,
            }
            for minute in range(1, SHOWN + 1)
        ]
        await connection.execute(insert(digests), waiting)
    await signed_in(browser)
    page = (await browser.get("/operator")).text
    assert "Nothing needs attention." not in page
    assert "May be lost: 1 digest" in page


async def test_many_rows_go_over_several_pages(browser: httpx.AsyncClient, room: PageRoom) -> None:
    for number in range(150):
        url = f"https://{number}.example/" + "x" * 300
        source = Source(f"Source {number:03} " + "&" * 300, SourceKind.FEED, url, f"{number}")
        await room.store.sources.add(source)
    await signed_in(browser)
    seen: set[str] = set()
    path = "/operator/sources"
    for _ in range(150):
        page = await browser.get(path)
        assert len(page.content) <= LARGEST
        seen |= set(re.findall(r"Source (\d{3})", page.text))
        following = re.search(r'rel="next" href="([^"]+)"', page.text)
        if not following:
            break
        path = unescape(following[1])
    assert len(seen) == 150


async def test_without_a_password_there_is_no_operators_page(room: PageRoom) -> None:
    site = Site(room.store, {}, lambda: room.now, link_days=90)
    transport = httpx.ASGITransport(site.app)
    async with httpx.AsyncClient(transport=transport, base_url="http://pages.test") as client:
        for path in OPERATOR_PATHS.values():
            assert (await client.get(path)).status_code == 404
