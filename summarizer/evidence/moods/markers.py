"""Finds the words of a sentence that weaken, bound or restrict others, each with its scope."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from summarizer.evidence.moods.claims import claim_after, with_what_they_tell
from summarizer.evidence.moods.clauses import Clauses, parts
from summarizer.evidence.moods.conditions import CONDITIONS, condition
from summarizer.evidence.moods.frames import fictional
from summarizer.evidence.moods.governors import governs, phrase_at, unvouched
from summarizer.evidence.moods.lexicon import (
    ADJECTIVES,
    ADVERBS,
    FICTIONS,
    GOVERNING_PHRASES,
    MODALS,
    NUMBERS,
    QUANTIFIERS,
    VERBS,
)
from summarizer.evidence.moods.marker import Marker, claim, event, marked
from summarizer.evidence.moods.offices import without_name
from summarizer.evidence.moods.retractions import OPENINGS, takes_back
from summarizer.evidence.moods.word_kinds import (
    DETERMINERS,
    HAVE,
    IS,
    is_finite,
)
from summarizer.evidence.negation import is_rank
from summarizer.language.stems import stem
from summarizer.language.text import Text
from summarizer.language.word_lists import listed

_NOT = frozenset(listed("not never neither nor without nobody none"))
_NO_DENIAL = frozenset(listed("only just merely simply least necessarily fewer less more longer"))
_OF = frozenset(listed("of for on against about over to from into at with in"))
_OPENS_OBJECT = DETERMINERS | frozenset(listed("it he she they we i"))
_ARTICLES = frozenset(listed("a an the its his their our my your"))
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
_LIFTS = frozenset(map(stem, listed("move lift take")))
"""Verbs behind whose object "up to" is where it ends: "moved Hale up to third", "to 64 points"."""

_OPENS_BOUND = frozenset().union(NUMBERS, (words[0] for words in (*_TWO_WORDS, *_THREE_WORDS)))
_SUPERLATIVE_RANKS = frozenset(listed("second third fourth fifth sixth"))
_PRONOUNS = frozenset(listed("him her it us them"))
_PLACES = _SUPERLATIVE_RANKS | frozenset(listed("first seventh eighth ninth tenth"))
_PLACE_ENDS = ("1st", "2nd", "3rd", *(f"{digit}th" for digit in "0123456789"))
_LONGEST_ASIDE = 6
_HARDLY = frozenset(listed("hardly scarcely barely"))

_CERTAIN = frozenset(listed("doubt question secret wonder"))
"""What there is "no doubt" about is so."""

_COMPLEMENTS = frozenset({"that", "to"})

_RESTRICTS = frozenset().union(
    *(ADVERBS, ADJECTIVES, QUANTIFIERS, _OPENS_BOUND, _FEW, _SUPERLATIVE_RANKS),
    ("one", *(words[0] for words in _PHRASES)),
)
"""The words of which one may restrict others."""

_OPENS = _RESTRICTS.union(
    *(MODALS, _NOT, IS, HAVE, CONDITIONS, OPENINGS),
    ("used", "as", "so", "any", "yet", "about", "against", "without", "at"),
)
"""The words of which one may be a marker; other words need not be looked at."""

_GOVERNORS = frozenset().union(VERBS, GOVERNING_PHRASES, FICTIONS)
"""The stems of which the same is true."""


@lru_cache(maxsize=2048)
def known_markers(text: Text, sentence: int) -> Sequence[Marker]:
    """The markers of a source's sentence, kept for the next bullet."""
    return markers(text, *text.sentences[sentence])


def markers(text: Text, first: int, end: int) -> Sequence[Marker]:
    """The markers of the words `first` to `end`, the end excluded."""
    return [each for clauses in parts(text, first, end) for each in _markers(clauses)]


def _markers(clauses: Clauses) -> Sequence[Marker]:
    found: list[Marker] = []
    behind = ""
    for at in range(clauses.end - 1, clauses.first - 1, -1):
        word = clauses.text.words[at].word
        if word.low in _OPENS or word.stem in _GOVERNORS or behind in _COMPLEMENTS:
            found.extend(_at(clauses, at, found))
        behind = word.low
    return found


def _at(clauses: Clauses, at: int, inner: Sequence[Marker]) -> Iterator[Marker]:
    low = clauses.lows[at - clauses.first]
    word = clauses.text.words[at].word
    if word.digits or (word.capital and at > clauses.first and not word.acronym):
        return
    if takes_back(clauses, at):
        yield from marked(at, "but", clauses.clause_before(at))
    if low in MODALS and not (low == "may" and word.capital):
        yield from event(
            clauses, at, MODALS[low], clauses.verb_from(_skip_aside(clauses, at + 1)), inner
        )
        return
    yield from _weakens(clauses, at, inner)
    yield from fictional(clauses, at)
    if low in _RESTRICTS:
        yield from _restricts(clauses, at, low)
    no_such = low == "no" and not is_rank(clauses.text, at)
    if no_such or (low == "any" and clauses.is_denied(at)):
        yield from _no_such(clauses, at, inner)


def _skip_aside(clauses: Clauses, at: int) -> int:
    """The word behind an aside between commas: "collapse" of "may, officials say, collapse"."""
    ends = range(at + 1, min(clauses.end, at + 1 + _LONGEST_ASIDE)) if clauses.parted(at) else ()
    return next((place for place in ends if clauses.parted(place)), at)


def _weakens(clauses: Clauses, at: int, inner: Sequence[Marker]) -> Iterator[Marker]:
    """What a denial, an auxiliary, a condition or a governing word makes less than a fact."""
    low, word = clauses.low(at), clauses.text.words[at].word
    if _denies(clauses, at):
        yield from event(clauses, at, "not", clauses.verb_from(at + 1), inner)
    elif low in IS or low in HAVE:
        yield from _after_be(clauses, at, inner)
    elif low in CONDITIONS or (
        low in {"as", "so"} and (clauses.low(at + 1), clauses.low(at + 2)) == ("long", "as")
    ):
        yield from condition(clauses, at)
    elif low == "yet" and clauses.low(at + 1) == "to" and clauses.is_infinitive(at + 1):
        yield from event(clauses, at, "not", clauses.verb_from(at + 2), inner)
    elif low == "used" and clauses.low(at + 1) == "to" and clauses.is_infinitive(at + 1):
        yield from event(clauses, at, "past", clauses.verb_from(at + 2), inner)
    elif (phrase := phrase_at(clauses, at)) is not None:
        for found in governs(clauses, phrase[1], phrase[0], inner):
            yield replace(found, at=at)
    elif (
        (label := VERBS.get(word.stem))
        and not word.numeral
        and not _is_denied(clauses, at)
        and not _is_media(clauses, at)
    ):
        yield from governs(clauses, at, label, inner)
    elif word.stem not in VERBS:
        yield from unvouched(clauses, at, inner)


def _denies(clauses: Clauses, at: int) -> bool:
    """Whether a word denies what follows: not "not only", "whether or not"."""
    if clauses.low(at) not in _NOT or clauses.low(at + 1) in _NO_DENIAL:
        return False
    return (clauses.low(at - 2), clauses.low(at - 1)) != ("whether", "or")


def _is_denied(clauses: Clauses, at: int) -> bool:
    """Whether "no" or "not" takes a word's force away: "no doubt", "has not stopped"."""
    before = clauses.low(at - 1)
    if VERBS.get(clauses.text.stems[at]) == "not" and before in _NOT:
        return True
    return before in {"no", "without", "little"} or (before, clauses.low(at)) == ("in", "order")


def _is_media(clauses: Clauses, at: int) -> bool:
    """Whether "press" asks for nothing: "the press conference", and not "both press her to"."""
    if clauses.low(at) != "press" or clauses.low(at - 1) not in _ARTICLES:
        return False
    noun = not clauses.parted(at + 1) and clauses.text.words[at + 1].word.content
    return noun and clauses.low(at + 2) not in _COMPLEMENTS


def _no_such(clauses: Clauses, at: int, inner: Sequence[Marker]) -> Iterator[Marker]:
    """What "no evidence that" or "no plans to" says is not so."""
    nouns = clauses.noun_after(at)
    if not nouns or clauses.low(nouns[-1]) in _CERTAIN:
        return
    last = nouns[-1]
    to = clauses.infinitive_after(last)
    if to == last + 1:
        yield from event(clauses, at, "not", clauses.verb_from(to + 1), inner)
    else:
        yield from claim(at, "not", claim_after(clauses, last))
        yield from marked(at, "not", clauses.thing_after(last, frozenset({"of"})))


def _after_be(clauses: Clauses, at: int, inner: Sequence[Marker]) -> Iterator[Marker]:
    """ "is to close" and "has to close"; "is closing", which is not done yet."""
    after = clauses.skip_adverbs(at + 1)
    low = clauses.low(after)
    if low == "to" and clauses.is_infinitive(after):
        if clauses.low(at) in IS and clauses.low(at - 1) in _AIMS:
            return
        label = "need" if clauses.low(at) in HAVE else "future"
        yield from event(clauses, at, label, clauses.verb_from(after + 1), inner)
    elif low in _TOLD and clauses.low(after + 1) == "to" and clauses.is_infinitive(after + 1):
        yield from event(clauses, at, "reported", clauses.verb_from(after + 2), inner)
    elif clauses.low(at) in {"is", "are"} and low.endswith("ing") and len(low) > 5:
        yield from event(clauses, at, "ongoing", after, inner)


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
        yield from marked(at, "partial", clauses.noun_before(at) or clauses.beside(at))
        return
    if low in _SUPERLATIVE_RANKS and clauses.low(at + 1).endswith(("est", "most")):
        yield from marked(at, "former", clauses.noun_after(at))
        return
    if (
        clauses.is_compound(at)
        or (low, clauses.low(at - 1)) in _IDIOMS
        or (low == "half" and clauses.low(at + 1) in {"a", "an"})
    ):
        return
    yield from _describes(clauses, at, low)


def _describes(clauses: Clauses, at: int, low: str) -> Iterator[Marker]:
    """What a quantifier, an adverb or an adjective restricts."""
    if low in QUANTIFIERS and not clauses.number_from(at + 1):
        yield from marked(at, QUANTIFIERS[low], clauses.noun_after(at))
    elif low in _FEW:
        label = "some" if clauses.low(at - 1) == "a" else "seldom"
        yield from marked(at, label, clauses.noun_after(at))
    elif low == "one" and clauses.low(at + 1) == "of" and clauses.low(at + 2) in {"the", "its"}:
        nouns = [one for one in clauses.noun_after(at + 2) if not is_finite(clauses.low(one))]
        yield from marked(at, "some", nouns[-1:])
    elif low in ADVERBS:
        hardly_any = low in _HARDLY and clauses.low(at + 1) == "any"
        scope = clauses.noun_after(at + 1) if hardly_any else clauses.beside(at)
        yield from marked(at, ADVERBS[low], scope)
    elif ADJECTIVES.get(low) == "fake":
        yield from marked(at, "fake", with_what_they_tell(clauses, clauses.noun_after(at)))
        yield from fictional(clauses, at + 1)
    elif ADJECTIVES.get(low) == "former":
        yield from marked(at, "former", without_name(clauses, clauses.noun_after(at)))
    elif low in ADJECTIVES and not _is_verb(clauses, at, low):
        yield from marked(at, ADJECTIVES[low], clauses.noun_after(at) or clauses.noun_before(at))


def _is_verb(clauses: Clauses, at: int, low: str) -> bool:
    """Whether a word like "claimed" is the verb of its sentence: "claimed the harbour was"."""
    return low.endswith("ed") and clauses.low(at + 1) in _OPENS_OBJECT


def _is_lifted(clauses: Clauses, at: int) -> bool:
    """Whether "up to" tells to which place or how many points something rises."""
    number = clauses.low(at + 2)
    place = number in _PLACES or number.endswith(_PLACE_ENDS)
    points = clauses.low(at + 3) in {"point", "points"}
    named = clauses.text.words[at - 1].word.capital or clauses.low(at - 1) in _PRONOUNS
    return clauses.stem_before(at - 1) in _LIFTS and named and (place or points)


def _bound(clauses: Clauses, at: int) -> tuple[str, int] | None:
    if clauses.low(at) not in _OPENS_BOUND:
        return None
    three = (clauses.low(at), clauses.low(at + 1), clauses.low(at + 2))
    if three in _THREE_WORDS:
        return _THREE_WORDS[three], at + 3
    if three[:2] == ("up", "to") and _is_lifted(clauses, at):
        return None
    if three[:2] in _TWO_WORDS and clauses.low(at - 1) not in {"no", "not"}:
        return _TWO_WORDS[three[:2]], at + 2
    return (NUMBERS[three[0]], at + 1) if three[0] in NUMBERS else None
