"""subscribe and unsubscribe, as an operator types them; in a chat nobody can."""

from __future__ import annotations

import asyncio

import pytest
from typer.testing import CliRunner

from bot.cli import app

MAIL = {"BRIEFBOT_SMTP_URL": "smtp://mail.example", "BRIEFBOT_MAIL_FROM": "news@briefs.example"}
ANA = "mail:ana@readers.example"
HOOK = "webhook:http://10.1.2.3/hook"


@pytest.fixture
def shell(monkeypatch: pytest.MonkeyPatch, sqlite_url: str) -> CliRunner:
    for name, value in (MAIL | {"BRIEFBOT_ALLOWED_NETWORKS": "10.0.0.0/8"}).items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("DATABASE_URL", sqlite_url)
    return CliRunner()


async def test_a_mail_address_and_a_webhook_are_subscribed_listed_and_ended(
    shell: CliRunner,
) -> None:
    async def typed(*line: str) -> str:
        done = await asyncio.to_thread(shell.invoke, app, list(line))
        assert done.exit_code == 0, done.output
        return " ".join(done.output.split())

    said = await typed("subscribe", "mail:Ana@Readers.example", "energy", "07:30", "Europe/Paris")
    assert "New digest: Energy" in said
    assert "07:30, every day, Europe/Paris" in said
    assert "/settings" not in said
    assert "Digest changed" in await typed("subscribe", ANA, "energy", "at", "8")
    secret = (await typed("subscribe", HOOK, "security")).rpartition(" ")[2]
    assert len(secret) == 64
    assert secret not in await typed("subscribe", HOOK, "security", "at", "9")
    assert secret not in await typed("subscribe", HOOK, "--new-secret")
    due = await typed("digest", "due")
    assert "energy → mail ana@readers.example" in due
    assert "security → webhook http://10.1.2.3/hook" in due
    assert f"{ANA} gets no digests now" in await typed("unsubscribe", ANA)
    await typed("unsubscribe", HOOK, "--forget")
    assert "no digest is due" in await typed("digest", "due")
    changes = await typed("audit", "changes")
    assert "mail ana@readers.example" in changes


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("subscribe ana@readers.example energy", "is neither: write mail:ana@example.org"),
        ("subscribe mail:ana energy", "'ana' is no mail address"),
        ("subscribe mail:ana@x.example", "say what to send"),
        ("subscribe mail:ana@x.example enery", "Did you mean energy?"),
        ("subscribe webhook:http://hooks.example/x energy", "is not asked without encryption"),
        ("subscribe webhook:https://127.0.0.1/x energy", "a loopback address"),
        ("subscribe webhook:https://10.1.2.3/x --new-secret", "nothing is sent to"),
        ("unsubscribe mail:nobody@x.example", "nothing is sent to mail:nobody@x.example"),
        (f"subscribe {ANA} energy --new-secret", "only a webhook has a secret"),
        (f"unsubscribe {ANA} energy --forget", "--forget erases all about"),
    ],
)
def test_what_is_wrong_is_said(shell: CliRunner, line: str, told: str) -> None:
    done = shell.invoke(app, line.split())
    assert done.exit_code == 2
    assert told in " ".join(done.output.split())


def test_a_refused_line_changes_nothing_and_a_webhook_inside_ends_though_it_is_no_longer_allowed(
    shell: CliRunner, monkeypatch: pytest.MonkeyPatch
) -> None:
    def typed(line: str) -> int:
        return shell.invoke(app, line.split()).exit_code

    assert typed(f"subscribe {ANA} energy --new-secret") == 2
    assert typed(f"subscribe {HOOK} security") == 0
    assert typed(f"unsubscribe {HOOK} security --forget") == 2
    due = shell.invoke(app, ["digest", "due"]).output
    assert "ana@readers.example" not in due
    assert "security" in due
    monkeypatch.delenv("BRIEFBOT_ALLOWED_NETWORKS")
    assert typed(f"subscribe {HOOK} energy") == 2
    assert typed(f"unsubscribe {HOOK}") == 0
    assert "no digest is due" in shell.invoke(app, ["digest", "due"]).output
    assert typed(f"unsubscribe {HOOK} --forget") == 0


def test_without_a_mail_server_nobody_is_subscribed_by_mail(
    shell: CliRunner, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in MAIL:
        monkeypatch.delenv(name)
    done = shell.invoke(app, ["subscribe", ANA, "energy"])
    assert done.exit_code == 1
    assert "set BRIEFBOT_SMTP_URL and BRIEFBOT_MAIL_FROM" in done.output


def test_in_a_chat_a_stranger_subscribes_no_address(shell: CliRunner) -> None:
    lines = (f"/subscribe {ANA} energy", f"/subscribe energy to {ANA}", f"/subscribe {HOOK}")
    done = shell.invoke(app, ["chat"], input="\n".join([*lines, "quit"]))
    assert done.output.count("Try /subscribe") == len(lines)
    assert "no digest is due" in shell.invoke(app, ["digest", "due"]).output
