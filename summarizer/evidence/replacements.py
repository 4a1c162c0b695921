"""Finds a name, a day or a number that stands where a source has another one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import takewhile

from summarizer.evidence.alignment import Alignment, Edit
from summarizer.evidence.comparison import Comparison
from summarizer.evidence.facts import Absent, is_spaced
from summarizer.evidence.moods.word_kinds import DETERMINERS
from summarizer.evidence.reasons import instead
from summarizer.language.dates import is_calendar
from summarizer.language.names import is_title, place_of, placed
from summarizer.language.quantity import Comparator, Quantity, agrees
from summarizer.language.text import Text
from summarizer.language.vocabulary import ordinary
from summarizer.language.word_lists import listed

_OFFICES = frozenset(
    listed(
        """president vice prime premier chancellor king queen prince pope governor mayor minister
        foreign interior defence defense finance deputy ambassador government ministry parliament"""
    )
)
"""Words that open an office, which is a common noun behind its owner: "Karsova's President"."""

_BOUNDS = frozenset({"than", "least"})
_DEFINITE = frozenset(listed("the these those both"))
_LONGEST_PLACE = 3
_MOSTLY = 0.7
_JUST_OVER = 1.1


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
    owner = _is_owner(found, edit) and not _owns_noun(found.source, edit.old)
    return owner or _share_place(found, edit) or _is_called(found, edit)


def _is_owner(found: Alignment, edit: Edit) -> bool:
    """Whether an edit brings the owner of a common noun, or of the office that a name has."""
    return _owns_noun(found.bullet, edit.new) or any(
        _has_office(found, at, edit.old) for at in edit.new if _is_possessive(found.bullet, at)
    )


def _owns_noun(text: Text, words: range) -> bool:
    """Whether a name among some words owns a common noun: "Hale's side" may stand for "Dorn"."""
    return any(
        _is_possessive(text, at)
        and not (at + 1 < len(text.words) and text.words[at + 1].word.capital)
        for at in words
    )


def _is_possessive(text: Text, at: int) -> bool:
    said = text.folded[text.words[at].start : text.words[at].end]
    return text.words[at].word.capital and said.endswith(("'s", "'"))


def _has_office(found: Alignment, at: int, named: range) -> bool:
    """Whether a source names an office of an owner, and nobody else who has it."""
    bullet, source = found.bullet, found.source
    office = bullet.stems[at : at + 2]
    if len(office) < 2 or bullet.words[at + 1].word.low not in _OFFICES:
        return False
    known = [one for one in range(len(source.stems)) if source.stems[one : one + 2] == office]
    names = {source.stems[one] for one in named}
    holders = [_holder(source, one) for one in known]
    return bool(known) and all(not each or not names.isdisjoint(each) for each in holders)


def _holder(source: Text, at: int) -> list[str]:
    """The stems of the name behind an office: of "Karsova's Prime Minister Tom Hale"."""
    behind = takewhile(lambda each: each.word.capital, source.words[at + 1 :])
    return [each.word.stem for each in behind if not is_title(each.word.low)]


def _is_called(found: Alignment, edit: Edit) -> bool:
    """Whether a source later calls "B-2 bombers" what a bullet does: "the Karsovan bombers"."""
    bullet, source = found.bullet, found.source
    noun = bullet.stems[edit.new.stop : edit.new.stop + 1]
    if len(edit.new) != 1 or not noun or noun != source.stems[edit.old.stop : edit.old.stop + 1]:
        return False
    if not _is_numbered(source, edit.old.start):
        return False
    later = range(source.sentences[found.main][1] + 1, len(source.words) - 1)
    return any(
        source.stems[at + 1] == noun[0]
        and source.words[at - 1].word.low in _DEFINITE
        and _same(found, edit.new.start, at)
        for at in later
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


def _joined(text: Text, at: int) -> str:
    """A number with the word behind it as its unit: "12:15am" for "12:15 am"."""
    return "".join(each.word.low for each in text.words[at : at + 2])


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
    return _same_number(found, new, old)


def _same_number(found: Alignment, new: int, old: int) -> bool:
    """Whether a word of a bullet and one of a source state the same number."""
    bullet, source = found.bullet, found.source
    if bullet.words[new].word.numeral and is_spaced(bullet.said(new, new), [source]):
        return True
    if _joined(bullet, new) == source.words[old].word.low:
        return True
    if _joined(source, old) == bullet.words[new].word.low:
        return True
    said = next((each for each in bullet.quantities if each.first <= new <= each.last), None)
    known = next((each for each in source.quantities if each.first <= old <= each.last), None)
    if said is None or known is None:
        return False
    return agrees(said, known) or _is_bounded(source, said, known)


def _is_bounded(source: Text, said: Quantity, known: Quantity) -> bool:
    """Whether "105" stands for "more than 100 migrants" of a source with "the 105 migrants"."""
    before = source.words[known.first - 1].word.low if known.first else ""
    over = before in _BOUNDS and known.comparator is Comparator.OVER and said.unit == known.unit
    if not over or not known.low <= said.low <= _JUST_OVER * known.low:
        return False
    return any(
        agrees(said, each)
        and each.first > known.last
        and source.words[each.first - 1].word.low in _DEFINITE | {"all"}
        and _counted(source, each) == _counted(source, known) != ""
        for each in source.quantities
    )


def _counted(source: Text, number: Quantity) -> str:
    """The unit of a number, or the stem of the noun behind it."""
    if number.unit:
        return number.unit
    behind = source.words[number.last + 1 : number.last + 2]
    return behind[0].word.stem if behind and behind[0].word.content else ""
