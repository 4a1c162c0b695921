"""Finds the words of a sentence that weaken, bound or restrict others, each with its scope."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from summarizer.evidence.moods.clauses import Clauses
from summarizer.evidence.moods.lexicon import (
    ADJECTIVES,
    ADVERBS,
    MODALS,
    NUMBERS,
    QUANTIFIERS,
    VERBS,
)
from summarizer.evidence.moods.retractions import OPENINGS, takes_back
from summarizer.evidence.moods.word_kinds import DETERMINERS, NO_GERUND, is_finite
from summarizer.language.stems import stem
from summarizer.language.text import Text
from summarizer.language.word_lists import listed

_NOT = frozenset(listed("not never neither nor without nobody none"))
_NO_DENIAL = frozenset(listed("only just merely simply least necessarily fewer less more longer"))
_BE = frozenset(listed("is are was were be been being"))
_HAVE = frozenset(listed("has have had having"))
_OF = frozenset(listed("of for on against about over to from into at with in"))
_CONDITIONS = frozenset(listed("if unless until once whether provided providing"))
_NO_CONDITION = frozenset(
    listed("see ask know wonder decide determine clear unclear sure check find learn")
)
_TOLD = frozenset(listed("said reported understood rumoured rumored reputed"))
_PHRASES = {("in", "principle"), ("in", "part"), ("in", "theory"), ("for", "now")}
_AIMS = frozenset(listed("idea aim goal purpose point task job hope plan way trick challenge"))
"""What "is to help" says the content of, and not what will be."""

_FEW = frozenset(listed("few little"))
_IDIOMS = {("only", "not"), ("part", "as"), ("part", "a"), ("part", "take"), ("part", "took")}
_TWO_WORDS = {
    ("at", "least"): "over",
    ("more", "than"): "over",
    ("greater", "than"): "over",
    ("less", "than"): "under",
    ("fewer", "than"): "under",
    ("up", "to"): "under",
    ("at", "most"): "under",
    ("close", "to"): "under",
}
_THREE_WORDS = {
    ("as", "many", "as"): "under",
    ("as", "much", "as"): "under",
    ("as", "few", "as"): "over",
    ("no", "fewer", "than"): "over",
    ("no", "less", "than"): "over",
    ("no", "more", "than"): "under",
    ("not", "more", "than"): "under",
}
_SUPERLATIVE_RANKS = frozenset(listed("second third fourth fifth sixth"))
_WITH_BE = frozenset(listed("due going about bound supposed"))
_PLEAD = stem("plead")
_CHARGE_REACH = 12
_HARDLY = frozenset(listed("hardly scarcely barely"))
_AHEAD = frozenset(listed("set scheduled slated poised"))
_NO_THINGS: frozenset[str] = frozenset()
_THINGS = {
    "ask": frozenset({"for"}),
    "threat": frozenset({"of", "against"}),
    "belief": frozenset({"of"}),
    "accuse": frozenset({"of", "with"}),
    "plan": frozenset({"for", "of"}),
    "deny": frozenset({""}),
    "consider": frozenset({"", "for", "of"}),
    "not": frozenset({""}),
    "try": frozenset({"at"}),
}
"""The prepositions behind which words of a label govern a noun; "" for none."""


_OPENS = frozenset().union(
    *(MODALS, ADVERBS, ADJECTIVES, QUANTIFIERS, NUMBERS, _NOT, _BE, _HAVE, _CONDITIONS),
    OPENINGS,
    *(_FEW, _SUPERLATIVE_RANKS, ("used", "one", "as", "so")),
    (words[0] for words in (*_PHRASES, *_TWO_WORDS, *_THREE_WORDS)),
)
"""The words of which one may be a marker; other words need not be looked at."""


@dataclass(frozen=True, slots=True)
class Marker:
    """A word that weakens or restricts others: its token, label, and the tokens in its scope.

    `events` is true where the scope begins with a verb, whose object follows it.
    """

    at: int
    label: str
    scope: tuple[int, ...]
    events: bool = False


@lru_cache(maxsize=2048)
def known_markers(text: Text, sentence: int) -> Sequence[Marker]:
    """The markers of a source's sentence, kept for the next bullet."""
    return markers(text, *text.sentences[sentence])


def markers(text: Text, first: int, end: int) -> Sequence[Marker]:
    """The markers of the words `first` to `end`, the end excluded."""
    clauses = Clauses(text, first, end)
    found: list[Marker] = []
    for at in range(end - 1, first - 1, -1):
        word = text.words[at].word
        if word.low in _OPENS or word.stem in VERBS:
            found.extend(_at(clauses, at, found))
    return found


def _at(clauses: Clauses, at: int, inner: Sequence[Marker]) -> Iterator[Marker]:
    low = clauses.lows[at - clauses.first]
    word = clauses.text.words[at].word
    if word.digits or (word.capital and at > clauses.first and not word.acronym):
        return
    if takes_back(clauses, at):
        yield from _marker(at, "but", clauses.clause_before(at))
    if low in MODALS and not (low == "may" and word.capital):
        yield from _event(clauses, at, MODALS[low], clauses.verb_from(at + 1), inner)
        return
    if low in _NOT and clauses.low(at + 1) not in _NO_DENIAL:
        yield from _event(clauses, at, "not", clauses.verb_from(at + 1), inner)
    elif low in _BE or low in _HAVE:
        yield from _after_be(clauses, at, inner)
    elif low in _CONDITIONS or (
        low in {"as", "so"} and (clauses.low(at + 1), clauses.low(at + 2)) == ("long", "as")
    ):
        yield from _condition(clauses, at)
    elif low == "used" and clauses.low(at + 1) == "to" and clauses.is_infinitive(at + 1):
        yield from _event(clauses, at, "past", clauses.verb_from(at + 2), inner)
    elif (label := VERBS.get(word.stem)) and not word.numeral and not _is_denied(clauses, at):
        yield from _governs(clauses, at, label, inner)
    yield from _restricts(clauses, at, low)


def _is_denied(clauses: Clauses, at: int) -> bool:
    """Whether "no" or "not" takes a word's force away: "no doubt", "has not stopped"."""
    before = clauses.low(at - 1)
    if VERBS.get(clauses.text.stems[at]) == "not" and before in _NOT:
        return True
    return before in {"no", "without", "little"}


def _event(
    clauses: Clauses, at: int, label: str, verb: int | None, inner: Sequence[Marker]
) -> Iterator[Marker]:
    """A marker of a verb, its object, and what the verb itself governs."""
    if verb is None:
        return
    within = [
        one for marker in inner if marker.at == verb and marker.events for one in marker.scope
    ]
    scope = dict.fromkeys([verb, *clauses.object_of(verb), *within])
    yield Marker(at, label, tuple(scope), True)


def _after_be(clauses: Clauses, at: int, inner: Sequence[Marker]) -> Iterator[Marker]:
    """ "is to close" and "has to close"; "is closing", which is not done yet."""
    after = clauses.skip_adverbs(at + 1)
    low = clauses.low(after)
    if low == "to" and clauses.is_infinitive(after):
        if clauses.low(at) in _BE and clauses.low(at - 1) in _AIMS:
            return
        label = "need" if clauses.low(at) in _HAVE else "future"
        yield from _event(clauses, at, label, clauses.verb_from(after + 1), inner)
    elif low in _TOLD and clauses.low(after + 1) == "to" and clauses.is_infinitive(after + 1):
        yield from _event(clauses, at, "reported", clauses.verb_from(after + 2), inner)
    elif clauses.low(at) in {"is", "are"} and low.endswith("ing") and len(low) > 5:
        yield from _event(clauses, at, "ongoing", after, inner)


def _governs(clauses: Clauses, at: int, label: str, inner: Sequence[Marker]) -> Iterator[Marker]:
    """What a verb like "plan", or a noun like "threat", makes less than a fact."""
    if label == "charge":
        yield from _charge(clauses, at)
        return
    if _asserts(clauses, at, label):
        return
    to = clauses.infinitive_after(at)
    if label == "future" and (to != at + 1 or not _looks_ahead(clauses, at)):
        return
    if to is not None:
        yield from _event(clauses, at, label, clauses.verb_from(to + 1), inner)
        return
    gerund = _accused_act(clauses, at) if label == "accuse" else clauses.gerund_after(at)
    if gerund is not None:
        yield from _event(clauses, at, label, gerund, inner)
        return
    if label in {"belief", "deny", "accuse", "consider", "expected", "ask", "promise", "threat"}:
        claimed = clauses.claim_after(at)
        if claimed:
            yield Marker(at, label, tuple(claimed), True)
            return
    thing = clauses.thing_after(at, _THINGS.get(label, _NO_THINGS))
    if thing:
        yield Marker(at, label, tuple(thing))


def _asserts(clauses: Clauses, at: int, label: str) -> bool:
    """Whether a word weakens nothing: "pleaded guilty", "is considered", "weighs" a number."""
    behind = {clauses.low(at + 1), clauses.low(at + 2)}
    if clauses.text.stems[at] == _PLEAD and "guilty" in behind:
        return True
    if label != "consider":
        return False
    held = clauses.low(at) == "considered" and not _BE.isdisjoint(
        (clauses.low(at - 1), clauses.low(at - 2))
    )
    return held or bool(clauses.number_from(at + 1) or clauses.number_from(at + 2))


def _charge(clauses: Clauses, at: int) -> Iterator[Marker]:
    """What somebody is charged with: "charged Dorn with fraud"."""
    for place in range(at + 1, at + 1 + _CHARGE_REACH):
        if clauses.low(place) == "with":
            yield from _marker(at, "charge", clauses.noun_after(place))
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
        return not _BE.isdisjoint((clauses.low(at - 1), clauses.low(at - 2)))
    return clauses.low(at) in _AHEAD


def _restricts(clauses: Clauses, at: int, low: str) -> Iterator[Marker]:
    """What a bound, a quantifier, an adverb or an adjective restricts."""
    if bound := _bound(clauses, at):
        label, after = bound
        number = clauses.number_from(after)
        if not number and clauses.low(after) == "a":
            number = clauses.number_from(after + 2)
        if number:
            yield Marker(at, label, number)
            return
    if low == "number" and (clauses.low(at - 1), clauses.low(at + 1)) != ("a", "of"):
        return
    if (low, clauses.low(at + 1)) in _PHRASES:
        yield from _marker(at, "partial", clauses.noun_before(at) or clauses.beside(at))
        return
    if low in _SUPERLATIVE_RANKS and clauses.low(at + 1).endswith(("est", "most")):
        yield from _marker(at, "former", clauses.noun_after(at))
        return
    if (
        clauses.is_compound(at)
        or (low, clauses.low(at - 1)) in _IDIOMS
        or (low == "half" and clauses.low(at + 1) in {"a", "an"})
    ):
        return
    if low in QUANTIFIERS and not clauses.number_from(at + 1):
        yield from _marker(at, QUANTIFIERS[low], clauses.noun_after(at))
    elif low in _FEW:
        label = "some" if clauses.low(at - 1) == "a" else "seldom"
        yield from _marker(at, label, clauses.noun_after(at))
    elif low == "one" and clauses.low(at + 1) == "of" and clauses.low(at + 2) in {"the", "its"}:
        nouns = [one for one in clauses.noun_after(at + 2) if not is_finite(clauses.low(one))]
        yield from _marker(at, "some", nouns[-1:])
    elif low in ADVERBS:
        hardly_any = low in _HARDLY and clauses.low(at + 1) == "any"
        scope = clauses.noun_after(at + 1) if hardly_any else clauses.beside(at)
        yield from _marker(at, ADVERBS[low], scope)
    elif low in ADJECTIVES and not _is_verb(clauses, at, low):
        yield from _marker(at, ADJECTIVES[low], clauses.noun_after(at) or clauses.noun_before(at))


def _is_verb(clauses: Clauses, at: int, low: str) -> bool:
    """Whether a word like "claimed" is the verb of its sentence: "claimed the harbour was"."""
    return low.endswith("ed") and clauses.low(at + 1) in DETERMINERS


def _bound(clauses: Clauses, at: int) -> tuple[str, int] | None:
    three = (clauses.low(at), clauses.low(at + 1), clauses.low(at + 2))
    if three in _THREE_WORDS:
        return _THREE_WORDS[three], at + 3
    if three[:2] in _TWO_WORDS and clauses.low(at - 1) not in {"no", "not"}:
        return _TWO_WORDS[three[:2]], at + 2
    return (NUMBERS[three[0]], at + 1) if three[0] in NUMBERS else None


def _marker(at: int, label: str, scope: Sequence[int]) -> Iterator[Marker]:
    if scope:
        yield Marker(at, label, tuple(scope))


def _condition(clauses: Clauses, at: int) -> Iterator[Marker]:
    """A condition restricts its own clause and the one that it belongs to."""
    low = clauses.low(at)
    if low == "once" and not clauses.opens_clause(at):
        return
    own = clauses.clause_content(at + 1)
    asked = clauses.stem_before(at) in _NO_CONDITION or low == "whether"
    main = () if asked else clauses.main_clause_of(at)
    if main:
        yield Marker(at, "if", tuple(main))
    if len(own) > 1:
        yield Marker(at, "if", tuple(own), True)
