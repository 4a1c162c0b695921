"""Finds the verbs and nouns that make what they govern less than a fact: "plan", "denied that"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from summarizer.evidence.moods.claims import claim_after, with_what_they_tell
from summarizer.evidence.moods.clauses import Clauses
from summarizer.evidence.moods.lexicon import GOVERNING_PHRASES, RESULTS, VOUCHING
from summarizer.evidence.moods.marker import Marker, claim, event, marked
from summarizer.evidence.moods.word_kinds import (
    BE,
    NO_GERUND,
    PREPOSITIONS,
    SAYS,
    is_adverb,
    is_finite,
)
from summarizer.language.stems import stem
from summarizer.language.word_lists import listed

_WITH_BE = frozenset(listed("due going about bound supposed"))
_PLEAD = stem("plead")
_CHARGE_REACH, _CAUSE_REACH = 12, 5
_AHEAD = frozenset(listed("set scheduled slated poised"))
_OF_CLAIMS = frozenset(listed("belief deny accuse consider expected ask promise threat plan"))
_CLAIM_ALONE = frozenset({"alleged"})
"""Labels whose words govern only a clause: "claimed that"."""

_NO_THINGS: frozenset[str] = frozenset()
_THINGS = {
    "ask": frozenset({"for"}),
    "threat": frozenset({"of", "against"}),
    "belief": frozenset({"of"}),
    "accuse": frozenset({"of", "with"}),
    "plan": frozenset({"for", "of"}),
    "deny": frozenset({"", "of"}),
    "consider": frozenset({"", "for", "of"}),
    "not": frozenset({"", "of"}),
    "try": frozenset({"at"}),
}
"""The prepositions behind which words of a label govern a noun; "" for none."""

_DEMANDS = frozenset(map(stem, listed("demand request recommend")))
"""Verbs of asking whose object is what is asked for."""

_NOBODY_SAYS = frozenset(listed("to for of from"))
"""Behind these a verb of saying has no speaker: "wrong to say that", "apologised for saying"."""

_UNREAL_BEFORE_GERUND = frozenset(listed("about against without at"))


def governs(clauses: Clauses, at: int, label: str, inner: Sequence[Marker]) -> Iterator[Marker]:
    """What a verb like "plan", or a noun like "threat", makes less than a fact."""
    if label == "charge" and clauses.low(at + 1) != "that":
        yield from _charge(clauses, at)
    elif label in _CLAIM_ALONE or label == "charge":
        yield from claim(at, label, claim_after(clauses, at))
    elif label == "fake":
        yield from marked(at, label, with_what_they_tell(clauses, clauses.noun_after(at)))
    elif not _asserts(clauses, at, label) and not clauses.is_compound(at):
        yield from _governed(clauses, at, label, inner)


def _governed(clauses: Clauses, at: int, label: str, inner: Sequence[Marker]) -> Iterator[Marker]:
    """The infinitive, the "-ing" form, the clause or the noun behind a word."""
    to = clauses.infinitive_after(at)
    if label == "future" and (to != at + 1 or not _looks_ahead(clauses, at)):
        return
    if to is not None:
        yield from event(clauses, at, label, clauses.verb_from(to + 1), inner)
        return
    gerund = _accused_act(clauses, at) if label == "accuse" else clauses.gerund_after(at)
    if gerund is not None:
        yield from event(clauses, at, label, gerund, inner)
        return
    if label in _OF_CLAIMS and (claimed := claim_after(clauses, at)):
        yield from claim(at, label, claimed)
        return
    behind = _THINGS.get(label, _NO_THINGS)
    if clauses.text.stems[at] in _DEMANDS or clauses.low(at) in PREPOSITIONS:
        behind |= {""}
    thing = clauses.thing_after(at, behind)
    yield from marked(at, label, with_what_they_tell(clauses, thing))


def phrase_at(clauses: Clauses, at: int) -> tuple[str, int] | None:
    """The label and the last word of a phrase that governs and begins here: "ruled out"."""
    text = clauses.text
    for words, label in GOVERNING_PHRASES.get(text.stems[at], ()):
        last = at + len(words)
        if last < clauses.end and tuple(text.stems[at + 1 : last + 1]) == words:
            return label, last
    return None


def unvouched(clauses: Clauses, at: int, inner: Sequence[Marker]) -> Iterator[Marker]:
    """What a word governs that is not known to vouch for it: "pretended that", "in talks to".

    "that" behind a verb opens a claim, unless the verb shows it to be true, as "confirmed" does;
    an infinitive behind a noun is an aim, unless the clause tells of its result.
    """
    after, stemmed, low = at + 1, clauses.text.stems[at], clauses.low(at)
    if clauses.parted(after):
        return
    if clauses.low(after) == "that" and stemmed not in VOUCHING:
        unsaid = clauses.low(at - 1) in _NOBODY_SAYS if stemmed in SAYS else low not in BE
        if unsaid and (stemmed in SAYS or is_finite(low)):
            yield from claim(at, "open", claim_after(clauses, at))
    elif clauses.low(after) == "to" and clauses.is_infinitive(after) and _is_aim(clauses, at):
        yield from event(clauses, at, "aim", clauses.verb_from(at + 2), inner)
    elif low in _UNREAL_BEFORE_GERUND and clauses.low(after).endswith("ing"):
        yield from event(clauses, at, "open", after, inner)


def _is_aim(clauses: Clauses, at: int) -> bool:
    """Whether a noun's infinitive tells an aim: not "forced ships to turn", "the first to win"."""
    word = clauses.text.words[at].word
    if (
        not word.content
        or (word.capital and at > clauses.first)
        or is_finite(word.low)
        or is_adverb(word.low)
    ):
        return False
    near = clauses.text.stems[max(clauses.first, at - _CAUSE_REACH) : at + 1]
    return RESULTS.isdisjoint(near)


def _asserts(clauses: Clauses, at: int, label: str) -> bool:
    """Whether a word weakens nothing: "pleaded guilty", "is considered", "weighs" a number."""
    behind = {clauses.low(at + 1), clauses.low(at + 2)}
    if clauses.text.stems[at] == _PLEAD and "guilty" in behind:
        return True
    if label != "consider":
        return False
    held = clauses.low(at) == "considered" and not BE.isdisjoint(
        (clauses.low(at - 1), clauses.low(at - 2))
    )
    return held or bool(clauses.number_from(at + 1) or clauses.number_from(at + 2))


def _charge(clauses: Clauses, at: int) -> Iterator[Marker]:
    """What somebody is charged with: "charged Dorn with fraud"."""
    for place in range(at + 1, at + 1 + _CHARGE_REACH):
        if clauses.low(place) == "with":
            yield from marked(at, "charge", clauses.noun_after(place))
            return


def _accused_act(clauses: Clauses, at: int) -> int | None:
    """The act of which somebody is accused: "accused the banker Olen Tarr of bribing"."""
    near = clauses.gerund_after(at)
    if near is not None:
        return near
    for place in range(at + 2, min(clauses.end, at + 2 + _CHARGE_REACH)):
        low = clauses.low(place)
        if clauses.low(place - 1) == "of" and low.endswith("ing") and low not in NO_GERUND:
            return None if clauses.text.words[place].word.capital else place
    return None


def _looks_ahead(clauses: Clauses, at: int) -> bool:
    """Whether a word like "due" before an infinitive tells what is to come."""
    if clauses.low(at) in _WITH_BE:
        return not BE.isdisjoint((clauses.low(at - 1), clauses.low(at - 2)))
    return clauses.low(at) in _AHEAD
