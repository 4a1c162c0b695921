"""Which words may stand for one another, and which contradict each other."""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache

from summarizer.evidence_lists import lines
from summarizer.evidence_stems import related, stem
from summarizer.words import STOP

_ORDINARY_ENDINGS = (
    "ing", "ed", "ly", "ous", "ful", "less", "tion", "sion", "ment", "ness", "ists", "ers", "ials",
    "ents", "ants", "ians", "ories", "ities", "ives", "als", "ive", "able", "ible",
)  # fmt: skip
_OPPOSING = ("un", "dis", "non", "in", "im", "ir", "il", "anti", "de", "mis")
_ADJECTIVE_ENDINGS = ("abl", "ibl", "ent", "ant", "at", "iv", "al", "ur", "ect", "il", "ul", "ar")


def _load() -> tuple[dict[str, frozenset[int]], frozenset[str]]:
    """Each stem with its lines, a positive number for one side and a negative for the other."""
    found: dict[str, set[int]] = defaultdict(set)
    written: set[str] = set()
    for number, line in enumerate(lines("words"), 1):
        one, _, other = line.partition("|")
        for side, forms in ((number, one), (-number, other)):
            for form in forms.split():
                found[stem(form)].add(side)
                written.add(form)
    return {form: frozenset(numbers) for form, numbers in found.items()}, frozenset(written)


_LINES, _WRITTEN = _load()


def ordinary(low: str) -> bool:
    """Whether a word that opens a sentence is likely an everyday word, not a name."""
    return (
        low in STOP
        or low in _WRITTEN
        or stem(low) in _LINES
        or (len(low) > 5 and low.endswith(_ORDINARY_ENDINGS))
    )


def sides(stemmed: str) -> frozenset[int]:
    """The lines of the word list that a stem stands on."""
    return _LINES.get(stemmed, frozenset())


@lru_cache(maxsize=65_536)
def same(one: str, other: str) -> bool:
    """Whether two stems mean nearly the same: listed together, or of one family of words."""
    return not sides(one).isdisjoint(sides(other)) or related(one, other)


@lru_cache(maxsize=65_536)
def opposite(one: str, other: str) -> bool:
    """Whether two stems contradict each other: listed so, or one is the other with un- or dis-."""
    if any(-side in sides(other) for side in sides(one)):
        return True
    short, long = sorted((one, other), key=len)
    return len(short) > 3 and any(_negates(prefix, short, long) for prefix in _OPPOSING)


def _negates(prefix: str, short: str, long: str) -> bool:
    if long != prefix + short:
        return False
    return prefix in {"un", "dis", "non", "anti"} or short.endswith(_ADJECTIVE_ENDINGS)
