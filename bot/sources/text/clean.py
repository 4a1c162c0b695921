"""Clean untrusted text: valid Unicode, NFC, no invisible characters, separate paragraphs."""

from __future__ import annotations

import re
import unicodedata
from itertools import groupby

from bot.render.sanitize import clean

_MISREAD = re.compile("[ÂÃâ][\x80-\xbf\u0152-\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]")
"""UTF-8 read as another code page: "weâ€™re"."""
_SURROGATE = re.compile("[\ud800-\udfff]")
_JOINERS = re.compile("[\u200c\u200d]")
_PLAIN = re.compile("[ -~\u00a1-\u00ac\u00ae-\u02ff\u2010-\u2027\u20ac]*")
"""Visible composed characters: most lines have no others."""
_SENTENCE_END = re.compile(r"[.!?…:;][\"'”’»)\]]*$")
_WRAPPED_AT = range(40, 101)
"""The line lengths at which editors and mail programs wrap."""


def clean_text(raw: str) -> str:
    """Clean a text; its paragraphs are single lines separated by one blank line.

    Lines wrapped at a fixed width are joined; any other line is a paragraph.
    """
    blocks = (list(lines) for filled, lines in groupby(clean_lines(raw), bool) if filled)
    paragraphs = (paragraph for block in blocks for paragraph in _unwrapped(block))
    return unicodedata.normalize("NFC", "\n\n".join(paragraphs))


def clean_line(raw: str, limit: int) -> str:
    """Clean a text into one line of at most `limit` characters; a shortened one ends with "…"."""
    line = " ".join(each for each in clean_lines(raw) if each)
    line = unicodedata.normalize("NFC", line)
    if len(line) <= limit:
        return line
    cut = line[: limit - 1]
    at_word = cut.rpartition(" ")[0]
    return _visible(at_word if len(at_word) > limit // 2 else cut).rstrip() + "…"


def clean_lines(raw: str) -> list[str]:
    """The cleaned and trimmed lines of a text; a blank line is the empty string."""
    text = raw if raw.isascii() else _well_read(_without_surrogates(raw))
    ended = f"{text}\v."  # `splitlines` drops a last line that is empty: the dot is dropped instead
    return [_visible(line) for line in ended.splitlines()[:-1]]


def _well_read(text: str) -> str:
    if not _MISREAD.search(text):
        return text
    from ftfy import fix_encoding  # takes memory, and few texts need it

    return fix_encoding(text)


def _without_surrogates(text: str) -> str:
    """The text with pairs of surrogates joined, and others removed."""
    if not _SURROGATE.search(text):
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "ignore")


def _visible(line: str) -> str:
    """Remove invisible characters; twice with joiners, since their neighbours may be removed."""
    if _PLAIN.fullmatch(line):
        return " ".join(line.split())
    seen = clean(_well_read(clean(line))).strip()
    if _JOINERS.search(seen):
        seen = clean(seen).strip()
    return unicodedata.normalize("NFC", seen)


def _unwrapped(lines: list[str]) -> list[str]:
    before = lines[:-1]
    ended = sum(1 for line in before if _SENTENCE_END.search(line))
    if before and all(len(line) in _WRAPPED_AT for line in before) and ended * 2 < len(before):
        return [" ".join(lines)]
    return lines
