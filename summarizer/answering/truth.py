"""Answers to "did" and "is": whether a statement says so, denies it, or only expects it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum

from summarizer.answering.matching import Match
from summarizer.answering.question import Question
from summarizer.answering.senses import CONTRARY, Term, key, meets
from summarizer.evidence.negation import denies, hedges
from summarizer.language.quotation_marks import unquoted
from summarizer.language.stems import stem
from summarizer.language.text import Text
from summarizer.language.word_lists import listed


class Verdict(StrEnum):
    """What a statement says of what was asked."""

    YES = "yes"
    NO = "no"
    PLANNED = "planned"
    UNCLEAR = "unclear"


_REFUSALS = frozenset(
    map(
        stem,
        listed(
            """fail refuse deny decline reject avoid prevent halt block cancel dismiss unlikely
            rule-out postpone suspend scrap abandon oppose baseless false fake"""
        ),
    )
)
_PROSPECTS = frozenset(
    map(
        stem,
        listed(
            """plan expect consider want seek intend propose threaten weigh urge call ask demand
            offer promise vow pledge prepare aim hope mull agree warn fear ready decide order
            request appeal due scheduled set soon draft recommend allege claim suspect accuse"""
        ),
    )
) | frozenset(listed("to may might could would will can should must if unless whether"))
_PUT_OFF = re.compile(
    r"\b(?:h[eo]ld(?:s|ing)? off|rul(?:e|es|ed|ing) out|call(?:s|ed|ing)? off|put(?:s|ting)? off|"
    r"short of|walk(?:s|ed|ing)? away|yet to|back(?:s|ed|ing)? (?:out|down))\b",
    re.IGNORECASE,
)
_NEARLY = re.compile(
    r"\b(?:close[rs]? to|nears?|nearing|about to|poised to|in talks|on the (?:verge|brink) of)\b",
    re.IGNORECASE,
)
_NEW_CLAUSE = re.compile(r"[:;\"]|\s-\s|'\s")
_BEFORE, _AFTER = 7, 3


def verdict(question: Question, match: Match) -> Verdict:
    """What a statement says of what was asked, by the words around the act."""
    text = match.statement.read
    acts = _acts(question, text)
    if not acts:
        return Verdict.UNCLEAR
    if _denied(text, acts) or match.contrary:
        return Verdict.NO
    if _in_doubt(question, match):
        return Verdict.UNCLEAR
    if any(_is_prospect(text, at) for at in acts) or _NEARLY.search(text.folded):
        return Verdict.PLANNED
    return Verdict.UNCLEAR if question.future else Verdict.YES


def _acts(question: Question, text: Text) -> list[int]:
    """Where the act stands, or else the words that are no names, among which it is."""
    if question.verb is not None:
        return [at for at in range(len(text.words)) if _met(question.verb, text, at)]
    plain = [term for term in question.terms if not term.name] or list(question.terms)
    return [at for at in range(len(text.words)) if any(_met(each, text, at) for each in plain)]


def _met(term: Term, text: Text, at: int) -> bool:
    word = text.words[at].word
    told = key(word.low, word.stem)
    return term.stem == told if term.name else abs(meets(term.stem, told)) >= CONTRARY


def _denied(text: Text, acts: list[int]) -> bool:
    """Whether a denial stands near the act, or a phrase such as "held off"."""
    if any(_PUT_OFF.search(text.said(near.start, near.stop - 1)) for near in _spans(text, acts)):
        return True
    return any(
        denies(text, near) or text.stems[near] in _REFUSALS
        for at in acts
        for near in _around(text, at)
    )


def _is_prospect(text: Text, at: int) -> bool:
    """Whether a word before the act, in its clause, makes it a plan, a wish or a claim."""
    for near in range(at - 1, max(text.sentences[text.where[at]][0], at - _BEFORE) - 1, -1):
        word = text.words[near].word
        if _NEW_CLAUSE.search(text.folded[text.words[near].end : text.words[near + 1].start]):
            return False
        if word.low == "may" and word.capital:
            continue
        if word.low == "to" and near < at - 2:
            continue
        if hedges(text, near) or word.stem in _PROSPECTS or word.low in _PROSPECTS:
            return True
    return False


def _spans(text: Text, acts: list[int]) -> Iterator[range]:
    return (_around(text, at) for at in acts)


def _around(text: Text, at: int) -> range:
    first, end = text.sentences[text.where[at]]
    return range(max(first, at - _BEFORE), min(end, at + _AFTER + 1))


def _in_doubt(question: Question, match: Match) -> bool:
    """Whether not all that was asked is in the writer's own words, or the parts are exchanged."""
    text = match.statement.text
    said = range(len(match.statement.read.words))
    if not all(any(_met(term, match.statement.read, at) for at in said) for term in question.terms):
        return True
    if unquoted(text) != text and len(unquoted(text)) < 0.6 * len(text):
        return True
    return _are_exchanged(question, match.statement.read)


def _are_exchanged(question: Question, text: Text) -> bool:
    """Whether who was asked about first stands behind the others, and not behind "by"."""
    names = [_first(text, term) for term in question.terms if term.name]
    if len(names) < 2 or None in names:
        return False
    subject, *others = [at for at in names if at is not None]
    return subject > min(others) and text.words[subject - 1].word.low not in {"by", "the"}


def _first(text: Text, term: Term) -> int | None:
    return next((at for at in range(len(text.words)) if _met(term, text, at)), None)
