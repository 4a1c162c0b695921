"""Finds the words that set a clause in a film, a drill or another thing that is not the world."""

from __future__ import annotations

from collections.abc import Iterator

from summarizer.evidence.moods.claims import tells
from summarizer.evidence.moods.clauses import Clauses
from summarizer.evidence.moods.lexicon import ADJECTIVES, FICTIONS
from summarizer.evidence.moods.marker import Marker, marked

_REACH = 6
_IN = frozenset({"in", "during"})


def fictional(clauses: Clauses, at: int) -> Iterator[Marker]:
    """What a word such as "film" sets apart: "in the film …", "the novel tells how …"."""
    before = clauses.low(at - 1)
    mock = ADJECTIVES.get(before) == "fake"
    if at >= clauses.end or before == "to" or not (mock or clauses.text.stems[at] in FICTIONS):
        return
    opening = next(
        (place for place in range(at - 1, at - 4, -1) if clauses.low(place) in _IN), None
    )
    if opening is not None and at in clauses.noun_after(opening)[-1:]:
        yield from marked(at, "fiction", clauses.main_clause_of(opening))
    elif (teller := _teller(clauses, at)) is not None:
        yield from marked(at, "fiction", clauses.clause_content(teller + 1))


def _teller(clauses: Clauses, at: int) -> int | None:
    """The verb by which a film or a drill tells something: "a simulation by experts showed"."""
    for place in range(at + 1, at + 1 + _REACH):
        if clauses.parted(place):
            return None
        if tells(clauses, place):
            return place
    return None
