"""What the makers of collections share: clones that hold a commit, and a command line."""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

Collect = Callable[[Sequence[Path], Path], Iterable[str]]
"""Writes the collections of some sources into a folder; yields a line of counts for each."""


def has_commit(clone: Path, commit: str) -> bool:
    """Whether a clone, bare or not, holds a commit."""
    command = ["git", "-C", str(clone), "cat-file", "-e", commit]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def write_all(collect: Collect, about: str | None, source: str, argv: Sequence[str] | None) -> int:
    """Read `source… FOLDER` from a command line and collect; returns 1 if a source is refused."""
    form = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=about, formatter_class=form)
    parser.add_argument("sources", nargs="+", type=Path, metavar=source)
    parser.add_argument("folder", type=Path, metavar="FOLDER")
    given = parser.parse_args(argv)
    given.folder.mkdir(parents=True, exist_ok=True)
    try:
        for line in collect(given.sources, given.folder):
            print(line)
    except ValueError as error:
        print(error, file=sys.stderr)
        return 1
    return 0
