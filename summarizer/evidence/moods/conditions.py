"""Finds conditions: "if …", "provided …", and "once …" where it tells what is still to come."""

from __future__ import annotations

from collections.abc import Iterator

from summarizer.evidence.moods.clauses import Clauses
from summarizer.evidence.moods.marker import Marker
from summarizer.evidence.moods.word_kinds import (
    DETERMINERS,
    HAVE,
    IS,
    MODALS,
    PREPOSITIONS,
    SUBJECT_OPENS,
)
from summarizer.language.dates import is_calendar
from summarizer.language.word_lists import listed

CONDITIONS = frozenset(listed("if unless until once whether provided providing"))
_PROVISOS = frozenset({"provided", "providing"})
_NO_CONDITION = frozenset(
    listed("see ask know wonder decide determine clear unclear sure check find learn")
)
_WAS = frozenset(listed("was were had"))
_BEFORE_GERUND = frozenset(listed("after for"))
_OPENS_CONDITION = (SUBJECT_OPENS - DETERMINERS) | {"that"}


def condition(clauses: Clauses, at: int) -> Iterator[Marker]:
    """A condition restricts its own clause and the one that it belongs to; "as if" only its own."""
    low = clauses.low(at)
    if (low == "once" and not _is_awaited(clauses, at)) or (
        low in _PROVISOS and _gives(clauses, at)
    ):
        return
    own = clauses.clause_content(at + 1)
    asked = clauses.stem_before(at) in _NO_CONDITION or low == "whether"
    likened = low == "if" and clauses.low(at - 1) == "as"
    main = () if asked or likened else clauses.main_clause_of(at)
    if main:
        yield Marker(at, "if", tuple(main))
    if len(own) > 1:
        yield Marker(at, "if", tuple(own), True)


def _is_awaited(clauses: Clauses, at: int) -> bool:
    """Whether "once" opens a condition: not "once in Rome, they were", told of the past."""
    if at > clauses.first or clauses.low(at + 1) not in PREPOSITIONS:
        return clauses.opens_clause(at)
    subject = clauses.clause_end(at + 1)
    verb = _subject_end(clauses, subject)
    return not (clauses.low(verb) in _WAS and MODALS.isdisjoint(clauses.lows))


def _gives(clauses: Clauses, at: int) -> bool:
    """Whether "provided" or "providing" means "gave", "given" or "giving"."""
    after, before = at + 1, clauses.low(at - 1)
    if clauses.parted(at) or clauses.low(after) in _OPENS_CONDITION:
        return False
    if clauses.low(after) == "by":
        return not is_calendar(clauses.low(after + 1))
    if not MODALS.isdisjoint(clauses.lows[: at - clauses.first]):
        return False
    if clauses.low(at) == "providing":
        return before in _BEFORE_GERUND
    if before in IS or before in HAVE:
        return True
    return at == _subject_end(clauses, clauses.first)


def _subject_end(clauses: Clauses, begin: int) -> int:
    """Where a short subject ends that begins here: "they", "the council", "Mara Hale"."""
    name = begin + (clauses.low(begin) in DETERMINERS)
    end = name
    while end < clauses.end and clauses.text.words[end].word.capital:
        end += 1
    return end + (end == name)
