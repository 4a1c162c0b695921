"""Splits text into sentences with exact offsets."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from sentencex import segment

from summarizer.language.calendar import A_DAY
from summarizer.lazy_pattern import lazy_pattern

_BLANK_LINE = lazy_pattern(r"\n\s*\n")
_SURROGATE = lazy_pattern("[\ud800-\udfff]")
_LIST_LINE = lazy_pattern(r"\n(?=\s{0,20}(?:[-*•▪●◦‣–—]|\d{1,2}[.)])\s)")
_SHORT_LINE = lazy_pattern(r"(?:^|(?<=\n))[^\n]{0,40}[^\n.!?,;:\s][ \t]*\n(?=\s*[\"“]?[^\Wa-z])")
_OPENING = tuple('"“‘«„([')
_OPENING_LEFT_BEHIND = lazy_pattern(r"\s[\"“‘«„(\[]+$")
_CLOSING_LEFT_OVER = lazy_pattern(r"^[”’»)\]]+\s*|^[\"']+\s+")
_ABBREVIATED = lazy_pattern(
    r"(?:^|[\s(\"“])(?:Mr|Mrs|Ms|Dr|Prof|St|Sgt|Cpl|Pvt|Lt|Col|Maj|Capt|Cmdr|Gen|Adm|Brig|"
    r"Sen|Rep|Gov|Rev|Hon|Pres|Amb|Atty|Ft|Supt|Insp|Det|Jr|No|Nos|Art|vs|[Aa]pprox|est|[RD]-[A-Z][a-z]*|"
    r"Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.$"
)
_CONTINUES = lazy_pattern(r"[a-z](?!\w*\.\w)")
_NUMBER_FIRST = lazy_pattern(r"\d")
_MONTH_ENDS = lazy_pattern(r"(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Nos?|Art)\.$")
_HOUR_ENDS = lazy_pattern(r"\b[ap]\.m\.$")
_DAY_FIRST = lazy_pattern(rf"{A_DAY}\b(?!,)")

GIANT = 20_000

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A span of a text: `text == source[start:end]`; `index` counts from 0."""

    text: str
    start: int
    end: int
    index: int


def split(text: str, language: str | None = "en") -> tuple[Sentence, ...]:
    """Split into sentences, trimmed of white space, in order; never raises on any text."""
    found: list[Sentence] = []
    for begin, finish in _paragraphs(text):
        block = text[begin:finish]
        for start, end in pairwise(_edges(block, language or "en")):
            piece = block[start:end]
            if trimmed := piece.strip():
                at = begin + start + len(piece) - len(piece.lstrip())
                found.append(Sentence(trimmed, at, at + len(trimmed), len(found)))
    return tuple(found)


def _paragraphs(text: str) -> Iterator[Span]:
    """Blocks between blank lines; a line of a list or as short as a heading is a block too."""
    begin = 0
    for gap in _BLANK_LINE.finditer(text) if "\n" in text else ():
        yield from _lines(text, begin, gap.start())
        begin = gap.end()
    yield from _lines(text, begin, len(text))


def _lines(text: str, begin: int, finish: int) -> Iterator[Span]:
    if text.find("\n", begin, finish) < 0:
        if text[begin:finish].strip():
            yield begin, finish
        return
    block = text[begin:finish]
    cuts = {found.start() for found in _LIST_LINE.finditer(block)}
    cuts |= {found.end() for found in _SHORT_LINE.finditer(block)}
    edges = [0, *sorted(cuts), len(block)]
    for start, end in pairwise(edges):
        if block[start:end].strip():
            yield begin + start, begin + end


def _edges(block: str, language: str) -> list[int]:
    """The start of each sentence, and the end of the last.

    Wrong splits after abbreviations are joined; quotation marks go to their own side.
    """
    edges = [0]
    start = 0
    for piece in _pieces(block, language):
        before, after = block[edges[-1] : start].rstrip(), piece.lstrip()
        if start and after and not _one_sentence(before, after):
            edges.append(_edge(before, edges[-1], piece, start))
        start += len(piece)
    return [*edges, start]


def _pieces(block: str, language: str) -> list[str]:
    """The library's segments of a block, in order.

    A giant block is passed in parts, because the library's time can be quadratic.
    """
    pieces: list[str] = []
    while block:
        part = block if len(block) <= GIANT else block[: _end_before(block, GIANT)]
        try:
            pieces += segment(language, part)
        except UnicodeEncodeError:
            pieces += segment(language, _SURROGATE.sub("?", part))
        block = block[len(part) :]
    return pieces


def _end_before(block: str, most: int) -> int:
    """The last sentence end before `most`, else the last word end, else `most`."""
    return block.rfind(". ", 0, most) + 1 or block.rfind(" ", 0, most) + 1 or most


def _one_sentence(before: str, after: str) -> bool:
    if _CONTINUES.match(after):
        return True
    if not before.endswith("."):
        return False
    if _HOUR_ENDS.search(before[-5:]):
        return _DAY_FIRST.match(after) is not None
    if _MONTH_ENDS.search(before[-5:]):
        return _NUMBER_FIRST.match(after) is not None
    return _ABBREVIATED.search(before[-16:]) is not None


def _edge(before: str, begin: int, after: str, start: int) -> int:
    """The border between two sentences, with each quotation mark on its own side."""
    if before.endswith(_OPENING) and (opening := _OPENING_LEFT_BEHIND.search(before)):
        return begin + opening.start()
    if closing := _CLOSING_LEFT_OVER.match(after):
        return start + closing.end()
    return start
