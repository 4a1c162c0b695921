"""Reads who does what to whom from the word order.

A verb between two actors has its agents before it and its patients after it; a passive verb has
them reversed. Unclear sentences are not read, and where an actor is missing nothing is reported.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from summarizer.evidence.actors import is_actor, is_somebody, somebodies
from summarizer.language.stems import stem
from summarizer.language.text import Text
from summarizer.language.verbs import VERB
from summarizer.language.word_lists import listed

_REACH = 12
_MOST_PLACES = 100
_PREFIX = re.compile(r"^(?:over|under|with|out|up|re)(?=\w{3})")
_BOUNDARY = re.compile(r"[,;:()\"\[\]]|(?:^|\s)-|-(?:\s|$)")
_CLAUSE = frozenset(
    listed(
        """after before when while as because if although though since but where until unless
        whether than whom whose amid despite with alongside between like if"""
    )
)
_RELATIVE = frozenset({"who", "which", "that"})
_BE = frozenset(listed("is are was were be been being am get gets got getting"))
_HELPERS = _BE | frozenset(
    listed(
        """has have had will would can could may might must shall should do does did to not also
        never again still already reportedly allegedly"""
    )
)
_NO_VERBS = frozenset(listed("following including according regarding concerning missing during"))
_DETERMINERS = frozenset(listed("the a an its his her their two three four five"))
_AGAINST = frozenset({"on", "against", "over"})
_PREPOSITIONS = frozenset(listed("in on at near during for with from to into across under within"))
_SPEAKS = frozenset(listed("said says told tells asked added wrote warned"))
_MUTUAL = frozenset(
    map(
        stem,
        listed(
            """meet marry play face fight clash draw tie share border agree speak talk negotiate
            discuss divorce trade cooperate merge compete partner match join resemble equal differ
            disagree debate date embrace kiss argue quarrel separate reconcile ally unite connect
            link include involve"""
        ),
    )
)
"""Verbs that are symmetric: "met", "agreed"."""


@dataclass(frozen=True, slots=True)
class Act:
    """A verb, by its token, with the stems of its agents and of its patients."""

    at: int
    doers: frozenset[str]
    others: frozenset[str]


@dataclass(frozen=True, slots=True)
class Turned:
    """An act of a bullet, and the source's act with agents and patients reversed."""

    said: Act
    source: Text
    known: Act


def turned(bullet: Text, sources: Sequence[Text]) -> Iterator[Turned]:
    """Every act of a bullet that the sources have only with agents and patients reversed."""
    for at, stemmed in enumerate(bullet.stems):
        if not (_may_act(bullet, at) and _is_verb(bullet, at)) or is_mutual(stemmed):
            continue
        known = [(source, act) for source in sources for act in _known_acts(source, stemmed)]
        said = _act(bullet, at) if known else None
        if said is None or any(_agree(said, act) for _, act in known):
            continue
        for source, act in known:
            if _reversed(said, act):
                yield Turned(said, source, act)
                break


@lru_cache(maxsize=4096)
def _known_acts(source: Text, stemmed: str) -> Sequence[Act]:
    """The acts of a source's verb, kept for the next bullet."""
    places = source.at.get(stemmed, ())[:_MOST_PLACES]
    return [act for at in places if _is_verb(source, at) and (act := _act(source, at))]


def is_mutual(stemmed: str) -> bool:
    """Whether a verb is symmetric, as "met" is."""
    return stemmed in _MUTUAL


def _agree(said: Act, known: Act) -> bool:
    return not said.doers.isdisjoint(known.doers) and not said.others.isdisjoint(known.others)


def _reversed(said: Act, known: Act) -> bool:
    doers, others = known.others - known.doers, known.doers - known.others
    return not said.doers.isdisjoint(doers) and not said.others.isdisjoint(others)


def _may_act(text: Text, at: int) -> bool:
    """Whether a word can be a verb: a content word that is not an actor."""
    word = text.words[at].word
    speaks = word.content or word.low in _SPEAKS
    return speaks and not word.capital and not is_actor(word.low)


def _is_verb(text: Text, at: int) -> bool:
    """Whether a word's form or its neighbours show it to be a verb, or an attack on somebody."""
    low = text.words[at].word.low
    if low in _NO_VERBS:
        return False
    if _is_verbal(low):
        return True
    before = text.words[at - 1].word.low if at else ""
    if before in _HELPERS:
        return True
    if not (at and at + 1 < len(text.words) and is_somebody(text, at - 1)):
        return False
    after = text.words[at + 1].word.low
    if low.endswith("s"):
        return not before.endswith("s") and (after in _DETERMINERS or is_somebody(text, at + 1))
    return after in _AGAINST


def _act(text: Text, at: int) -> Act | None:
    """The act at a word, where agents and patients are clear; "president" of both tells none."""
    if not _may_act(text, at):
        return None
    before = somebodies(text, _before(text, at))
    if not before:
        return None
    agent = _agent(text, at)
    if agent is not None:
        doers, others = somebodies(text, agent), before
    elif _is_passive(text, at):
        return None
    else:
        doers, others = before, somebodies(text, _after(text, at + 1, _CLAUSE))
    both = doers & others
    doers, others = doers - both, others - both
    return Act(at, doers, others) if doers and others else None


def _before(text: Text, at: int) -> range:
    """The words before a verb in its clause, back to another verb; over an aside right before."""
    first = max(text.sentences[text.where[at]][0], at - _REACH)
    last = _without_aside(text, at, first)
    place, found = last, False
    while place > first and not (place != last and _parted(text, place - 1)):
        low = text.words[place - 1].word.low
        if low in _CLAUSE or (found and (low in _RELATIVE or _is_past(low))):
            break
        place -= 1
        found = found or is_somebody(text, place)
    return range(place, last)


def _without_aside(text: Text, at: int, first: int) -> int:
    """Where the words before a verb end: before an aside between two commas, if one stands there.

    What is quoted before "said" is none.
    """
    if at == first or not _parted(text, at - 1):
        return at
    if text.words[at].word.low not in _SPEAKS:
        for place in range(at - 2, first - 1, -1):
            if _parted(text, place):
                return place + 1
    return first


def _after(text: Text, at: int, stops: frozenset[str]) -> range:
    """The words of a clause from here to any of `stops` or to a second verb."""
    end = min(text.sentences[text.where[at - 1]][1], at + _REACH)
    place, found = at, False
    while place < end and not _parted(text, place - 1):
        low = text.words[place].word.low
        if low in stops or (found and (low in _RELATIVE or low in _BE or _is_past(low))):
            break
        found = found or is_somebody(text, place)
        place += 1
    return range(at, place)


def _agent(text: Text, at: int) -> range | None:
    """The agent of a passive verb: the words after "by"."""
    passive = _is_passive(text, at)
    for place in range(at + 1, min(len(text.words), at + (_REACH if passive else 3))):
        low = text.words[place].word.low
        if _parted(text, place - 1) or low in _CLAUSE or (not passive and is_somebody(text, place)):
            return None
        if low == "by":
            return (
                _after(text, place + 1, _CLAUSE | _PREPOSITIONS)
                if place + 1 < len(text.words)
                else None
            )
    return None


def _is_passive(text: Text, at: int) -> bool:
    """Whether a form of "be" stands before a verb, with only adverbs between."""
    if text.words[at].word.low.endswith("ing"):
        return False
    for place in range(at - 1, max(-1, at - 4), -1):
        low = text.words[place].word.low
        if low in _BE:
            return True
        if low not in _HELPERS and not low.endswith("ly"):
            return False
    return False


def _parted(text: Text, at: int) -> bool:
    """Whether a comma, a bracket, a quotation mark or a dash stands behind a word."""
    if at < 0 or at + 1 >= len(text.words):
        return False
    gap = text.gap(at + 1)
    return gap != " " and _BOUNDARY.search(gap) is not None


@lru_cache(maxsize=16_384)
def _is_verbal(low: str) -> bool:
    """Whether a word's form is a verb's: "closing", "closed", "reopened"."""
    return low.endswith("ing") or _is_past(_PREFIX.sub("", low))


@lru_cache(maxsize=16_384)
def _is_past(low: str) -> bool:
    """Whether a word is plainly a verb in the past tense, and no noun."""
    return low == "says" or (not low.endswith("s") and VERB.fullmatch(low) is not None)
