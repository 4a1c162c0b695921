"""What is a letter, a capital and a script with capitals, in any language."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_NOT_ASCII = re.compile(r"[^\x00-\x7f]")


def is_cased(text: str) -> bool:
    """Whether a text is in a script that tells names by capitals, as Arabic and Chinese do not."""
    letters = [char for char in text if char.isalpha()]
    cased = sum(char.lower() != char.upper() for char in letters)
    return 2 * cased >= len(letters)


def with_plain_capitals(text: str) -> str:
    """The text with every letter as "a" or "A" of its case where it is not ASCII; same length.

    Patterns for names can then be written with [A-Z]: "İzmir", "Орбан" and "Citroën" fit them.
    """
    return text if text.isascii() else _NOT_ASCII.sub(lambda found: _plain(found[0]), text)


@lru_cache(maxsize=4096)
def _plain(char: str) -> str:
    category = unicodedata.category(char)
    if category in {"Lu", "Lt"}:
        return "A"
    return "a" if category in {"Ll", "Lo", "Lm", "Mn"} else char
