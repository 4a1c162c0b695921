"""Writes docs/settings.md, commands.md and openapi.json: `python -m benchmarks.code.reference`.

A setting's meaning is the comment above it in .env.example, a command's the text of its `--help`.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from typing import Any

from benchmarks.code.imports import ROOT
from bot.cli import COMMANDS
from bot.web.api.openapi import document
from config.settings import SECRETS, Settings

SETTINGS, COMMANDS_PAGE = ROOT / "docs" / "settings.md", ROOT / "docs" / "commands.md"
OPENAPI = ROOT / "docs" / "openapi.json"
MADE = "<!-- Made by `make docs`: change the code or .env.example instead. -->\n"
SETTINGS_HEAD = f"""# Settings

{MADE}
From the environment, or from `.env` in the current folder (else in the data folder). The
environment goes first; an empty value counts as not set. A secret (marked ✱) may come from a
file: `NAME_FILE=/run/secrets/name`.

| setting | default | meaning |
|---|---|---|"""
COMMANDS_HEAD = f"""# Commands

{MADE}
`briefbot COMMAND --help` shows the same. Data goes to standard output, everything else to standard
error; the status is 0 done, 1 failed, 2 typed wrongly.
"""
_SETTING = re.compile(r"^(?:# )?([A-Z][A-Z_]+)=(.*)$")


def settings_page() -> str:
    """Every setting with its default and meaning, in the order of .env.example."""
    lines = [SETTINGS_HEAD]
    defaults = {_alias(field): field.default for field in Settings.model_fields.values()}
    for name, meaning in _described():
        mark = " ✱" if name in SECRETS else ""
        lines.append(f"| `{name}`{mark} | {_shown(defaults[name])} | {_cell(meaning)} |")
    return "\n".join(lines) + "\n"


def commands_page() -> str:
    """Every command with its arguments and options."""
    lines = [COMMANDS_HEAD]
    for entry in COMMANDS:
        for path, command in _leaves(entry.name, entry.load()):
            lines += [f"## briefbot {path}\n", _paragraphs(command.help or entry.summary), ""]
            lines += _parameters(command)
    return "\n".join(lines).rstrip("\n") + "\n"


def _described() -> Iterator[tuple[str, str]]:
    """The settings of .env.example, each with the comment above it."""
    said: list[str] = []
    shared = ""
    for line in (ROOT / ".env.example").read_text(encoding="utf-8").splitlines():
        if found := _SETTING.match(line):
            shared = " ".join(said) if said else shared
            yield found[1], shared
            said = []
        elif line.startswith("# "):
            said.append(line[2:])
        else:
            said, shared = [], ""


def _leaves(path: str, command: Any) -> Iterator[tuple[str, Any]]:
    inner = getattr(command, "commands", None)
    if inner is None:
        yield path, command
        return
    for name, each in inner.items():
        yield from _leaves(f"{path} {name}", each)


def _parameters(command: Any) -> Iterator[str]:
    rows = []
    for each in command.params:
        if each.name == "help":
            continue
        names = ", ".join(each.opts) if each.opts[0].startswith("-") else each.metavar or each.name
        default = each.default
        plain = default not in (None, False, ()) and not callable(default)
        shown = f" (default {getattr(default, 'value', default)})" if plain else ""
        rows.append(f"| `{names}` | {_cell((getattr(each, 'help', None) or '') + shown)} |")
    if rows:
        yield from ("| argument or option | meaning |", "|---|---|", *rows, "")


def _paragraphs(text: str) -> str:
    return inspect.cleandoc(text.replace("\f", "")).strip()


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def _shown(default: Any) -> str:
    if default in (None, (), ""):
        return "–"
    return f"`{str(default).lower() if isinstance(default, bool) else default}`"


def _alias(field: Any) -> str:
    return str(field.validation_alias.choices[0])


def main() -> None:
    """Write the pages and the OpenAPI file."""
    SETTINGS.write_text(settings_page(), encoding="utf-8")
    COMMANDS_PAGE.write_text(commands_page(), encoding="utf-8")
    OPENAPI.write_text(document(), encoding="utf-8")


if __name__ == "__main__":
    main()
