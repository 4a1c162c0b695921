"""Which word of a source's sentence each word of a bullet's sentence stands for."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from rapidfuzz.distance import LCSseq

from summarizer.language.names import place_of
from summarizer.language.quantity import agrees
from summarizer.language.stems import root
from summarizer.language.text import Text
from summarizer.language.vocabulary import same

_CLOSE, _COPY = 0.6, 0.85
_NOWHERE = -2
"""Before the first word, and not right before it."""


@dataclass(frozen=True, slots=True)
class Pairing:
    """The words of two sentences that say the same: of the bullet to the source, and back.

    `copied` counts those that are not merely of one family, as "closing" and "closure" are.
    """

    bullet: Text
    words: range
    source: Text
    sentence: range
    to_source: Mapping[int, int]
    to_bullet: Mapping[int, int]
    copied: int

    @property
    def is_copy(self) -> bool:
        """Whether nearly all words of the bullet's sentence are the source's."""
        return self.copied >= _COPY * len(self.words)

    @property
    def is_close(self) -> bool:
        """Whether most words of the bullet's sentence are the source's."""
        return len(self.to_source) >= _CLOSE * len(self.words)


def pair(bullet: Text, words: range, source: Text, sentence: range) -> Pairing:
    """Pair the words of a bullet's sentence with those of a source's sentence."""
    found: dict[int, int] = {}
    runs = LCSseq.opcodes(
        source.stems[sentence.start : sentence.stop], bullet.stems[words.start : words.stop]
    ).as_matching_blocks()
    edits: list[tuple[range, range]] = []
    first, at = sentence.start, words.start
    for run in runs:
        removed = range(first, sentence.start + run.a)
        added = range(at, words.start + run.b)
        if removed and added:
            edits.append((removed, added))
        first, at = removed.stop + run.size, added.stop + run.size
        found.update(zip(range(added.stop, at), range(removed.stop, first), strict=True))
    _keep_together(bullet, words, source, sentence, found)
    taken = set(found.values())
    _pair_moved(bullet, words, source, sentence, found, taken)
    _pair_numbers(bullet, words, source, sentence, found, taken)
    for old, new in edits:
        _pair_alike(bullet, new, source, old, found, taken)
    copied = len(found)
    _pair_related(bullet, words, source, sentence, found, taken)
    back = {old: new for new, old in found.items()}
    return Pairing(bullet, words, source, sentence, found, back, copied)


def _keep_together(
    bullet: Text, words: range, source: Text, sentence: range, found: dict[int, int]
) -> None:
    """Pair a word with the source's next word where that is the same, not with a later one.

    Of equal words the longest common sequence takes any: of a long source, often one far behind.
    A small word such as "will" goes with the word that it stands before.
    """
    before = found.get(words.start, _NOWHERE)
    for new in words[1:]:
        old, following = found.get(new, _NOWHERE), before + 1
        if old > following in sentence and source.stems[following] == bullet.stems[new]:
            found[new] = old = following
        before = old
    taken = set(found.values())
    for new in reversed(words[:-1]):
        old = found.get(new + 1, -1) - 1
        if old in taken or old not in sentence or bullet.words[new].word.content:
            continue
        if source.stems[old] == bullet.stems[new]:
            found[new] = old
            taken.add(old)


def _pair_moved(
    bullet: Text,
    words: range,
    source: Text,
    sentence: range,
    found: dict[int, int],
    taken: set[int],
) -> None:
    """Pair what was moved: the same stem elsewhere in the sentence."""
    for new in words:
        if new in found:
            continue
        places = source.at.get(bullet.stems[new], ())
        here = places[bisect_left(places, sentence.start) : bisect_left(places, sentence.stop)]
        old = next((each for each in here if each not in taken), None)
        if old is None and (place := place_of(bullet.words[new].word.low)) is not None:
            of_place = (at for at in sentence if place_of(source.words[at].word.low) == place)
            old = next((each for each in of_place if each not in taken), None)
        if old is not None:
            found[new] = old
            taken.add(old)


def _pair_numbers(
    bullet: Text,
    words: range,
    source: Text,
    sentence: range,
    found: dict[int, int],
    taken: set[int],
) -> None:
    """Pair a number with the same number in another form."""
    if not bullet.quantities:
        return
    known = [each for each in source.quantities if each.first in sentence]
    for said in bullet.quantities if known else ():
        if said.first not in words or said.first in found:
            continue
        for each in known:
            if each.first not in taken and agrees(said, each):
                found[said.first] = each.first
                taken.add(each.first)
                break


def _pair_alike(
    bullet: Text, new: range, source: Text, old: range, found: dict[int, int], taken: set[int]
) -> None:
    """Pair synonyms in one changed passage, and the only content word with the only one there."""
    left = [at for at in new if at not in found and bullet.words[at].word.content]
    right = [at for at in old if at not in taken and source.words[at].word.content]
    for said in list(left):
        for told in right:
            if told not in taken and same(bullet.stems[said], source.stems[told]):
                found[said] = told
                taken.add(told)
                left.remove(said)
                break
    right = [at for at in right if at not in taken]
    if left and right and len(left) == len(right) == 1:
        found[left[0]] = right[0]


def _pair_related(
    bullet: Text,
    words: range,
    source: Text,
    sentence: range,
    found: dict[int, int],
    taken: set[int],
) -> None:
    """Pair words of one family anywhere in the sentences: "dismissal", "dismissed"."""
    left = [at for at in words if at not in found and bullet.words[at].word.content]
    known: dict[str, list[int]] = defaultdict(list)
    for old in sentence if left else ():
        if old not in taken and source.words[old].word.content:
            known[root(source.stems[old])].append(old)
    for new in left:
        family = known[root(bullet.stems[new])]
        if family:
            found[new] = family.pop(0)
