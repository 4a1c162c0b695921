"""The whole bot in two workspaces, which install it in a browser and have equal ids."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from html import unescape
from http.cookies import SimpleCookie

import aiohttp
import pytest
from structlog.testing import capture_logs

from bot.app import App
from bot.cli.checks.online import check_platforms
from bot.models import Address, Platform
from bot.store import Store
from tests.fakes.local_slack import free_port
from tests.fakes.slack_workspaces import FakeSlackApp
from tests.support.clock import Clock
from tests.support.database_text import texts_in
from tests.support.news import stored
from tests.support.waiting import eventually, until
from tests.support.whole_bot import services_of

QUICK = {"BRIEFBOT_TICK_SECONDS": "0.05", "BRIEFBOT_REQUEST_SECONDS": "2"}


@dataclass
class Desk:
    """The running bot, its Slack, and a browser."""

    slack: FakeSlackApp
    store: Store
    clock: Clock
    web: str

    async def page(
        self, address: str, cookies: SimpleCookie | None = None
    ) -> tuple[int, str, SimpleCookie]:
        """Open a page in a browser that holds these cookies; returns its text and new cookies."""
        sent = {name: each.value for name, each in (cookies or {}).items()}
        async with (
            aiohttp.ClientSession(cookies=sent) as session,
            session.get(address) as answer,
        ):
            return answer.status, unescape(await answer.text()), answer.cookies

    async def begun(self, team: str) -> tuple[str, SimpleCookie]:
        """Open the install page, press its button, and allow it; returns where Slack sends one."""
        status, text, cookies = await self.page(f"{self.web}/slack/install")
        assert status == 200
        [button] = re.findall(r'href="([^"]+)"', text)
        return self.slack.allow(button, team), cookies

    async def install(self, team: str) -> str:
        status, text, _ = await self.page(*await self.begun(team))
        assert status == 200, text
        return text

    async def says(self, team: str, line: str) -> str:
        """Type a mention in C1 of a workspace; returns the bot's answer there."""
        self.slack.at(team)
        before = len(self.slack.sent_in(team))
        await self.slack.mention(line)
        await self.slack.until(lambda: len(self.slack.sent_in(team)) > before)
        return str(self.slack.sent_in(team)[before].payload)


@asynccontextmanager
async def running(store: Store, clock: Clock, **more: str) -> AsyncIterator[Desk]:
    port = free_port()
    web = f"http://127.0.0.1:{port}"
    await stored(store)
    async with FakeSlackApp(clock) as slack:
        there = {
            "BRIEFBOT_WEB_PORT": str(port),
            "SLACK_REDIRECT_URL": f"{web}/slack/oauth_redirect",
        }
        app = App(services_of(store, clock, **{**QUICK, **slack.oauth_environ, **there, **more}))
        try:
            await app.start()
            yield Desk(slack, store, clock, web)
        finally:
            await app.stop()


async def test_two_workspaces_install_it_and_each_is_answered_and_written_to_with_its_own_token(
    store: Store,
) -> None:
    async with running(store, Clock()) as desk:
        slack = desk.slack
        assert "Installed in Team T1" in await desk.install("T1")
        assert "Installed in Team T2" in await desk.install("T2")
        assert "12:30" in await desk.says("T1", "subscribe energy at 12:30")
        assert "12:30" in await desk.says("T2", "subscribe security at 12:30")
        assert [len(slack.sent_in(team)) for team in ("T1", "T2")] == [1, 1]
        desk.clock.forward(minutes=30)
        await until(lambda: all(len(slack.sent_in(team)) == 2 for team in ("T1", "T2")))
        energy, security = (str(slack.sent_in(team)[1].payload) for team in ("T1", "T2"))
        assert "Coast" in energy
        assert "Coast" not in security
        assert "Harran" in security
        slack.at("T2")
        await slack.event({"type": "app_home_opened", "tab": "home", "channel": "D1"})
        await slack.until(lambda: bool(slack.teams["T2"].views))
        assert slack.teams["T1"].views == []


async def test_equal_ids_of_two_workspaces_are_two_inputs(sqlite_store: Store) -> None:
    async with running(sqlite_store, Clock()) as desk:
        for team in ("T1", "T2"):
            await desk.install(team)
            desk.slack.at(team)
            await desk.slack.mention("help", event_id="Ev1")
        await until(lambda: all(len(desk.slack.sent_in(team)) == 1 for team in ("T1", "T2")))


async def test_a_token_is_renewed_before_it_expires_once_however_many_ask(
    sqlite_store: Store,
) -> None:
    async with running(sqlite_store, Clock()) as desk:
        slack = desk.slack
        await desk.install("T1")
        desk.clock.forward(hours=13)
        answer = slack.hold_answer("oauth.v2.access")
        await asyncio.gather(*(slack.mention("help", event_id=f"Ev{n}") for n in range(8)))
        await slack.until(lambda: bool(slack.refreshed))
        answer.set()
        await slack.until(lambda: len(slack.sent_in("T1")) == 8)
        assert slack.refreshed == ["T1"]
        desk.clock.forward(hours=11)
        slack.refuse("oauth.v2.access", "internal_error")
        await desk.says("T1", "help")
        assert slack.refreshed == ["T1"]
        desk.clock.forward(minutes=2)
        await desk.says("T1", "help")
        assert slack.refreshed == ["T1", "T1"]


async def test_uninstalling_ends_one_workspace_and_erases_it_and_the_other_goes_on(
    store: Store, database_url: str
) -> None:
    async with running(store, Clock()) as desk:
        slack = desk.slack
        for team in ("T1", "T2"):
            await desk.install(team)
            await desk.says(team, "subscribe energy at 12:30")
        with capture_logs() as logs:
            await slack.remove_app("T2", "tokens_revoked", "app_uninstalled")

            async def gone() -> bool:
                return await store.channels.find(Address(Platform.SLACK, "T2", "C1")) is None

            await eventually(gone)
        assert any("removed from a Slack workspace" in each["event"] for each in logs)
        desk.clock.forward(minutes=30)
        await until(lambda: len(slack.sent_in("T1")) == 2)
        assert len(slack.sent_in("T2")) == 1
        slack.at("T2")
        told = await slack.slash("/brief", "help")
        assert f"Install it again: {desk.web}/slack/install" in str(told.body)
        assert "T2" not in await texts_in(database_url)
        assert "Installed in Team T2" in await desk.install("T2")
        assert "help" in await desk.says("T2", "help")


async def test_a_revoked_token_holds_the_digests_until_the_app_is_installed_again(
    sqlite_store: Store,
) -> None:
    async with running(sqlite_store, Clock()) as desk:
        slack = desk.slack
        for team in ("T1", "T2"):
            await desk.install(team)
            await desk.says(team, "subscribe energy at 12:30")
        await slack.remove_app("T2", "tokens_revoked")

        async def deleted() -> bool:
            return await desk.store.installations.get("T2") is None

        await eventually(deleted)
        desk.clock.forward(minutes=30)
        await until(lambda: len(slack.sent_in("T1")) == 2)
        assert len(slack.sent_in("T2")) == 1
        await desk.install("T2")
        desk.clock.forward(minutes=1)
        await until(lambda: len(slack.sent_in("T2")) == 2)


async def test_a_late_word_of_an_uninstallation_leaves_the_new_one(sqlite_store: Store) -> None:
    async with running(sqlite_store, Clock()) as desk:
        await desk.install("T1")
        desk.clock.forward(minutes=5)
        await desk.install("T1")
        desk.slack.at("T1")
        for kind in ("app_uninstalled", "tokens_revoked"):
            early = {"type": kind, "tokens": {"bot": ["U0BOT"]}}
            await desk.slack.event(early, at=desk.clock().timestamp() - 240)
        assert "help" in await desk.says("T1", "help")


async def test_forged_used_and_expired_states_and_other_browsers_are_refused(
    sqlite_store: Store,
) -> None:
    async with running(sqlite_store, Clock()) as desk:
        back, cookies = await desk.begun("T1")
        for address, browser in (
            (back, None),
            (re.sub("state=.+", "state=forged", back), cookies),
            (re.sub("&state=.+", "", back), None),
        ):
            status, text, _ = await desk.page(address, browser)
            assert status == 400
            assert "This browser did not begin the installation" in text
        forged = SimpleCookie({next(iter(cookies)): "forged"})
        refused = await desk.page(re.sub("state=.+", "state=forged", back), forged)
        assert "was used, or is older than ten minutes" in refused[1]
        assert (await desk.page(back, cookies))[0] == 200
        assert "was used, or is older than ten minutes" in (await desk.page(back, cookies))[1]
        late, cookies = await desk.begun("T2")
        desk.clock.forward(minutes=11)
        assert "older than ten minutes" in (await desk.page(late, cookies))[1]
        assert [each.workspace for each in await sqlite_store.installations.all()] == ["T1"]


@pytest.mark.parametrize("refused", ["cancelled", "wrong secret", "organisation", "not listed"])
async def test_an_installation_that_fails_says_why_and_stores_nothing(
    refused: str, sqlite_store: Store
) -> None:
    more = {
        "wrong secret": {"SLACK_CLIENT_SECRET": "f" * 32},
        "not listed": {"BRIEFBOT_CHATS": "slack:T9"},
    }
    why = {
        "cancelled": "Slack says that the installation was not allowed",
        "wrong secret": "Slack gave no token (bad_client_secret)",
        "organisation": "not in a whole organisation",
        "not listed": "This bot is not open to this workspace",
    }
    async with running(sqlite_store, Clock(), **more.get(refused, {})) as desk:
        desk.slack.organisation = refused == "organisation"
        back, cookies = await desk.begun("T1")
        if refused == "cancelled":
            back = re.sub(r"code=[^&]+", "error=access_denied", back)
        with capture_logs() as logs:
            status, text, _ = await desk.page(back, cookies)
        assert (status, why[refused] in text) == (400, True), text
        assert await sqlite_store.installations.all() == []
        if refused == "wrong secret":
            assert "correct SLACK_CLIENT_SECRET, from Basic Information" in str(logs)
        if refused == "not listed":
            assert desk.slack.grants == {}


async def test_the_doctor_names_the_workspace_of_each_fault_with_the_remedy(
    sqlite_store: Store,
) -> None:
    async with running(sqlite_store, Clock()) as desk:
        environ = {"SLACK_REDIRECT_URL": f"{desk.web}/slack/oauth_redirect"}
        services = services_of(sqlite_store, desk.clock, **desk.slack.oauth_environ, **environ)

        async def told() -> str:
            channels = await sqlite_store.channels.subscribed()
            found = [each async for each in check_platforms(services, channels)]
            return "\n".join(f"{each.mark} {each.text}" for each in found)

        again = f"{desk.web}/slack/install"
        assert f"FAIL slack: no workspace has installed the app: open {again}" in await told()
        for team in ("T1", "T2"):
            await desk.install(team)
            await desk.says(team, "subscribe energy at 12:30")
        assert "ok slack: connected as @briefbot in Team T1, @briefbot in Team T2" in await told()
        assert "FAIL" not in await told()
        desk.slack.teams["T1"].channels["C1"].member = False
        del desk.slack.grants["T2"]
        assert "workspace Team T1: channel C1: the bot is not in it" in await told()
        assert f"answered invalid_auth: install the app again at {again}" in await told()
        await sqlite_store.installations.delete("T2", before=desk.clock())
        assert "not installed in workspace T2, whose channels wait" in await told()


async def test_tokens_are_told_in_no_log(
    sqlite_store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    with capture_logs() as logs:
        async with running(sqlite_store, Clock()) as desk:
            await desk.install("T1")
            await desk.says("T1", "help")
            [kept] = await sqlite_store.installations.all()
    records = [each.getMessage() for each in caplog.records if each.name != "aiohttp.access"]
    told = "\n".join([str(logs), repr(kept), *records])
    assert kept.token.startswith("xoxe.xoxb-")
    assert "xox" not in told
