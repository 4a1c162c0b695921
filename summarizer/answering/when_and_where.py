"""Answers to "when" and "where": a day or a place that the question does not name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from summarizer.answering.matching import Match
from summarizer.answering.question import Question
from summarizer.answering.senses import CONTRARY, EXACT, RELATED, key, meets
from summarizer.language.dates import is_calendar, weekday
from summarizer.language.names import place_of
from summarizer.language.text import Text
from summarizer.language.verbs import VERB
from summarizer.language.word_lists import listed

_HELPERS = frozenset(
    listed(
        """is are was were be been being has have had will would can could may might must should
        does do did set cut put"""
    )
)
_IN_DATELINE = re.compile(r",? ?(?:\d{4} ?)?(?:\(|:|-- | - )")
_NO_VERBS = frozenset(
    listed("following including according regarding concerning during morning evening")
)
_OPENS_VERB = frozenset(listed("to will would can could may might must shall"))
_WEAK = frozenset(listed("took take taken taking made held came went happened occurred reached"))
_BESIDE = 5
_ACTS = frozenset({EXACT, RELATED, -CONTRARY})
"""How a verb stands for one of the question; a mere synonym is too far."""

_CLAUSE = frozenset(
    listed("because after before when while as although though since who which that")
)
_COMMA, _NEW_CLAUSE = 3, 6

_NEAR = frozenset(listed("today tonight yesterday tomorrow overnight midnight noon dawn"))
_SPAN = re.compile(
    r"\b(?:last|next|this|earlier this|later this|the end of (?:the|this|next)) "
    r"(?:week|month|year|spring|summer|autumn|fall|winter|morning|afternoon|evening|night)\b"
    r"|\b(?:19|20)\d\d\b|\b(?:\w+) (?:days?|weeks?|months?|years?|hours?) (?:ago|earlier|later)\b",
    re.IGNORECASE,
)
_LASTING = re.compile(
    r"\b(?:for|in|within|another) (?:at least |about |around |up to )?(?:the next )?(?:\w+ )?"
    r"(?:hours?|days?|weeks?|months?|years?)\b",
    re.IGNORECASE,
)
_COMING = re.compile(
    r"\b(?:will|shall|would|to be|is to|are to|due|scheduled|set|plans?|planned|expects?|expected|"
    r"from|until|next|upcoming|remain|stay)\b",
    re.IGNORECASE,
)
_LEADS_TO_PLACE = frozenset(listed("in at near outside off to from across into around of inside"))
_ARTICLES = frozenset(listed("the a an central southern northern eastern western nearby"))


def tells_time(question: Question, match: Match) -> bool:
    """Whether a statement says when, other than when something else was said or done."""
    text = match.statement.read
    lasting = _LASTING.search(text.folded) is not None
    if question.future and not _COMING.search(text.folded):
        return lasting and bool(match.contrary)
    asked = {term.stem for term in question.terms}
    for at in _times(text):
        if text.stems[at] not in asked and _is_attached(question, text, at):
            return True
    return question.future and lasting


def _times(text: Text) -> Iterator[int]:
    """The words that name a day, a time of day or a span of days."""
    for at, token in enumerate(text.words):
        if weekday(token) or token.word.low in _NEAR:
            yield at
    dated = [(each.first, each.last) for each in text.days]
    for first, last in dated + [(each.first, each.last) for each in text.clocks]:
        if not _IN_DATELINE.match(text.folded, text.words[last].end):
            yield first
    for span in _SPAN.finditer(text.folded):
        yield next(n for n, each in enumerate(text.words) if each.end > span.start())


def _is_attached(question: Question, text: Text, at: int) -> bool:
    """Whether a time belongs to what was asked: no verb of something else stands nearer to it."""
    first, end = text.sentences[text.where[at]]
    near: tuple[int, bool] | None = None
    for place in range(first, end):
        if place == at or not _is_verb(text, place):
            continue
        distance = abs(place - at) + _parting(text, *sorted((place, at)))
        asked = _is_asked(question, text, place)
        if near is None or (distance, not asked) < (near[0], not near[1]):
            near = distance, asked
    return near is not None and near[1]


def _is_asked(question: Question, text: Text, at: int) -> bool:
    """Whether a verb is one of the question, or a weak verb ("took place") beside its noun."""
    beside = range(max(0, at - _BESIDE), min(len(text.words), at + _BESIDE + 1))
    places = beside if text.words[at].word.low in _WEAK else range(at, at + 1)
    return any(
        not term.name and meets(term.stem, key(word.low, word.stem)) in _ACTS
        for term in question.terms
        for word in (text.words[place].word for place in places)
    )


def _is_verb(text: Text, at: int) -> bool:
    """Whether a word is plainly a verb with a meaning of its own."""
    word = text.words[at].word
    low = word.low
    if low in _HELPERS or low in _NO_VERBS or word.digits:
        return False
    before = text.words[at - 1].word if at else word
    if (before.low in _OPENS_VERB and not before.capital) or low.endswith("ing"):
        return True
    return VERB.fullmatch(low) is not None and (not low.endswith("s") or low == "says")


def _parting(text: Text, one: int, other: int) -> int:
    """The words for which a comma or a new clause between two words counts."""
    between = text.folded[text.words[one].end : text.words[other].start]
    clause = any(text.words[at].word.low in _CLAUSE for at in range(one + 1, other))
    return _COMMA * ("," in between or ";" in between) + _NEW_CLAUSE * clause


def tells_place(question: Question, match: Match) -> bool:
    """Whether a statement names a place, behind a word such as "in", that is not asked about."""
    text = match.statement.read
    return any(_is_new_place(question, text, at) for at in range(1, len(text.words)))


def _is_new_place(question: Question, text: Text, at: int) -> bool:
    word = text.words[at].word
    if not word.capital or word.digits or is_calendar(word.low):
        return False
    told = key(word.low, word.stem)
    if any(meets(term.stem, told) >= EXACT for term in question.terms):
        return False
    back = at - 1
    while back > 0 and (text.words[back].word.low in _ARTICLES or text.words[back].word.capital):
        back -= 1
    before = text.words[back].word.low
    if before == "of":
        return place_of(word.low) is not None
    return before in _LEADS_TO_PLACE
