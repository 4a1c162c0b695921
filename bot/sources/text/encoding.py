"""Bytes to text, whatever their encoding claims to be."""

from __future__ import annotations

import codecs
import re

import webencodings

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
_MOST_CONTROL = 0.1
_MOST_WESTERN = 0.2
"""The share of accented letters above which a text is not in a Western European language."""

_DEFAULT = "windows-1252"
"""What servers send without having looked, mostly as ISO-8859-1: any other label comes first."""

_WESTERN = frozenset({_DEFAULT, "windows-1254", "iso-8859-15", "cp1252"})
_SUPERSETS = {
    "gbk": "gb18030",
    "big5": "big5hkscs",
    "euc-kr": "cp949",
    "shift_jis": "cp932",
    "windows-874": "cp874",
    "iso-8859-8-i": "iso-8859-8",
    "x-mac-cyrillic": "mac-cyrillic",
    "macintosh": "mac-roman",
}
"""Python's codecs that read all that browsers read under these names of the WHATWG table."""

_CONTROLS = re.compile(b"[\x80-\x84\x86-\x9f]")
_WINDOWS = {
    "iso-8859-2": "cp1250", "iso-8859-16": "cp1250", "iso-8859-5": "cp1251",
    "iso-8859-15": "cp1252", "iso-8859-7": "cp1253", "iso-8859-8": "cp1255",
    "iso-8859-6": "cp1256", "iso-8859-4": "cp1257", "iso-8859-10": "cp1257",
    "iso-8859-13": "cp1257",
}  # fmt: skip
"""What is meant by an ISO label where bytes are quotation marks, dashes or euros in Windows' table
and control characters in ISO's."""

_ONLY_HERE = frozenset({"utf-32", "utf-32-le", "utf-32-be", "hz", "hz-gb-2312", "tis-620"})
"""Labels outside of the WHATWG table that Python reads under their own names."""

_WORD = re.compile(rb"(?<![A-Za-z\x80-\xff])[\x80-\xff]++(?![A-Za-z])")
_LETTER = re.compile(rb"[\xc0-\xff]")
_GUESSED = [
    "cp1250", "iso8859_2", "cp1251", "koi8_r", "koi8_u", "iso8859_5", "cp1252", "cp1253",
    "iso8859_7", "cp1254", "cp1255", "iso8859_8", "cp1256", "iso8859_6", "cp874", "cp932",
    "euc_jp", "cp949", "gb18030", "big5", "big5hkscs",
]  # fmt: skip
"""The encodings of most pages: on a few words a guess among all 90 is wrong more often."""

_MOST_IN_WORDS = 0.6
"""The share of bytes outside of ASCII in words without an ASCII letter, up to which a text is
Western."""

_LATIN = frozenset({"cp1250", "iso8859_2", "cp1252", "cp1254"})
"""Guesses that tell nothing where few bytes are outside of ASCII."""

_MOST_CHAOS, _LEAST_GUESSED = 0.08, 24
"""No guess is believed with a larger share of odd sequences, or on fewer bytes outside of ASCII."""

_MOST_DAMAGED = 0.02
"""The share of characters that may be damaged in a text whose label is believed."""


class UnknownEncoding(RefusedInput):
    """The bytes are text, but nothing tells in which encoding."""


def decode(data: bytes, declared: str | None = None, beside: str | None = None) -> str:
    """The text in `data`: a byte order mark wins, then UTF-8, then the labels, then a guess.

    `declared` is the label that counts; `beside` is another, which wins over a default such as
    ISO-8859-1. Raises RefusedInput for what is not text.
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
    labels = sorted(filter(None, map(codec_of, (declared, beside))), key=_doubt)
    if _CONTROLS.search(data):
        labels = [_WINDOWS.get(each, each) for each in labels]
    return _utf8(data) or _declared(data, labels) or _guessed(data)


def codec_of(label: str | None) -> str | None:
    """The codec that a label means in the WHATWG table (https://encoding.spec.whatwg.org)."""
    if not label or not label.isascii() or len(label) > 40:
        return None
    known = webencodings.lookup(label)
    if known is not None:
        return None if known.name == "x-user-defined" else _SUPERSETS.get(known.name, known.name)
    name = label.strip().lower().replace("_", "-")
    if name.startswith(("cp", "ibm", "windows-", "mac")) or name in _ONLY_HERE:
        try:
            return codecs.lookup(name).name
        except LookupError:
            return None
    return None


def _doubt(codec: str) -> int:
    """The rank of a label among others: those of another script come first, the default last."""
    return (codec in _WESTERN) + (codec == _DEFAULT)


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
    text, sound, damaged = _as_utf8(data)
    return text if damaged * 4 <= sound else None


def _as_utf8(data: bytes) -> tuple[str, int, int]:
    """The text, and how many of its characters outside of ASCII are sound and damaged."""
    text = data.decode("utf-8", "replace")
    damaged = text.count("\ufffd")
    return text, len(text) - len(text.encode("ascii", "ignore")) - damaged, damaged


def _declared(data: bytes, labels: list[str]) -> str | None:
    """The text under the first label that the bytes bear out."""
    for codec in labels:
        if codec == "utf-8":
            continue
        if codec in _WESTERN:
            if codec == _DEFAULT and _share(data, _HIGH) > _MOST_WESTERN:
                continue
            return _western(data, codec)
        text = _lenient(data, codec)
        if text is not None:
            return text
    return None


_EUC = re.compile(rb"[\xa1-\xfe]{2}|\x8e[\xa1-\xdf]")
_ISO_2022 = re.compile(rb"\x1b\$[@B]((?:[\x21-\x7e]{2})*+)(?:\x1b\([BJ])?")


def _shift_jis(data: bytes, codec: str) -> bytes:
    """Japanese bytes as Shift-JIS, whose table at Microsoft's has the characters of vendors too."""
    if codec == "iso-2022-jp":
        data = _ISO_2022.sub(lambda found: bytes(code | 0x80 for code in found[1]), data)
    return _EUC.sub(_moved, data)


def _moved(found: re.Match[bytes]) -> bytes:
    """A character of EUC-JP in Shift-JIS: two rows of 94 in one of 188."""
    first, second = found[0]
    if first == 0x8E:
        return bytes((second,))
    row, cell = first - 0xA1, second - 0xA1
    lead = 0x81 + row // 2
    trail = cell + (0x9F if row % 2 else 0x40 + (cell >= 0x3F))
    return bytes((lead + (0x40 if lead > 0x9F else 0), trail))


def _lenient(data: bytes, codec: str) -> str | None:
    text = _decoded(data, codec)
    if text is None and codec in ("euc-jp", "iso-2022-jp"):
        return _decoded(_shift_jis(data, codec), "cp932")
    return text


def _decoded(data: bytes, codec: str) -> str | None:
    """The text, or None where too much of it is damaged."""
    try:
        text = data.decode(codec, "replace")
    except (LookupError, UnicodeError):
        return None
    high = len(text) - len(text.encode("ascii", "ignore"))
    damaged = text.count("\ufffd")
    return text if damaged <= max(high * _MOST_DAMAGED, 0 if high < 50 else 1) else None


def _guessed(data: bytes) -> str:
    if _share(data, _CONTROL) > _MOST_CONTROL / 10:
        raise RefusedInput("is binary, not text")
    dense = _share(data, _HIGH) > _MOST_WESTERN
    if not dense and not _has_foreign_words(data):
        return _western(data, _DEFAULT)
    from charset_normalizer import from_bytes  # takes memory, and few bodies need it

    best = from_bytes(data[:100_000], cp_isolation=None if dense else _GUESSED).best()
    sure = best is not None and best.chaos <= _MOST_CHAOS and _count_high(data) >= _LEAST_GUESSED
    if best is not None and sure and (dense or best.encoding not in _LATIN):
        return data.decode(best.encoding, "replace")
    if dense:
        raise UnknownEncoding("is in a character encoding that is not known: save it as UTF-8")
    return _western(data, _DEFAULT)


def _has_foreign_words(data: bytes) -> bool:
    """Whether the bytes outside of ASCII make whole words, as in no Western European language.

    What is written beside ASCII letters is part of a Western word, runs of other characters are
    no words, and those of a text mostly in UTF-8 tell nothing.
    """
    _, sound, damaged = _as_utf8(data)
    if sound > damaged:
        return False
    words = (each for each in _WORD.findall(data) if len(_LETTER.findall(each)) > 2)
    return sum(map(len, words)) > _MOST_IN_WORDS * _count_high(data)


def _count_high(data: bytes) -> int:
    return len(data) - len(data.translate(None, _HIGH))


def _western(data: bytes, codec: str) -> str:
    try:
        return data.decode(codec)
    except UnicodeDecodeError:
        return data.decode("latin-1")
