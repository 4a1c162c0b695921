"""Reads word lists from strings and from data files."""

from __future__ import annotations

from pathlib import Path


def listed(words: str) -> list[str]:
    """The words of a string."""
    return words.split()


def lines(name: str) -> list[str]:
    """The lines of the data file `NAME.txt`, without comments."""
    text = Path(__file__).with_name(f"{name}.txt").read_text("utf-8")
    return ["" if line.startswith("#") else line for line in text.splitlines()]
