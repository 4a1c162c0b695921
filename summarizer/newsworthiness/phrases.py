"""Lists of phrases, from data files, and where they stand in a text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import islice
from operator import itemgetter
from pathlib import Path

from summarizer.language.stems import stem

LISTS = Path(__file__).with_name("lists")
_WORD = re.compile(r"[^\W_]+(?:[.’'][^\W_]+)*\+?")
_POSSESSIVE = re.compile(r"['’]s$")
_written = itemgetter(0)


@dataclass(frozen=True, slots=True)
class Word:
    """A word as written, and the stem of its lower-case form.

    `name` says that the article uses it as a name: of the firm Shell, not of what guns do.
    """

    written: str
    stem: str
    name: bool = False


@lru_cache(maxsize=65_536)
def _word(written: str) -> Word:
    bare = _POSSESSIVE.sub("", written)
    return Word(written, stem(bare.lower()))


def read_words(text: str, limit: int | None = None) -> tuple[Word, ...]:
    """The words of a text, at most `limit`; a hyphen parts words."""
    found = tuple(map(_word, map(_written, islice(_WORD.finditer(text), limit))))
    return found if not _shouts(found) else tuple(_word(word.written.lower()) for word in found)


def _shouts(words: Sequence[Word]) -> bool:
    return len(words) > 3 and all(w.written.isupper() for w in words if w.written.isalpha())


@lru_cache(maxsize=65_536)
def _case_agrees(listed: str, written: str) -> bool:
    """A listed word in capitals asks for capitals, a capitalised one for a capital."""
    capitals = sum(char.isupper() for char in listed)
    if capitals >= 2:
        return _POSSESSIVE.sub("", written) == listed
    return not listed[0].isupper() or written[0].isupper()


class IndexedWords(tuple[Word, ...]):
    """Words of a text that many lists are looked for in."""

    @cached_property
    def places(self) -> Mapping[str, Sequence[int]]:
        """Where each stem stands."""
        found: dict[str, list[int]] = {}
        for at, word in enumerate(self):
            found.setdefault(word.stem, []).append(at)
        return found


@dataclass(frozen=True, slots=True, eq=False)
class Phrases:
    """Phrases by the stem of their first word."""

    by_first: Mapping[str, tuple[tuple[Word, ...], ...]]

    @classmethod
    def of(cls, phrases: Iterable[str]) -> Phrases:
        """The phrases of a list, the longest first."""
        by_first: dict[str, list[tuple[Word, ...]]] = {}
        for phrase in phrases:
            words = tuple(_word(written) for written in _WORD.findall(phrase))
            if words:
                by_first.setdefault(words[0].stem, []).append(words)
        return cls({k: tuple(sorted(v, key=len, reverse=True)) for k, v in by_first.items()})

    def starts(self, words: Sequence[Word]) -> list[int]:
        """Where a phrase may start: at a word that one begins with."""
        known = self.by_first
        if isinstance(words, IndexedWords):
            places = words.places
            if known.keys().isdisjoint(places.keys()):
                return []
            shared = known.keys() & places.keys()
            return sorted([at for stemmed in shared for at in places[stemmed]])
        return [at for at, word in enumerate(words) if word.stem in known]

    def length_at(self, words: Sequence[Word], at: int) -> int:
        """How many words the longest phrase that starts at a word has; 0 for none."""
        word = words[at]
        for phrase in self.by_first.get(word.stem, ()):
            if len(phrase) == 1:
                listed = phrase[0].written
                if not word.name if listed.islower() else _case_agrees(listed, word.written):
                    return 1
                continue
            here = words[at : at + len(phrase)]
            if len(here) == len(phrase) and all(
                one.stem == two.stem and _case_agrees(one.written, two.written)
                for one, two in zip(phrase, here, strict=True)
            ):
                return len(phrase)
        return 0

    def find(self, words: Sequence[Word]) -> list[tuple[int, int]]:
        """Where phrases stand, as (start, end), without overlap."""
        found, free = [], 0
        for at in self.starts(words):
            if at >= free and (length := self.length_at(words, at)):
                free = at + length
                found.append((at, free))
        return found

    def kinds(self, words: Sequence[Word]) -> int:
        """How many different phrases a text has."""
        return len({tuple(w.stem for w in words[a:b]) for a, b in self.find(words)})


@lru_cache(maxsize=64)
def load_lists(name: str) -> dict[str, Phrases]:
    """The sections of the data file lists/NAME.txt."""
    sections: dict[str, list[str]] = {}
    current = ""
    for line in (LISTS / f"{name}.txt").read_text("utf-8").splitlines():
        if line.startswith("["):
            current = line.strip("[] ")
        elif line and not line.startswith("#"):
            sections.setdefault(current, []).extend(p.strip() for p in line.split(","))
    return {section: Phrases.of(phrases) for section, phrases in sections.items()}


@lru_cache(maxsize=1)
def load_states() -> Phrases:
    """States and their peoples, as the evidence checker lists them."""
    import summarizer.language.sentences as beside

    text = Path(beside.__file__).with_name("places.txt").read_text("utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return Phrases.of(form.replace("_", " ").title() for line in lines for form in line.split())


def is_function_word(word: Word) -> bool:
    """Whether a word is among the frequent words of English, or a single letter."""
    return _is_function_word(word.written, word.stem, word.name)  # a Word takes long to hash


@lru_cache(maxsize=65_536)
def _is_function_word(written: str, stemmed: str, name: bool) -> bool:
    lists = load_lists("function_words")
    word = Word(written, stemmed, name)
    return len(stemmed) < 2 or any(p.length_at((word,), 0) for p in lists.values())
