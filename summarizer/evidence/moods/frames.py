"""Finds the words that set a clause in a film, a drill or another thing that is not the world."""

from __future__ import annotations

from collections.abc import Iterator

from summarizer.evidence.moods.claims import tells
from summarizer.evidence.moods.clauses import Clauses
from summarizer.evidence.moods.lexicon import FICTIONS
from summarizer.evidence.moods.marker import Marker, marked

_IN = frozenset({"in", "during"})


def fictional(clauses: Clauses, at: int) -> Iterator[Marker]:
    """What a word such as "film" sets apart: "in the film …", "the novel tells how …"."""
    if clauses.text.stems[at] not in FICTIONS:
        return
    opening = next(
        (place for place in range(at - 1, at - 4, -1) if clauses.low(place) in _IN), None
    )
    if opening is not None and at in clauses.noun_after(opening)[-1:]:
        yield from marked(at, "fiction", clauses.main_clause_of(opening))
    elif not clauses.parted(at + 1) and tells(clauses, at + 1):
        yield from marked(at, "fiction", clauses.clause_content(at + 2))
