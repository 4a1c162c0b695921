"""Text → tokens that compare: folded, lightly stemmed, with their sentence boundaries."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

BREAK = ""
"""Stands between two sentences or clauses; no phrase reaches over it."""

MAX_CHARS = 40_000
"""Characters of one text that are read; what a topic is shows long before."""

_MAX_WORD = 40
_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"
    "\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\U00020000-\U0003ffff"
)
_TOKEN = re.compile(
    rf"(?:[A-Z]\.){{2,}}|[{_UNSPACED}]|[^\W_{_UNSPACED}]+(?:['’][^\W_{_UNSPACED}]+)*|[^\w\s'’/&-]"
)
_INVISIBLE = re.compile("[\u00ad\u0640\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
_MARKS = re.compile("[\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670]")
_ALIKE = str.maketrans("يىكۀةأإآٱ–—‐‑", "ییکہہاااا----")

_WHOLE = frozenset(
    [
        "securities",
        "arms",
        "shelling",
        "news",
        "mining",
        "series",
        "species",
        "goods",
        "means",
        "physics",
        "gas",
    ]
)
"""Words whose shorter form means something else."""

_ENDINGS = re.compile(
    "(?:иями|ями|ами|иях|иям|ого|его|ому|ему|ыми|ими|ией|иями|ях|ах|ям|ам|ов|ев|ей|ой|ий|ый|ие|ые|"
    "ая|яя|ую|юю|ом|ем|ия|ии|ию|ья|ье|а|я|о|е|у|ю|ы|и|ь|і|ї)$"
)
_ARABIC = re.compile("^(?:[وفبلک]?ال|لل)(?=.{3})|(?:وں|یں|یاں|ات|ین|ون|ان|یہ|ہ|ی)$")


@dataclass(frozen=True, slots=True)
class Tokens:
    """`stems` are compared; `exact` keeps the case as written; both have the same length."""

    stems: list[str]
    exact: list[str]


def tokenize(text: str) -> Tokens:
    """Read at most MAX_CHARS of a text as tokens; never fails, whatever the text holds."""
    exact = _TOKEN.findall(fold(text[:MAX_CHARS]))
    return Tokens([stem(word) for word in exact], exact)


def fold(text: str) -> str:
    """Take off accents, vowel points and invisible characters; keep case."""
    if text.isascii():
        return text
    plain = _MARKS.sub("", unicodedata.normalize("NFKD", text))
    plain = unicodedata.normalize("NFC", plain)
    return _INVISIBLE.sub("", plain).translate(_ALIKE)


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """Bring the inflections of a word to one form; BREAK for punctuation."""
    if not word[0].isalnum():
        return BREAK
    low = word[:_MAX_WORD].casefold().replace(".", "")
    if low.isascii():
        return _english(low)
    if "\u0400" <= low[0] <= "\u04ff":
        return _ENDINGS.sub("", low) if len(low) > 4 else low
    if "\u0600" <= low[0] <= "\u06ff":
        return _ARABIC.sub("", low) if len(low) > 4 else low
    return low.split("'")[0].split("’")[0]


def _english(word: str) -> str:
    word = word.split("'", maxsplit=1)[0]
    if word in _WHOLE or len(word) < 4:
        return word
    word = _singular(word)
    for ending in ("ing", "ed"):
        if word.endswith(ending) and not word.endswith("eed"):
            return _root(word, word[: -len(ending)])
    return word[:-1] if word.endswith("e") and len(word) > 4 else word


def _singular(word: str) -> str:
    if word.endswith(("ies", "ied")):
        return word[:-3] + "y" if len(word) > 4 else word[:-1]
    if word.endswith(("sses", "xes", "zes", "ches", "shes")):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def _root(word: str, root: str) -> str:
    if len(root) < 3 or not re.search("[aeiouy]", root):
        return word
    if root[-1] == root[-2] and root[-1] not in "lsz":
        return root[:-1]
    return root[:-1] if root.endswith("e") and len(root) > 4 else root
