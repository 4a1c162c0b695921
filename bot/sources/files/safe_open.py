"""Local files, opened so that links cannot lead outside and no reader blocks."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from bot.errors import RefusedInput

OUTSIDE = "is a link that leads outside its folder: name the file that it points to"


@dataclass(frozen=True, slots=True)
class Found:
    """A path found in a walk: a file to open, or the reason why it is refused."""

    path: Path
    root: Path
    refused: str | None = None


def walk(path: Path, within: Path | None = None) -> Iterator[Found]:
    """Yield the files at or under a path, sorted by name; hidden files in folders are skipped.

    Links that lead out of `within` are not followed; by default that is the given folder, or the
    folder of the given file.
    """
    root = (within or path.parent).resolve()
    try:
        kind = path.lstat().st_mode
        target = path.resolve(strict=True)
    except FileNotFoundError:
        yield Found(path, root, "no such file or folder")
        return
    except (OSError, RuntimeError, ValueError) as error:
        yield Found(path, root, _why(error))
        return
    if (within or stat.S_ISLNK(kind)) and not target.is_relative_to(root):
        yield Found(path, root, OUTSIDE if stat.S_ISLNK(kind) else "is outside its folder")
    elif target.is_dir():
        yield from _walk_folder(path, root if within else target)
    else:
        yield Found(path, root)


@contextmanager
def opened(found: Found) -> Iterator[tuple[BinaryIO, int]]:
    """Open the file and get its size in bytes. Raises RefusedInput; never waits for a writer."""
    try:
        target = found.path.resolve(strict=True)
        if not target.is_relative_to(found.root):
            raise RefusedInput(OUTSIDE)
        handle = os.open(target, os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW | os.O_CLOEXEC)
    except (OSError, RuntimeError, ValueError) as error:
        raise RefusedInput(_why(error)) from error
    with os.fdopen(handle, "rb") as file:
        told = os.fstat(handle)
        if not stat.S_ISREG(told.st_mode):
            raise RefusedInput("is not a regular file")
        yield file, told.st_size


def _walk_folder(folder: Path, root: Path) -> Iterator[Found]:
    try:
        paths = sorted(folder.iterdir())
    except OSError as error:
        yield Found(folder, root, _why(error))
        return
    for path in paths:
        if path.name.startswith("."):
            continue
        if path.is_symlink():
            yield from _linked(path, root)
        elif path.is_dir():
            yield from _walk_folder(path, root)
        else:
            yield Found(path, root)


def _linked(path: Path, root: Path) -> Iterator[Found]:
    """A link to a file inside is read; a folder inside is read where it is, not through links."""
    try:
        target = path.resolve(strict=True)
    except (OSError, RuntimeError) as error:
        yield Found(path, root, f"is a link that leads nowhere ({_why(error)})")
        return
    if not target.is_relative_to(root):
        yield Found(path, root, OUTSIDE)
    elif not target.is_dir():
        yield Found(path, root)


def _why(error: Exception) -> str:
    if isinstance(error, RuntimeError):
        return "cannot be read: links lead from it in a circle"
    reason = error.strerror if isinstance(error, OSError) else None
    return f"cannot be read: {(reason or str(error)).lower()}"
