"""Finds the words that take back what a sentence said before: "…, a figure auditors rejected".

Three forms do so: a clause of contrast ("but", "only to", "before conceding"), a relative clause
("which fell apart", "that never went ahead") and a noun beside the clause ("a verdict overturned
last year"). What had happened earlier, and what somebody else did, takes nothing back.
"""

from __future__ import annotations

from collections.abc import Iterator

from summarizer.evidence.actors import is_actor
from summarizer.evidence.moods.clauses import Clauses
from summarizer.evidence.moods.lexicon import (
    FAILED,
    NOT_SO,
    PHRASES,
    STOPPED,
    TAKEN_BACK,
    TAKEN_BACK_AGAIN,
    UNDONE,
    WRONG,
)
from summarizer.evidence.moods.word_kinds import (
    AUXILIARIES,
    BE,
    MODALS,
    PREPOSITIONS,
    is_adverb,
    is_finite,
)
from summarizer.language.dates import is_calendar
from summarizer.language.stems import stem
from summarizer.language.word_lists import listed

OPENINGS = frozenset(
    listed("but although though however yet which that a an something only before then and")
)
"""The words with which a clause or a noun that takes back may begin."""

_CONTRASTS = frozenset(listed("but although though however yet"))
_SAME_THING = frozenset(listed("it they them which that this"))
_STRUCK = frozenset(map(stem, listed("strike struck")))
"""These take back only with "down"."""

_ASKED = frozenset(listed("offer demand proposal request appeal call bid plea invitation"))
"""Who refuses these takes nothing back: they were made."""

_STOPS = frozenset(
    listed("after when until because if who whose whom while amid following unless as")
)
_SMALL = frozenset(
    listed(
        """has have later since then soon quickly again now subsequently promptly just finally
        eventually immediately partly at once on first"""
    )
)
_HAPPENS = frozenset(map(stem, listed("happen take go come exist materialise occur begin start")))
_PROVES = frozenset(map(stem, listed("prove turn become remain be")))
_OTHERS = frozenset(listed("those another other others a an some two both"))
_NOT = frozenset({"not", "n't", "never"})
_REACH, _BEFORE = 14, 4


def takes_back(clauses: Clauses, at: int) -> bool:
    """Whether the words from here take back what stands before them in the sentence."""
    low = clauses.low(at)
    if at == clauses.first or low not in OPENINGS:
        return False
    if low in {"which", "that"}:
        return _relative(clauses, at)
    if low in {"a", "an", "something"}:
        return clauses.parted(at) and _beside(clauses, at)
    if low == "only":
        return clauses.parted(at) and _only_to(clauses, at + 1)
    if low in _CONTRASTS and _known_contrast(clauses, at):
        return True
    return _goes_on(clauses, at) and _same_subject(clauses, at + 1)


def _only_to(clauses: Clauses, at: int) -> bool:
    """ "only to reopen it", "only for it to be shut again"."""
    if clauses.low(at) == "for":
        return any(clauses.low(place) == "again" for place in _scope(clauses, at))
    verb = at + 1
    again = clauses.low(verb).startswith("re")
    return clauses.low(at) == "to" and (again or _undoes(clauses, verb) or _stops(clauses, verb))


def _goes_on(clauses: Clauses, at: int) -> bool:
    """Whether a word tells what the same person or thing did next: "before conceding"."""
    low, after = clauses.low(at), clauses.low(at + 1)
    if low == "before":
        return after.endswith("ing")
    return low != "and" or after == "then"


def _known_contrast(clauses: Clauses, at: int) -> bool:
    """Whether a clause has a verb that always takes back, or one that speaks of the same thing."""
    behind = set(clauses.stems_behind(at))
    same = not _SAME_THING.isdisjoint(behind)
    back = TAKEN_BACK | TAKEN_BACK_AGAIN if same else TAKEN_BACK
    return not back.isdisjoint(behind if "down" in behind else behind - _STRUCK)


def _same_subject(clauses: Clauses, begin: int) -> bool:
    """Whether a clause goes on with a verb that takes back, or has "the deal was annulled"."""
    verb = _skip(clauses, begin)
    if _undoes(clauses, verb):
        return not _is_another(clauses, verb + 1)
    for place in _scope(clauses, begin):
        if _undoes(clauses, place) and _is_passive(clauses, place):
            return clauses.low(begin) in {"the", "this", "that", "it", "they"}
    return False


def _is_another(clauses: Clauses, at: int) -> bool:
    """Whether the object of a verb is something else: "but cancelled those to Harran"."""
    if at >= clauses.end:
        return False
    word = clauses.text.words[at].word
    return word.capital or word.numeral or word.low in _OTHERS


def _relative(clauses: Clauses, at: int) -> bool:
    """Whether what "which" or "that" opens says that the thing before it failed or was undone."""
    verb = _skip(clauses, at + 1)
    if clauses.low(at) == "that" and not clauses.parted(at):
        return clauses.low(verb) == "never" or _fails(clauses, verb)
    name = clauses.text.words[at - 1].word
    if not clauses.parted(at) or (name.capital and not is_calendar(name.low)):
        return False
    return _ends_so(clauses, verb) or _object_of_another(clauses, at + 1)


def _beside(clauses: Clauses, at: int) -> bool:
    """Whether a noun beside a clause names it and says that it was taken back."""
    head = at
    if clauses.low(at) != "something":
        nouns = clauses.noun_after(at)
        if not nouns:
            return False
        if clauses.text.stems[nouns[0]] in WRONG and len(nouns) <= 2:
            return True
        head = nouns[0]
    if is_actor(clauses.low(head)) or clauses.low(head) in _ASKED:
        return False
    begin = head + 1
    if clauses.low(begin) in {"which", "that"}:
        begin += 1
    verb = _skip(clauses, begin)
    done = _undoes(clauses, verb) or _stops(clauses, verb)
    reduced = begin == head + 1 and done and is_finite(clauses.low(verb))
    return reduced or _ends_so(clauses, verb) or _object_of_another(clauses, begin)


def _ends_so(clauses: Clauses, verb: int) -> bool:
    """Whether a thing failed, never came to be, proved wrong or was undone, from its verb on."""
    if clauses.low(verb) == "never" or _fails(clauses, verb):
        return True
    if _earlier(clauses, verb):
        return False
    stemmed = _stem(clauses, verb)
    behind = _scope(clauses, verb)
    if clauses.low(verb) in BE or clauses.low(verb) in {"has", "have"}:
        done = next((at for at in behind if _undoes(clauses, at) or _stops(clauses, at)), None)
        if done is not None and done - verb <= _BEFORE and _is_passive(clauses, done):
            return True
    if stemmed in _PROVES or clauses.low(verb) in BE:
        return any(_stem(clauses, at) in WRONG for at in behind[: _BEFORE + 1]) or _not_so(
            clauses, verb
        )
    return clauses.low(verb) in {"did", "does", "do", "could", "can"} and _not_so(clauses, verb)


def _fails(clauses: Clauses, verb: int) -> bool:
    """Whether a thing "collapsed" or "fell apart"."""
    fails = _stem(clauses, verb) in FAILED or _phrase(clauses, verb)
    return fails and is_finite(clauses.low(verb)) and not _earlier(clauses, verb)


def _object_of_another(clauses: Clauses, begin: int) -> bool:
    """Whether somebody undid a thing: "a figure auditors rejected", "which judges blocked"."""
    first = clauses.low(begin)
    if first in MODALS or first in AUXILIARIES or is_finite(first):
        return False
    for at in _scope(clauses, begin):
        low = clauses.low(at)
        if _earlier(clauses, at) or low in PREPOSITIONS or low in BE:
            return False
        if low in _NOT:
            return _not_so(clauses, at) or _stem(clauses, at + 1) in _HAPPENS
        if at > begin and (
            _undoes(clauses, at) or _stops(clauses, at) or _is_called_wrong(clauses, at)
        ):
            return True
    return False


def _is_called_wrong(clauses: Clauses, at: int) -> bool:
    """Whether a word is the last of "now calls a mistake"."""
    return _stem(clauses, at) in WRONG and clauses.low(at - 1) in {"a", "an"}


def _undoes(clauses: Clauses, at: int) -> bool:
    stemmed = _stem(clauses, at)
    if stemmed in _STRUCK:
        return _phrase(clauses, at)
    return (stemmed in UNDONE or _phrase(clauses, at)) and not _earlier(clauses, at)


def _stops(clauses: Clauses, at: int) -> bool:
    return _stem(clauses, at) in STOPPED and not _earlier(clauses, at)


def _phrase(clauses: Clauses, at: int) -> bool:
    """Whether a verb with its particle takes back: "called off", "walked the figure back"."""
    stemmed = _stem(clauses, at)
    return any((stemmed, clauses.low(at + ahead)) in PHRASES for ahead in range(1, _BEFORE))


def _not_so(clauses: Clauses, at: int) -> bool:
    """Whether "not" and a word such as "the case" or "hold" follow."""
    behind = _scope(clauses, at)[: _BEFORE + 2]
    denied = next((place for place in behind if clauses.low(place) in _NOT), None)
    return denied is not None and any(
        _stem(clauses, place) in NOT_SO for place in behind if place > denied
    )


def _is_passive(clauses: Clauses, at: int) -> bool:
    return any(clauses.low(place) in BE for place in range(at - _BEFORE, at))


def _earlier(clauses: Clauses, at: int) -> bool:
    """Whether "had" stands before a verb: it happened before what the sentence tells."""
    return any(clauses.low(place) in {"had", "previously", "once"} for place in range(at - 3, at))


def _stem(clauses: Clauses, at: int) -> str:
    return clauses.text.stems[at] if clauses.first <= at < clauses.end else ""


def _skip(clauses: Clauses, at: int) -> int:
    """The next word that is no adverb and no word of time."""
    while at < clauses.end and (clauses.low(at) in _SMALL or is_adverb(clauses.low(at))):
        at += 1
    return at


def _scope(clauses: Clauses, begin: int) -> list[int]:
    """The words of a clause that begins here."""
    return list(_clause(clauses, begin))


def _clause(clauses: Clauses, begin: int) -> Iterator[int]:
    for place in range(begin, min(clauses.end, begin + _REACH)):
        if place > begin and (clauses.parted(place) or clauses.low(place) in _STOPS):
            return
        yield place
