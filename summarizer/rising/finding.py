"""Which stories, countries and names rise in some articles, against earlier ones."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from bot.models import Covered, Report, Riser, RiserKind
from summarizer.places.gazetteer import title_of
from summarizer.places.mentions import countries_named
from summarizer.rising.burst import LEAST, LEAST_SOURCES, ratio, rises
from summarizer.rising.naming import candidates, having

ALIKE = 0.5
"""Of the articles of two risers, the share in both from which on they are the same event."""

Places = Mapping[str, set[int]]


def most_covered(reports: Sequence[Report], most: int) -> tuple[Covered, ...]:
    """The countries that most articles name in their headline or opening."""
    counts = Counter({code: len(places) for code, places in _countries(reports).items()})
    ranked = sorted(counts.items(), key=lambda each: (-each[1], each[0]))[:most]
    return tuple(Covered(code, title_of(code), many) for code, many in ranked)


def rising(now: Sequence[Report], before: Sequence[Report], most: int) -> tuple[Riser, ...]:
    """What rises, by how clearly, `most` in all; each is named once.

    What has mostly the same articles as something above it is left out.
    """
    found: list[tuple[Riser, set[int]]] = []
    for riser, places in sorted(_all(now, before), key=lambda each: -each[0].ratio):
        if not any(len(places & known) > ALIKE * len(places | known) for _, known in found):
            found.append((riser, places))
    return tuple(riser for riser, _ in found[:most])


def _all(now: Sequence[Report], before: Sequence[Report]) -> Iterator[tuple[Riser, set[int]]]:
    outlets = {each.source for each in now}
    names = candidates(now, LEAST, outlets)
    for kind, mine, theirs in (
        (RiserKind.STORY, _stories(now), _stories(before)),
        (RiserKind.PLACE, _countries(now), _countries(before)),
        (RiserKind.NAME, having(now, names), having(before, names)),
    ):
        for key, places in mine.items():
            old = len(theirs.get(key, ()))
            sources = len({now[each].source for each in places})
            if sources < LEAST_SOURCES or not rises(len(places), old, len(now), len(before)):
                continue
            sure = ratio(len(places), old, len(now), len(before))
            proof = max((now[each] for each in places), key=lambda each: each.published_at)
            title = _titled(kind, key, proof)
            yield Riser(kind, key, title, len(places), old, sources, sure, proof), places


def _titled(kind: RiserKind, key: str, proof: Report) -> str:
    if kind is RiserKind.STORY:
        return proof.title
    return title_of(key) if kind is RiserKind.PLACE else key


def _stories(reports: Sequence[Report]) -> Places:
    found = defaultdict[str, set[int]](set)
    for place, each in enumerate(reports):
        if each.story_id:
            found[each.story_id].add(place)
    return found


def _countries(reports: Sequence[Report]) -> Places:
    found = defaultdict[str, set[int]](set)
    for place, each in enumerate(reports):
        for code in countries_named(each.title) | countries_named(each.opening):
            found[code].add(place)
    return found
