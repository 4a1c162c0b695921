"""Compares a sentence of a bullet with its sources."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TypeVar

from summarizer.evidence.alignment import Alignment, Edit, align
from summarizer.evidence.moods.lexicon import HARMLESS, VERBS
from summarizer.evidence.negation import added_denials, dropped_denials, opposite_directions
from summarizer.evidence.splices import cuts_phrase, held, joins
from summarizer.evidence.support import misplaced_numbers, missing, names_near, reworded
from summarizer.language.names import Name
from summarizer.language.quantity import Quantity, agrees
from summarizer.language.text import Text
from summarizer.language.vocabulary import opposite, same_as_any

_SLACK = 3
Words = TypeVar("Words", tuple[str, str], tuple[str, str, str])


@dataclass(frozen=True, slots=True)
class Change:
    """A word of a bullet and the source's word that it replaces, if any; both are tokens."""

    new: int
    old: int | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """A sentence compared with its sources; `found` is None where no word is shared.

    `runs` is the share of its three words in a row that a source has. Of its words that its source
    does not have so: `opposed` contradict, `swapped` belong elsewhere in the source, `replaced` and
    `inserted` are in no source, and `reworded` say the same. `pairs` is the share of its two words
    in a row that a source has. Of the pieces that it copies,
    `leaps` go on from another sentence and `backward` from a later place of the same one. `held` is
    the share of its words of matter that the closest sentence has.
    """

    words: range
    runs: float
    pairs: float
    found: Alignment | None = None
    reworded: int = 0
    opposed: Sequence[Change] = ()
    turned: Sequence[Change] = ()
    swapped: Sequence[Change] = ()
    replaced: Sequence[Change] = ()
    inserted: Sequence[Change] = ()
    added_denials: Sequence[int] = ()
    dropped_denials: Sequence[int] = ()
    names_close: int = 0
    names_far: int = 0
    misplaced: Sequence[Quantity] = ()
    leaps: int = 0
    backward: int = 0
    held: float = 0.0

    @property
    def is_reordered(self) -> bool:
        """Whether one sentence of a source has all content words, and nothing contradicts it.

        A phrase cut out of its middle may leave another sentence.
        """
        changes = (self.opposed, self.turned, self.swapped, self.replaced, self.inserted)
        denials = (self.added_denials, self.dropped_denials)
        if self.found is None or any((*changes, *denials, self.misplaced, self.leaps)):
            return False
        return self.held == 1 and not cuts_phrase(self.found)


@dataclass(slots=True)
class _Changes:
    opposed: list[Change] = field(default_factory=list)
    turned: list[Change] = field(default_factory=list)
    swapped: list[Change] = field(default_factory=list)
    replaced: list[Change] = field(default_factory=list)
    inserted: list[Change] = field(default_factory=list)


def readings(
    bullet: Text, sources: Sequence[Text], names: Sequence[Name], dated: set[int]
) -> list[Comparison]:
    """Compare every sentence of a bullet with its sources."""
    return [
        _reading(bullet, range(first, end), sources, names, dated)
        for first, end in bullet.sentences
        if end > first
    ]


def _reading(
    bullet: Text, words: range, sources: Sequence[Text], names: Sequence[Name], dated: set[int]
) -> Comparison:
    runs, pairs = _runs(bullet, words, sources), _pairs(bullet, words, sources)
    found = align(bullet, words, sources)
    if found is None:
        lost = [Change(at) for at in words if bullet.words[at].word.content]
        return Comparison(words, runs, pairs, inserted=lost)
    changes = _Changes()
    for edit in found.edits:
        _sort(found, edit, sources, changes)
    close, far = names_near(found, names)
    leaps, backward = joins(found)
    return Comparison(
        words=words,
        runs=runs,
        pairs=pairs,
        found=found,
        reworded=reworded(found),
        opposed=changes.opposed,
        turned=changes.turned,
        swapped=changes.swapped,
        replaced=changes.replaced,
        inserted=changes.inserted,
        added_denials=list(added_denials(found)),
        dropped_denials=list(dropped_denials(found)),
        names_close=close,
        names_far=far,
        misplaced=list(misplaced_numbers(found, sources, dated)),
        leaps=leaps,
        backward=backward,
        held=held(found),
    )


def _runs(bullet: Text, words: range, sources: Sequence[Text]) -> float:
    stems = bullet.stems[words.start : words.stop]
    triples = list(zip(stems, stems[1:], stems[2:], strict=False))
    return _share_known(triples, [source.at_triple for source in sources])


def _pairs(bullet: Text, words: range, sources: Sequence[Text]) -> float:
    found = list(pairwise(bullet.stems[words.start : words.stop]))
    return _share_known(found, [source.sentences_of_pair for source in sources])


def _share_known(found: Sequence[Words], known: Sequence[Mapping[Words, object]]) -> float:
    """The share of some words in a row that a source has, 1 where there are none."""
    unknown = found
    for of_source in known:
        unknown = [each for each in unknown if each not in of_source]
    return 1 - len(unknown) / len(found) if found else 1.0


def _sort(found: Alignment, edit: Edit, sources: Sequence[Text], into: _Changes) -> None:
    """Sort every new word of an edit by kind; with words like "expected" it says no more."""
    bullet, source = found.bullet, found.source
    into.turned.extend(_turned(found, edit))
    if not edit.new:
        return
    told = [at for at in edit.old if source.words[at].word.content]
    replaced = source.stems[edit.old.start : edit.old.stop]
    told_so = {*found.units, *_same_numbers(found, edit)}
    for at in edit.new:
        word, stemmed = bullet.words[at].word, bullet.stems[at]
        if at in told_so or not (word.content or (word.numeral and edit.tight)):
            continue
        old = told[0] if told else None
        if same_as_any(stemmed, replaced):
            continue
        contrary = next((e for e in edit.old if opposite(stemmed, source.stems[e])), None)
        if contrary is not None:
            into.opposed.append(Change(at, contrary))
        elif not missing(bullet, at, sources):
            if edit.tight and told:
                into.swapped.append(Change(at, old))
        elif word.numeral or VERBS.get(stemmed) in HARMLESS:
            continue
        elif edit.old and len(edit.old) <= _SLACK + len(edit.new):
            into.replaced.append(Change(at, old))
        else:
            into.inserted.append(Change(at))


def _same_numbers(found: Alignment, edit: Edit) -> Iterator[int]:
    """The words of an edit that write the replaced number in another form."""
    for said in found.bullet.quantities:
        if said.last in edit.new and any(
            agrees(said, known) for known in found.source.quantities if known.last in edit.old
        ):
            yield from range(said.first, said.last + 1)


def _turned(found: Alignment, edit: Edit) -> Iterator[Change]:
    for new in edit.new:
        turned = opposite_directions(found.bullet.words[new].word.low)
        for old in edit.old if turned else ():
            if found.source.words[old].word.low in turned:
                yield Change(new, old)
                return
