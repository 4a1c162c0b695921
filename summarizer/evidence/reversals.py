"""Finds one word that reverses a source's sentence: "fell" for "rose", or "not" left out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from summarizer.evidence.alignment import Alignment, Edit
from summarizer.evidence.comparison import Comparison
from summarizer.evidence.facts import Absent
from summarizer.evidence.reasons import instead, left_out
from summarizer.evidence.swaps import is_converse
from summarizer.language.stems import stem
from summarizer.language.text import Text
from summarizer.language.word_lists import listed

_LONGEST_DENIAL = _WITH_SMALL = 2
_STATES = frozenset(map(stem, listed("say said confirm admit announce acknowledge")))
_DENIES = frozenset(map(stem, listed("deny denied reject refuse refute dispute")))
_JUDGES = frozenset(
    map(
        stem,
        listed(
            """true happen prove proven confirm verify real correct right fact so quite yet evidence
            proof guilty official rule believe"""
        ),
    )
)
"""Stems of words that, denied in a heading, take back the sentence behind it: "Not true: …"."""

_ARTICLES = frozenset({"a", "an", "the"})
_NO_DENIAL = frozenset(listed("only just merely simply least doubt necessarily or"))
"""Words beside which "not" is not a negation: "not only", "no doubt", "whether or not"."""


def reversals(found: Sequence[Comparison]) -> Iterator[Absent]:
    """Each sentence that equals a source's sentence except for one contrary word."""
    for reading in found:
        if reading.found is None or is_converse(reading.found):
            continue
        reason = next(_reversed(reading, reading.found), None)
        if reason is not None:
            yield Absent("reversal", reason, reading.words.start)


def _reversed(reading: Comparison, found: Alignment) -> Iterator[str]:
    bullet, source = found.bullet, found.source
    contrary = {each.new: each.old for each in (*reading.opposed, *reading.turned)}
    for edit in found.edits:
        if not (edit.tight and _is_one(bullet, edit.new) and _is_one(source, edit.old)):
            continue
        pairs = [(new, old) for new in edit.new for old in edit.old]
        for new, old in pairs:
            if contrary.get(new) == old or _denies(source.stems[old], bullet.stems[new]):
                yield instead(bullet, source, new, old)
    for at in reading.dropped_denials:
        if any(_left_out(found, edit, at) for edit in found.edits):
            yield left_out(source, at)


def _denies(told: str, said: str) -> bool:
    """Whether one word states and the other denies."""
    return (told in _STATES and said in _DENIES) or (told in _DENIES and said in _STATES)


def _is_one(text: Text, words: range) -> bool:
    """Whether some words are one, or one with a small word beside it: "lost to"."""
    return len(words) == 1 or (
        len(words) == _WITH_SMALL and sum(text.words[at].word.content for at in words) == 1
    )


def _left_out(found: Alignment, edit: Edit, at: int) -> bool:
    """Whether an edit only removes a negation, or puts an article for it."""
    articles = all(found.bullet.words[new].word.low in _ARTICLES for new in edit.new)
    if at not in edit.old or not articles or not edit.tight or len(edit.old) > _LONGEST_DENIAL:
        return False
    if _is_label(found.source, edit.old):
        return False
    words = found.source.words[max(0, at - 1) : at + 2]
    return all(each.word.low not in _NO_DENIAL for each in words)


def _is_label(source: Text, words: range) -> bool:
    """Whether some words are a heading that does not judge its sentence: "Not happy: Hale left"."""
    if len(words) == 1 or not _JUDGES.isdisjoint(source.stems[at] for at in words):
        return False
    opens = source.sentences[source.where[words.start]][0] == words.start
    behind = source.words[words.stop - 1].end
    return opens and source.folded[behind : behind + 1] == ":"
