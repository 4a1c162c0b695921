"""Text → tokens that compare: folded, lightly stemmed, with their sentence boundaries."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from itertools import compress

from summarizer.lazy_pattern import lazy_pattern

BREAK = ""
"""Stands between two sentences or clauses; no phrase reaches over it."""

MAX_CHARS = 40_000
"""Characters of one text that are read; what it is about shows long before."""

_UNSPACED = (
    "\u0e00-\u0eff\u0f71-\u0fbc\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3041-\u30ff\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff\U00020000-\U0003ffff"
)
"""Scripts written without spaces between words, or with particles joined on: a token a letter."""

_UNSPACED_RANGES = tuple(map(tuple, re.findall("(.)-(.)", _UNSPACED)))

_INDIC = "\u0900-\u0963\u0970-\u0df3"
"""Scripts whose vowel signs are no letters to Python, yet part of the word."""

_LETTER = rf"(?:[^\W\d_{_UNSPACED}]|[{_INDIC}])"
_TOKEN = lazy_pattern(
    rf"(?:[A-Z]\.){{2,9}}|(?:St|Mt|Ft|Dr)\.|{_LETTER}{{1,60}}(?:'{_LETTER}{{1,9}})?|\d{{1,20}}"
    rf"|[{_UNSPACED}]|[^\w\s'/&-]"
)
_ASCII_TOKEN = re.compile(
    r"[a-z][A-Za-z]{0,59}(?:'[A-Za-z]{1,9})?|(?:[A-Z]\.){2,9}|(?:St|Mt|Ft|Dr)\."
    r"|[A-Z][A-Za-z]{0,59}(?:'[A-Za-z]{1,9})?|\d{1,20}|[^A-Za-z\d_\s'/&-]"
)
"""The same for plain ASCII, which most English text is once folded: half the time."""

_INVISIBLE = re.compile(
    "[\u00ad\u0640\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufe00-\ufe0f\ufeff]"
)
_MARKS = lazy_pattern("[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670]")
_ALIKE = dict(zip("يىكۀةأإآٱ‘’‐‑“”–—…", "ییکہہاااا''--\"\",,.", strict=True))
_UNLIKE = re.compile(f"[{''.join(_ALIKE)}]")

_WHOLE = frozenset(
    {
        "armed",
        "arms",
        "batting",
        "boxing",
        "drilling",
        "forces",
        "fueled",
        "fueling",
        "fuelled",
        "fuelling",
    }
    | {"gaming", "goods", "marines", "means", "mining", "news", "physics", "rigged", "rigging"}
    | {"securities", "series", "shelling", "species"}
)
"""Words whose shorter form means something else."""

_CYRILLIC = lazy_pattern(
    "(?<=..)(?:иями|ями|ами|иях|иям|ием|ого|его|ому|ему|ыми|ими|ией|ях|ах|ям|ам|ов|ев|ей|ой|ий|ый|"
    "ие|ые|ая|яя|ую|юю|ом|ем|ия|ии|ию|ья|ье|а|я|о|е|у|ю|ы|и|ь|і|ї|й)$"
)
_ARABIC = lazy_pattern("^(?:[وفبک]?ال|لل)(?=...)|(?<=...)(?:وں|یں|یاں|ات|ین|ون|ان|ہا|ها|یہ|ہ|ه|ی)$")


_VOWELS = re.compile("[aeiouy]+")
_LOST_E = re.compile("[^aeiou][aeiouy][^aeiouwxy]$|[vzc]$|[^s]s$|rg$")


@dataclass(frozen=True, slots=True)
class Tokens:
    """`stems` are compared; `capitals` has, by its place, each word written in capitals."""

    stems: list[str]
    capitals: dict[int, str]


def tokenize(text: str) -> Tokens:
    """Read at most MAX_CHARS of a text as tokens; never fails, whatever the text holds."""
    plain = fold(text[:MAX_CHARS])
    words = (_ASCII_TOKEN if plain.isascii() else _TOKEN).findall(plain)
    capital = compress(range(len(words)), map(str.isupper, words))
    return Tokens(list(map(stem, words)), {at: acronym(words[at]) for at in capital})


def fold(text: str) -> str:
    """Take off accents, vowel points and invisible characters; keep case."""
    if text.isascii():
        return text
    plain = _MARKS.sub("", unicodedata.normalize("NFKD", text))
    plain = unicodedata.normalize("NFC", plain)
    return _UNLIKE.sub(lambda found: _ALIKE[found[0]], _INVISIBLE.sub("", plain))


def acronym(word: str) -> str:
    """A short word written in capitals on purpose ("US", "U.S."), without dots; else BREAK."""
    plain = word.replace(".", "")
    return plain if 2 <= len(plain) <= 4 and plain.isupper() and plain.isascii() else BREAK


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """Bring the inflections of a word to one form; BREAK for punctuation."""
    low = word.casefold().replace(".", "")
    if low.isascii():
        return _english(low) if low[:1].isalnum() else BREAK
    if "\u0400" <= low[0] <= "\u04ff":
        return _CYRILLIC.sub("", low) if len(low) > 3 else low
    if "\u0600" <= low[0] <= "\u06ff":
        return _ARABIC.sub("", _ARABIC.sub("", low))
    if "\u0900" <= low[0] <= "\u0dff" or _is_unspaced(low[0]):
        return low
    return low.partition("'")[0] if low[0].isalnum() else BREAK


def _is_unspaced(char: str) -> bool:
    return any(first <= char <= last for first, last in _UNSPACED_RANGES)


def _english(word: str) -> str:
    word = word.partition("'")[0]
    if word in _WHOLE or len(word) < 4:
        return word
    word = _singular(word)
    for ending in ("ing", "ed"):
        if word.endswith(ending) and not word.endswith("eed"):
            return _root(word, word[: -len(ending)])
    return _without_e(word)


def _singular(word: str) -> str:
    if word.endswith(("ies", "ied")):
        return word[:-3] + "y" if len(word) > 4 else word[:-1]
    if word.endswith(("sses", "xes", "zzes", "ches", "shes")):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return "gas" if word == "gases" else word[:-1]
    return word


def _root(word: str, root: str) -> str:
    """The verb behind an -ing or -ed form: planned → plan, but traded → trade."""
    if len(root) < 3 or not _VOWELS.search(root):
        return word
    one_syllable = len(_VOWELS.findall(root)) == 1
    if root[-1] == root[-2] and root[-1] not in ("lsz" if one_syllable else "sz"):
        return root[:-1] if len(root) > 3 else word
    return f"{root}e" if one_syllable and _LOST_E.search(root) else _without_e(root)


def _without_e(word: str) -> str:
    if word.endswith("nge") or (word.endswith("e") and len(_VOWELS.findall(word[:-1])) > 1):
        return word[:-1]
    return word


def is_shouted(text: str) -> bool:
    """Whether three words or more are all in capitals, so that capitals mark no acronym."""
    return text.isupper() and len(text.split()) > 2
