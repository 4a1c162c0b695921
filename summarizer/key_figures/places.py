"""Where a figure is from: the country that its sentence names as a place."""

from __future__ import annotations

from collections.abc import Sequence

from summarizer.language.text import Text
from summarizer.language.tokens import Token
from summarizer.language.word_lists import listed
from summarizer.places.gazetteer import country_of_place, title_of

_STRONG = frozenset(listed("in across near inside throughout within off"))
_SIDES = frozenset(
    listed(
        """north south east west northern southern eastern western central northeastern northwestern
        southeastern southwestern north-eastern mainland coastal rural the neighbouring neighboring
        war-torn occupied besieged"""
    )
)
_LONGEST = 4


def place_of(text: Text, first: int) -> str:
    """The title of the one country in which the sentence of a figure places things, or ""."""
    found = dict.fromkeys(
        code
        for at in range(*text.sentences[text.where[first]])
        if (code := _country_at(text.words, text.folded, at)) and _is_place(text, at)
    )
    return title_of(next(iter(found))) if len(found) == 1 else ""


def _country_at(words: Sequence[Token], folded: str, at: int) -> str | None:
    """The country whose own name begins at a word, in its longest form."""
    if not words[at].word.capital:
        return None
    for size in range(_LONGEST, 0, -1):
        if at + size <= len(words):
            last = words[at + size - 1]
            written = folded[words[at].start : last.end].removesuffix("'s").removesuffix("'")
            if (code := country_of_place(written)) and folded[last.end : last.end + 1] != "-":
                return code
    return None


def _is_place(text: Text, at: int) -> bool:
    """Whether the words before a country's name say that something is in it."""
    first = text.sentences[text.where[at]][0]
    place = at - 1
    while place >= first and text.words[place].word.low in _SIDES:
        place -= 1
    if place < first:
        return False
    if text.words[place].word.low in _STRONG:
        return True
    gap = text.folded[text.words[place].end : text.words[place + 1].start]
    if not gap.startswith(",") or not text.words[place].word.capital:
        return False
    while place > first and (
        text.words[place].word.capital
        or text.words[place].word.low
        in {"of", "the", "state", "province", "region", "district", "city"}
    ):
        place -= 1
    return text.words[place].word.low in _STRONG
