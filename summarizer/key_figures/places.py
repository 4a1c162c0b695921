"""Where a figure is from: the country that its sentence names as a place."""

from __future__ import annotations

from summarizer.language.calendar import NAMES
from summarizer.language.text import Text
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
_ORIGINS = frozenset(listed("registered based born made headquartered"))
"""Before "in" they say where something is from."""

_ELSEWHERE = frozenset(listed("while summit talks meeting conference negotiations visit mediators"))
"""Between a figure and a country these words say that other things are there."""

_TOWNS = _STRONG | {"at"}
_LONGEST = 4


def place_of(text: Text, first: int) -> str:
    """The title of the one country in which the sentence of a figure places things, or "".

    It has none where another place stands nearer to the figure, or another country beside it.
    """
    start, end = text.sentences[text.where[first]]
    named = [(at, code) for at in range(start, end) if (code := _country_at(text, at))]
    placed = {code: at for at, code in reversed(named) if _is_place(text, at)}
    if len(placed) != 1:
        return ""
    code, at = placed.popitem()
    others = (place for place, other in named if other != code)
    if any(_is_listed_beside(text, at, place) for place in others):
        return ""
    between = range(min(at, first) + 1, max(at, first))
    if any(text.words[place].word.low in _ELSEWHERE for place in between):
        return ""
    if at < first and any(_is_strange_place(text, place) for place in between):
        return ""
    return title_of(code)


def _is_listed_beside(text: Text, one: int, other: int) -> bool:
    """Whether two places stand in one list: "in France and Spain"."""
    first, last = min(one, other), max(one, other)
    between = text.words[first + 1 : last]
    return all(each.word.low in _SIDES or each.word.low in {"and", "or"} for each in between)


def _is_strange_place(text: Text, at: int) -> bool:
    """Whether a name that is of no country is told as a place: "in Kabul"."""
    if not text.words[at].word.capital or _country_at(text, at):
        return False
    back = at - 1
    while back >= 0 and text.words[back].word.low in _SIDES:
        back -= 1
    name = text.words[at].word.low
    return back >= 0 and text.words[back].word.low in _TOWNS and name not in NAMES


def _country_at(text: Text, at: int) -> str | None:
    """The country whose own name begins at a word, in its longest form."""
    words, folded = text.words, text.folded
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
        return place == first or text.words[place - 1].word.low not in _ORIGINS
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
