"""Is a bullet proved by the texts that it cites? One checker for every engine.

A number, date, name or quotation that no source has is never proved.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from summarizer.evidence_facts import absent
from summarizer.evidence_text import read
from summarizer.evidence_tokens import visible

_LEAST = 0.8


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a text is proved, how well (0..1), why or why not in words for a reader.

    `sources[source][start:end]` is the sentence that supports it best, where there is one.
    """

    proved: bool
    score: float
    reason: str
    source: int | None = None
    start: int | None = None
    end: int | None = None


def check(text: str, sources: Sequence[str]) -> Verdict:
    """Judge one bullet against the texts that it cites."""
    bullet = read(visible(text))
    known = [read(source) for source in sources]
    if not bullet.words:
        return Verdict(False, 0.0, "it says nothing")
    if missing := absent(bullet, known):
        return Verdict(False, 0.0, missing[0].reason)
    share = sum(any(token.word.stem in each.at for each in known) for token in bullet.words)
    score = share / len(bullet.words)
    if score < _LEAST:
        return Verdict(False, score, "its words are not in the cited sources")
    return Verdict(True, score, "its numbers, names and words are in the cited sources")
