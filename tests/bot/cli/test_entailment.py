"""An entailment model on the command line: it refuses bullets, passes none, delays nothing."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from bot.cli import app
from summarizer.entailment.model_files import EntailmentFault
from summarizer.entailment.reader import SecondReader
from tests.bot.cli.test_cli import ATTACK, PIPELINE, jsonl
from tests.bot.cli.test_llm import by_model
from tests.fakes.openai import Answer, Question, bullets
from tests.support.command_line import Shell
from tests.support.toy_entailment import LABELS, PROBED, write_model

TEXTS = [f"{each['title']} {each['text']}" for each in (PIPELINE, ATTACK)]
"""A model that was made from these finds every sentence in itself."""


@pytest.fixture
def stocked(briefbot: Shell) -> Shell:
    (briefbot.folder / "news.jsonl").write_text(jsonl(PIPELINE, ATTACK))
    briefbot.out("ingest", "news.jsonl")
    return briefbot


def set_to(model: Path | None) -> dict[str, str]:
    return {"BRIEFBOT_ENTAILMENT_MODEL": str(model)} if model else {}


def told(shell: Shell, model: Path | None, **environ: str) -> tuple[dict[str, Any], str]:
    """The briefing, and what was logged."""
    done = shell("brief", "--format", "json", **environ, **set_to(model))
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout), done.stderr


def texts(briefing: dict[str, Any]) -> list[str]:
    return [each["text"] for section in briefing["sections"] for each in section["bullets"]]


def test_it_refuses_a_bullet_that_the_rules_pass_and_the_audit_says_why(stocked: Shell) -> None:
    strict = write_model(stocked.folder / "nli", [TEXTS[0]])  # it has never heard of Insurgents
    before, _ = told(stocked, None)
    after, logged = told(stocked, strict)

    assert len(texts(before)) == 2
    assert texts(after) == [each for each in texts(before) if "pipeline" in each]
    assert [each["reason"] for each in after["dropped"]] == [
        "an entailment model finds that it does not follow from its quotations (0% likely)"
    ]
    assert "an entailment model finds" in stocked.out("audit", after["id"])
    assert "entailment" not in logged


def test_what_follows_stays_as_it_is(stocked: Shell) -> None:
    before, _ = told(stocked, None)
    after, logged = told(stocked, write_model(stocked.folder / "nli", TEXTS))

    assert texts(after) == texts(before)
    assert after["dropped"] == before["dropped"]
    assert logged == ""


async def test_a_model_that_writes_is_checked_too_and_the_rules_refuse_as_before(
    stocked: Shell,
) -> None:
    reworded = "According to the ministry, Marenda opened the Amberline gas pipeline on Sunday."
    turned = "An army base near Vesk attacked Insurgents and killed six soldiers, the army said."

    def writer(asked: Question) -> Answer:
        return bullets((turned if "Vesk" in asked.user else reworded, [1]))

    def work(environ: dict[str, str]) -> None:
        local, _ = told(stocked, None)
        model = write_model(stocked.folder / "nli", [*TEXTS, "An"])
        made, _ = told(stocked, model, **environ, BRIEFBOT_LLM_EDITS="false")
        assert texts(made) == texts(local)
        reasons = {each["text"].split()[0]: each["reason"] for each in made["dropped"]}
        assert reasons["According"].startswith("an entailment model finds")
        assert reasons["An"].startswith("the source has agent and object the other way round")

    await by_model(writer, work)


def test_a_model_that_takes_hours_holds_no_briefing_up(stocked: Shell) -> None:
    slow = write_model(stocked.folder / "nli", TEXTS, slow_from=3 * len(PROBED.split()))
    before, _ = told(stocked, None)
    began = time.monotonic()
    after, logged = told(stocked, slow, BRIEFBOT_ENTAILMENT_SECONDS="0.3")

    assert time.monotonic() - began < 10
    assert texts(after) == texts(before)
    assert logged.count("entailment model not used") == 1
    assert "not every bullet was judged in time" in logged


def test_bullets_in_other_languages_are_not_shown_to_it(stocked: Shell) -> None:
    before, _ = told(stocked, None)
    model = write_model(stocked.folder / "nli", [])
    after, _ = told(stocked, model, BRIEFBOT_ENTAILMENT_LANGUAGES="de, fr")
    assert texts(after) == texts(before)


def _without(name: str) -> Callable[[Path], None]:
    return lambda folder: (folder / name).unlink()


def _cut(name: str) -> Callable[[Path], None]:
    def damage(folder: Path) -> None:
        path = folder / name
        path.write_bytes(path.read_bytes()[:-300])

    return damage


def _labelled(*labels: str) -> Callable[[Path], None]:
    def damage(folder: Path) -> None:
        named = {str(at): name for at, name in enumerate(labels)}
        (folder / "config.json").write_text(json.dumps({"id2label": named}))

    return damage


DAMAGES = {
    "no graph": (_without("model.onnx"), "holds no model.onnx: export the model to ONNX there"),
    "no tokenizer": (_without("tokenizer.json"), "copy the model's tokenizer.json there"),
    "no config": (_without("config.json"), "name a folder with config.json, tokenizer.json and"),
    "half a graph": (_cut("model.onnx"), "model.onnx cannot be loaded ("),
    "half a tokenizer": (_cut("tokenizer.json"), "tokenizer.json cannot be read ("),
    "half a config": (_cut("config.json"), "config.json is not JSON: copy"),
    "no name for the label": (_labelled("LABEL_0", "LABEL_1"), "are LABEL_0, LABEL_1: id2label"),
    "labels in the wrong order": (_labelled(*LABELS[::-1]), "in the order of its output"),
    "labels of another model": (_labelled("entailment", "not"), "its output is 2 by 3, not 2 by 2"),
}


@pytest.mark.parametrize("case", DAMAGES)
def test_a_damaged_model_is_told_in_one_line_with_the_remedy(case: str, tmp_path: Path) -> None:
    damage, remedy = DAMAGES[case]
    folder = write_model(tmp_path / "nli", TEXTS)
    damage(folder)
    with pytest.raises(EntailmentFault, match=re.escape(remedy)) as raised:
        SecondReader(folder, 3).model()
    assert str(raised.value).startswith("BRIEFBOT_ENTAILMENT_MODEL: ")
    assert "\n" not in str(raised.value)


def test_with_a_damaged_model_every_bullet_stays_and_the_doctor_fails(stocked: Shell) -> None:
    before, _ = told(stocked, None)
    model = write_model(stocked.folder / "nli", TEXTS)
    assert (
        "ok    entailment model: loaded and tried in" in stocked("doctor", **set_to(model)).stdout
    )

    (model / "model.onnx").write_bytes(b"junk")
    after, logged = told(stocked, model)
    assert texts(after) == texts(before)
    assert logged.count("entailment model not used") == logged.count("\n") == 1
    done = stocked("doctor", **set_to(model))
    assert done.returncode == 1
    assert done.stdout.count("BRIEFBOT_ENTAILMENT_MODEL") == 1
    assert "model.onnx cannot be loaded" in done.stdout


def test_without_the_libraries_the_remedy_is_to_install_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("summarizer.entailment.model.find_spec", lambda _: None)
    monkeypatch.setenv("BRIEFBOT_ENTAILMENT_MODEL", str(write_model(tmp_path / "nli", TEXTS)))
    done = CliRunner().invoke(app, ["doctor", "--quick"])
    assert "pip install onnxruntime tokenizers" in done.output
    assert done.exit_code == 1
