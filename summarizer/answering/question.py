"""Reads what a question asks for and what it is about."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import takewhile
from pathlib import Path

from summarizer.answering.senses import Term, in_one_word, term_of
from summarizer.language.content_words import STOP
from summarizer.language.names import is_title
from summarizer.language.quantity import UNITS
from summarizer.language.tokens import Token, fold, tokens
from summarizer.language.verbs import VERB
from summarizer.language.word_lists import listed

MOST_TERMS = 12


class Asks(StrEnum):
    """The kind of answer that a question asks for."""

    COUNT = "how many"
    AMOUNT = "how much"
    MEASURE = "how high"
    SPAN = "how long"
    AGE = "how old"
    PERSON = "who"
    TIME = "when"
    PLACE = "where"
    REASON = "why"
    TRUTH = "whether"
    EVENT = "what happened"


@dataclass(frozen=True, slots=True)
class Question:
    """What a question asks for.

    `terms` are the words that it is about, in order. `counted` is the noun of "how many", None for
    people in general. `verb` is the act of "who" and of "did"; `subject` are the names of those who
    are asked about as doing it. `names` are the stems of names of several words. `agent` is true
    where the one who acts is asked for, `future` where the question is about the future.
    """

    asks: Asks
    terms: tuple[Term, ...]
    counted: Term | None = None
    verb: Term | None = None
    subject: tuple[Term, ...] = ()
    names: tuple[tuple[str, ...], ...] = ()
    agent: bool = False
    future: bool = False


_BE = frozenset(listed("is are was were be been being am"))
_HELPERS = _BE | frozenset(
    listed("did does do has have had will would can could should may might must shall")
)
_DOES = frozenset(listed("did does do has have had will would"))
_FUTURE = frozenset(listed("will shall would going tomorrow next upcoming"))
_ASKING = frozenset(
    listed(
        """anybody anyone anything ever many much happen happened happening happens tell told know
        known news latest recent recently lately currently today please explain describe say says
        said exactly actually really long far often old big high large strong low deep fast
        expensive there whose whether year month week
        go goes going went gone come get gets got again still yet soon number total figure amount
        caused cause reason time date day percentage share kind"""
    )
)
MEASURES = frozenset(
    listed(
        """price cost value worth budget fee fine tariff rate revenue profit loss demand capacity
        output magnitude percentage share size budget temperature speed stake inflation growth"""
    )
)
_PEOPLE = frozenset(listed("people persons person lives others victims casualties humans"))
_OPENINGS: tuple[tuple[re.Pattern[str], Asks], ...] = tuple(
    (re.compile(pattern), asks)
    for pattern, asks in (
        (
            r"how many|(?:what|which) (?:\w+ )*?(?:number|toll) of|what\b.* (?:toll|number)\b",
            Asks.COUNT,
        ),
        (r"(?:by )?how much\b", Asks.AMOUNT),
        (r"how (?:high|big|large|strong|far|low|deep|fast|expensive)\b", Asks.MEASURE),
        (rf"what\b.*\b(?:{'|'.join(sorted(MEASURES))})\b", Asks.MEASURE),
        (r"(?:for )?how long\b", Asks.SPAN),
        (r"how old\b|what age\b", Asks.AGE),
        (r"(?:by |to |with |from |for )?who(?:m|se|'s)?\b", Asks.PERSON),
        (r"when\b|(?:on |at |in |since )?(?:what|which) (?:time|day|date|year|month)\b", Asks.TIME),
        (r"where\b|in (?:what|which) (?:country|city|town|place|state|region)\b", Asks.PLACE),
        (
            r"why\b|how come\b|what (?:caused|causes|triggered|is the reason|was the reason)\b",
            Asks.REASON,
        ),
        (r"which \w+", Asks.PERSON),
    )
)
_LEAD_IN = re.compile(
    r"^\W*(?:(?:please|and|so|but|hi|hello|hey|ok|okay|well)\W+"
    r"|(?:can|could|would|will) you (?:please )?(?:tell|say|explain)(?: to)?(?: me| us)?"
    r"(?: about)?\W+|(?:tell|remind) (?:me|us)\W+"
    r"|(?:do|does) (?:you|anyone|anybody) know\W+|i (?:want|would like|'d like) to know\W+)+"
)


def _foreign() -> frozenset[str]:
    text = Path(__file__).with_name("question_words.txt").read_text("utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    return frozenset(word for line in lines for word in line.split())


_FOREIGN = _foreign()


def parsed(question: str) -> Question:
    """Read a question; any text is valid, and one of an unknown form asks what happened."""
    folded = in_one_word(fold(question))
    low = folded.lower()
    opening = _LEAD_IN.match(low)
    start = opening.end() if opening else 0
    asks = _asks(low[start:])
    words = [each for each in tokens(folded) if each.start >= start]
    terms = tuple(_terms(question, words))
    terms = tuple(each for each in terms if each.low not in _PEOPLE) or terms
    future = any(each.word.low in _FUTURE for each in words)
    subject, done = _said_of(words, terms)
    names = tuple(_names(folded, words))
    if asks in {Asks.COUNT, Asks.AMOUNT, Asks.MEASURE}:
        counted = _counted(words, low)
        general = counted is not None and counted.low in _PEOPLE
        noun = None if general else counted
        terms = tuple(each for each in terms if each != noun or each.low not in UNITS) or terms
        return Question(asks, terms, noun, done, subject, names, future=future)
    if asks is Asks.PERSON:
        verb, agent = _act(words, terms)
        return Question(asks, terms, verb=verb, names=names, agent=agent, future=future)
    return Question(asks, terms, None, done, subject, names, future=future)


def _asks(low: str) -> Asks:
    for pattern, asks in _OPENINGS:
        if pattern.match(low):
            return asks
    first = re.match(r"\W*(\w+)", low)
    return Asks.TRUTH if first and first[1] in _HELPERS else Asks.EVENT


def _terms(question: str, words: Sequence[Token]) -> Iterator[Term]:
    """The words that the question is about, each once."""
    seen: set[str] = set()
    english = any(each.word.low in STOP and each.word.low not in _FOREIGN for each in words)
    for place, token in enumerate(words):
        word = token.word
        if word.low in STOP or word.low in _ASKING or (not english and word.low in _FOREIGN):
            continue
        if len(word.low) < 2 and not word.digits and word.low.isascii():
            continue
        for term in term_of(token, opens=place == 0):
            if term.stem not in seen and len(seen) < MOST_TERMS:
                seen.add(term.stem)
                yield term


def _names(folded: str, words: Sequence[Token]) -> Iterator[tuple[str, ...]]:
    """The names of several words, without the titles before them."""
    run: list[Token] = []
    for token in words[1:]:
        joined = bool(run) and folded[run[-1].end : token.start] == " "
        title = is_title(token.word.low) and not joined
        named = token.word.capital and token.word.content and not title
        if not (joined and named) and len(run) > 1:
            yield tuple(each.word.stem for each in run)
        run = [*(run if joined else []), token] if named else []
    if len(run) > 1:
        yield tuple(each.word.stem for each in run)


def _counted(words: Sequence[Token], low: str) -> Term | None:
    """The last noun between "how many" and the verb."""
    place = next((n for n, each in enumerate(words) if each.word.low in {"many", "much"}), None)
    if place is None:
        return None
    noun: Token | None = None
    for token in words[place + 1 : place + 6]:
        if _is_verb(token.word.low) or token.word.low in {"of", "in", "by", "to", "the", "per"}:
            break
        noun = token
    return next(iter(term_of(noun, opens=False)), None) if noun else None


def _is_verb(low: str) -> bool:
    return low in _HELPERS or (not low.endswith("s") and VERB.fullmatch(low) is not None)


def _said_of(words: Sequence[Token], terms: Sequence[Term]) -> tuple[tuple[Term, ...], Term | None]:
    """The names behind "did" or "will", and the act that is asked about them."""
    lows = [each.word.low for each in words]
    at = next((n for n, low in enumerate(lows) if low in _DOES), None)
    if at is None:
        return (), None
    by_term = {each.low: each for each in terms}
    behind = [by_term[low] for low in lows[at + 1 :] if low in by_term]
    subject = tuple(takewhile(lambda term: term.name, behind))
    act = behind[len(subject)] if subject and len(behind) > len(subject) else None
    return subject, act


def _act(words: Sequence[Token], terms: Sequence[Term]) -> tuple[Term | None, bool]:
    """The act of a question with "who", and whether its doer is asked for."""
    lows = [each.word.low for each in words]
    at = next((n for n, low in enumerate(lows) if low.startswith("who")), None)
    if at is None:
        return None, False
    after = lows[at + 1 : at + 2]
    by_term = {each.low: each for each in terms}
    if after and after[0] in _BE:
        following = next((low for low in lows[at + 2 : at + 4] if low not in {"not", "also"}), "")
        return (by_term.get(following), False) if _is_verb(following) else (None, False)
    if after and after[0] in _DOES:
        acting = by_term.get(next(iter(lows[at + 2 : at + 3]), ""))
        if acting is None or acting.name or after[0] in {"did", "does", "do"}:
            return None, False
        return acting, True
    act = next((by_term[low] for low in lows[at + 1 : at + 3] if low in by_term), None)
    return act, act is not None and lows[at] == "who"
