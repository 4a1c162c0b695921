"""Text normalised for search: words without accents, case or punctuation, on both engines."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

_NO_DECOMPOSITION = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d"}
)
_UNSPACED = re.compile(
    "[\u3005\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
)
_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»＂", '"'))
_NOT_ASCII = re.compile(r"[^\x00-\x7f]+")
_WORD = re.compile(r"[^\W_]+")
_ASCII_WORD = re.compile("[a-z0-9]+")
_INVISIBLE = {"Mn", "Mc", "Me", "Cf", "Cs"}
_LONGEST_KEPT = 40
"""Characters of a run outside of ASCII that is kept in memory: a word, seldom a sentence."""

_TERM = re.compile(r'([-\u2212]?)(?:"([^"]*)"|(\S+))')

LONGEST_QUERY = 500
"""Characters of a query that are read."""


@dataclass(frozen=True, slots=True)
class Query:
    """Folded phrases that must occur, and that must not."""

    wanted: tuple[str, ...]
    unwanted: tuple[str, ...]


def folded(text: str, limit: int = 1_000_000) -> str:
    """The text's words, separated by single spaces, at most `limit` characters.

    In Han and Kana, which have no spaces, each character is a word.
    """
    some = text[: 4 * limit]
    words = _ASCII_WORD.findall(some.lower()) if some.isascii() else _words(some)
    spaced = " ".join(words)
    return spaced if len(spaced) <= limit else spaced[: limit + 1].rpartition(" ")[0]


def parsed(query: str) -> Query:
    """Parse a query: words, "a phrase", -not; any text is valid."""
    wanted: list[str] = []
    unwanted: list[str] = []
    for minus, phrase, word in _TERM.findall(query.translate(_QUOTES)[:LONGEST_QUERY]):
        if term := folded(phrase or word):
            (unwanted if minus else wanted).append(term)
    return Query(tuple(dict.fromkeys(wanted)), tuple(dict.fromkeys(unwanted)))


def snippet(text: str, terms: Sequence[str], length: int = 200) -> str:
    """The part of the text around the first of the terms, or its beginning."""
    words = {word for term in terms for word in term.split()}
    at = next((m.start() for m in re.finditer(r"\w+", text) if _alike(m.group(), words)), 0)
    start = max(0, at - length // 4)
    part = text[start : start + length]
    if start > 0:
        part = "…" + part.partition(" ")[2]
    if start + length < len(text):
        part = part.rpartition(" ")[0] + "…"
    return " ".join(part.split())


def _alike(word: str, terms: set[str]) -> bool:
    plain = folded(word, 100)
    return any(plain[: max(3, len(term) - 2)] == term[: max(3, len(term) - 2)] for term in terms)


def _words(text: str) -> list[str]:
    plain = _NOT_ASCII.sub(_plain, text).encode("utf-8", "surrogatepass").lower()
    return _WORD.findall(_UNSPACED.sub(r" \g<0> ", plain.decode("utf-8", "surrogatepass")))


def _plain(found: re.Match[str]) -> str:
    run = found[0]
    return _plain_run(run) if len(run) <= _LONGEST_KEPT else _without_marks(run)


@lru_cache(maxsize=20_000)
def _plain_run(run: str) -> str:
    return _without_marks(run)


def _without_marks(run: str) -> str:
    """Characters outside of ASCII, folded; ASCII on either side changes nothing about that."""
    plain = unicodedata.normalize("NFKD", run).casefold()
    plain = unicodedata.normalize("NFKD", plain).translate(_NO_DECOMPOSITION)
    return "".join(each if each.isascii() or each.isalnum() else _kept(each) for each in plain)


def _kept(character: str) -> str:
    return "" if unicodedata.category(character) in _INVISIBLE else " "
