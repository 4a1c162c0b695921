"""Files that only the bot's user may read: the database, `.env`, secrets."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

FILE_MODE, FOLDER_MODE = 0o600, 0o700
OTHERS = 0o077
"""The rights of the group and of all others."""


def make_private(path: Path) -> None:
    """Take the rights of all others from a file of ours; one that is missing is left out."""
    with suppress(OSError):
        found = path.lstat()
        if stat.S_ISREG(found.st_mode) and found.st_mode & OTHERS and found.st_uid == os.geteuid():
            path.chmod(stat.S_IMODE(found.st_mode) & ~OTHERS)


def create_private(path: Path) -> None:
    """Create an empty file that only we may read, where there is none; raises OSError."""
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, FILE_MODE))


def create_private_folder(path: Path) -> None:
    """Create a folder, and those above it, that only we may enter; raises OSError."""
    for each in reversed([path, *path.parents]):
        if not each.is_dir():
            each.mkdir(mode=FOLDER_MODE, exist_ok=True)


def open_to_others(paths: Iterable[Path]) -> list[str]:
    """A line for each file or folder that others may use, with the remedy."""
    lines = []
    for path in paths:
        try:
            mode = stat.S_IMODE(path.stat().st_mode)
        except OSError:
            continue
        if mode & OTHERS:
            wanted = FOLDER_MODE if path.is_dir() else FILE_MODE
            lines.append(f"{path} may be used by others ({mode:04o}): chmod {wanted:o} {path}")
    return lines
