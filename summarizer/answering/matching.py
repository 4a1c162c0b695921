"""How far a statement speaks of what a question is about."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from summarizer.answering.question import Asks, Question
from summarizer.answering.senses import EXACT, Term, may_stand_for, meets
from summarizer.answering.statements import Statement
from summarizer.language.stems import stem
from summarizer.language.word_lists import listed

TITLE, BEFORE, LEAD = 0.9, 0.7, 0.6
"""What a word counts for that stands in the title, in the sentence before, or in the lead."""

HELD = 0.4
"""The least that counts as a word that is said."""

SLACK = 0.15
"""The share of the question's weight that an answer may leave unsaid, names apart."""

WEAK = 0.2
"""What a verb of little meaning counts for."""

_WEAK = frozenset(
    map(
        stem,
        listed(
            """lose leave affect hit face involve see show want keep need put set make take give use
            have be become remain stand suffer experience occur reach"""
        ),
    )
)

OWN, OWN_OF_TYPED = 0.45, 0.6
"""The share of the question's weight that an answer says in its own words.

More is asked for where a name, a day or a reason must belong to what was asked.
"""

_TYPED = frozenset({Asks.PERSON, Asks.TIME, Asks.PLACE, Asks.REASON})


Meaning = Mapping[str, float]
"""The words of the found articles that stand for a term, and how far; negative for contraries."""


@dataclass(frozen=True, slots=True)
class Meant:
    """What each term of a question weighs, and the words of the articles that stand for it.

    `spoken` are all those words.
    """

    weights: Mapping[Term, float]
    words: Mapping[Term, Meaning]
    spoken: frozenset[str]


@dataclass(frozen=True, slots=True)
class Match:
    """How much of a question a statement says.

    `own` is the weighted share of its own words, `whole` that with the words around it, both 0..1.
    `complete` is true where nothing that the question names is left out. `contrary` are the terms
    that it says the contrary of ("closed" for "open").
    """

    statement: Statement
    own: float
    whole: float
    complete: bool
    contrary: frozenset[Term]

    @property
    def share(self) -> float:
        """One figure for how well the statement fits the question."""
        return 0.7 * self.own + 0.3 * self.whole


def meant(question: Question, texts: Sequence[frozenset[str]]) -> Meant:
    """A word that few texts have weighs more; one that none has weighs most."""
    known = frozenset[str]().union(*texts)
    found = {term: _standing_for(term, known) for term in question.terms}
    weights = {}
    for term, words in found.items():
        held = [each for each, stands in words.items() if abs(stands) >= HELD]
        count = len(texts) - sum(map(frozenset(held).isdisjoint, texts))
        weak = WEAK if term.stem in _WEAK else 1.0
        weights[term] = weak * math.log(2 + len(texts) / (1 + count))
    return Meant(weights, found, frozenset(chain.from_iterable(found.values())))


def _standing_for(term: Term, known: frozenset[str]) -> Meaning:
    if term.name and term.stem.isascii():
        return {term.stem: EXACT} if term.stem in known else {}
    near = may_stand_for(term.stem, known)
    return {each: stands for each in near if (stands := meets(term.stem, each))}


def best(words: Meaning, said: frozenset[str]) -> float:
    """How far the best of some words stands for a term; negative if it is a contrary."""
    found = words.keys() & said
    return max((words[each] for each in found), key=abs, default=0.0)


def matched(question: Question, statement: Statement, known: Meant) -> Match:
    """Compare a statement with a question."""
    total = sum(known.weights.values()) or 1.0
    own = whole = missed = 0.0
    named = True
    contrary = set()
    for term, weight in known.weights.items():
        words = known.words[term]
        here = best(words, statement.said)
        held = max(abs(here), _around(words, statement) if abs(here) < EXACT else 0.0)
        own += weight * abs(here)
        whole += weight * held
        if here < 0:
            contrary.add(term)
        if held < HELD:
            missed += weight
            named = named and not term.name
    least = OWN_OF_TYPED if question.asks in _TYPED else OWN
    turned = contrary and question.asks is not Asks.TRUTH and not question.future
    complete = named and not turned and missed <= SLACK * total and own >= least * total
    return Match(statement, own / total, whole / total, complete, frozenset(contrary))


def _around(words: Meaning, statement: Statement) -> float:
    """How far the words around a statement say a term."""
    return max(
        TITLE * best(words, statement.title),
        BEFORE * best(words, statement.before),
        LEAD * best(words, statement.lead),
    )
