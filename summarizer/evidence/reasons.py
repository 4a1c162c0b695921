"""Why a bullet is not proved, in words for a reader: the gravest thing that was found."""

from __future__ import annotations

from collections.abc import Sequence

from summarizer.evidence.comparison import Change, Comparison
from summarizer.language.text import Text


def reason_against(found: Sequence[Comparison]) -> str:
    """The gravest difference between a bullet's sentences and their sources."""
    reasons = [reason for each in found for reason in _reasons(each)]
    return min(reasons, default=(9, "its words are not put together so in the cited sources"))[1]


def _reasons(reading: Comparison) -> list[tuple[int, str]]:
    """What speaks against a sentence, with its rank, the gravest being 0."""
    aligned = reading.found
    if aligned is None:
        return [(0, "the cited sources have none of its words")]
    bullet, source = aligned.bullet, aligned.source
    found = [(1, _instead(bullet, source, each)) for each in reading.opposed]
    found += [
        (2, f"it says {_quoted(bullet, at)} of what the cited sources do not deny")
        for at in reading.added_denials
    ]
    found += [(2, left_out(source, at)) for at in reading.dropped_denials]
    found += [(3, _instead(bullet, source, each)) for each in reading.turned]
    found += [
        (4, f"number {bullet.said(each.first, each.last)} is said of something else in the sources")
        for each in reading.misplaced
    ]
    found += [(5, _instead(bullet, source, each)) for each in reading.swapped]
    found += [(6, _instead(bullet, source, each)) for each in reading.replaced]
    found += [
        (7, f"{_quoted(bullet, each.new)} is not in the sources") for each in reading.inserted
    ]
    return found


def instead(bullet: Text, source: Text, new: int, old: int) -> str:
    """That a bullet has another word in the place of a source's; both by their tokens."""
    return f"it says {_quoted(bullet, new)} where the source says {_quoted(source, old)}"


def left_out(source: Text, at: int) -> str:
    """That a bullet leaves out a source's word."""
    return f"the source says {_quoted(source, at)}, and the bullet leaves that out"


def _instead(bullet: Text, source: Text, change: Change) -> str:
    if change.old is None:
        return f"{_quoted(bullet, change.new)} does not stand so in the cited sources"
    return instead(bullet, source, change.new, change.old)


def _quoted(text: Text, at: int) -> str:
    return f'"{text.said(at, at)[:40]}"'
