"""Text into comparable words: folded, stripped of plurals, demonyms turned into countries."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from operator import itemgetter
from pathlib import Path

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_LONGEST_WORD = 60
_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|(?:[A-Z]\.){2,}|[^\W\d_]+(?:'[^\W\d_]+)?")
_WHOLE = itemgetter(0)
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
_STATES = {"US": "usa", "U.S.": "usa", "USA": "usa", "UK": "britain", "U.K.": "britain"}
_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a text: its folded stem, and whether it was written with a capital."""

    stem: str
    capital: bool


def words(text: str, limit: int) -> list[Word]:
    """The first words of a text, at most `limit`; scripts without spaces give pairs of letters."""
    plain = unicodedata.normalize("NFKC", text).replace("’", "'").replace("‘", "'")
    tokens = map(_WHOLE, islice(_TOKEN.finditer(plain), limit))
    if plain.isascii() or not _UNSPACED.search(plain):
        return list(map(_word, tokens))
    return list(islice(_paired(tokens), limit))


def is_function(stem: str) -> bool:
    """Whether the word says nothing of what a text is about."""
    return stem in _FUNCTION or (len(stem) < 2 and stem.isascii() and not stem.isdigit())


def is_common(stem: str) -> bool:
    """Whether the word stands in so much news that it says little: also small numbers and years."""
    return stem in _COMMON or (stem[0].isdigit() and (len(stem) < 2 or bool(_YEAR.fullmatch(stem))))


def _paired(tokens: Iterable[str]) -> Iterator[Word]:
    for token in tokens:
        if len(token) > 1 and not token.isascii() and _UNSPACED.search(token):
            yield from (Word(token[i : i + 2], False) for i in range(len(token) - 1))
        else:
            yield _word(token)


@lru_cache(maxsize=65_536)
def _word(token: str) -> Word:
    return Word(_folded(token[:_LONGEST_WORD]), token[0].isupper())


def _folded(token: str) -> str:
    if token[0].isdigit():
        return token.replace(",", "")
    if token in _STATES:
        return _STATES[token]
    word = token.lower().replace(".", "")
    if "'" in word:
        word = _without_apostrophe(word)
    if not word.isascii():
        marks = unicodedata.normalize("NFKD", word)
        word = "".join(letter for letter in marks if not unicodedata.combining(letter)) or word
    stem = _singular(word)
    return _COUNTRY.get(word) or _COUNTRY.get(stem) or stem


def _without_apostrophe(word: str) -> str:
    head, _, tail = word.partition("'")
    return head if tail == "s" or len(head) > 1 else head + tail


def _singular(word: str) -> str:
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 4 and word.endswith(("sses", "shes", "ches", "xes")):
        return word[:-2]
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


@lru_cache(maxsize=16)
def section(name: str) -> str:
    """A section of words.txt, as written."""
    text = Path(__file__).with_name("words.txt").read_text(encoding="utf-8")
    return text.partition(f"[{name}]\n")[2].partition("\n[")[0].strip()


def _listed(name: str) -> set[str]:
    return {_folded(word) for word in section(name).split()}


def _peoples() -> dict[str, str]:
    pairs = (line.partition(": ") for line in section("peoples").splitlines() if line)
    return {people: country for country, _, peoples in pairs for people in peoples.split()}


_COUNTRY = _peoples()
_FUNCTION = _listed("function")
_COMMON = _listed("common")
