"""Labels of the words that weaken or bound what they govern, from `language/moods.txt`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from summarizer.language.stems import stem
from summarizer.language.word_lists import lines, listed

WEAKER: Mapping[str, frozenset[str]] = {
    label: frozenset(weaker.split())
    for label, weaker in (
        line.split(": ")
        for line in (
            "future: expected plan possible promise",
            "promise: plan expected possible",
            "plan: possible",
            "expected: possible",
            "threat: possible",
            "consider: possible",
            "able: possible",
            "possible: able",
            "need: ask",
            "try: plan",
            "accuse: alleged reported belief possible",
            "charge: accuse alleged",
            "alleged: accuse reported possible",
            "reported: alleged belief said",
            "belief: possible expected reported",
            "deny: not",
            "not: deny",
            "most: some many several",
            "many: several some",
            "some: several",
            "over: about",
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

DROPPABLE = frozenset(listed("all full usual several"))
"""Labels that a bullet may leave out: without them it says no more."""

HARMLESS = frozenset(
    listed("reported about able alleged belief expected usual possible ongoing several")
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
