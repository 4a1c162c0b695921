"""The command line as a user runs it: real processes, a real database file."""

from __future__ import annotations

import asyncio
import json
import re
import shutil
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from jsonschema import validate

from tests.fakes.slack import FakeSlack
from tests.fakes.telegram import FakeTelegram
from tests.support.command_line import Shell
from tests.support.paths import SHARED

SEEDS = SHARED / "seeds"

INSTANT = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$"}
TEXT = {"type": "string", "minLength": 1}
MAYBE = {"type": ["string", "null"]}
CITATION = {
    "type": "object",
    "required": ["article_id", "title", "source", "url", "quote", "start", "end"],
    "properties": {
        "article_id": TEXT,
        "url": MAYBE,
        "quote": TEXT,
        "start": {"type": "integer", "minimum": 0},
        "end": {"type": "integer", "minimum": 1},
    },
}
BULLET = {
    "type": "object",
    "required": [
        "text",
        "story_id",
        "status",
        "engine",
        "published_at",
        "sources_count",
        "citations",
    ],
    "properties": {
        "text": TEXT,
        "status": {"enum": ["new", "updated", "ongoing"]},
        "published_at": INSTANT,
        "sources_count": {"type": "integer", "minimum": 1},
        "citations": {"type": "array", "minItems": 1, "items": CITATION},
    },
}
BRIEFING = {
    "type": "object",
    "required": [
        "id",
        "created_at",
        "window",
        "timezone",
        "engine",
        "sections",
        "coverage",
        "dropped",
    ],
    "properties": {
        "created_at": INSTANT,
        "window": {"required": ["since", "until"], "additionalProperties": INSTANT},
        "engine": {"required": ["name", "version", "model", "prompt_version"]},
        "sections": {
            "type": "array",
            "items": {
                "required": ["topic", "title", "bullets"],
                "properties": {"bullets": {"type": "array", "items": BULLET}},
            },
        },
        "coverage": {
            "required": [
                "articles_considered",
                "articles_used",
                "sources",
                "sources_failing",
                "newest_article_at",
            ]
        },
        "dropped": {"type": "array", "items": {"required": ["text", "reason"]}},
    },
}


@pytest.fixture
def new_install(tmp_path: Path) -> Shell:
    return Shell(tmp_path)


def jsonl(*articles: dict[str, object]) -> str:
    return "".join(json.dumps(article) + "\n" for article in articles)


def an_entry(title: str, text: str, hours_ago: float = 2) -> dict[str, object]:
    at = datetime.now(UTC) - timedelta(hours=hours_ago)
    url = f"https://news.example/{title.replace(' ', '-').lower()}"
    return {"title": title, "text": text, "url": url, "published_at": at.isoformat()}


PIPELINE = an_entry(
    "Marenda opens the Amberline gas pipeline",
    "Marenda opened the 640-kilometre Amberline gas pipeline on Sunday, the ministry said.",
)
ATTACK = an_entry(
    "Insurgents attack an army base near Vesk",
    "Insurgents attacked an army base near Vesk and killed six soldiers, the army said.",
)


@pytest.fixture(scope="module")
def stocked_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("stocked")
    (folder / "news.jsonl").write_text(jsonl(PIPELINE, ATTACK))
    Shell(folder).out("ingest", "news.jsonl")
    return folder


@pytest.fixture
def stocked(tmp_path: Path, stocked_folder: Path) -> Shell:
    shutil.copytree(stocked_folder, tmp_path, dirs_exist_ok=True)
    return Shell(tmp_path)


def test_with_nothing_configured_it_shows_a_briefing_and_ends_with_its_input(
    new_install: Shell,
) -> None:
    done = new_install.alone("run")
    assert done.returncode == 0
    assert re.search(r"SECURITY\n *1\. .+\n", done.stdout)
    assert re.search(r"ENERGY\n *\d+\. .+\n", done.stdout)
    assert "invented" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_sample_chat_answers_from_a_pipe(new_install: Shell) -> None:
    typed = "/brief security\n/subscribe energy at 07:30 in Asia/Karachi\n/subscriptions\n"
    said = new_install.out("chat", "--sample", typed=typed)
    assert "SECURITY\n1. " in said
    assert "New digest: Energy" in said
    assert "Energy: 07:30, every day, Asia/Karachi. Next: " in said
    assert list(new_install.folder.iterdir()) == []


def test_ingesting_twice_changes_nothing_and_a_changed_text_is_a_changed_article(
    briefbot: Shell,
) -> None:
    file = briefbot.folder / "news.jsonl"
    file.write_text(jsonl(PIPELINE, ATTACK))
    assert briefbot.out("ingest", "news.jsonl") == "2 new, 0 changed, 0 unchanged, 0 refused\n"
    assert briefbot.out("ingest", "news.jsonl") == "0 new, 0 changed, 2 unchanged, 0 refused\n"
    changed = ATTACK | {"text": "Insurgents attacked a base near Vesk and killed nine soldiers."}
    file.write_text(jsonl(PIPELINE, changed))
    assert briefbot.out("ingest", "news.jsonl") == "0 new, 1 changed, 1 unchanged, 0 refused\n"


def test_bad_input_is_refused_by_name_while_the_rest_goes_in(briefbot: Shell) -> None:
    news = briefbot.folder / "news"
    news.mkdir()
    (news / "good.jsonl").write_text(jsonl(PIPELINE) + "{broken\n" + jsonl(ATTACK))
    (news / "empty.txt").write_text("")
    (news / "binary.txt").write_bytes(bytes(range(256)) * 20)
    (news / "large.txt").write_text("Title\n\n2026-11-01\n\n" + "Word and word. " * 2000)
    done = briefbot("ingest", "news", "nowhere", BRIEFBOT_MAX_ARTICLE_BYTES="20000")
    assert done.returncode == 0
    assert done.stdout == "2 new, 0 changed, 0 unchanged, 5 refused\n"
    for name in ("good.jsonl:2", "empty.txt", "binary.txt", "large.txt", "nowhere"):
        assert f"{name}" in done.stderr


def test_a_briefing_in_json_has_the_promised_form(stocked: Shell) -> None:
    briefing = json.loads(stocked.out("brief", "--format", "json"))
    validate(briefing, BRIEFING)
    assert [section["topic"] for section in briefing["sections"]] == ["security", "energy"]
    articles = {each["id"]: each for each in json.loads(stocked.out("articles", "--json"))}
    for section in briefing["sections"]:
        assert len(section["bullets"]) == 1
        for citation in section["bullets"][0]["citations"]:
            text = articles[citation["article_id"]][citation["field"]]
            assert text[citation["start"] : citation["end"]] == citation["quote"]


def test_a_briefing_is_limited_by_countries_and_words_as_in_a_chat(stocked: Shell) -> None:
    assert "Vesk" in stocked.out("brief", "army base")
    assert "Amberline" not in stocked.out("brief", "energy", "not", "gas")
    assert "1 story without the filter" in stocked.out("brief", "energy", "Iran")


def test_a_span_and_a_length_may_be_words_as_in_a_chat(stocked: Shell) -> None:
    assert "the last 7 days" in stocked.out("brief", "energy", "7d", "short")
    twice = stocked("brief", "energy", "7d", "--since", "3d")
    assert (twice.returncode, "name the span once" in twice.stderr) == (2, True)
    twice = stocked("brief", "short", "--bullets", "3")
    assert (twice.returncode, "name the length once" in twice.stderr) == (2, True)


def test_an_answer_names_commands_as_they_are_typed_here(briefbot: Shell) -> None:
    said = briefbot.out("ask", "who", "attacked", "Vesk")
    assert "briefbot search" in said
    assert "/search" not in said
    refused = briefbot("why", "1")
    assert refused.returncode == 2
    assert "briefbot: try briefbot brief" in refused.stderr


def test_trends_draw_bars_unless_the_terminal_is_dumb(stocked: Shell) -> None:
    drawn = stocked.out("trends", "energy", "30d", TERM="xterm", PYTHONIOENCODING="utf-8")
    plain = stocked.out("trends", "energy", "30d", TERM="dumb", PYTHONIOENCODING="utf-8")
    assert "Trends, last 30 days" in plain
    assert "1 story in 1 article." in plain
    assert "█" in drawn
    assert "█" not in plain
    assert "\x1b" not in drawn
    refused = stocked("trends", "3d")
    assert (refused.returncode, "try briefbot trends energy 30d" in refused.stderr) == (2, True)


@pytest.mark.parametrize("output", ["text", "json", "telegram", "slack", "html", "markdown"])
def test_every_format_tells_the_same(stocked: Shell, output: str) -> None:
    said = stocked.out("brief", "energy", "--format", output)
    assert "Amberline" in said
    assert "Vesk" not in said
    if output in {"telegram", "slack"}:
        assert all(message["text"] for message in json.loads(said))


@pytest.mark.parametrize(
    ("arguments", "status", "told"),
    [
        (["brief", "--since", "someday"], 2, "someday"),
        (["brief", "--since", "2026-11-02", "--until", "2026-11-01"], 2, "not before"),
        (["brief", "--until", "9999-12-31"], 2, "1900 to 2999"),
        (["brief", "--since", "0001-01-01"], 2, "1900 to 2999"),
        (["brief", "sport"], 2, "sport"),
        (["brief", "and"], 2, "'and' names no topic"),
        (["brief", ""], 2, "names no topic"),
        (["articles", "--topic", "sport"], 2, "sport"),
        (["articles", "--topic", "all"], 2, "more than one topic"),
        (["search", ""], 2, "no word"),
        (["topics", "show", "nope"], 2, "nope"),
        (["topics", "show", "security energy"], 2, "more than one topic"),
        (["topics", "show", ""], 2, "names no topic"),
        (["digest", "due", "--hours", "1e300"], 2, "87600"),
        (["brief", "--bullets", "0"], 2, "--bullets"),
        (["audit", "nothing"], 1, "nothing"),
        (["digest", "preview", "7"], 1, "7"),
        (["digest", "resend", "7"], 1, "7"),
        (["digest", "link", "7"], 1, "7"),
        (["db", "copy", "sqlite:///absent.db"], 1, "absent.db"),
        (["nonsense"], 2, "nonsense"),
        (["topics", "test", "absent.txt"], 2, "absent.txt"),
    ],
)
def test_a_wrong_command_says_what_is_wrong(
    briefbot: Shell, arguments: list[str], status: int, told: str
) -> None:
    done = briefbot(*arguments)
    assert done.returncode == status
    assert told in done.stderr
    assert done.stdout == ""
    assert "Traceback" not in done.stderr


def test_a_wrong_setting_is_named_at_start(briefbot: Shell) -> None:
    done = briefbot("brief", BRIEFBOT_TIMEZONE="Mars/Olympus")
    assert done.returncode == 2
    assert "BRIEFBOT_TIMEZONE=Mars/Olympus" in done.stderr


@pytest.mark.parametrize(
    ("line", "typed"),
    [("brief", ""), ("topics list", ""), ("chat", "/help\n"), ("topics show energy", "")],
)
def test_an_output_that_is_full_is_told_in_one_line(briefbot: Shell, line: str, typed: str) -> None:
    done = subprocess.run(
        ["bash", "-c", f"{sys.executable} -m bot {line} >/dev/full"],
        input=typed,
        capture_output=True,
        text=True,
        cwd=briefbot.folder,
        env=briefbot.environ,
        timeout=120,
        check=False,
    )
    assert done.returncode == 1
    assert re.fullmatch(r"briefbot: .*No space left on device\n", done.stderr)


def test_the_outlet_that_is_given_is_kept_plain_and_short(briefbot: Shell) -> None:
    (briefbot.folder / "news.jsonl").write_text(jsonl(PIPELINE))
    briefbot.out("ingest", "news.jsonl", "--source", "The\x1b[2J\nPost " + "x" * 500)
    (article,) = json.loads(briefbot.out("articles", "--json"))
    assert article["source"].startswith("The[2J Post x")
    assert len(article["source"]) <= 100


def test_the_help_names_its_arguments_plainly(briefbot: Shell) -> None:
    for name, argument in (("ingest", "PATH"), ("brief", "[TOPIC]..."), ("search", "WORD")):
        usage = next(row for row in briefbot.out(name, "--help").splitlines() if "Usage" in row)
        assert argument in usage
        assert "…" not in usage


def test_a_database_that_cannot_be_reached_is_told_without_its_password(briefbot: Shell) -> None:
    url = "postgresql://bot:hunter2@127.0.0.1:1/briefbot"
    done = briefbot("brief", DATABASE_URL=url)
    assert done.returncode == 1
    assert "127.0.0.1" in done.stderr
    assert "hunter2" not in done.stderr
    assert "Traceback" not in done.stderr


def test_stored_articles_can_be_looked_at(stocked: Shell) -> None:
    assert "Amberline" in stocked.out("articles", "--topic", " Energy")
    assert "Vesk" in stocked.out("search", "insurgents", "base")
    assert len(json.loads(stocked.out("stories", "--json"))) == 2


def test_topics_explain_themselves(briefbot: Shell) -> None:
    assert "energy" in briefbot.out("topics", "list")
    assert "gas pipeline" in briefbot.out("topics", "show", "energy")
    said = briefbot.out("topics", "test", typed="Gas pipeline burst\nAn LNG terminal shut down.")
    energy = next(line for line in said.splitlines() if "energy" in line)
    assert energy.startswith("yes")
    assert "gas pipeline" in energy


def test_a_new_link_to_an_archive_is_printed_and_ended(stocked: Shell) -> None:
    stocked.out("chat", typed="/subscribe energy at 07:30\n")
    local, public = (
        stocked.out("digest", "link", "1"),
        stocked.out("digest", "link", "1", BRIEFBOT_WEB_URL="https://news.example.org/"),
    )
    assert re.fullmatch(r"http://127\.0\.0\.1:8090/c/[\w-]{22}\n", local)
    assert re.fullmatch(r"https://news\.example\.org/c/[\w-]{22}\n", public)
    assert stocked.out("digest", "link", "1", "--end").startswith("1 link of terminal")


def test_a_subscription_shows_as_due_and_can_be_previewed(stocked: Shell) -> None:
    stocked.out("chat", typed="/subscribe energy at 07:30\n")
    due = stocked.out("digest", "due")
    assert "energy" in due
    preview = stocked.out("digest", "preview", due.split()[0])
    assert "Amberline" in preview
    again = stocked.out("digest", "preview", due.split()[0])
    heading = r"\n.* · the last 24 hours · UTC\n"  # tells the minute, which may have passed
    assert re.sub(heading, "", preview, count=1) == re.sub(heading, "", again, count=1)


def test_an_audit_shows_the_proof(stocked: Shell) -> None:
    briefing = json.loads(stocked.out("brief", "--format", "json"))
    audit = stocked.out("audit", briefing["id"])
    assert briefing["sections"][0]["bullets"][0]["citations"][0]["quote"] in audit
    assert "extractive" in audit
    assert "on topic" in audit
    assert "importance" in audit


def test_articles_say_why_they_are_worth_telling(stocked: Shell) -> None:
    listed = stocked.out("articles", "--topic", "energy", "--why")
    assert "energy: on topic" in listed
    assert "title strong +" in listed


def test_without_articles_there_is_nothing_to_say_why_of(briefbot: Shell) -> None:
    done = briefbot("articles", "--topic", "energy", "--why")
    assert done.returncode == 0
    assert "Traceback" not in done.stderr


def test_the_doctor_says_what_to_do(briefbot: Shell) -> None:
    done = briefbot("doctor")
    assert done.returncode == 1
    assert "briefbot ingest" in done.stdout
    assert briefbot("doctor", "--quick").returncode == 0


async def test_the_doctor_tries_the_tokens(briefbot: Shell) -> None:
    async with FakeTelegram() as telegram, FakeSlack() as slack:
        wrong = {**telegram.environ, **slack.environ, "SLACK_BOT_TOKEN": "xoxb-wrong"}
        done = await asyncio.to_thread(briefbot, "doctor", **wrong)
    assert "ok    telegram: connected as @" in done.stdout
    assert "FAIL  slack: SLACK_BOT_TOKEN was refused" in done.stdout
    assert telegram.token not in done.stdout + done.stderr


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the real input beside the project is absent")
def test_the_article_that_it_began_with_is_told_on_both_topics(briefbot: Shell) -> None:
    briefbot.out("ingest", str(SEEDS))
    september = ("--since", "2024-09-01", "--until", "2024-09-30")
    briefing = json.loads(briefbot.out("brief", *september, "--format", "json"))
    validate(briefing, BRIEFING)
    security, energy = (
        " ".join(bullet["text"] for bullet in section["bullets"])
        for section in briefing["sections"]
    )
    assert "70 lives in Balochistan" in security
    assert "shoulder to shoulder" in security
    assert "gas pipeline" in energy
    assert "Iran" in energy
    assert "$18 billion" in energy
