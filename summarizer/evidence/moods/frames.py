"""Finds the words that set a clause in a film, a drill or another thing that is not the world."""

from __future__ import annotations

from collections.abc import Iterator

from summarizer.evidence.moods.clauses import Clauses
from summarizer.evidence.moods.lexicon import FICTIONS
from summarizer.evidence.moods.marker import Marker, marked


def fictional(clauses: Clauses, at: int) -> Iterator[Marker]:
    """What "in" and a word such as "film" set apart: the verbs of the clause they belong to."""
    nouns = clauses.noun_after(at)
    if nouns and clauses.text.stems[nouns[-1]] in FICTIONS:
        yield from marked(at, "fiction", clauses.main_clause_of(at))
