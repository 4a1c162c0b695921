"""The doctor finds planted mistakes and says the remedy of each."""

from __future__ import annotations

import asyncio
import os
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from bot.cli import app
from bot.cli.checks import machine
from bot.cli.checks.finding import Mark
from bot.cli.doctor import diagnosed
from bot.health import Health
from bot.models import FetchState, Platform, Source, SourceKind
from bot.platforms import pictures
from bot.platforms.web_server import WebServer
from bot.process_lock import only_process
from bot.store import Store
from bot.web.server import Pages
from config.settings import load_settings
from tests.fakes.slack import FakeSlack
from tests.fakes.telegram import FakeTelegram
from tests.fakes.telegram_rules import Refusal
from tests.support.builders import an_address, an_article
from tests.support.clock import Clock

TOKEN = "1234567:" + "A" * 35
OPERATOR = {"BRIEFBOT_ADMINS": "telegram:1"}
MODEL = {"OPENAI_MODEL": "m", "OPENAI_API_KEY": "sk-abcdefgh"}


@pytest.fixture(autouse=True)
def place(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, sqlite_url: str) -> Path:
    """An empty folder with a database, and no settings from this machine."""
    for name in list(os.environ):
        if name.startswith(("BRIEFBOT_", "TELEGRAM_", "SLACK_", "OPENAI_", "DATABASE_")):
            monkeypatch.delenv(name)
    folder = tmp_path / "a folder"
    folder.mkdir(mode=0o700)
    monkeypatch.chdir(folder)
    monkeypatch.setenv("DATABASE_URL", sqlite_url)
    monkeypatch.setenv("BRIEFBOT_WEB_PORT", "0")
    return folder


async def found(*, quick: bool = True) -> str:
    """What the doctor says beside what is in order."""
    lines = [each async for each in diagnosed(load_settings(), quick=quick)]
    return "\n".join(each.text for each in lines if each.mark is not Mark.OK)


HEX = "0123456789abcdef" * 2
OAUTH = {
    "SLACK_CLIENT_ID": "1.2",
    "SLACK_CLIENT_SECRET": HEX,
    "SLACK_APP_TOKEN": "xapp-12345678",
}


@pytest.mark.parametrize(
    ("environ", "remedy"),
    [
        ({"BRIEFBOT_TIMEZON": "UTC"}, "did you mean BRIEFBOT_TIMEZONE?"),
        ({"BRIEFBOT_TIMEZONE": "europe/berlin"}, "write one such as Europe/Berlin"),
        ({"BRIEFBOT_TIMEZONE": "Karachi"}, "write one such as Asia/Karachi"),
        ({"BRIEFBOT_DIGEST_TIME": "7.30"}, "a time of day such as 07:30"),
        ({"BRIEFBOT_BULLETS": "99"}, "at most 20"),
        ({"BRIEFBOT_KEEP_ARTICLES": "2"}, "at least 7 days"),
        ({"BRIEFBOT_ADMINS": "@me"}, "telegram:12345 or slack:U0123ABC"),
        ({"DATABASE_URL": "mysql://x"}, "sqlite:///path/to/file.db or postgresql://"),
        ({"TELEGRAM_BOT_TOKEN_FILE": "/nowhere/token"}, "cannot be read"),
        ({"SLACK_BOT_TOKEN": "xoxb-12345678"}, "needs SLACK_APP_TOKEN"),
        ({"SLACK_CLIENT_ID": "1.2"}, "SLACK_CLIENT_ID needs SLACK_CLIENT_SECRET"),
        ({"SLACK_CLIENT_SECRET": HEX}, "SLACK_CLIENT_SECRET needs SLACK_CLIENT_ID"),
        (
            {"SLACK_CLIENT_ID": "1.2", "SLACK_CLIENT_SECRET": HEX},
            "SLACK_CLIENT_ID needs SLACK_APP_TOKEN",
        ),
        (OAUTH | {"SLACK_REDIRECT_URL": "https://b.ex/"}, "bot.example.org/slack/oauth_redirect"),
        (OAUTH | {"BRIEFBOT_ADMINS": "slack:U1"}, "such as slack:T0123ABC/U1"),
        (OAUTH | {"BRIEFBOT_CHATS": "slack:C1"}, "such as slack:T0123ABC/C1"),
        ({"TELEGRAM_BOT_TOKEN": "12 34"}, "copy it again"),
        ({"TELEGRAM_BOT_TOKEN": TOKEN, "TELEGRAM_WEBHOOK_URL": "https://b.ex"}, "WEBHOOK_SECRET"),
    ],
)
def test_settings_that_nothing_starts_with(
    environ: dict[str, str], remedy: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    done = CliRunner().invoke(app, ["doctor", "--quick"])
    assert done.exit_code == 1
    assert remedy in done.output
    assert "FAIL" in done.output


def test_all_faults_of_the_settings_are_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (("BRIEFBOT_BULLETS", "many"), ("TELEGRAM_BOT_TOKEN", "abc")):
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("SLACK_BOT_TOKN", "xoxb-1")
    done = CliRunner().invoke(app, ["doctor", "--quick"])
    failed = [line for line in done.output.splitlines() if line.startswith("FAIL")]
    assert [line.split()[1].partition("=")[0] for line in failed] == [
        "BRIEFBOT_BULLETS",
        "SLACK_BOT_TOKN",
        "TELEGRAM_BOT_TOKEN",
    ]


SLACK = {"SLACK_BOT_TOKEN": "xoxb-12345678", "SLACK_APP_TOKEN": "xapp-12345678"}
WEBHOOK = {"TELEGRAM_BOT_TOKEN": TOKEN, "TELEGRAM_WEBHOOK_SECRET": "s"}


@pytest.mark.parametrize(
    ("environ", "remedy"),
    [
        ({"TELEGRAM_BOT_TOKEN": "1234567:AAE"}, "TELEGRAM_BOT_TOKEN is not complete"),
        ({"TELEGRAM_BOT_TOKEN": "123456:ABC…".replace("…", "...")}, "is an example"),
        ({"TELEGRAM_BOT_TOKEN": "xoxb-12345678"}, "it belongs to SLACK_BOT_TOKEN"),
        (
            {"SLACK_BOT_TOKEN": "xapp-12345678", "SLACK_APP_TOKEN": "xoxb-12345678"},
            "SLACK_BOT_TOKEN holds Slack's app-level token: it belongs to SLACK_APP_TOKEN",
        ),
        (SLACK | {"SLACK_BOT_TOKEN": "xoxp-12345678"}, "a Slack token of a person"),
        (SLACK | {"SLACK_SIGNING_SECRET": "short"}, "copy the Signing Secret"),
        (SLACK | OAUTH, "SLACK_BOT_TOKEN and SLACK_CLIENT_ID are both set"),
        (OAUTH | {"SLACK_CLIENT_SECRET": "short"}, "copy the Client"),
        (OAUTH, "SLACK_REDIRECT_URL is not set"),
        (
            OAUTH | {"SLACK_REDIRECT_URL": "http://b.ex/slack/oauth_redirect"},
            "b.ex/slack/oauth_redirect must start with https://",
        ),
        ({"TELEGRAM_TOKEN": TOKEN}, "TELEGRAM_TOKEN is not a setting and is not read"),
        ({"OPENAI_KEY": "sk-1"}, "did you mean OPENAI_API_KEY?"),
        ({"DATABASE_URI": "x"}, "did you mean DATABASE_URL?"),
        (
            {"TELEGRAM_BOT_TOKEN": TOKEN, "TELEGRAM_BOT_TOKEN_FILE": "x"},
            "are both set, and the file is not read",
        ),
        (WEBHOOK | {"TELEGRAM_WEBHOOK_URL": "http://bot.ex"}, "must start with https://"),
        (WEBHOOK | {"TELEGRAM_WEBHOOK_URL": "https://bot.ex:8080"}, "443, 80, 88 and 8443"),
        (WEBHOOK | {"TELEGRAM_WEBHOOK_URL": "https://localhost"}, "names this machine"),
        ({"TELEGRAM_API_URL": "https://api.telegram.org/bot"}, "must end before /bot"),
        ({"SLACK_API_URL": "https://slack.com"}, "must end with /api/"),
        ({"BRIEFBOT_WEB_HOST": "0.0.0.0"}, "shows health and metrics to the network"),
        ({"OPENAI_MODEL": "m"}, "set OPENAI_API_KEY"),
        ({"OPENAI_API_KEY": "sk-1"}, "set OPENAI_MODEL"),
        ({"OPENAI_MODEL": "m", "OPENAI_BASE_URL": "http://127.0.0.1:1"}, "http://127.0.0.1:1/v1"),
        (MODEL | {"BRIEFBOT_LLM_DAY_CAP": "0"}, "the model is never asked"),
        ({"TELEGRAM_BOT_TOKEN": TOKEN}, "BRIEFBOT_ADMINS is empty"),
        ({"TELEGRAM_BOT_TOKEN": TOKEN, "BRIEFBOT_ADMINS": "slack:U1"}, "slack is not configured"),
        ({"BRIEFBOT_REFRESH": "off"}, "another process must poll the sources"),
        ({"DATABASE_URL": "postgresql://me:secret@127.0.0.1:1/db"}, "check that the server runs"),
        ({"DATABASE_URL": "sqlite:////proc/nowhere/x.db"}, "/proc/nowhere"),
        ({"BRIEFBOT_WEB_HOST": "203.0.113.9"}, "the address is not local"),
    ],
)
async def test_settings_that_do_not_fit(
    environ: dict[str, str], remedy: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    told = await found()
    assert remedy in told
    assert "secret" not in told.replace("WEBHOOK_SECRET", "")


async def test_an_empty_database() -> None:
    told = await found(quick=False)
    assert "no article is stored" in told
    assert "`briefbot sources import --starter` adds a list" in told
    assert "no chat platform is configured" in told


async def test_an_installation_in_order_has_no_fault(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = Store.open(sqlite_url)
    now = datetime.now(UTC)
    await store.articles.add(an_article(fetched_at=now, published_at=now))
    await store.close()
    async with FakeTelegram() as telegram, FakeSlack() as slack:
        environ = {**telegram.environ, **slack.environ, **OPERATOR}
        for name, value in environ.items():
            monkeypatch.setenv(name, value)
        told = await found(quick=False)
    assert told == "no source is polled: `briefbot sources import --starter` adds a list"


Plant = Callable[[FakeTelegram, FakeSlack, Store], Awaitable[None]]


async def refused(telegram: FakeTelegram, slack: FakeSlack, store: Store) -> None:
    telegram.refuse(Refusal(401, "Unauthorized"), method="getMe", times=9)
    slack.refuse("auth.test", "invalid_auth", times=9)


async def webhook_left(telegram: FakeTelegram, slack: FakeSlack, store: Store) -> None:
    telegram.webhook = "https://other.example/hook"


async def scopes(telegram: FakeTelegram, slack: FakeSlack, store: Store) -> None:
    slack.workspace.scopes -= {"commands", "chat:write"}


async def no_files(telegram: FakeTelegram, slack: FakeSlack, store: Store) -> None:
    slack.workspace.scopes -= {"files:write"}


async def app_token(telegram: FakeTelegram, slack: FakeSlack, store: Store) -> None:
    slack.refuse("apps.connections.open", "not_allowed_token_type")


async def subscribed(store: Store, chat: str, platform: Platform) -> None:
    now = datetime.now(UTC)
    workspace = "T1" if platform is Platform.SLACK else ""
    address = an_address(chat, platform=platform, workspace=workspace)
    channel = await store.channels.ensure(address, title="", timezone="UTC")
    later = now + timedelta(days=1)
    at = now.time().replace(tzinfo=None)
    await store.subscriptions.add(channel.id, ["energy"], at, range(7), "UTC", 5, now, later)


async def not_in_channel(telegram: FakeTelegram, slack: FakeSlack, store: Store) -> None:
    slack.channels["C1"].member = False
    await subscribed(store, "C1", Platform.SLACK)


async def archived(telegram: FakeTelegram, slack: FakeSlack, store: Store) -> None:
    slack.channels["C1"].archived = True
    await subscribed(store, "C1", Platform.SLACK)


async def unknown_chat(telegram: FakeTelegram, slack: FakeSlack, store: Store) -> None:
    await subscribed(store, "-100999", Platform.TELEGRAM)


async def source_fails(telegram: FakeTelegram, slack: FakeSlack, store: Store) -> None:
    state = FetchState(error="404 Not Found", failures=9)
    url = "https://coast.example/rss"
    source = Source("Coast Herald", SourceKind.FEED, url, "coast.example", state=state)
    await store.sources.add(source)
    await store.sources.hasten(None, datetime.now(UTC))
    claimed = (await store.sources.claim(datetime.now(UTC), 1))[0]
    await store.sources.settle(claimed, source, None)


@pytest.mark.parametrize(
    ("plant", "remedy"),
    [
        (refused, "write the one that @BotFather shows into TELEGRAM_BOT_TOKEN"),
        (refused, "SLACK_BOT_TOKEN was refused by Slack (invalid_auth)"),
        (webhook_left, "a webhook is set (https://other.example/hook)"),
        (scopes, "the app lacks the scopes chat:write, commands: add them"),
        (no_files, "the app lacks the scope files:write, so that charts come in words"),
        (app_token, "SLACK_APP_TOKEN was refused (not_allowed_token_type)"),
        (not_in_channel, "the bot is not in it: type /invite"),
        (archived, "it is archived"),
        (unknown_chat, "chat -100999"),
        (source_fails, "source Coast Herald: "),
    ],
)
async def test_what_the_platforms_and_the_store_tell(
    plant: Plant, remedy: str, sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = Store.open(sqlite_url)
    async with FakeTelegram() as telegram, FakeSlack() as slack:
        for name, value in {**telegram.environ, **slack.environ}.items():
            monkeypatch.setenv(name, value)
        await plant(telegram, slack, store)
        assert remedy in await found(quick=False)
    await store.close()


async def test_a_platform_that_cannot_be_reached_and_a_model_that_is_down(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name, value in {
        "TELEGRAM_BOT_TOKEN": TOKEN,
        "TELEGRAM_API_URL": "http://127.0.0.1:1",
        "OPENAI_MODEL": "small",
        "OPENAI_BASE_URL": "http://127.0.0.1:1/v1",
    }.items():
        monkeypatch.setenv(name, value)
    told = await found(quick=False)
    assert "Telegram cannot be reached" in told
    assert "model small: " in told
    assert "(at http://127.0.0.1:1/v1; see docs/models.md)" in told


async def test_a_wrong_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    class Late(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> datetime:  # type: ignore[override]
            return datetime.now(tz) - timedelta(hours=1)

    monkeypatch.setattr(machine, "datetime", Late)
    async with FakeTelegram() as telegram:
        settings = load_settings(telegram.environ)
        (finding,) = await machine.check_clock(settings)
    assert "s behind: switch on time synchronisation" in finding.text


@pytest.fixture
async def taken() -> AsyncIterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


async def test_a_taken_port_unless_the_bot_has_it(
    taken: int, sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BRIEFBOT_WEB_PORT", str(taken))
    assert "another program has the port" in await found()
    with only_process(Store.open(sqlite_url).file):
        assert "another program has the port" not in await found()


async def test_files_that_others_may_read_and_a_full_disk(
    place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    env = place / ".env"
    await asyncio.to_thread(env.write_text, "BRIEFBOT_BULLETS=3\n")
    env.chmod(0o644)
    monkeypatch.setattr(machine, "LEAST_FREE", 10**18)
    monkeypatch.setattr(machine, "_file_system", lambda _: "nfs4")
    told = await found()
    assert f"chmod 600 {env}" in told
    assert "MB are free" in told
    assert "network folder (nfs4)" in told


async def test_the_address_of_the_pages_is_asked(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = Store.open(sqlite_url)
    pages = Pages(store, {}, load_settings({"BRIEFBOT_PAGES_PORT": "0"}), Clock(), Health())
    await pages.start()
    monkeypatch.setenv("BRIEFBOT_WEB_URL", f"http://127.0.0.1:{pages.port}")
    told = await found(quick=False)
    assert "is not https: who reads along sees the links" in told
    assert "run `briefbot web`" not in told
    await pages.stop()
    gone = await found(quick=False)
    assert f"BRIEFBOT_WEB_URL=http://127.0.0.1:{pages.port} cannot be reached" in gone
    assert "let the reverse proxy pass all paths to 127.0.0.1:8090" in gone
    other = WebServer("127.0.0.1", 0, ())
    await other.start()
    monkeypatch.setenv("BRIEFBOT_WEB_URL", f"http://127.0.0.1:{other.port}")
    assert "answers with 404, but not as the pages" in await found(quick=False)
    await other.stop()
    await store.close()


@pytest.mark.parametrize(
    ("installed", "said"),
    [(True, "apt install fonts-dejavu-core"), (False, "pip install resvg-py")],
    ids=["no font", "no library"],
)
async def test_what_charts_need_is_named(
    installed: bool, said: str, sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def without_font(_: bytes) -> bytes:
        raise pictures.NoPicture(pictures.NO_FONTS)

    monkeypatch.setattr(pictures, "find_spec", lambda _: installed or None)
    monkeypatch.setattr(pictures, "_run", without_font)
    async with FakeTelegram() as telegram:
        for name, value in telegram.environ.items():
            monkeypatch.setenv(name, value)
        told = await found(quick=False)
    assert "charts come in words: " in told
    assert said in told
