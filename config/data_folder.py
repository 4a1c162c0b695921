"""Where the bot keeps its data unless a setting says otherwise."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

DATABASE = "briefbot.db"
OLD = Path("data")
"""The folder beside `.env` that earlier versions used; it is still used where it is found."""


def data_folder(environ: Mapping[str, str], folder: Path, *, platform: str = sys.platform) -> Path:
    """The folder of the database: BRIEFBOT_DATA_DIR, an existing `./data`, or the platform's own.

    A copy of the source code keeps its data in its own `./data`.
    """
    if given := environ.get("BRIEFBOT_DATA_DIR", "").strip():
        return Path(given).expanduser()
    source_code = Path(__file__).parent.parent
    if (folder / OLD / DATABASE).exists() or folder.resolve() == source_code.resolve():
        return OLD
    return _platform_folder(environ, platform)


def database_url(environ: Mapping[str, str], folder: Path) -> str:
    """The address of the SQLite database in the data folder."""
    return f"sqlite:///{data_folder(environ, folder) / DATABASE}"


def _platform_folder(environ: Mapping[str, str], platform: str) -> Path:
    home = Path(environ.get("HOME") or "~").expanduser()
    if platform == "win32":
        return Path(environ.get("LOCALAPPDATA") or home / "AppData" / "Local") / "briefbot"
    if platform == "darwin":
        return home / "Library" / "Application Support" / "briefbot"
    return Path(environ.get("XDG_DATA_HOME") or home / ".local" / "share") / "briefbot"
