"""Which stories, countries and names rise in some articles, against earlier ones."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence

from bot.models import Covered, Report, Riser, RiserKind
from summarizer.places.gazetteer import title_of
from summarizer.places.mentions import countries_named
from summarizer.rising.burst import LEAST, LEAST_SOURCES, ratio, rises
from summarizer.rising.naming import candidates, having

ALIKE = 0.5
"""Of the articles of two risers, the share in both from which on they are the same event."""

Places = Mapping[str, set[int]]


def coverage(
    now: Sequence[Report],
    before: Sequence[Report],
    *,
    places: int,
    risers: int,
    withdrawn: Collection[str] = (),
) -> tuple[tuple[Covered, ...], tuple[Riser, ...]]:
    """The countries that most articles name, and what rises, by how clearly; each named once.

    What has mostly the same articles as something above it is left out of what rises.
    An article whose id is `withdrawn` proves something only where no other does.
    """
    countries, outlets = _countries(now), {each.source for each in now}
    names = candidates(now, LEAST, outlets) if before else []
    kinds = (
        (RiserKind.STORY, _stories(now), _stories(before)),
        (RiserKind.PLACE, countries, _countries(before)),
        (RiserKind.NAME, having(now, names), having(before, names)),
    )
    rising = [
        found
        for kind, mine, theirs in kinds
        for found in _rising(kind, mine, theirs, now, len(before), withdrawn)
    ]
    return _most(countries, places), _distinct(rising)[:risers]


def _most(countries: Places, most: int) -> tuple[Covered, ...]:
    counts = ((code, len(places)) for code, places in countries.items())
    ranked = sorted(counts, key=lambda each: (-each[1], each[0]))[:most]
    return tuple(Covered(code, title_of(code), many) for code, many in ranked)


def _distinct(found: Sequence[tuple[Riser, set[int]]]) -> tuple[Riser, ...]:
    kept: list[tuple[Riser, set[int]]] = []
    for riser, places in sorted(found, key=lambda each: -each[0].ratio):
        if not any(len(places & known) > ALIKE * len(places | known) for _, known in kept):
            kept.append((riser, places))
    return tuple(riser for riser, _ in kept)


def _rising(
    kind: RiserKind,
    mine: Places,
    theirs: Places,
    now: Sequence[Report],
    all_before: int,
    withdrawn: Collection[str],
) -> Iterator[tuple[Riser, set[int]]]:
    for key, places in mine.items():
        many, old = len(places), len(theirs.get(key, ()))
        sources = len({now[each].source for each in places})
        if sources < LEAST_SOURCES or not rises(many, old, len(now), all_before):
            continue
        proof = max(
            (now[each] for each in places),
            key=lambda each: (each.id not in withdrawn, each.published_at),
        )
        sure = ratio(many, old, len(now), all_before)
        yield Riser(kind, key, _titled(kind, key, proof), many, old, sources, sure, proof), places


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
        for code in countries_named(f"{each.title}\n{each.opening}"):
            found[code].add(place)
    return found
