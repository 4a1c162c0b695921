"""Slack messages against the types that Slack publishes for Block Kit."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator

from tests.bot.render.slack.test_golden import CASES
from tests.fakes.node_parts import MODULES, node_part, program


@pytest.fixture(scope="module")
def block_schema(tmp_path_factory: pytest.TempPathFactory) -> Draft7Validator:
    """A JSON schema made from the TypeScript types."""
    types = node_part("@slack/types/dist/index.d.ts")
    generator = node_part("ts-json-schema-generator/bin/ts-json-schema-generator.js")
    schema = tmp_path_factory.mktemp("slack") / "schema.json"
    command = [program("node"), str(generator), "--path", str(types), "--type", "KnownBlock"]
    command += ["--no-type-check", "--out", str(schema)]
    subprocess.run(command, check=True, cwd=MODULES.parent, timeout=120)
    return Draft7Validator(json.loads(Path(schema).read_text(encoding="utf-8")))


@pytest.mark.parametrize("name", CASES)
def test_it_writes_blocks_of_slacks_own_types(name: str, block_schema: Draft7Validator) -> None:
    for payload in CASES[name]():
        for block in json.loads(payload)["blocks"]:
            assert list(block_schema.iter_errors(block)) == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"type": "header", "text": {"type": "mrkdwn", "text": "News"}},
        {"type": "context", "elements": [{"type": "button", "text": "News"}]},
        {"type": "rich_text", "elements": [{"type": "rich_text_section", "text": "News"}]},
        {"type": "news"},
    ],
)
def test_the_schema_refuses_what_is_no_block(
    wrong: dict[str, Any], block_schema: Draft7Validator
) -> None:
    assert not block_schema.is_valid(wrong)
