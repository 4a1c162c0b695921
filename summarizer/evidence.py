"""Is a bullet proved by these texts? Verbatim, or with its numbers and names found in them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_SPACE = re.compile(r"\s+")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_NAME = re.compile(r"(?<!^)(?<![.!?] )\b[A-Z][\w’'-]+")
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a text is proved, how well (0..1), why not, and which span of which source holds it."""

    proved: bool
    score: float
    reason: str
    source: int | None = None
    start: int | None = None
    end: int | None = None


def check(text: str, sources: Sequence[str]) -> Verdict:
    """Judge one bullet against the texts that it cites."""
    for number, source in enumerate(sources):
        start = source.find(text)
        if text and start >= 0:
            return Verdict(True, 1.0, "verbatim", number, start, start + len(text))
    joined = _SPACE.sub(" ", " ".join(sources))
    for kind, pattern in (("number", _NUMBER), ("name", _NAME)):
        for found in pattern.findall(text):
            if not re.search(rf"(?<!\w){re.escape(found)}(?!\w)", joined):
                return Verdict(False, 0.0, f"the {kind} {found} is not in the cited sources")
    known = {word.lower() for word in _WORD.findall(joined)}
    said = [word.lower() for word in _WORD.findall(text)]
    share = sum(word in known for word in said) / len(said) if said else 0.0
    if share < 0.8:
        return Verdict(False, share, "its words are not in the cited sources")
    return Verdict(True, share, "its numbers, names and words are in the cited sources")
