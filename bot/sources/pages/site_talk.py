"""Text in which a page speaks to its readers of itself: of cookies, accounts, browsers, errors.

A report tells what others do. A wall, an error page or a privacy notice says "you" or "this page"
in nearly every sentence, and speaks of pages, accounts and data, whoever wrote it.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_READ = 6_000
"""Characters of a text that are judged."""

_COMMON = 2
"""Common words that have to stand beside an address where none is clear, in a short text too."""

_SHORTEST_BEGINNING, _LONGEST_BEGINNING = 2, 16
_END = re.compile(r"[.!?…](?=\s|$)|[。！？\n]")
_QUOTED = re.compile(
    r"“[^”\n]{0,2000}”?|„[^“”\n]{0,2000}[“”]?|«[^»\n]{0,2000}»?|\"[^\"\n]{0,600}\""
)
"""Speech, also where its end is missing."""

_WORD = re.compile(r"\w+")
_PARTS = re.compile(r"\s[–—-]\s|[|·•»›]|\s[\[(]|[\])]")
_LONGEST_NAME = 4
"""Words of an outlet's name that may stand before what a page is."""

_EDGES = " .!?…,;:-–—\"'“”*#"
_UNSPACED = re.compile("[\u3040-\u30ff\u3400-\u9fff]")
_EVERY, _TO, _TITLE, _WEAK = "any", "to", "title", "~"
_PIECES = frozenset({"ja", "zh"})
"""Languages without spaces between words."""

_Mark = tuple[str, str]
"""A language and the kind of a word."""


@dataclass(frozen=True, slots=True)
class SiteTalk:
    """The share of a text that is talk of its site, from 0 to 1, and what it is mostly about."""

    share: float
    kind: str | None


@dataclass(frozen=True, slots=True)
class _Words:
    whole: dict[str, list[_Mark]]
    beginnings: dict[str, list[_Mark]]
    pieces: tuple[tuple[str, _Mark], ...]
    titles: dict[str, str]


def site_talk(text: str) -> SiteTalk:
    """How much of a text's beginning is addressed to readers and about the page itself."""
    told: Counter[str] = Counter()
    kinds: defaultdict[str, Counter[str]] = defaultdict(Counter)
    whole = 0
    for sentence in _sentences(without_speech(text[:_READ])):
        whole += len(sentence)
        found: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for language, kind in _marks(sentence):
            found[language][kind] += 1
        shared = found.pop(_EVERY, Counter())
        for language, here in found.items():
            addressed, about = here.pop(_TO, 0), here + shared
            clear = any(not each.startswith(_WEAK) for each in about)
            if addressed and (clear or about.total() >= _COMMON):
                told[language] += len(sentence)
                for kind, count in about.items():
                    kinds[language][kind.removeprefix(_WEAK)] += count
    if not told:
        return SiteTalk(0.0, None)
    language, length = told.most_common(1)[0]
    return SiteTalk(length / whole, kinds[language].most_common(1)[0][0])


def kind_of_title(title: str) -> str | None:
    """What a page is that is named like an error, a check or a form, else None.

    A title may have the outlet's name beside: each part is looked up as a whole, unless the parts
    before it are longer than a name.
    """
    before = 0
    for part in _PARTS.split(title[:300].replace("\u2019", "'").casefold()):
        pieces = part.split(":") if ":" in part else [part]
        kinds = [_words().titles.get(each.strip(_EDGES)) for each in pieces]
        if all(kinds):
            return kinds[0]
        before += len(part.split())
        if before > _LONGEST_NAME:
            return None
    return None


def without_speech(text: str) -> str:
    """A text without what stands in quotation marks: there, others speak."""
    return _QUOTED.sub(" ", text)


def _sentences(text: str) -> Iterator[str]:
    return (each for part in _END.split(text) if (each := part.strip()))


def _marks(sentence: str) -> Iterator[_Mark]:
    """The marks of all words and pairs of words in a sentence."""
    known = _words()
    before = ""
    for number, raw in enumerate(_WORD.findall(sentence)):
        word = raw.casefold()
        yield from known.whole.get(word, ())
        if number == 0:
            yield from known.whole.get(f"^{word}", ())
        elif raw != word:
            yield from known.whole.get(raw, ())
        if before:
            yield from known.whole.get(f"{before} {word}", ())
        for length in range(_SHORTEST_BEGINNING, min(len(word), _LONGEST_BEGINNING) + 1):
            yield from known.beginnings.get(word[:length], ())
        before = word
    if _UNSPACED.search(sentence):
        plain = sentence.casefold()
        yield from (mark for piece, mark in known.pieces if piece in plain)


@cache
def _words() -> _Words:
    whole: defaultdict[str, list[_Mark]] = defaultdict(list)
    beginnings: defaultdict[str, list[_Mark]] = defaultdict(list)
    pieces: list[tuple[str, _Mark]] = []
    titles: dict[str, str] = {}
    for row in files("bot.sources.pages").joinpath("site_talk.txt").read_text("utf-8").splitlines():
        if not row or row.startswith("#"):
            continue
        language, kind, words = row.split("\t")
        for word in words.split("|"):
            if language == _TITLE:
                titles[word.casefold().strip(_EDGES)] = kind
            elif language in _PIECES:
                pieces.append((word.casefold(), (language, kind)))
            elif word.endswith("*"):
                beginnings[_WORD.findall(word)[-1]].append((language, kind))
            else:
                begins = "^" if word.startswith("^") else ""
                whole[begins + " ".join(_WORD.findall(word))].append((language, kind))
    return _Words(dict(whole), dict(beginnings), tuple(pieces), titles)
