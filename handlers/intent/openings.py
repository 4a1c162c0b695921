"""The phrases with which people open a command, from `openings.txt`."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from handlers.parsing.tokens import fold

LONGEST = 8
"""Words of the longest phrase."""

_WORD = re.compile(r"\S+")
_EDGES = ".,;:!?¡¿\"'“”„‘’()[]"
_SUGGESTED = "~"
"""In place of arguments: the phrase only suggests its command."""

_POLITE_WORDS = (
    "please pls plz can could would you kindly ok okay so and now just briefbot bot hey dear "
    "i'd i want like to"
)
_POLITE = frozenset(_POLITE_WORDS.split())
"""Words before a command that say nothing."""


@dataclass(frozen=True, slots=True)
class Opening:
    """A command that a line opens with: its name, and its arguments as typed."""

    name: str
    args: str


@dataclass(frozen=True, slots=True)
class _Typed:
    """A word, folded, and where it ends in the line."""

    key: str
    end: int


def opening(text: str, names: Collection[str]) -> Opening | None:
    """Return the command that the line opens with; the longest phrase counts.

    `names` are the commands that exist. Polite words before the phrase are skipped.
    """
    words = _typed(text)
    for start in range(_polite(words) + 1):
        for length in range(min(LONGEST, len(words) - start), 0, -1):
            said = " ".join(word.key for word in words[start : start + length])
            found = _phrases().get(said) or ((said, "") if said in names else None)
            if found is not None and found[0] in names and found[1] != _SUGGESTED:
                rest = text[words[start + length - 1].end :].strip()
                return Opening(found[0], f"{found[1]} {rest.lstrip(',:; ')}".strip())
    return None


def meaning(word: str, names: Collection[str]) -> str | None:
    """Return the command that a word stands for, such as "unsubscribe" for "cancel"."""
    name, _ = _phrases().get(fold(word).replace("_", " "), ("", ""))
    return name if name in names else None


def command_names() -> frozenset[str]:
    """Return every command that the file names."""
    return frozenset(name for name, _ in _phrases().values())


def _typed(text: str) -> list[_Typed]:
    """The first words of the line; a word of punctuation alone is kept as it is."""
    found = []
    for match in _WORD.finditer(text):
        key = fold(match[0])
        found.append(_Typed(key.strip(_EDGES).replace("’", "'") or key, match.end()))
        if len(found) == 2 * LONGEST:
            break
    return found


def _polite(words: list[_Typed]) -> int:
    """How many words at the start are polite ones; never all of them."""
    count = 0
    while count < len(words) - 1 and words[count].key in _POLITE:
        count += 1
    return count


@cache
def _phrases() -> dict[str, tuple[str, str]]:
    found: dict[str, tuple[str, str]] = {}
    text = (files("handlers.intent") / "openings.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        if line.startswith("#") or not line.strip():
            continue
        command, phrases = line.split(":", 1)
        name, _, args = command.partition(" ")
        found |= {fold(phrase.strip()): (name, args) for phrase in phrases.split("|")}
    return found
