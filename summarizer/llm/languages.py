"""Guesses the language of a translated text."""

from __future__ import annotations

LIKELIEST = 3
"""How many of the likeliest languages are considered; short texts are ambiguous."""


def likeliest(text: str) -> list[str]:
    """The codes of the likeliest languages of a text, the likeliest first.

    The detector takes 130 MB, so it is imported only here, where a translation is checked.
    """
    import py3langid

    return [code for code, _ in py3langid.rank(text)[:LIKELIEST]]
