"""Labels of the words that weaken or bound what they govern, from `language/moods.txt`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from summarizer.language.stems import stem
from summarizer.language.word_lists import lines, listed

WEAKER: Mapping[str, frozenset[str]] = {
    label: frozenset(weaker.split())
    for label, weaker in (
        line.split(": ")
        for line in (
            "future: expected plan possible promise open aim",
            "promise: plan expected possible open aim",
            "plan: possible open aim",
            "expected: possible open aim",
            "threat: possible",
            "consider: possible open aim",
            "able: possible",
            "possible: able",
            "need: ask",
            "try: plan open aim",
            "accuse: alleged reported belief possible",
            "charge: accuse alleged",
            "alleged: accuse reported possible belief",
            "reported: alleged belief said",
            "belief: possible expected reported",
            "deny: not",
            "not: deny fake",
            "most: some many several",
            "many: several some",
            "some: several",
            "over: about",
            "open: alleged belief reported possible plan try ask promise threat consider expected",
            "fake: not deny alleged open",
            "under: about",
            "all: most some",
            "seldom: usual",
        )
    )
}
"""For each label those that a bullet may have instead, being no stronger."""

STRONGER: Mapping[str, frozenset[str]] = {
    label: frozenset(each for each, weaker in WEAKER.items() if label in weaker)
    for label in frozenset().union(*WEAKER.values())
}
"""For each label those that a source may have instead, being no weaker."""

DROPPABLE = frozenset(listed("all full usual several aim"))
"""Labels that a bullet may leave out: without them it says no more."""

HARMLESS = frozenset(
    listed(
        """reported about able alleged belief expected usual possible ongoing several open
        fiction aim"""
    )
)
"""Labels that a bullet may add: with them it says no more."""


def _load() -> Mapping[str, Mapping[str, str]]:
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for line in lines("moods"):
        if line:
            head, words = line.split(": ")
            label, kind = head.split()
            for word in words.split():
                form = stem(word) if kind == "verb" else word
                found[kind].setdefault(form, label)
    return dict(found)


_LABELS = _load()
VERBS, MODALS = _LABELS["verb"], _LABELS["modal"]
ADVERBS, ADJECTIVES = _LABELS["adverb"], _LABELS["adjective"]
QUANTIFIERS, NUMBERS = _LABELS["quantifier"], _LABELS["number"]
NEUTRAL = frozenset(_LABELS["speaker"])
"""Speakers without a side, whose measurements and rescues may be told without them."""


VOUCHING = frozenset(map(stem, _LABELS["vouch"]))
"""Stems of verbs whose "that" opens a fact, as "confirm" and "show" do."""

RESULTS = frozenset(map(stem, _LABELS["result"]))
"""Stems of words whose infinitive is a fact, as that of "force" and "manage" is."""

FICTIONS = frozenset(map(stem, _LABELS["fiction"]))
"""Stems of what tells or plays what did not happen."""


def _phrases() -> Mapping[str, Sequence[tuple[tuple[str, ...], str]]]:
    found: dict[str, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
    for words, label in _LABELS["phrase"].items():
        first, *others = map(stem, words.split("+"))
        found[first].append((tuple(others), label))
    return dict(found)


GOVERNING_PHRASES = _phrases()
"""By the stem of the first word: the stems of the others, and the label of the whole."""


def _retraction(label: str) -> frozenset[str]:
    return frozenset(stem(word) for word, own in _LABELS["retraction"].items() if own == label)


TAKEN_BACK = _retraction("but")
"""Stems by which a later clause takes an earlier one back."""

TAKEN_BACK_AGAIN = _retraction("again")
"""Stems that do so where they speak of the same thing: "it was cancelled"."""

UNDONE = TAKEN_BACK | TAKEN_BACK_AGAIN | _retraction("undo")
"""Stems of what takes a claim, a decision or a deal back."""

STOPPED, FAILED = _retraction("stop"), _retraction("fail")
"""Stems of what ends a thing that the words before name, and of how it ends by itself."""

WRONG, NOT_SO = _retraction("wrong"), _retraction("denied")
"""Stems that call a claim wrong, and those that do so behind "not"."""

PHRASES: frozenset[tuple[str, str]] = frozenset(
    (stem(verb), particle)
    for verb, particle in (
        word.split("+") for word, label in _LABELS["retraction"].items() if label == "phrase"
    )
)
"""Verbs that take back with a particle: "fell apart", "called off"."""
