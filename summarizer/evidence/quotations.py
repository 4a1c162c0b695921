"""Finds quotations, which must be in a source letter for letter."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from summarizer.lazy_pattern import lazy_pattern

_MARK = lazy_pattern("[\"“„`'‘]")
"""What every quotation begins with."""

_DIRECTED = lazy_pattern(r"[“„]([^“”„]{1,2000})”|``([^`]{1,2000}?)''")
_OPENING = lazy_pattern(r"(?<![\w.])['‘](?=[^\W\d])")
_CLOSING = lazy_pattern(r"(?<=[\w.,!?])['’](?!\w)")
_SPLIT_OFF = lazy_pattern(r"(?<=\w) (?=(?:n't|'(?:s|m|d|re|ve|ll))\b)")
"""The space before "n't" or "'m" in text written in tokens."""

_LEFT_OUT = lazy_pattern(r"\.{2,}|…|\[[^\[\]]{0,80}\]")


def quotations(text: str) -> Iterator[str]:
    """The texts between quotation marks; single marks count around two words or more."""
    if not _MARK.search(text):
        return
    for found in _DIRECTED.finditer(text):
        yield (found[1] or found[2]).strip()
    rest = _DIRECTED.sub(" ", text)
    parts = rest.split('"')
    for place, part in enumerate(parts):
        if place % 2 and place < len(parts) - 1:
            yield part.strip()
        elif not place % 2:
            yield from _single(part)


def _single(part: str) -> Iterator[str]:
    at = 0
    while opening := _OPENING.search(part, at):
        closing = _CLOSING.search(part, opening.end())
        if not closing:
            return
        quoted = part[opening.end() : closing.start()]
        if " " in quoted.strip():
            yield quoted.strip()
        at = closing.end()


def pieces(quoted: str) -> list[str]:
    """The parts of a quotation between ellipses and an editor's brackets."""
    return [piece for piece in _LEFT_OUT.split(quoted) if piece.strip()]


def together(quoted: str) -> str:
    """A quotation without the spaces that tokens have: "do n't" as "don't"."""
    return _SPLIT_OFF.sub("", quoted)


def stands_in(parts: Sequence[str], lettered: str) -> bool:
    """Whether the pieces of a quotation, lettered, follow one another in a lettered text."""
    at = 0
    for part in parts:
        at = lettered.find(part, at)
        if at < 0:
            return False
        at += len(part) - 1
    return True
