"""Which words of the news stand for a word of a question."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from pathlib import Path

from summarizer.language.content_words import words
from summarizer.language.names import place_of
from summarizer.language.stems import root, stem
from summarizer.language.tokens import Token, fold
from summarizer.language.vocabulary import listed_beside, opposite, same

_UNSPACED = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]{2,}")

_ACRONYM = re.compile(r"\bUS\b|\bUnited (?:States|Kingdom|Nations)\b|\b(?:[A-Z]\.){2,5}")
_FULL = {
    "US": "USA",
    "U.S.": "USA",
    "United States": "USA",
    "United Kingdom": "UK",
    "United Nations": "UN",
}
"""Names of several marks or words, and "US", which is a pronoun in small letters."""

_MOST_KEPT = 65_536

_TURNING = ({"d", "s"}, {"t", "s"})

PLACE = "place:"
"""What the form of a known place begins with."""

EXACT, RELATED, ALIKE, CONTRARY = 1.0, 0.9, 0.35, 0.7
"""How much of a word another one holds; a mere synonym is close, but answers nothing."""


@dataclass(frozen=True, slots=True)
class Term:
    """A word that a question is about; `name` is true of names, places and figures."""

    low: str
    stem: str
    name: bool


def term_of(token: Token, *, opens: bool) -> Iterator[Term]:
    """The terms of a word: itself, or its pairs of characters where words are not spaced."""
    word = token.word
    if _UNSPACED.fullmatch(word.low):
        for at in range(len(word.low) - 1):
            yield Term(word.low[at : at + 2], word.low[at : at + 2], False)
        return
    place = place_of(word.low)
    name = place is not None or word.digits or word.acronym or (word.capital and not opens)
    yield Term(word.low, key(word.low, word.stem), name)


@lru_cache(maxsize=65_536)
def key(low: str, stemmed: str) -> str:
    """The form that stands for a word: the canonical place, or its stem."""
    place = place_of(low)
    return f"{PLACE}{place}" if place else stemmed


class _Keys(dict[str, tuple[str, ...]]):
    """A cache from lower-case words to their forms; it is cleared when it is full."""

    def __missing__(self, low: str) -> tuple[str, ...]:
        if len(self) >= _MOST_KEPT:
            self.clear()
        pairs = not low.isascii() and _UNSPACED.fullmatch(low)
        found = (
            tuple(low[at : at + 2] for at in range(len(low) - 1))
            if pairs
            else (key(low, stem(low)),)
        )
        self[low] = found
        return found


_keys = _Keys()


def keys(text: str) -> frozenset[str]:
    """The forms of a text's words."""
    return frozenset(chain.from_iterable(map(_keys.__getitem__, words(in_one_word(fold(text))))))


def in_one_word(text: str) -> str:
    """A text with "U.S." and "United States" as one word, which is no pronoun."""
    return _ACRONYM.sub(lambda found: _FULL.get(found[0], found[0].replace(".", "")), text)


def _load() -> tuple[dict[str, frozenset[tuple[int, int]]], dict[tuple[int, int], list[str]]]:
    """Each stem with the lines and sides of the list that it stands on, and the words of each."""
    found: dict[str, set[tuple[int, int]]] = {}
    sides: dict[tuple[int, int], list[str]] = {}
    text = Path(__file__).with_name("alike.txt").read_text("utf-8")
    for number, line in enumerate(text.splitlines()):
        if line.startswith("#"):
            continue
        for side, forms in enumerate(line.split("|")):
            sides[number, side] = forms.split()
            for word in forms.split():
                found.setdefault(stem(word), set()).add((number, side))
    return {word: frozenset(at) for word, at in found.items()}, sides


_AT, _WORDS = _load()
_NOWHERE: frozenset[tuple[int, int]] = frozenset()


def variants(term: Term) -> list[str]:
    """Other words by which the news may say a word; for the search."""
    return [word for at in sorted(_AT.get(term.stem, _NOWHERE)) for word in _WORDS[at]]


@lru_cache(maxsize=65_536)
def meets(asked: str, said: str) -> float:
    """How far a stem of the news stands for one of the question, 0 to 1; negative if contrary."""
    if asked == said:
        return EXACT
    if asked.startswith(PLACE) or said.startswith(PLACE):
        return 0.0
    if not asked.isascii():
        return RELATED if _one_beginning(asked, said) else 0.0
    return _by_list(asked, said) or (ALIKE if same(asked, said) else 0.0)


def _by_list(asked: str, said: str) -> float:
    """As `meets`, by the list of words alike, then by contraries and by families of words."""
    one, other = _AT.get(asked, _NOWHERE), _AT.get(said, _NOWHERE)
    if not one.isdisjoint(other):
        return EXACT
    prefixed = asked.endswith(said) or said.endswith(asked)
    if {line for line, _ in one} & {line for line, _ in other} or (
        prefixed and opposite(asked, said)
    ):
        return -CONTRARY
    return RELATED if _one_family(asked, said) else 0.0


def _one_family(one: str, other: str) -> bool:
    """Whether two stems are of one family of words: "invad" of "invade", "invas" of "invasion"."""
    short, long = sorted((root(one), root(other)), key=len)
    if short == long:
        return True
    if len(short) < 4 or len(long) - len(short) > 1:
        return False
    turned = len(short) == len(long) and {short[-1], long[-1]} in _TURNING
    return long.startswith(short) or (turned and short[:-1] == long[:-1])


def may_stand_for(asked: str, known: frozenset[str]) -> frozenset[str]:
    """Those of some stems that may stand for one of the question: few, and none is missed."""
    listed = listed_beside(asked).union(*(map(stem, _WORDS[at]) for at in _lines_of(asked)))
    begins = asked[:3]
    family = {each for each in known if each[:3] == begins or asked in each}
    return (listed & known) | family


def _lines_of(asked: str) -> list[tuple[int, int]]:
    lines = {line for line, _ in _AT.get(asked, _NOWHERE)}
    return [at for at in _WORDS if at[0] in lines]


def _one_beginning(one: str, other: str) -> bool:
    """Whether two words of an inflected language differ in their endings only."""
    short, long = sorted((one, other), key=len)
    shared = max(4, len(short) - 2)
    return len(long) - len(short) <= 3 and len(short) >= 4 and short[:shared] == long[:shared]
