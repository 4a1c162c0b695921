"""Explains to a reader why a bullet is not proved, by the most serious difference."""

from __future__ import annotations

from collections.abc import Sequence

from summarizer.evidence.comparison import Change, Comparison
from summarizer.language.text import Text


def reason_against(found: Sequence[Comparison]) -> str:
    """The most serious difference between a bullet's sentences and their sources."""
    reasons = [reason for each in found for reason in _reasons(each)]
    return min(reasons, default=(9, "its words are not combined so in the cited sources"))[1]


def _reasons(reading: Comparison) -> list[tuple[int, str]]:
    """The differences of a sentence with their rank; 0 is the most serious."""
    aligned = reading.found
    if aligned is None:
        return [(0, "the cited sources have none of its words")]
    bullet, source = aligned.bullet, aligned.source
    found = [(1, _instead(bullet, source, each)) for each in reading.opposed]
    found += [
        (2, f"it says {_quoted(bullet, at)}, which the cited sources do not say")
        for at in reading.added_denials
    ]
    found += [(2, left_out(source, at)) for at in reading.dropped_denials]
    found += [(3, _instead(bullet, source, each)) for each in reading.turned]
    found += [
        (4, f"number {bullet.said(each.first, each.last)} belongs to something else in the sources")
        for each in reading.misplaced
    ]
    found += [(5, _instead(bullet, source, each)) for each in reading.swapped]
    found += [(6, _instead(bullet, source, each)) for each in reading.replaced]
    found += [
        (7, f"{_quoted(bullet, each.new)} is not in the sources") for each in reading.inserted
    ]
    return found


def instead(bullet: Text, source: Text, new: int, old: int) -> str:
    """The reason for a word that replaces a source's word; both are tokens."""
    return f"it says {_quoted(bullet, new)} where the source says {_quoted(source, old)}"


def left_out(source: Text, at: int) -> str:
    """The reason for a source's word that the bullet leaves out."""
    return f"the source says {_quoted(source, at)}, and the bullet leaves that out"


def _instead(bullet: Text, source: Text, change: Change) -> str:
    if change.old is None:
        return f"{_quoted(bullet, change.new)} is not used so in the cited sources"
    return instead(bullet, source, change.new, change.old)


def _quoted(text: Text, at: int) -> str:
    return f'"{text.said(at, at)[:40]}"'
