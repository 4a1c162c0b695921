"""Reads the settings, validated at start; the only module that reads the environment."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from config.data_folder import data_folder, database_url
from config.env_files import InvalidSettings as InvalidSettings  # noqa: PLC0414 - exported here
from config.env_files import env_file, secret_from
from config.setting_faults import told
from config.setting_fields import LEAST_DAYS as LEAST_DAYS  # noqa: PLC0414 - exported here
from config.setting_fields import SECRETS as SECRETS  # noqa: PLC0414 - exported here
from config.setting_fields import Settings as Settings  # noqa: PLC0414 - exported here
from config.setting_names import PREFIX, unknown_names, unknown_told

_OFTEN_LOWER = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY")
"""Settings that other programs read too, many of them in lower case."""


def process_environment() -> Mapping[str, str]:
    """The environment of the process."""
    return os.environ


def load_settings(
    environ: Mapping[str, str] | None = None, directory: Path | None = None
) -> Settings:
    """Read the environment over `.env` in `directory`; raises InvalidSettings naming each fault.

    By default the environment and folder of the process are read; if `environ` is given, only that
    is read. Values are stripped, and an empty value counts as not set. A secret is read from the
    file that NAME_FILE names. A folder without `.env` uses the one in the data folder.
    """
    if environ is None:
        environ, directory = os.environ, directory or Path.cwd()
    kept = env_file(env_path(environ, directory)) if directory else {}
    merged = kept | dict(environ)
    values, faults = _known(merged)
    if directory and "DATABASE_URL" not in values:
        values["DATABASE_URL"] = database_url(merged, directory)
    try:
        settings = Settings.model_validate(values)
    except ValidationError as error:
        fields = {_alias(field): field for field in Settings.model_fields.values()}
        faults += [told(fault, values, fields) for fault in error.errors()]
    if faults:
        raise InvalidSettings("\n".join(faults))
    return settings


def env_path(environ: Mapping[str, str] | None = None, directory: Path | None = None) -> Path:
    """The `.env` that is read: the one in `directory`, or else the one in the data folder."""
    environ, directory = environ or os.environ, directory or Path.cwd()
    near, far = directory / ".env", data_folder(environ, directory) / ".env"
    return far if not near.exists() and far.exists() else near


def history_path(environ: Mapping[str, str] | None = None, directory: Path | None = None) -> Path:
    """The file in the data folder that keeps what was typed in the terminal's chat."""
    environ, directory = environ or os.environ, directory or Path.cwd()
    merged = env_file(env_path(environ, directory)) | dict(environ)
    return data_folder(merged, directory) / "chat_history"


def private_paths(
    environ: Mapping[str, str] | None = None, directory: Path | None = None
) -> tuple[Path, ...]:
    """The files that hold secrets: `.env`, and those that NAME_FILE names."""
    environ, directory = environ or os.environ, directory or Path.cwd()
    path = env_path(environ, directory)
    merged = env_file(path) | dict(environ)
    named = (merged.get(f"{name}_FILE", "").strip() for name in sorted(SECRETS))
    return (path, *(Path(path) for path in named if path))


def setting_names() -> frozenset[str]:
    """The names of all settings."""
    return frozenset(_alias(field) for field in Settings.model_fields.values())


def _known(merged: Mapping[str, str]) -> tuple[dict[str, str], list[str]]:
    """The values of the settings by name, and what is wrong with names and files of secrets."""
    names = setting_names()
    values = {name: merged[name].strip() for name in names if merged.get(name, "").strip()}
    lower = ((name, merged.get(name.lower(), "").strip()) for name in _OFTEN_LOWER)
    values = {name: value for name, value in lower if value} | values
    faults = [unknown_told(name, names) for name in unknown_names(merged, names, PREFIX)]
    for name in sorted(SECRETS):
        path = merged.get(f"{name}_FILE", "").strip()
        if path and name not in values:
            try:
                values[name] = secret_from(name, path)
            except InvalidSettings as error:
                faults.append(str(error))
    return values, faults


def _alias(field: Any) -> str:
    return str(field.validation_alias.choices[0])
