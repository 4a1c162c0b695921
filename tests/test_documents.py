"""The documents agree with the code: settings, commands, links, and what they tell to type."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from benchmarks.code.reference import (
    COMMANDS_PAGE,
    OPENAPI,
    SETTINGS,
    commands_page,
    settings_page,
)
from bot.cli import COMMANDS
from bot.web.api.openapi import document
from config.settings import SECRETS, setting_names
from tests.support.paths import ROOT

PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "SECURITY.md"]
PAGES += sorted((ROOT / "docs").glob("*.md"))

LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
FENCED = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
TYPED = re.compile(r"(?:^|&& )briefbot ((?:[a-z]+(?: (?=[a-z]))?)+)([^\n|]*)", re.MULTILINE)
SETTING = re.compile(r"`((?:BRIEFBOT|TELEGRAM|SLACK|OPENAI|DATABASE)_[A-Z_]+)(?:=[^`]*)?`")


def test_the_pages_made_from_the_code_are_fresh() -> None:
    assert SETTINGS.read_text(encoding="utf-8") == settings_page(), "run `make docs`"
    assert COMMANDS_PAGE.read_text(encoding="utf-8") == commands_page(), "run `make docs`"
    assert OPENAPI.read_text(encoding="utf-8") == document(), "run `make docs`"


def anchors(page: Path) -> set[str]:
    heads = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_every_link_leads_somewhere(page: Path) -> None:
    broken = []
    for target in LINK.findall(page.read_text(encoding="utf-8")):
        if re.match(r"https?:|mailto:", target):
            continue
        name, _, anchor = target.partition("#")
        there = (page.parent / name).resolve() if name else page
        if not there.exists() or (anchor and anchor not in anchors(there)):
            broken.append(target)
    assert broken == []


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_every_setting_that_is_named_exists(page: Path) -> None:
    known = setting_names() | {f"{name}_FILE" for name in SECRETS}
    named = set(SETTING.findall(page.read_text(encoding="utf-8")))
    assert {each for each in named if each not in known and not each.endswith("_")} == set()


@pytest.fixture(scope="module")
def commands() -> dict[str, Any]:
    """Every command by its path, such as "sources import"."""
    found: dict[str, Any] = {}

    def add(path: str, command: Any) -> None:
        found[path] = command
        for name, inner in getattr(command, "commands", {}).items():
            add(f"{path} {name}", inner)

    for entry in COMMANDS:
        add(entry.name, entry.load())
    return found


def code(page: Path) -> str:
    """What a page shows as code: its blocks, and the spans in its text, one a line."""
    text = page.read_text(encoding="utf-8")
    spans = re.findall(r"`([^`]+)`", FENCED.sub("", text))
    return "\n".join([*FENCED.findall(text), *(" ".join(each.split()) for each in spans)])


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_every_command_that_is_told_to_type_exists_with_its_options(
    page: Path, commands: dict[str, Any]
) -> None:
    wrong = []
    for words, rest in TYPED.findall(code(page)):
        said = words.split()
        path = next((p for n in (2, 1) if (p := " ".join(said[:n])) in commands), None)
        if path is None:
            wrong.append(words)
            continue
        options = {name for each in commands[path].params for name in each.opts} | {"--help"}
        given = re.findall(r"(?<!\S)--[a-z-]+", rest)
        wrong += [f"{path} {each}" for each in given if each not in options]
    assert wrong == []
