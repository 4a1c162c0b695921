"""A language model on the command line: briefings by it, their audit, its key shown nowhere."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from typing import Any

import pytest

from tests.bot.cli.test_cli import ATTACK, PIPELINE, jsonl
from tests.fakes.openai import Model, failing, honest, running
from tests.support.command_line import Shell

KEY = "sk-secret-key-123"


@pytest.fixture
def stocked(briefbot: Shell) -> Shell:
    (briefbot.folder / "news.jsonl").write_text(jsonl(PIPELINE, ATTACK))
    briefbot.out("ingest", "news.jsonl")
    return briefbot


async def by_model(model: Model, work: Callable[[dict[str, str]], None]) -> None:
    """Run commands in a thread while the stub server answers them in this loop."""
    async with running(model) as server:
        environ = {
            "OPENAI_BASE_URL": server.url,
            "OPENAI_MODEL": "stub",
            "OPENAI_API_KEY": KEY,
            "BRIEFBOT_LLM_SECONDS": "5",
        }
        await asyncio.to_thread(work, environ)


async def test_a_briefing_and_its_audit_name_model_prompt_and_cost(stocked: Shell) -> None:
    def work(environ: dict[str, str]) -> None:
        told = json.loads(stocked.out("brief", "--format", "json", **environ))
        assert told["engine"]["name"] == "openai"
        assert told["engine"]["model"] == "stub"
        assert {bullet["engine"] for bullet in _bullets(told)} == {"openai"}

        audit = stocked.out("audit", told["id"])
        assert f"model stub, prompt {told['engine']['prompt_version']}" in audit
        assert "800 tokens in, 60 out, $0.009800" in audit
        assert 'answer: {"bullets": [{"text": ' in audit

        local = json.loads(
            stocked.out("brief", "--format", "json", "--engine", "extractive", **environ)
        )
        assert local["engine"]["name"] == "extractive"

    await by_model(honest, work)


async def test_fault_47_a_refused_key_is_in_no_output_and_no_file(stocked: Shell) -> None:
    def work(environ: dict[str, str]) -> None:
        done = stocked("brief", "--format", "json", **environ, BRIEFBOT_LOG_LEVEL="DEBUG")
        assert done.returncode == 0
        told = json.loads(done.stdout)
        assert {bullet["engine"] for bullet in _bullets(told)} == {"extractive"}
        said = done.stdout + done.stderr + stocked.out("audit", told["id"], **environ)
        assert "refused key, model or address (401): It says [hidden]" in said
        assert KEY not in said
        for path in stocked.folder.rglob("*"):
            assert not path.is_file() or KEY.encode() not in path.read_bytes()

    await by_model(failing(401, "invalid_api_key"), work)


async def test_the_doctor_asks_the_model_and_says_how(stocked: Shell) -> None:
    def work(environ: dict[str, str]) -> None:
        for _ in range(2):
            assert "ok    model stub: answered in" in stocked("doctor", **environ).stdout

    await by_model(honest, work)


async def test_the_doctor_says_what_the_server_said(stocked: Shell) -> None:
    def work(environ: dict[str, str]) -> None:
        done = stocked("doctor", **environ)
        assert done.returncode == 1
        assert "FAIL  model stub: the model server failed (500): It says [hidden]" in done.stdout
        assert KEY not in done.stdout + done.stderr

    await by_model(failing(500), work)


def test_the_engine_must_be_configured(stocked: Shell) -> None:
    done = stocked("brief", "--engine", "openai")
    assert done.returncode == 1
    assert "set OPENAI_MODEL" in done.stderr


def _bullets(told: dict[str, Any]) -> list[dict[str, Any]]:
    return [bullet for section in told["sections"] for bullet in section["bullets"]]
