"""Which countries a text names, by their own names or by those of their peoples."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import cache, lru_cache

from summarizer.lazy_pattern import lazy_pattern
from summarizer.places.gazetteer import (
    countries_by_name,
    fold_name,
    names_of_no_country,
    title_of,
)

_WORD = lazy_pattern(r"[^\W\d_](?:[\w.]*[^\W_])?")
_LONGEST = 4
_UNSURE = frozenset({"georgia", "georgian", "jordan", "chad"})
"""Names that are those of states, people and towns as well."""


def countries_named(text: str) -> frozenset[str]:
    """The codes of the countries that a text names with a capital letter."""
    words = _WORD.findall(re.sub(r"['’]s?\b", "", text))
    found: set[str] = set()
    at = 0
    while at < len(words):
        if _bare(words[at]) not in _firsts():
            at += 1
            continue
        size, code = _longest(words[at : at + _LONGEST])
        if code:
            found.add(code)
        at += size
    return frozenset(found)


def most_named(texts: Iterable[str], most: int) -> list[tuple[str, int]]:
    """The titles of the countries that most texts name, with how many do."""
    counted = Counter(code for text in texts for code in countries_named(text))
    ranked = sorted(counted.items(), key=lambda each: (-each[1], title_of(each[0])))
    return [(title_of(code), many) for code, many in ranked[:most]]


def _longest(words: list[str]) -> tuple[int, str]:
    """How many of these words are a name, and the code of its country; "" for no country."""
    folded = [_folded(each) for each in words]
    for size in range(len(words), 0, -1):
        name = " ".join(folded[:size])
        if name in names_of_no_country():
            return size, ""
        if code := _code(words[:size], name.replace(".", "")):
            return size, code
    return 1, ""


def _code(words: list[str], folded: str) -> str:
    """The code of the one country of a name; "" for none, for several, and for small letters."""
    if not words[0][:1].isupper():
        return ""
    if folded == "us":
        folded = " ".join(words).replace(".", "")
    codes = countries_by_name().get(folded, ())
    return codes[0] if len(codes) == 1 and folded not in _UNSURE else ""


@cache
def _firsts() -> frozenset[str]:
    """The first words of all names, folded: most words of a text are none of them."""
    known = (*countries_by_name(), *names_of_no_country())
    return frozenset(_bare(name.split()[0]) for name in known if name)


@lru_cache(maxsize=20_000)
def _folded(word: str) -> str:
    return fold_name(word)


@lru_cache(maxsize=20_000)
def _bare(word: str) -> str:
    return _folded(word).replace(".", "").partition(" ")[0]
