"""Answers to "why": a cause, a reason or an aim that the question does not hold itself."""

from __future__ import annotations

import re
from collections.abc import Sequence

from summarizer.answering.matching import Match
from summarizer.answering.question import Question
from summarizer.answering.senses import CONTRARY, Term, key, meets
from summarizer.language.text import Text
from summarizer.language.tokens import Token
from summarizer.language.verbs import VERB

_CAUSE = re.compile(
    r"\b(?:(?:because(?: of)?|due to|owing to|thanks to|on account of|in response to|"
    r"in retaliation|"
    r"in protest|as a result of|so that|in order to|so as to|in the wake of|in view of|"
    r"in light of|citing|blam(?:ed|es|ing)|caused by|triggered by|sparked by|prompted by|"
    r"driven by|fuell?ed by|aimed at|for fear|amid|after|following)\b|as (?=[A-Z]|the |an? |"
    r"fears|concerns)|over (?=(?:[\w’'-]+ ){0,3}(?:concerns?|fears?|rows?|disputes?|claims?|"
    r"allegations?|security|lack|shortages?|tensions?|charges?|plans?|threats?))|to (?=(?:avoid|"
    r"prevent|protect|ensure|allow|help|reduce|protest|make|save|ease|curb|counter|stop|keep)\b))"
)
_FOR = re.compile(r"\b(?:for|over)\b")
"""As in "arrested for forgery", right behind what is asked about."""

_NEW = 1
"""The fewest content words behind a cause that the question does not hold."""

_REACH = 14
_OPENING = 12
"""The characters before a cause that begins its sentence."""


def gives_reason(question: Question, match: Match) -> bool:
    """Whether a statement says why: a word of cause, with something new behind it.

    What is to be explained stands before the cause, or the sentence begins with the cause.
    """
    text = match.statement.read
    plain = [term for term in question.terms if not term.name]
    said = [each for each in text.words if any(_met(term, each) for term in plain)]
    if not said:
        return False
    punished = (each for each in _FOR.finditer(text.folded) if _is_behind(text, said, each.start()))
    for found in (*_CAUSE.finditer(text.folded), *punished):
        if said[0].start > found.start() > _OPENING:
            continue
        behind = [each for each in text.words if each.start >= found.end()][:_REACH]
        new = [
            each
            for each in behind
            if each.word.content and not any(_met(term, each) for term in question.terms)
        ]
        if len(new) >= _NEW:
            return True
    return False


def _is_behind(text: Text, said: Sequence[Token], start: int) -> bool:
    """Whether a word stands right behind one that was asked about."""
    return any(each.end + 1 == start for each in said if VERB.fullmatch(each.word.low))


def _met(term: Term, token: Token) -> bool:
    return abs(meets(term.stem, key(token.word.low, token.word.stem))) >= CONTRARY
