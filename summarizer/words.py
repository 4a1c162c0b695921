"""Words for comparing sentences: folded, stopped and lightly stemmed."""

from __future__ import annotations

import re
import unicodedata

_WORD = re.compile(r"[^\W_]+(?:[.,]\d+)*")
_SUFFIX = re.compile(r"(?:ings?|ed|es|s|ly|ment|ments)$")

STOP = frozenset(
    """a about above after again against all also am an and any are as at be because been before
    being below between both but by can could did do does doing down during each few for from
    further had has have having he her here hers herself him himself his how i if in into is it its
    itself just me more most my myself no nor not now of off on once only or other our ours out over
    own per s said same say says she should so some such t than that the their theirs them
    themselves then there these they this those through to too under until up upon very was we were
    what when where which while who whom why will with would you your""".split()
)
"""English words that say nothing about a sentence's matter."""


def words(text: str) -> list[str]:
    """The words of a text in order, lower case, compatible forms folded."""
    return _WORD.findall(unicodedata.normalize("NFKC", text).lower())


def stems(text: str) -> list[str]:
    """The content words of a text, roughly stemmed, in order."""
    return [stem(word) for word in words(text) if word not in STOP]


def stem(word: str) -> str:
    """Cut a common English ending where at least four letters remain."""
    if len(word) < 5 or word[0].isdigit():
        return word
    return _SUFFIX.sub("", word) if len(_SUFFIX.sub("", word)) > 3 else word
