"""Answers to "how many", "how much", "how long" and "how old": a number with what it counts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from summarizer.answering.matching import Match
from summarizer.answering.question import MEASURES, Asks, Question
from summarizer.answering.senses import CONTRARY, EXACT, RELATED, Term, key, meets
from summarizer.casualties.counts import Counted, figures, stated_as
from summarizer.casualties.counts import Figure as Casualties
from summarizer.evidence.actors import is_actor
from summarizer.language.figures import SCALES
from summarizer.language.numerals import NUMBER
from summarizer.language.quantity import CURRENCIES, UNITS, Quantity, is_time
from summarizer.language.stems import stem
from summarizer.language.text import Text, read_once
from summarizer.language.tokens import tokens
from summarizer.language.verbs import VERB
from summarizer.language.word_lists import listed

_GLUED = re.compile(r"\b(Rs|PKR|USD|INR|EUR|GBP|Tk|RM|HK\$|US\$|A\$|C\$|S\$)\.?(?=\d)")
_KILL, _INJURE = stem("kill"), stem("injure")
TOLLS = frozenset(map(str, Counted))
"""The units of figures that count people killed or injured."""

_MONEY = frozenset(map(stem, listed("cost price pay spend worth fee fine budget invest lend loan")))
_CHANGES = frozenset(map(stem, listed("rise cut add")))
_BY = re.compile(r"\bby(?: (?:about|around|nearly|almost|over|more than|at least|some|up to))?$")
_REACH = 6
"""The words after a number in which the noun that it counts is looked for."""

_NEAR = 10
_NOUN_WITHIN = 24
_BREAK = re.compile(r"[,;:\"]|\s-\s")
_HEDGE = re.compile(r"\b(?:at least|more than|over|about|around|nearly|almost|some|up to) $", re.I)


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that answers a question, the words that state it, and its unit or kind."""

    value: float
    said: str
    unit: str = ""


def figure(question: Question, match: Match) -> Figure | None:
    """The number of a statement that answers a question, or None."""
    text = _read(match.statement.text)
    if question.asks is Asks.COUNT and (counted := _casualties(question)):
        return _toll(question, text, counted)
    fits = _FITS[question.asks]
    found = [each for each in text.quantities if _is_number(text, each)]
    right = [each for each in found if fits(question, text, each) and not _adds(text, each)]
    if question.asks in {Asks.AMOUNT, Asks.MEASURE}:
        right = [each for each in right if each.unit] or right
    if not right:
        return None
    best = max(right, key=lambda each: (_closeness(question, text, each), -each.first))
    return Figure(best.low, _said(question, text, best), best.unit or "")


@lru_cache(maxsize=512)
def _read(text: str) -> Text:
    """The analysed text, with "Rs1.55" as two words."""
    return read_once(_GLUED.sub(r"\1 ", text))


def _casualties(question: Question) -> Counted | None:
    for counted, act in ((Counted.INJURED, _INJURE), (Counted.KILLED, _KILL)):
        if any(meets(act, term.stem) == 1.0 for term in question.terms):
            return counted
    return None


def _toll(question: Question, text: Text, counted: Counted) -> Figure | None:
    """A number of people killed or injured; of the people who were asked for, if any were."""
    of_kind = [each for each in figures(text.text) if each.counted is counted]
    right = [each for each in of_kind if _same_people(question.counted, each, text.text)]
    if not of_kind:
        return _of_the_dead(question, text, counted)
    if not right or (question.counted is None and stated_as(text.text, counted) is None):
        return None
    first = min(right, key=lambda each: each.start)
    number = re.search(NUMBER, text.text[first.start : first.end], re.IGNORECASE)
    start = first.start + (number.start() if number else 0)
    before = _HEDGE.search(text.text[:start])
    end = first.start + number.end() if number else first.end
    return Figure(first.value, text.text[before.start() if before else start : end], str(counted))


def _of_the_dead(question: Question, text: Text, counted: Counted) -> Figure | None:
    """A number of people beside a word for their fate: "seven martyred soldiers"."""
    fate = _INJURE if counted is Counted.INJURED else _KILL
    for number in text.quantities:
        near = list(_after(text, number))
        told = any(meets(fate, text.stems[at]) == EXACT for at in near)
        if told and _is_number(text, number) and _counts(question, text, number):
            return Figure(number.low, _said(question, text, number), str(counted))
    return None


def _same_people(asked: Term | None, told: Casualties, text: str) -> bool:
    """Whether a figure is of the people who were asked for, by the words right behind it."""
    if asked is None:
        return True
    near = tokens(text[told.start : told.end + _NOUN_WITHIN])
    return any(meets(asked.stem, key(each.word.low, each.word.stem)) >= RELATED for each in near)


def _is_number(text: Text, number: Quantity) -> bool:
    """Whether it is a quantity, not part of a date or a time of day."""
    taken = [(each.first, each.last) for each in text.days]
    taken += [(each.first, each.last) for each in text.clocks]
    if any(first <= number.first <= last for first, last in taken):
        return False
    words = text.said(number.first, number.last).split()
    if not number.vague and all(each.lower() in SCALES for each in words):
        return False
    year = 1900 <= number.low < 2100 and number.unit is None and number.first == number.last
    return not (year and "," not in text.said(number.first, number.last))


def _adds(text: Text, number: Quantity) -> bool:
    """Whether a number only adds to one told before: "six more"."""
    after = text.words[number.last + 1].word.low if number.last + 1 < len(text.words) else ""
    before = text.words[number.first - 1].word.low if number.first else ""
    return after in {"more", "others"} or before == "another"


def _counts(question: Question, text: Text, number: Quantity) -> bool:
    """Whether a number counts the noun that was asked for."""
    if question.counted and number.unit == UNITS.get(question.counted.low, "-"):
        return True
    if number.unit in CURRENCIES or number.unit == "%":
        return False
    if is_time(number.unit) and not (
        question.counted and _met(question.counted, text, number.last)
    ):
        return False
    return any(_is_counted(question, text, at) for at in _after(text, number)) or _acts(
        question, text, number
    )


def _is_counted(question: Question, text: Text, at: int) -> bool:
    if question.counted is None:
        return is_actor(text.words[at].word.low)
    return _met(question.counted, text, at)


def _acts(question: Question, text: Text, number: Quantity) -> bool:
    """Whether people are counted without a noun, beside the act: "582 arrested"."""
    if question.counted is not None:
        return False
    beside = [at for at in (number.first - 1, number.last + 1) if 0 <= at < len(text.words)]
    return any(
        VERB.fullmatch(text.words[at].word.low) is not None and _met(term, text, at)
        for at in beside
        for term in question.terms
        if not term.name
    )


def _after(text: Text, number: Quantity) -> Iterator[int]:
    """The words after a number that may name what it counts."""
    for at in range(number.last, min(len(text.words), number.last + 1 + _REACH)):
        if at > number.last:
            gap = text.folded[text.words[at - 1].end : text.words[at].start]
            if _BREAK.search(gap) or text.words[at].word.numeral:
                return
            yield at


def _amounts(question: Question, text: Text, number: Quantity) -> bool:
    """Whether a number is an amount: of money, a share, or of what was asked for."""
    if is_time(number.unit) or (_is_change(text, number) and not _asks_change(question)):
        return False
    if any(term.stem in _MONEY for term in question.terms):
        return number.unit in CURRENCIES
    return number.unit is not None or _is_beside(text, number, [question.counted])


def _measures(question: Question, text: Text, number: Quantity) -> bool:
    """Whether a number measures what was asked for, with a unit or beside its noun."""
    if is_time(number.unit) or _is_change(text, number):
        return False
    if any(term.stem in _MONEY for term in question.terms):
        return number.unit in CURRENCIES
    plain = [term for term in question.terms if not term.name]
    before = text.words[number.first - 1].word.low if number.first else ""
    return number.unit is not None or before in MEASURES or _is_beside(text, number, plain)


def _is_change(text: Text, number: Quantity) -> bool:
    """Whether a number says by how much something changed, and not how much it is."""
    before = text.folded[: text.words[number.first].start].rstrip(" $€£¥₹")
    return _BY.search(before) is not None


def _asks_change(question: Question) -> bool:
    return any(
        abs(meets(change, term.stem)) >= CONTRARY for change in _CHANGES for term in question.terms
    )


def _is_beside(text: Text, number: Quantity, terms: Sequence[Term | None]) -> bool:
    beside = range(max(0, number.first - 2), min(len(text.words), number.last + 4))
    return any(
        term is not None and _met(term, text, at)
        for at in beside
        for term in terms
        if not number.first <= at <= number.last
    )


def _lasts(question: Question, text: Text, number: Quantity) -> bool:
    following = text.folded[text.words[number.last].end :][:4]
    return is_time(number.unit) and not following.startswith((" ago", "-old", " old"))


def _ages(question: Question, text: Text, number: Quantity) -> bool:
    """Whether a number is an age: "aged 92", ", 92,", "92-year-old"."""
    if not 0 < number.low < 130:
        return False
    start, end = text.words[number.first].start, text.words[number.last].end
    before, after = text.folded[max(0, start - 6) : start], text.folded[end : end + 12]
    aged = re.search(r"\b(?:aged?|at) $", before) or re.match(r"[- ]years?[- ]old|[- ]old", after)
    return bool(aged) or (before.endswith(", ") and re.match(r"[,.)]", after) is not None)


_FITS: dict[Asks, Callable[[Question, Text, Quantity], bool]] = {
    Asks.COUNT: _counts,
    Asks.AMOUNT: _amounts,
    Asks.MEASURE: _measures,
    Asks.SPAN: _lasts,
    Asks.AGE: _ages,
}


def _met(term: Term, text: Text, at: int) -> bool:
    word = text.words[at].word
    return meets(term.stem, key(word.low, word.stem)) >= RELATED


def _closeness(question: Question, text: Text, number: Quantity) -> int:
    """How many of the question's words stand near a number."""
    near = range(max(0, number.first - _NEAR), min(len(text.words), number.last + _NEAR))
    return sum(any(_met(term, text, at) for at in near) for term in question.terms)


def _said(question: Question, text: Text, number: Quantity) -> str:
    """The words of a number: with its currency, its hedge, and the noun that it counts."""
    start, last = text.words[number.first].start, number.last
    if number.first and UNITS.get(text.words[number.first - 1].word.low) in CURRENCIES:
        start = text.words[number.first - 1].start
    if question.asks is Asks.COUNT and question.counted:
        last = next((n for n in _after(text, number) if _met(question.counted, text, n)), last)
    sign = re.search(r"[$€£¥₹]\s?$", text.folded[:start])
    start = sign.start() if sign else start
    if hedge := _HEDGE.search(text.text[:start]):
        start = hedge.start()
    end = text.words[last].end
    return text.text[start : end + (text.folded[end : end + 1] == "%")].strip()
