"""Untrusted text made plain: valid UTF-8, NFC, nothing invisible, paragraphs apart."""

from __future__ import annotations

import re
import unicodedata
from itertools import groupby

from bot.render.sanitize import clean

_LINE_ENDS = re.compile("\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_MISREAD = re.compile("[ÂÃâ][\x80-\xbf\u0152-\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]")
"""UTF-8 read as another code page: "weâ€™re"."""
_SURROGATE = re.compile("[\ud800-\udfff]")
_JOINERS = re.compile("[\u200c\u200d]")
_PLAIN = re.compile("[ -~\u00a1-\u00ac\u00ae-\u02ff\u2010-\u2027\u20ac]*")
"""Characters that are visible and composed as they stand: most lines have no others."""
_SENTENCE_END = re.compile(r"[.!?…:;][\"'”’»)\]]*$")
_WRAPPED_AT = range(40, 101)
"""How long a line is that an editor or a mail program has broken."""


def clean_text(raw: str) -> str:
    """A text of one or more paragraphs, each on one line, parted by one blank line.

    Lines that were wrapped at a fixed width are joined again; any other line is a paragraph.
    """
    blocks = (list(lines) for filled, lines in groupby(clean_lines(raw), bool) if filled)
    paragraphs = (paragraph for block in blocks for paragraph in _unwrapped(block))
    return unicodedata.normalize("NFC", "\n\n".join(paragraphs))


def clean_line(raw: str, limit: int) -> str:
    """A text on one line of at most `limit` characters; what is cut ends with an ellipsis."""
    line = " ".join(each for each in clean_lines(raw) if each)
    line = unicodedata.normalize("NFC", line)
    if len(line) <= limit:
        return line
    cut = line[: limit - 1]
    at_word = cut.rpartition(" ")[0]
    return _visible(at_word if len(at_word) > limit // 2 else cut).rstrip() + "…"


def clean_lines(raw: str) -> list[str]:
    """The lines of a text, each made plain and trimmed; a blank line is the empty string."""
    text = _SURROGATE.sub("", _joined_surrogates(raw))
    text = _well_read(text)
    return [_visible(line) for line in _LINE_ENDS.sub("\n", text).split("\n")]


def _well_read(text: str) -> str:
    if not _MISREAD.search(text):
        return text
    from ftfy import fix_encoding  # takes memory, and few texts need it

    return fix_encoding(text)


def _joined_surrogates(text: str) -> str:
    if not _SURROGATE.search(text):
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "ignore")


def _visible(line: str) -> str:
    """Without what cannot be seen; twice where joiners stay, for what a joiner touched may go."""
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
