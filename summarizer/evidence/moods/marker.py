"""A word that weakens or restricts others, with what it governs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from summarizer.evidence.moods.clauses import Clauses


@dataclass(frozen=True, slots=True)
class Marker:
    """A word that weakens or restricts others: its token, label, and the tokens in its scope.

    `events` is true where the scope begins with a verb, whose object follows it.
    """

    at: int
    label: str
    scope: tuple[int, ...]
    events: bool = False


def marked(at: int, label: str, scope: Sequence[int]) -> Iterator[Marker]:
    """A marker of some words; none without words."""
    if scope:
        yield Marker(at, label, tuple(scope))


def event(
    clauses: Clauses, at: int, label: str, verb: int | None, inner: Sequence[Marker]
) -> Iterator[Marker]:
    """A marker of a verb, its object, and what the verb itself governs, of the markers `inner`."""
    if verb is None:
        return
    within = [
        one for marker in inner if marker.at == verb and marker.events for one in marker.scope
    ]
    scope = dict.fromkeys([verb, *clauses.object_of(verb), *within])
    yield Marker(at, label, tuple(scope), True)


def claim(at: int, label: str, scope: Sequence[int]) -> Iterator[Marker]:
    """A marker of a clause whose verb comes first in its scope; none without words."""
    if scope:
        yield Marker(at, label, tuple(scope), True)
