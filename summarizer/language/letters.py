"""What is a letter, a capital and a script with capitals, in any language."""

from __future__ import annotations

import unicodedata

_BLOCKS = ((0xC0, 0x250), (0x370, 0x590), (0x10A0, 0x1100), (0x1E00, 0x2000))
"""Where Latin, Greek, Cyrillic, Armenian and Georgian letters stand, behind ASCII."""


def _letters(category: str) -> str:
    every = (chr(code) for block in _BLOCKS for code in range(*block))
    return "".join(each for each in every if unicodedata.category(each) == category)


_CAPITALS, _SMALL = f"A-Z{_letters('Lu')}", f"a-z{_letters('Ll')}"


def by_case(pattern: str) -> str:
    """The pattern with A-Z and a-z in its classes as all capitals and small letters of any script.

    So a name is what is written like one: Citroën, Orbán, İzmir, Erdoğan, Путин.
    """
    return pattern.replace("A-Z", _CAPITALS).replace("a-z", _SMALL)


def is_cased(text: str) -> bool:
    """Whether a text is in a script that tells names by capitals, as Arabic and Chinese do not."""
    letters = [char for char in text if char.isalpha()]
    cased = sum(char.lower() != char.upper() for char in letters)
    return 2 * cased >= len(letters)
