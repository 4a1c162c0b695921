"""Reads `.env` and files of secrets."""

from __future__ import annotations

import re
from io import StringIO
from pathlib import Path

from dotenv import dotenv_values
from dotenv.parser import Binding, parse_stream


class InvalidSettings(ValueError):
    """One or more settings are wrong; the text has one line for each, with the remedy."""


def env_file(path: Path) -> dict[str, str]:
    """The values of a `.env` file; empty without one. Raises InvalidSettings for a faulty line."""
    try:
        text = path.read_text(encoding="utf-8")
    except (FileNotFoundError, IsADirectoryError):
        return {}
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidSettings(f"{path.name} cannot be read: {_reason(error)}") from error
    for each in parse_stream(StringIO(text)):
        if each.error or (each.key and each.value is None):
            raise InvalidSettings(f"{path.name}, line {_line(each)}: write it as NAME=value")
    kept = dotenv_values(stream=StringIO(text))
    return {name: value for name, value in kept.items() if value is not None}


def quoted(value: str) -> str:
    """The value as a `.env` file holds it, so that `env_file` reads it unchanged."""
    if re.fullmatch(r"[\w./:@%+,=~-]*", value, re.ASCII):
        return value
    escaped = value.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{escaped}'"


def _line(binding: Binding) -> int:
    """The line number of the binding's first word, without the blank lines before it."""
    text = binding.original.string
    return binding.original.line + text[: len(text) - len(text.lstrip())].count("\n")


def secret_from(name: str, path: str) -> str:
    """The secret in the file that NAME_FILE names; raises InvalidSettings if there is none."""
    try:
        secret = Path(path).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidSettings(f"{name}_FILE={path} cannot be read: {_reason(error)}") from error
    if not secret:
        raise InvalidSettings(f"{name}_FILE={path} is empty: write the secret into it")
    return secret


def _reason(error: OSError | UnicodeDecodeError) -> str:
    return str(error.strerror) if isinstance(error, OSError) else "it is not UTF-8 text"
