"""Lists of phrases, from data files, and where they stand in a text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache
from itertools import compress
from pathlib import Path

from summarizer.language.stems import stem

LISTS = Path(__file__).with_name("lists")
_WORD = re.compile(r"\w+(?:[.’']\w+)*\+?")
"""A word of a text without underscores, which part words here."""

_FUNCTION_WORDS = "function_words"
_USUAL_WORD = 7
"""Characters, more than a word and its space have on average."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word as written, and the stem of its lower-case form.

    `name` says that the article uses it as a name: of the firm Shell, not of what guns do;
    `capital` that it begins with a capital.
    `frequent` words are the frequent ones of English and single letters; `english` are those
    without which a text is in another language.
    """

    written: str
    stem: str
    name: bool = False
    capital: bool = field(default=False, compare=False)
    frequent: bool = field(default=False, compare=False)
    english: bool = field(default=False, compare=False)

    def as_name(self) -> Word:
        """The word, used as a name."""
        return _marked(self.written, self.stem, name=True)


@lru_cache(maxsize=65_536)
def _word(written: str) -> Word:
    return _marked(written, _stem_of(written))


def _stem_of(written: str) -> str:
    return stem(_without_possessive(written).lower())


def _without_possessive(written: str) -> str:
    return written[:-2] if written.endswith(("'s", "’s")) else written


def _marked(written: str, stemmed: str, *, name: bool = False) -> Word:
    """The word with what the lists of frequent words say of it."""
    capital, frequent, english = written[0].isupper(), len(stemmed) < 2, False
    if stemmed in _frequent_stems():
        lists, bare = load_lists(_FUNCTION_WORDS), (Word(written, stemmed, name),)
        frequent = frequent or any(each.length_at(bare, 0) for each in lists.values())
        english = bool(lists["english"].length_at(bare, 0))
    return Word(written, stemmed, name, capital, frequent, english)


@cache
def _frequent_stems() -> frozenset[str]:
    lists = load_lists(_FUNCTION_WORDS)
    return frozenset(stemmed for each in lists.values() for stemmed in each.by_first)


def read_words(text: str, limit: int | None = None) -> tuple[Word, ...]:
    """The words of a text, at most `limit`; a hyphen parts words."""
    found = tuple(map(_word, _written(text, limit)))
    return found if not _shouts(found) else tuple(_word(word.written.lower()) for word in found)


def _written(text: str, limit: int | None) -> list[str]:
    """The first words of a text; most often its beginning has enough of them."""
    text = text.replace("_", " ")
    if limit is not None:
        first = _WORD.findall(text, 0, limit * _USUAL_WORD)
        if len(first) > limit:
            return first[:limit]
    return _WORD.findall(text)[:limit]


def _shouts(words: Sequence[Word]) -> bool:
    return len(words) > 3 and all(w.written.isupper() for w in words if w.written.isalpha())


def rare_stems(words: Iterable[Word]) -> set[str]:
    """The stems of words but for the frequent ones: what a headline is about."""
    return {word.stem for word in words if not word.frequent}


@lru_cache(maxsize=65_536)
def _case_agrees(listed: str, written: str) -> bool:
    """A listed word in capitals asks for capitals, a capitalised one for a capital."""
    capitals = sum(char.isupper() for char in listed)
    if capitals >= 2:
        return _without_possessive(written) == listed
    return not listed[0].isupper() or written[0].isupper()


class IndexedWords(tuple[Word, ...]):
    """Words of a text that many lists are looked for in."""

    @cached_property
    def starts(self) -> Mapping[str, Sequence[int]]:
        """By its name, where a phrase of each indexed list may start, if anywhere."""
        found: dict[str, list[int]] = {}
        known = _lists_by_stem()
        stems = [word.stem for word in self]
        for at in compress(range(len(stems)), map(known.__contains__, stems)):
            for name in known[stems[at]]:
                if name in found:
                    found[name].append(at)
                else:
                    found[name] = [at]
        return found


@dataclass(frozen=True, slots=True, eq=False)
class Phrases:
    """Phrases by the stem of their first word; lists that have a name are known to IndexedWords."""

    by_first: Mapping[str, tuple[tuple[Word, ...], ...]]
    name: str | None = None

    @classmethod
    def of(cls, phrases: Iterable[str], name: str | None = None) -> Phrases:
        """The phrases of a list, the longest first."""
        by_first: dict[str, list[tuple[Word, ...]]] = {}
        for phrase in phrases:
            words = tuple(Word(each, _stem_of(each)) for each in _written(phrase, None))
            if words:
                by_first.setdefault(words[0].stem, []).append(words)
        ordered = {k: tuple(sorted(v, key=len, reverse=True)) for k, v in by_first.items()}
        return cls(ordered, name)

    def starts(self, words: Sequence[Word]) -> Sequence[int]:
        """Where a phrase may start: at a word that one begins with."""
        if self.name and isinstance(words, IndexedWords):
            return words.starts.get(self.name, ())
        known = self.by_first
        return [at for at, word in enumerate(words) if word.stem in known]

    def length_at(self, words: Sequence[Word], at: int) -> int:
        """How many words the longest phrase that starts at a word has; 0 for none."""
        word, left = words[at], len(words) - at
        for phrase in self.by_first.get(word.stem, ()):
            length = len(phrase)
            if length == 1:
                listed = phrase[0].written
                if not word.name if listed.islower() else _case_agrees(listed, word.written):
                    return 1
            elif length <= left and phrase[1].stem == words[at + 1].stem:
                here = words[at : at + length]
                if all(
                    one.stem == two.stem and _case_agrees(one.written, two.written)
                    for one, two in zip(phrase, here, strict=True)
                ):
                    return length
        return 0

    def find(self, words: Sequence[Word]) -> list[tuple[int, int]]:
        """Where phrases stand, as (start, end), without overlap."""
        starts = self.starts(words)
        return self._from(starts, words) if starts else []

    def _from(self, starts: Sequence[int], words: Sequence[Word]) -> list[tuple[int, int]]:
        found: list[tuple[int, int]] = []
        free = 0
        for at in starts:
            if at >= free and (length := self.length_at(words, at)):
                free = at + length
                found.append((at, free))
        return found

    def kinds(self, words: Sequence[Word]) -> int:
        """How many different phrases a text has."""
        starts = self.starts(words)
        if not starts:
            return 0
        found = self._from(starts, words)
        if len(found) < 2:
            return len(found)
        return len({tuple(w.stem for w in words[a:b]) for a, b in found})


@cache
def load_lists(name: str) -> dict[str, Phrases]:
    """The sections of the data file lists/NAME.txt."""
    sections: dict[str, list[str]] = {}
    current = ""
    for line in (LISTS / f"{name}.txt").read_text("utf-8").splitlines():
        if line.startswith("["):
            current = line.strip("[] ")
        elif line and not line.startswith("#"):
            sections.setdefault(current, []).extend(p.strip() for p in line.split(","))
    indexed = name != _FUNCTION_WORDS  # nearly every word is one of them
    return {
        section: Phrases.of(phrases, f"{name}/{section}" if indexed else None)
        for section, phrases in sections.items()
    }


@cache
def _lists_by_stem() -> Mapping[str, Sequence[str]]:
    """By a stem, the names of the indexed lists that have a phrase which begins with it."""
    found: dict[str, list[str]] = {}
    for path in sorted(LISTS.glob("*.txt")):
        for phrases in load_lists(path.stem).values():
            if phrases.name:
                for stemmed in phrases.by_first:
                    found.setdefault(stemmed, []).append(phrases.name)
    return found
