"""Reduces English words to the stem of their inflections and the root of their family."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from summarizer.language.word_lists import lines, listed

_IRREGULAR = {form: line.split()[0] for line in lines("forms") for form in line.split()}
_KEPT = frozenset(
    listed(
        """news always series species this thus its his gas bus us less across pass class loss boss
press glass grass cross mass business process address congress access success stress illness
during king thing ring sing bring spring string wing morning evening nothing something
anything everything red bed need feed seed speed bleed breed indeed hundred sacred kindred
united politics economics physics athletics headquarters means thousand politic economic
plus virus census campus status focus bonus crisis basis analysis tennis iris oasis paris
texas"""
    )
)
_SHORTEST_ROOT = 4
_VOWEL = re.compile("[aeiouy]")
_SUFFIXES = frozenset(
    listed(
        """ization isation ational fulness ousness iveness ements ations itions ement ation ition
        ments ment ships ship ness tion sion ions ion ings ism ists ist ity ive ies ous ful ial ian
        ical ally ance ence ancy ency ants ents ant ent able ible ary ery ors ers or er al ic ly
        ing ed es s e y"""
    )
)
_LONGEST_SUFFIX = max(map(len, _SUFFIXES))


@lru_cache(maxsize=65_536)
def stem(low: str) -> str:
    """One form for all inflections of a lower-case word: "rising", "rose" and "rise" are one."""
    if low in _IRREGULAR:
        return _bare(_IRREGULAR[low])
    return _bare(_uninflected(low))


def _uninflected(low: str) -> str:
    if len(low) < 4 or low in _KEPT:
        return low
    if low.endswith(("ies", "ied")):
        return low[:-3] + "y" if len(low) > 4 else low[:-1]
    if low.endswith(("sses", "shes", "ches", "xes", "zes")):
        return low[:-2]
    if low.endswith("eed") or (low.endswith("s") and not low.endswith(("ss", "us", "is"))):
        return low[:-1]
    for ending in ("ing", "ed"):
        cut = low.removesuffix(ending)
        if cut != low and len(cut) > 2 and _VOWEL.search(cut):
            return _single(cut)
    return low


def _single(cut: str) -> str:
    doubled = len(cut) > 3 and cut[-1] == cut[-2] and cut[-1] not in "slzaeiou"
    return cut[:-1] if doubled else cut


def _bare(lemma: str) -> str:
    """Without a silent e, so that "ris(ing)" meets "ris(e)"."""
    return lemma[:-1] if len(lemma) > 3 and lemma.endswith("e") and lemma[-2] != "e" else lemma


@lru_cache(maxsize=65_536)
def root(stemmed: str) -> str:
    """The root of a word family: "invas" of "invasion", "announc" of "announcement"."""
    for size in range(min(_LONGEST_SUFFIX, len(stemmed) - _SHORTEST_ROOT), 0, -1):
        if stemmed[-size:] in _SUFFIXES:
            return stemmed[:-size]
    return stemmed


def related(one: str, other: str) -> bool:
    """Whether two stems belong to one family of words: "invad" and "invasion"."""
    if one[:_SHORTEST_ROOT] != other[:_SHORTEST_ROOT]:
        return False
    first, second = root(one), root(other)
    if first == second:
        return True
    short, long = sorted((first, second), key=len)
    if len(short) < _SHORTEST_ROOT or len(long) - len(short) > 1:
        return False
    return long.startswith(short) or (len(short) > 4 and long[: len(short) - 1] == short[:-1])


def relatives(one: str, others: Iterable[str]) -> list[str]:
    """Those of some stems that belong to one family of words with another."""
    head = one[:_SHORTEST_ROOT]
    return [each for each in others if each[:_SHORTEST_ROOT] == head and related(one, each)]
