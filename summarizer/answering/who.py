"""Answers to "who": somebody that the question does not name, in the part that it asks for."""

from __future__ import annotations

from collections.abc import Iterator

from summarizer.answering.full_names import is_headline
from summarizer.answering.matching import Match
from summarizer.answering.question import Question
from summarizer.answering.senses import EXACT, RELATED, Term, key, meets
from summarizer.evidence.actors import is_actor, is_somebody
from summarizer.evidence.negation import denies
from summarizer.language.dates import is_calendar
from summarizer.language.names import is_title, place_of
from summarizer.language.stems import stem
from summarizer.language.text import Text
from summarizer.language.verbs import VERB
from summarizer.language.vocabulary import ordinary
from summarizer.language.word_lists import listed

_REACH = 14
_NEAR = 5
_SPEECH = frozenset(
    listed("say said says told tells added stated according quoted reported reports wrote")
)
_PLACED = frozenset(listed("in at on near from into across outside inside through over"))
_CLAUSE = frozenset(
    listed(
        """after before when while as because if although though since but until unless that which
        whom whose amid despite following"""
    )
)
_ENDS = frozenset({"by", "of", "to"})
_LIGHT = frozenset(
    map(stem, listed("announce make take give issue submit tender file finalise finalize complete"))
)
"""Verbs that only carry a noun: "announced his retirement"."""

_BE = frozenset(listed("is are was were be been being gets got"))


def names_somebody(question: Question, match: Match) -> bool:
    """Whether a statement names who is asked for."""
    text = match.statement.read
    if question.verb is None:
        return any(_is_new(question, text, at) for at in _beside(question, text))
    acts = [at for at in range(len(text.words)) if _is_act(question.verb, text, at)]
    if question.agent:
        return any(_has_agent(question, text, at) for at in acts)
    return any(_has_patient(question, text, at) for at in acts)


def is_of_another(question: Question, match: Match) -> bool:
    """Whether the act that is asked about somebody is told of somebody else only."""
    if question.verb is None or not question.subject:
        return False
    text = match.statement.read
    acts = [at for at in range(len(text.words)) if _is_act(question.verb, text, at)]
    told = [_told_of(question, text, at) for at in acts]
    return False in told and True not in told


def _told_of(question: Question, text: Text, at: int) -> bool | None:
    """Whether an act is told of who was asked about; None where it names nobody."""
    doers = [*(_behind_by(text, at) if _is_passive(text, at) else _before(text, at))]
    forms = {key(text.words[n].word.low, text.stems[n]) for n in doers}
    if any(term.stem in forms for term in question.subject):
        return True
    return False if any(_is_new(question, text, n) for n in doers) else None


def _is_act(verb: Term, text: Text, at: int) -> bool:
    """Whether a word is the act as a verb: "won", not the "winner" and not "did not win"."""
    if any(denies(text, near) for near in range(max(0, at - 3), at)):
        return False
    word = text.words[at].word
    stands = meets(verb.stem, key(word.low, word.stem))
    helped = at > 0 and text.words[at - 1].word.low in _BE
    if word.low.endswith(("er", "ers", "or", "ors")) or (word.low.endswith("ing") and not helped):
        return False
    verbal = VERB.fullmatch(word.low) is not None or word.stem == verb.stem
    if verbal and word.stem in _LIGHT and stands < RELATED:
        near = range(at + 1, min(len(text.words), at + 4))
        return any(_met(verb, text, n) for n in near)
    return verbal and stands >= RELATED


def _has_agent(question: Question, text: Text, at: int) -> bool:
    """Whether somebody new does the act: before an active verb, or behind "by"."""
    if _is_passive(text, at):
        return any(_is_new(question, text, place) for place in _behind_by(text, at))
    for place in _before(text, at):
        if is_somebody(text, place) or _is_new(question, text, place):
            if _is_new(question, text, place):
                return True
            if text.words[place].word.capital and not is_title(text.words[place].word.low):
                return False
    return False


def _has_patient(question: Question, text: Text, at: int) -> bool:
    """Whether the act is done to somebody new: the subject of a passive verb, or the object."""
    if _is_passive(text, at):
        return any(_is_new(question, text, place) for place in _before(text, at))
    return any(_is_new(question, text, place) for place in _object(text, at))


def _object(text: Text, at: int) -> Iterator[int]:
    """The words behind a verb, up to a preposition or a clause; a name may follow a comma."""
    for place in range(at + 1, min(len(text.words), at + 1 + _REACH)):
        word = text.words[place].word
        gap = text.folded[text.words[place - 1].end : text.words[place].start].strip(" '\"")
        named = gap == "," and word.capital and place > at + 1
        if word.low in _CLAUSE or word.low in _PLACED or word.low in _ENDS or (gap and not named):
            return
        yield place


def _before(text: Text, at: int) -> Iterator[int]:
    """The words before a verb in its clause, the nearest first, without "in Vesk"."""
    first = max(text.sentences[text.where[at]][0], at - _REACH)
    place = at - 1
    while place >= first:
        low = text.words[place].word.low
        if low in _CLAUSE or low in _SPEECH:
            return
        start = place
        while (
            start > first and text.words[start].word.capital and text.words[start - 1].word.capital
        ):
            start -= 1
        if not (start > first and text.words[start - 1].word.low in _PLACED):
            yield from range(place, start - 1, -1)
        place = start - 1


def _behind_by(text: Text, at: int) -> Iterator[int]:
    by = next(
        (
            n
            for n in range(at + 1, min(len(text.words), at + _REACH))
            if text.words[n].word.low == "by"
        ),
        None,
    )
    if by is not None:
        yield from range(by + 1, min(len(text.words), by + 7))


def _is_passive(text: Text, at: int) -> bool:
    """Whether a form of "be" stands before a verb, or "by" right behind it."""
    low = text.words[at].word.low
    if low.endswith(("ing", "s")):
        return False
    before = [text.words[place].word.low for place in range(max(0, at - 3), at)]
    after = text.words[at + 1].word.low if at + 1 < len(text.words) else ""
    return after == "by" or any(each in _BE for each in before)


def _beside(question: Question, text: Text) -> Iterator[int]:
    """The words near those of the question, but for places and for those beside "said"."""
    plain = [term for term in question.terms if not term.name] or list(question.terms)
    asked = [n for n in range(len(text.words)) if any(_met(term, text, n) for term in plain)]
    for at in range(len(text.words)):
        beside = [text.words[n].word.low for n in (at - 1, at + 1) if 0 <= n < len(text.words)]
        placed = at > 0 and text.words[at - 1].word.low in _PLACED
        if not placed and _SPEECH.isdisjoint(beside) and any(abs(at - n) <= _NEAR for n in asked):
            yield at


def _met(term: Term, text: Text, at: int) -> bool:
    return meets(term.stem, key(text.words[at].word.low, text.stems[at])) >= RELATED


def _is_new(question: Question, text: Text, at: int) -> bool:
    """Whether a word names somebody whom the question does not name."""
    word = text.words[at].word
    if word.numeral or is_calendar(word.low) or (is_title(word.low) and not is_actor(word.low)):
        return False
    told = key(word.low, word.stem)
    if any(meets(term.stem, told) >= EXACT for term in question.terms):
        return False
    if place_of(word.low) or (is_actor(word.low) and question.agent):
        return True
    return word.capital and _is_name(text, at)


def _is_name(text: Text, at: int) -> bool:
    """Whether a capitalised word is a name, in a headline of capitalised words too."""
    low = text.words[at].word.low
    if is_headline(text) and (ordinary(low) or is_actor(low) or low.endswith("ing")):
        return False
    opens = text.sentences[text.where[at]][0] == at
    return len(low) > 1 and not (opens and ordinary(low)) and is_somebody(text, at)
