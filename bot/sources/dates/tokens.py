"""Date strings normalised and split into times, offsets, numbers and words."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

LONGEST = 160
"""Characters of a date string that are read; a longer one is not a date."""

_ACCENT = re.compile("[\u0300-\u036f]")
_DROPPED = re.compile(
    "['`\u00b4\u02b0-\u02c1\u2018\u2019\u05f3\u05f4\u061c\u0640\u200b-\u200f\u202a-\u202e"
    "\u2066-\u2069\ufeff]"
)
_DASH = re.compile("[\u2010-\u2015\u2212]")
_TOKEN = re.compile(
    r"(?P<time>\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?(?!:?\d))"
    r"|(?P<number>\d+)"
    r"|(?P<sign>[+-](?=\d))"
    "|(?P<word>[^\\d\\s\\x00-\\x40\\[-\\x60{-\\x7f\u00a0-\u00bf\u060c\u061b\u066a-\u066d\u06d4\u0964"
    "\u2000-\u206f\u3000-\u3004\u3008-\u3020\u30fb]+)"
)


@dataclass(frozen=True, slots=True)
class Token:
    """A part of a date: `kind` is time, number, sign or word; `start` and `end` are offsets."""

    kind: str
    text: str
    start: int
    end: int


def normalised(text: str) -> str:
    """The text in lower case, with ASCII digits, without accents, apostrophes and marks."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    plain = unicodedata.normalize("NFC", _ACCENT.sub("", unicodedata.normalize("NFD", plain)))
    plain = _DASH.sub("-", _DROPPED.sub("", plain))
    if not plain.isascii():
        plain = "".join(_ascii_digit(character) for character in plain)
    return " ".join(plain.split())


def tokens(text: str) -> list[Token]:
    """Split a normalised text; punctuation is dropped."""
    return [
        Token(str(found.lastgroup), found[0], found.start(), found.end())
        for found in _TOKEN.finditer(text)
    ]


def words(text: str) -> str:
    """The word tokens of a text, separated by spaces."""
    return " ".join(each.text for each in tokens(normalised(text)) if each.kind == "word")


def _ascii_digit(character: str) -> str:
    return str(unicodedata.decimal(character)) if character.isdecimal() else character
