from __future__ import annotations

import re
from pathlib import Path

import pytest

from config.settings import InvalidSettings, Settings, load_settings
from tests.support.paths import ROOT

SECRET = "hunter2-not-to-be-shown"


def read(tmp_path: Path, **environ: str) -> Settings:
    return load_settings(environ, tmp_path)


def test_it_needs_nothing(tmp_path: Path) -> None:
    settings = read(tmp_path, XDG_DATA_HOME="/home/me/share")
    assert settings.database_url == "sqlite:////home/me/share/briefbot/briefbot.db"
    assert not settings.telegram_on
    assert not settings.slack_on


@pytest.mark.parametrize(
    ("environ", "on"),
    [
        ({"OPENAI_API_KEY": SECRET}, False),
        ({"OPENAI_MODEL": "m"}, False),
        ({"OPENAI_BASE_URL": "http://127.0.0.1:1/v1"}, False),
        ({"OPENAI_MODEL": "m", "OPENAI_API_KEY": SECRET}, True),
        ({"OPENAI_MODEL": "m", "OPENAI_BASE_URL": "http://127.0.0.1:1/v1"}, True),
    ],
)
def test_a_language_model_is_off_until_it_is_named_and_can_be_reached(
    tmp_path: Path, environ: dict[str, str], on: bool
) -> None:
    assert read(tmp_path, **environ).llm_on is on


@pytest.mark.parametrize(
    ("name", "value", "remedy"),
    [
        ("BRIEFBOT_LLM_SECONDS", "60", "at most 17"),
        ("BRIEFBOT_LLM_DAY_CAP", "-1", "at least 0"),
        ("BRIEFBOT_LLM_PROMPTS", "nowhere", "bullets.md"),
        ("BRIEFBOT_TIMEZONE", "Mars/Olympus", "Europe/Berlin"),
        ("BRIEFBOT_BULLETS", "many", "a whole number"),
        ("BRIEFBOT_BULLETS", "0", "at least 1"),
        ("BRIEFBOT_DIGEST_TIME", "25:00", "07:30"),
        ("BRIEFBOT_DIGEST_TIME", "0\N{ARABIC-INDIC DIGIT SEVEN}:30", "07:30"),
        ("BRIEFBOT_LATE_HOURS", "-1", "at least 0"),
        ("BRIEFBOT_LATE_HOURS", "nan", "a number"),
        ("BRIEFBOT_WEB_PORT", "70000", "65535"),
        ("BRIEFBOT_LOG_LEVEL", "loud", "WARNING"),
        ("BRIEFBOT_ADMINS", "me", "telegram:12345"),
        ("BRIEFBOT_REFRESH", "perhaps", "true or false"),
        ("BRIEFBOT_CONTACT", "me (at) home", "without parentheses"),
        ("BRIEFBOT_ALLOWED_NETWORKS", "10.0.0.1/8", "10.0.0.0/8"),
        ("BRIEFBOT_ALLOWED_NETWORKS", "home", "10.0.0.0/8"),
        ("TELEGRAM_API_URL", "api.telegram.org", "https://"),
    ],
)
def test_it_names_the_variable_the_value_and_the_remedy(
    tmp_path: Path, name: str, value: str, remedy: str
) -> None:
    with pytest.raises(InvalidSettings) as caught:
        read(tmp_path, **{name: value})
    message = str(caught.value)
    assert name in message
    assert value in message
    assert remedy in message


@pytest.mark.parametrize(
    "name",
    [
        "DATABASE_URL",
        "TELEGRAM_BOT_TOKEN",
        "TELEGRAM_WEBHOOK_SECRET",
        "SLACK_APP_TOKEN",
        "OPENAI_API_KEY",
    ],
)
def test_it_never_shows_a_secret(tmp_path: Path, name: str) -> None:
    with pytest.raises(InvalidSettings) as caught:
        read(tmp_path, **{name: f"{SECRET} !"})
    assert name in str(caught.value)
    assert SECRET not in str(caught.value)


def test_it_hides_secrets_from_its_own_representation(tmp_path: Path) -> None:
    settings = read(tmp_path, TELEGRAM_BOT_TOKEN=f"1:{SECRET}", OPENAI_API_KEY=SECRET)
    assert SECRET not in repr(settings)


def test_it_tells_of_every_fault_at_once(tmp_path: Path) -> None:
    with pytest.raises(InvalidSettings) as caught:
        read(tmp_path, BRIEFBOT_BULLETS="x", BRIEFBOT_TIMEZONE="y")
    assert len(str(caught.value).splitlines()) == 2


def test_it_reads_a_secret_from_a_file(tmp_path: Path) -> None:
    file = tmp_path / "token"
    file.write_text(f"1:{SECRET}\n")
    settings = read(tmp_path, TELEGRAM_BOT_TOKEN_FILE=str(file))
    assert settings.telegram_bot_token is not None
    assert settings.telegram_bot_token.get_secret_value() == f"1:{SECRET}"


def test_it_names_a_secret_file_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(InvalidSettings, match=r"TELEGRAM_BOT_TOKEN_FILE=.*nowhere"):
        read(tmp_path, TELEGRAM_BOT_TOKEN_FILE=str(tmp_path / "nowhere"))


def test_it_names_a_secret_file_that_is_empty(tmp_path: Path) -> None:
    (tmp_path / "token").write_text(" \n")
    with pytest.raises(InvalidSettings, match=r"TELEGRAM_BOT_TOKEN_FILE=.*token is empty"):
        read(tmp_path, TELEGRAM_BOT_TOKEN_FILE=str(tmp_path / "token"))


def test_space_around_a_value_is_cut(tmp_path: Path) -> None:
    settings = read(tmp_path, TELEGRAM_BOT_TOKEN=" 1:abc\r\n", BRIEFBOT_BULLETS="4\n")
    assert settings.telegram_bot_token is not None
    assert settings.telegram_bot_token.get_secret_value() == "1:abc"
    assert settings.bullets == 4


@pytest.mark.parametrize(
    ("kept", "told"),
    [
        (b"\n# bullets\n\nBRIEFBOT_BULLETS: 4\n", "line 4"),
        (b"BRIEFBOT_BULLETS=4\nBRIEFBOT_TIMEZONE\n", "line 2"),
        (b"BRIEFBOT_TIMEZONE='UTC\n", "line 1"),
        (b"BRIEFBOT_CONTACT=\xff\n", "UTF-8"),
    ],
)
def test_it_refuses_an_env_file_that_it_cannot_understand(
    tmp_path: Path, kept: bytes, told: str
) -> None:
    (tmp_path / ".env").write_bytes(kept)
    with pytest.raises(InvalidSettings, match=rf"\.env.*{told}"):
        read(tmp_path)


def test_a_folder_that_is_called_like_the_env_file_is_none(tmp_path: Path) -> None:
    (tmp_path / ".env").mkdir()
    assert read(tmp_path).bullets == 5


def test_the_environment_goes_before_the_env_file(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("BRIEFBOT_BULLETS=3\nBRIEFBOT_TIMEZONE=Asia/Karachi\n")
    settings = read(tmp_path, BRIEFBOT_BULLETS="7")
    assert (settings.bullets, settings.timezone) == (7, "Asia/Karachi")


def test_an_empty_value_counts_as_not_set(tmp_path: Path) -> None:
    assert read(tmp_path, BRIEFBOT_BULLETS="", SLACK_BOT_TOKEN=" ").bullets == 5


def test_it_refuses_a_misspelt_setting(tmp_path: Path) -> None:
    with pytest.raises(InvalidSettings, match="BRIEFBOT_BULLET is not a setting"):
        read(tmp_path, BRIEFBOT_BULLET="3")


@pytest.mark.parametrize(
    ("environ", "missing"),
    [
        ({"SLACK_BOT_TOKEN": "xoxb-1"}, "SLACK_SIGNING_SECRET"),
        ({"SLACK_APP_TOKEN": "xapp-1"}, "SLACK_BOT_TOKEN"),
        ({"SLACK_SIGNING_SECRET": "s"}, "SLACK_BOT_TOKEN"),
        (
            {"TELEGRAM_BOT_TOKEN": "1:a", "TELEGRAM_WEBHOOK_URL": "https://bot.example"},
            "TELEGRAM_WEBHOOK_SECRET",
        ),
        (
            {"TELEGRAM_WEBHOOK_SECRET": "s", "TELEGRAM_WEBHOOK_URL": "https://bot.example"},
            "TELEGRAM_BOT_TOKEN",
        ),
    ],
)
def test_it_says_which_setting_is_missing_beside_another(
    tmp_path: Path, environ: dict[str, str], missing: str
) -> None:
    with pytest.raises(InvalidSettings, match=missing):
        read(tmp_path, **environ)


def test_the_example_file_names_every_setting_and_tells_the_defaults(tmp_path: Path) -> None:
    example = (ROOT / ".env.example").read_text()
    unmarked = re.sub(r"(?m)^# (?=[A-Z_]+=)", "", example)
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "briefbot.db").touch()
    for kept in (example, unmarked):
        (tmp_path / ".env").write_text(kept)
        assert load_settings({}, tmp_path) == Settings()
    names = {str(f.validation_alias.choices[0]) for f in Settings.model_fields.values()}  # type: ignore[union-attr]
    assert not {name for name in names if f"\n{name}=" not in unmarked}


def test_the_example_file_sets_nothing_by_itself() -> None:
    example = (ROOT / ".env.example").read_text()
    assert not re.findall(r"(?m)^[A-Z_]+=.+", example)


def test_it_reads_the_networks_that_sources_may_lie_in(tmp_path: Path) -> None:
    settings = read(tmp_path, BRIEFBOT_ALLOWED_NETWORKS="10.0.0.0/8, fd00::/8 127.0.0.1")
    assert [str(each) for each in settings.allowed_networks] == [
        "10.0.0.0/8",
        "fd00::/8",
        "127.0.0.1/32",
    ]
    assert not read(tmp_path, BRIEFBOT_REFRESH="off").refresh


def test_every_fault_is_named_at_once(tmp_path: Path) -> None:
    given = {"BRIEFBOT_BULLETS": "many", "BRIEFBOT_TIMEZON": "UTC", "BRIEFBOT_WEB_PORT": "x"}
    with pytest.raises(InvalidSettings) as caught:
        read(tmp_path, **given, SLACK_BOT_TOKEN_FILE=str(tmp_path / "missing"))
    told = str(caught.value).splitlines()
    assert len(told) == 4
    for name in (*given, "SLACK_BOT_TOKEN_FILE"):
        assert any(line.startswith(name) for line in told)
    assert "valid" not in str(caught.value)
