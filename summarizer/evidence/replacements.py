"""Finds a name, a day or a number that stands where a source has another one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from summarizer.evidence.alignment import Alignment, Edit
from summarizer.evidence.comparison import Comparison
from summarizer.evidence.facts import Absent, is_spaced
from summarizer.evidence.moods.word_kinds import DETERMINERS
from summarizer.evidence.reasons import instead
from summarizer.language.dates import is_calendar
from summarizer.language.names import is_title, place_of, placed
from summarizer.language.quantity import agrees
from summarizer.language.text import Text
from summarizer.language.vocabulary import ordinary

_LONGEST_PLACE = 3
_MOSTLY = 0.7


def replaced(found: Sequence[Comparison]) -> Iterator[Absent]:
    """Each sentence that equals a source's except for another name, day or number."""
    for aligned in (each.found for each in found if each.found):
        if aligned.matched < _MOSTLY * len(aligned.words):
            continue
        for edit in aligned.edits:
            if edit.tight and (pair := _other(aligned, edit)):
                reason = instead(aligned.bullet, aligned.source, *pair)
                yield Absent("replacement", reason, pair[0])
                break


def _other(found: Alignment, edit: Edit) -> tuple[int, int] | None:
    """A word of a bullet and the source's word of the same kind that it replaces."""
    for kind in (_is_number, _is_day, _is_name):
        also = _is_day if kind is _is_name else kind
        new = [at for at in edit.new if kind(found.bullet, at) or also(found.bullet, at)]
        old = [at for at in edit.old if kind(found.source, at)]
        if not (new and old):
            continue
        fewer = _fewer(found)
        gone = [
            at
            for at in old
            if found.source.stems[at] in fewer
            and not any(_same(found, one, at) for one in edit.new)
        ]
        come = [at for at in new if not any(_same(found, at, one) for one in edit.old)]
        if gone and come and len(gone) == len(old):
            return None if _is_renamed(found, edit) else (come[0], gone[0])
    return None


def _is_renamed(found: Alignment, edit: Edit) -> bool:
    """Whether an edit only writes "Hale's side" for "Dorn", or a place in another form."""
    owner = _is_owner(found.bullet, edit.new) and not _is_owner(found.source, edit.old)
    return owner or _share_place(found, edit)


def _is_owner(text: Text, words: range) -> bool:
    """Whether a name among some words owns a common noun: "Hale's side" may stand for "Dorn"."""
    return any(
        text.words[at].word.capital
        and text.folded[text.words[at].start : text.words[at].end].endswith(("'s", "'"))
        and not (at + 1 < len(text.words) and text.words[at + 1].word.capital)
        for at in words
    )


def _fewer(found: Alignment) -> frozenset[str]:
    """The stems that a bullet's sentence has less often than the source's."""
    told = Counter(found.source.stems[slice(*found.source.sentences[found.main])])
    told.subtract(found.bullet.stems[found.words.start : found.words.stop])
    return frozenset(stem for stem, count in told.items() if count > 0)


def _share_place(found: Alignment, edit: Edit) -> bool:
    """Whether an edit only names a place in another form: "US" for "United States"."""
    new, old = _places(found.bullet, edit.new), _places(found.source, edit.old)
    return bool(new) and not new.isdisjoint(old)


def _places(text: Text, words: range) -> set[str]:
    first = max(0, words.start - _LONGEST_PLACE)
    near = text.words[first : words.stop + _LONGEST_PLACE]
    return {
        name
        for begin, last, name in placed(near)
        if begin + first < words.stop and last + first >= words.start
    }


def _is_number(text: Text, at: int) -> bool:
    return text.words[at].word.numeral


def _is_day(text: Text, at: int) -> bool:
    word = text.words[at].word
    return word.capital and is_calendar(word.low)


def _is_name(text: Text, at: int) -> bool:
    word = text.words[at].word
    if not word.capital or word.digits or is_calendar(word.low):
        return False
    if is_title(word.low) and at + 1 < len(text.words) and text.words[at + 1].word.capital:
        return False
    opens = text.sentences[text.where[at]][0] == at
    if (
        (len(word.low) < 2 and not _is_numbered(text, at))
        or word.low in DETERMINERS
        or (opens and ordinary(word.low))
    ):
        return False
    return not any(each.first <= at <= each.last for each in text.quantities)


def _is_numbered(text: Text, at: int) -> bool:
    """Whether a hyphen joins a letter to a number, as in the name of an aircraft: "F-16"."""
    end = text.words[at].end
    return text.folded[end : end + 1] == "-" and text.folded[end + 1 : end + 2].isdigit()


def _same(found: Alignment, new: int, old: int) -> bool:
    """Whether a word of a bullet and one of a source name the same, or state the same number."""
    bullet, source = found.bullet, found.source
    one, other = bullet.words[new].word, source.words[old].word
    if one.stem == other.stem:
        return True
    if not (one.numeral or other.numeral) and (
        one.low.startswith(other.low) or other.low.startswith(one.low)
    ):
        return True
    place = place_of(one.low)
    if place is not None and place == place_of(other.low):
        return True
    if (one.acronym or other.acronym) and one.low[0] == other.low[0]:
        return one.low in source.acronyms or other.low in bullet.acronyms
    if one.numeral and is_spaced(bullet.said(new, new), [source]):
        return True
    said = next((each for each in bullet.quantities if each.first <= new <= each.last), None)
    known = next((each for each in source.quantities if each.first <= old <= each.last), None)
    return said is not None and known is not None and agrees(said, known)
