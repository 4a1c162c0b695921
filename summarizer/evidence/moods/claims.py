"""Finds the clause that a word governs: "fears that …", "denied he …", "a letter saying …"."""

from __future__ import annotations

from collections.abc import Sequence

from summarizer.evidence.moods.clauses import Clauses
from summarizer.evidence.moods.lexicon import VOUCHING
from summarizer.evidence.moods.word_kinds import SAYS, SUBJECT_OPENS, is_finite
from summarizer.language.dates import is_calendar


def claim_after(clauses: Clauses, at: int) -> Sequence[int]:
    """The verb, then the other words, of the clause that a word governs; none without a verb."""
    begin = _begin(clauses, at)
    if begin is None:
        return ()
    end = clauses.clause_end(begin)
    if not any(is_finite(clauses.low(place)) for place in range(begin, end)):
        return ()
    return list(dict.fromkeys([*clauses.verbs(begin, end)[:1], *clauses.clause_content(begin)]))


def _begin(clauses: Clauses, at: int) -> int | None:
    """Where a clause may begin: behind "that", or at a subject."""
    after = at + 1
    if clauses.parted(after):
        return None
    while clauses.low(after) == "on" or is_calendar(clauses.low(after)):
        after += 1
    if clauses.low(after) == "that":
        return after + 1
    word = clauses.text.words[at + 1].word
    bare = word.content and not is_finite(word.low) and not clauses.low(at).endswith(("ed", "ing"))
    opens = word.low in SUBJECT_OPENS or word.capital or word.numeral or bare
    return at + 1 if opens else None


def tells(clauses: Clauses, at: int) -> bool:
    """Whether a word tells what follows: "showing", "claims"."""
    stems = clauses.stems_behind(at)[:1]
    return clauses.low(at).endswith("ing") or not (VOUCHING | SAYS).isdisjoint(stems)


def with_what_they_tell(clauses: Clauses, nouns: Sequence[int]) -> Sequence[int]:
    """Nouns, and what they tell behind an "-ing" form: "letter announcing the resignation"."""
    near = [*nouns, nouns[-1] + 1] if nouns else []
    teller = next((each for each in near if tells(clauses, each)), None)
    if teller is None:
        return nouns
    return list(dict.fromkeys([*nouns, *clauses.clause_content(teller + 1)]))
