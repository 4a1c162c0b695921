"""Finds names made of parts of others: "Barack Smith" from Barack Jones and John Smith."""

from __future__ import annotations

from collections.abc import Sequence

from summarizer.language.dates import is_calendar
from summarizer.language.names import Name, is_title, place_of
from summarizer.language.text import Text
from summarizer.language.tokens import Word
from summarizer.language.vocabulary import ordinary
from summarizer.language.word_lists import listed

_LONGEST_GAP = 4
_WITHIN = frozenset(listed("and of the de del der den di da du la le el al bin ibn van von"))


def put_together(bullet: Text, name: Name, sources: Sequence[Text]) -> bool:
    """Whether two words of a name are adjacent in no source, but each is in another name."""
    for at in range(name.first, name.last):
        one, other = bullet.words[at], bullet.words[at + 1]
        if bullet.folded[one.end : other.start] != " ":
            continue
        if not (_is_part(one.word) and _is_part(other.word)):
            continue
        if any(_together(one.word, other.word, source) for source in sources):
            continue
        if any(_is_another(one.word, other.word, source) for source in sources):
            return True
    return False


def _is_part(word: Word) -> bool:
    """Whether a word can be a first name or a surname."""
    return (
        word.capital
        and not word.acronym
        and len(word.low) > 1
        and not is_title(word.low)
        and not is_calendar(word.low)
        and place_of(word.low) is None
    )


def _together(one: Word, other: Word, source: Text) -> bool:
    """Whether a source has both in one name: also "Ann B. Lee", and "Bo and Ann Lee" for Bo."""
    if (one.stem, other.stem) in source.sentences_of_pair:
        return True
    return any(
        0 < second - first <= _LONGEST_GAP
        and all(
            each.word.capital or each.word.low in _WITHIN
            for each in source.words[first + 1 : second]
        )
        for first in source.at.get(one.stem, ())
        for second in source.at.get(other.stem, ())
    )


def _is_another(one: Word, other: Word, source: Text) -> bool:
    """Whether a source gives the first word another surname, or the second another first name."""
    return any(_goes_with(source, at, at + 1) for at in source.at.get(one.stem, ())) or any(
        _goes_with(source, at - 1, at) for at in source.at.get(other.stem, ())
    )


def _goes_with(source: Text, first: int, second: int) -> bool:
    """Whether two words in a row make one name."""
    if first < 0 or second >= len(source.words):
        return False
    if source.where[first] != source.where[second]:
        return False
    one, other = source.words[first], source.words[second]
    return (
        source.folded[one.end : other.start] == " "
        and _is_part(one.word)
        and _is_part(other.word)
        and not _only_opens(source, first)
    )


def _only_opens(source: Text, at: int) -> bool:
    """Whether a capital may be due to a sentence's beginning."""
    begins = source.sentences[source.where[at]][0] == at
    return begins and ordinary(source.words[at].word.low)
