"""`briefbot init` asks, checks, and writes .env for the bot's user alone."""

from __future__ import annotations

import asyncio
import os
import stat
from pathlib import Path

import pytest
import yaml
from typer.testing import CliRunner, Result

from bot.cli import app
from config.data_folder import data_folder
from config.env_files import env_file, quoted
from config.settings import load_settings
from config.token_forms import fault_of
from tests.fakes.slack import FakeSlack
from tests.fakes.telegram import FakeTelegram


@pytest.fixture(autouse=True)
def place(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    for name in list(os.environ):
        if name.startswith(("BRIEFBOT_", "TELEGRAM_", "SLACK_", "OPENAI_", "DATABASE_")):
            monkeypatch.delenv(name)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "share"))
    folder = tmp_path / "an empty folder"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


async def typed(line: str, answers: str = "") -> Result:
    return await asyncio.to_thread(CliRunner().invoke, app, line.split(), input=answers)


async def test_it_checks_both_platforms_and_writes_a_private_file(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with FakeTelegram() as telegram, FakeSlack() as slack:
        monkeypatch.setenv("TELEGRAM_API_URL", telegram.url)
        monkeypatch.setenv("SLACK_API_URL", slack.url)
        answers = [
            "12345",  # not complete: asked again
            telegram.token,
            *("xoxb-wrong-token", "xapp-wrong-token", "n"),  # refused: asked again
            *(slack.environ["SLACK_BOT_TOKEN"], slack.environ["SLACK_APP_TOKEN"]),
            "Karachi",  # no zone: asked again
            "Asia/Karachi",
        ]
        done = await typed("init", "\n".join(answers) + "\n")
    assert done.exit_code == 0, done.output
    assert "TELEGRAM_BOT_TOKEN is not complete" in done.output
    assert "telegram: connected as @" in done.output
    assert "SLACK_BOT_TOKEN was refused" in done.output
    assert "write one such as Asia/Karachi" in done.output
    path = place / ".env"
    assert stat.S_IMODE(path.lstat().st_mode) == 0o600
    settings = load_settings({}, place)
    assert settings.telegram_on
    assert settings.slack_on
    assert settings.timezone == "Asia/Karachi"
    assert settings.database_url == f"sqlite:///{place / 'data' / 'briefbot.db'}"
    again = await typed("init")
    assert again.exit_code == 1
    assert "--force" in again.output


async def test_without_any_answer_the_terminal_is_left(place: Path) -> None:
    done = await typed("init", "\n\n\n")
    assert done.exit_code == 0, done.output
    assert "briefbot chat" in done.output
    assert not load_settings({}, place).telegram_on


async def test_it_asks_nothing_where_the_environment_says_it(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_MODEL", "it's a model # 1")
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:1/v1")
    done = await typed("init sub/folder --yes")
    assert done.exit_code == 0, done.output
    assert load_settings({}, place / "sub" / "folder").openai_model == "it's a model # 1"


@pytest.mark.parametrize("value", ["plain", "a b", "it's", 'say "x"', "a#b", "$HOME", "c:\\d", "é"])
def test_what_is_written_is_read_unchanged(value: str, tmp_path: Path) -> None:
    (tmp_path / ".env").write_text(f"NAME={quoted(value)}\n")
    assert env_file(tmp_path / ".env") == {"NAME": value}


async def test_the_manifest_is_printed_for_both_ways() -> None:
    socket = yaml.safe_load((await typed("slack manifest")).output)
    assert socket["settings"]["socket_mode_enabled"] is True
    http = yaml.safe_load((await typed("slack manifest --url https://bot.example/")).output)
    assert http["settings"]["socket_mode_enabled"] is False
    events = "https://bot.example/slack/events"
    assert http["features"]["slash_commands"][0]["url"] == events
    assert http["settings"]["event_subscriptions"]["request_url"] == events
    assert http["settings"]["interactivity"]["request_url"] == events


async def test_the_manifest_of_an_app_for_several_workspaces(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    back = "https://bot.example/slack/oauth_redirect"
    monkeypatch.setenv("SLACK_REDIRECT_URL", back)
    manifest = yaml.safe_load((await typed("slack manifest")).output)
    assert manifest["oauth_config"]["redirect_urls"] == [back]
    assert manifest["settings"]["token_rotation_enabled"] is True
    monkeypatch.setenv("SLACK_REDIRECT_URL", back.replace("https", "http"))
    assert "must start with https://" in (await typed("slack manifest")).output
    monkeypatch.delenv("SLACK_REDIRECT_URL")
    plain = yaml.safe_load((await typed("slack manifest")).output)
    assert "redirect_urls" not in plain["oauth_config"]


async def test_the_manifest_has_the_command_that_the_settings_name(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SLACK_COMMAND", "/news")
    manifest = yaml.safe_load((await typed("slack manifest")).output)
    assert manifest["features"]["slash_commands"][0]["command"] == "/news"


@pytest.mark.parametrize(
    ("environ", "platform", "folder"),
    [
        ({"BRIEFBOT_DATA_DIR": "/srv/news"}, "linux", "/srv/news"),
        ({"HOME": "/home/me"}, "linux", "/home/me/.local/share/briefbot"),
        ({"XDG_DATA_HOME": "/x"}, "linux", "/x/briefbot"),
        ({"HOME": "/Users/me"}, "darwin", "/Users/me/Library/Application Support/briefbot"),
        ({"LOCALAPPDATA": "/local"}, "win32", "/local/briefbot"),
    ],
)
def test_the_data_lies_where_the_platform_keeps_data(
    environ: dict[str, str], platform: str, folder: str, place: Path
) -> None:
    assert data_folder(environ, place, platform=platform) == Path(folder)


def test_the_old_folder_and_the_one_of_the_source_code_are_still_used(place: Path) -> None:
    (place / "data").mkdir()
    (place / "data" / "briefbot.db").touch()
    assert data_folder({"HOME": "/home/me"}, place) == Path("data")
    source_code = Path(__file__).parents[3]
    assert data_folder({"HOME": "/home/me"}, source_code) == Path("data")


def test_the_env_file_of_the_data_folder_is_read_where_there_is_no_other(
    place: Path, tmp_path: Path
) -> None:
    share = tmp_path / "share" / "briefbot"
    share.mkdir(parents=True)
    (share / ".env").write_text("BRIEFBOT_BULLETS=3\n")
    environ = {"XDG_DATA_HOME": str(tmp_path / "share")}
    assert load_settings(environ, place).bullets == 3
    (place / ".env").write_text("BRIEFBOT_BULLETS=4\n")
    assert load_settings(environ, place).bullets == 4


def test_a_right_token_has_no_fault() -> None:
    assert fault_of("TELEGRAM_BOT_TOKEN", "1234567:" + "A" * 35) is None
    assert fault_of("OPENAI_API_KEY", "local") is None
