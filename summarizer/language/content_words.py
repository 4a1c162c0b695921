"""Words for comparing sentences: folded, lightly stemmed, without stop words."""

from __future__ import annotations

import re
import unicodedata

_WORD = re.compile(r"[^\W_]+")
_PUNCTUATION = "’“”‘—–"
"""The most frequent non-ASCII marks of English; ASCII text is read faster."""

_ASCII = bytes(ord(chr(n).lower()) if chr(n).isalnum() else ord(" ") for n in range(128)) * 2
_ENDINGS = ("ments", "ment", "ings", "ing", "ed", "es", "ly", "s")
_MOST_KEPT = 32_768
_LAST = frozenset(ending[-1] for ending in _ENDINGS)

STOP = frozenset(
    re.findall(
        r"\w+",
        """a about above after again against all also am an and any are as at be because been before
        being below between both but by can could did do does doing down during each few for from
        further had has have having he her here hers herself him himself his how i if in into is it
        its itself just me more most my myself no nor not now of off on once only or other our ours
        out over own per s said same say says she should so some such t than that the their theirs
        them themselves then there these they this those through to too under until up upon very was
        we were what when where which while who whom why will with would you your""",
    )
)
"""English stop words."""


def words(text: str) -> list[str]:
    """The words of a text in order, lower case, compatible forms folded."""
    if not text.isascii():
        for mark in _PUNCTUATION:
            text = text.replace(mark, " ")
    if text.isascii():
        return text.encode().translate(_ASCII).decode().split()
    return _WORD.findall(unicodedata.normalize("NFKC", text).lower())


def stems(text: str) -> list[str]:
    """The content words of a text, roughly stemmed, in order."""
    return list(filter(None, map(_content.__getitem__, words(text))))


def stem(word: str) -> str:
    """Cut a common English ending where at least four letters remain."""
    if len(word) < 5 or word[-1] not in _LAST or word[0].isdigit():
        return word
    cut = word.removesuffix(next(filter(word.endswith, _ENDINGS), ""))
    return cut if len(cut) > 3 else word


_STOPPED = frozenset(map(stem, STOP))


class _Content(dict[str, str]):
    """A cache from words to stems, "" for stop words; it is cleared when it is full."""

    def __missing__(self, word: str) -> str:
        if len(self) >= _MOST_KEPT:
            self.clear()
        stemmed = stem(word)
        self[word] = content = "" if stemmed in _STOPPED else stemmed
        return content


_content = _Content()
