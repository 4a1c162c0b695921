"""Tells whether two documents are one, or share a good part, by their runs of words."""

from __future__ import annotations

import re
from collections.abc import Collection

RUN, SHARED = 8, 0.05
"""Documents share text if they share so many runs of so many words, or such a part of all."""

_WORD = re.compile(r"\w+")

Run = tuple[str, ...]


def runs(document: str) -> set[Run]:
    """The runs of words by which documents are told apart."""
    words = _WORD.findall(document.lower())
    return {tuple(words[at : at + RUN]) for at in range(len(words) - RUN + 1)}


def shares(document: str, known: Collection[Run]) -> bool:
    """Whether a document is one of those with some runs, or has a good part of one."""
    own = runs(document)
    return sum(each in known for each in own) >= max(RUN, SHARED * len(own))
