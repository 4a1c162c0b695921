"""Text into sentences with exact offsets, and which of them can be read alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sentencex import get_sentence_boundaries

_BLANK_LINE = re.compile(r"\n\s*\n")
_SURROGATE = re.compile("[\ud800-\udfff]")
_OPENS_SMALL = re.compile(r"^\W*[a-z]")
_DANGLING_START = re.compile(
    r"^\W*(?:he|she|it|they|this|these|those|that|such|but|and|or|so|yet|however|the latter|"
    r"the former|his|her|their|its|then|there|i|we|you|our|my|your|instead|still|nor|both)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A span of a text: `text == source[start:end]`; `paragraph` and `index` count from 0."""

    text: str
    start: int
    end: int
    paragraph: int
    index: int


def split(text: str, language: str | None = "en") -> tuple[Sentence, ...]:
    """Split into sentences, trimmed of white space, in order; never raises on any text."""
    spans = (
        (number, start, end)
        for number, (begin, finish) in enumerate(_paragraphs(text))
        for start, end in _spans(text, begin, finish, language or "en")
    )
    return tuple(
        Sentence(text[start:end], start, end, paragraph, index)
        for index, (paragraph, start, end) in enumerate(spans)
    )


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    begin = 0
    for gap in _BLANK_LINE.finditer(text):
        if text[begin : gap.start()].strip():
            yield begin, gap.start()
        begin = gap.end()
    if text[begin:].strip():
        yield begin, len(text)


def _spans(text: str, begin: int, finish: int, language: str) -> Iterator[tuple[int, int]]:
    paragraph = _SURROGATE.sub("?", text[begin:finish])
    for found in get_sentence_boundaries(language, paragraph):
        start, end = begin + int(found["start_index"]), begin + int(found["end_index"])
        piece = text[start:end]
        if trimmed := piece.strip():
            start += len(piece) - len(piece.lstrip())
            yield start, start + len(trimmed)


def stands_alone(text: str) -> bool:
    """Whether a sentence can be read without those around it."""
    return not (
        _DANGLING_START.match(text)
        or _OPENS_SMALL.match(text)
        or not re.search(r"[.!]['\"’”)]*$", text)
        or len(text.split()) < 5
        or text.count('"') % 2
        or text.count("“") != text.count("”")
        or text.count("(") != text.count(")")
    )
