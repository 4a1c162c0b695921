"""Bytes to text, whatever their encoding claims to be."""

from __future__ import annotations

import codecs
import re

from bot.errors import RefusedInput

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MAGIC = (b"%PDF-", b"PK\x03\x04", b"\x89PNG", b"GIF8", b"\xff\xd8\xff", b"\x1f\x8b", b"\x7fELF",
          b"\xd0\xcf\x11\xe0", b"{\\rtf", b"BZh", b"\xfd7zXZ", b"SQLite format 3")  # fmt: skip
_CONTROL = bytes(code for code in range(32) if code not in b"\t\n\v\f\r\x1b") + b"\x7f"
_HIGH = bytes(range(128, 256))
_TEXT_CODECS = re.compile(
    r"(?:windows|cp|iso|ibm|latin|us|utf|shift|euc|gb|big5|koi8|tis|mac|hz)[\w.:-]*", re.IGNORECASE
)
_MOST_CONTROL = 0.1
_MOST_WESTERN = 0.2
"""The share of accented letters above which a text is not in a Western European language."""


def decode(data: bytes, declared: str | None = None) -> str:
    """The text in `data`: a byte order mark wins, then UTF-8, then `declared`, then a guess.

    Raises RefusedInput for what is not text.
    """
    for mark, codec in _MARKS:
        if data.startswith(mark):
            return data.decode(codec, "replace").removeprefix("\ufeff")
    if data.startswith(_MAGIC):
        raise RefusedInput("is binary, not text")
    if b"\0" in data and (wide := _wide(data)):
        return data.decode(wide, "replace")
    if _share(data, _CONTROL) > _MOST_CONTROL:
        raise RefusedInput("is binary, not text")
    return _utf8(data) or _declared(data, declared) or _guessed(data)


def _wide(data: bytes) -> str | None:
    """UTF-16 without a mark: every other byte of a Western text is zero."""
    for first, codec in ((1, "utf-16-le"), (0, "utf-16-be")):
        if data[first::2].count(0) > 0.6 * (len(data) // 2) > data[1 - first :: 2].count(0) * 10:
            return codec
    return None


def _share(data: bytes, which: bytes) -> float:
    return 1 - len(data.translate(None, which)) / len(data) if data else 0.0


def _utf8(data: bytes) -> str | None:
    """UTF-8, with a few damaged characters at most."""
    if b"\x1b$" in data[:4096]:
        return None
    text = data.decode("utf-8", "replace")
    damaged = text.count("\ufffd")
    sound = len(text) - len(text.encode("ascii", "ignore")) - damaged
    return text if damaged * 4 <= sound else None


def _declared(data: bytes, declared: str | None) -> str | None:
    if not declared or not _TEXT_CODECS.fullmatch(declared):
        return None
    try:
        return data.decode(declared)
    except (LookupError, UnicodeError):
        return None


def _guessed(data: bytes) -> str:
    if _share(data, _CONTROL) > _MOST_CONTROL / 10:
        raise RefusedInput("is binary, not text")
    if _share(data, _HIGH) <= _MOST_WESTERN:
        return _western(data)
    from charset_normalizer import from_bytes  # takes memory, and few bodies need it

    best = from_bytes(data[:100_000]).best()
    if best is None:
        raise RefusedInput("is in a character encoding that is not known: save it as UTF-8")
    return data.decode(best.encoding, "replace")


def _western(data: bytes) -> str:
    try:
        return data.decode("windows-1252")
    except UnicodeDecodeError:
        return data.decode("latin-1")
