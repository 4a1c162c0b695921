"""A sentence as clauses: its verbs, their objects, and what governs what, by word order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from summarizer.evidence.moods.marks import beside_days, run_on
from summarizer.evidence.moods.word_kinds import (
    AUXILIARIES,
    BASES_IN_ING,
    BE,
    DETERMINERS,
    FRACTIONS,
    LINKS,
    MODALS,
    NO_GERUND,
    PREPOSITIONS,
    PRONOUNS,
    WHOLES,
    is_adverb,
    is_finite,
    is_owner,
)
from summarizer.language.text import Text

_MOST_OBJECT, _LONGEST_CLAUSE = 3, 100
_TO_REACH, _GERUND_REACH = 7, 5
_ENDS_CLAUSE = LINKS - {"and", "or", "than", "as", "that"}
_VERB_FOLLOWS = AUXILIARIES | MODALS | {"to"}
_LONGEST = 300
"""The most words that are read together: no true sentence is longer, and a hostile text may be."""


def parts(text: Text, first: int, end: int) -> Iterator[Clauses]:
    """The clauses of the words `first` to `end`, the end excluded, of a long text in parts."""
    for start in range(first, end, _LONGEST):
        yield Clauses(text, start, min(end, start + _LONGEST))


class Clauses:
    """The words `first` to `end` of a text, the end excluded, with questions about their syntax."""

    def __init__(self, text: Text, first: int, end: int) -> None:
        self.text, self.first, self.end = text, first, end
        self.lows = [text.words[at].word.low for at in range(first, end)]
        self._parted = dict.fromkeys(run_on(text, first, end), True)
        self._parted.update(dict.fromkeys(beside_days(text, first, end), False))

    def low(self, at: int) -> str:
        """A word in lower case; "" outside the sentence."""
        return self.lows[at - self.first] if self.first <= at < self.end else ""

    def parted(self, at: int) -> bool:
        """Whether a comma or similar mark precedes a word, or should, or the sentence ends there.

        The commas around a date do not count before a verb: "on Tuesday, 6 May, said".
        """
        if not self.first < at < self.end:
            return True
        if (known := self._parted.get(at)) is not None:
            return known
        gap = self.text.gap(at)
        if len(gap) < 2 or gap.isspace():
            return False
        return gap != "' " or not is_owner(self.text, self.first, at - 1)

    def quotes(self, at: int) -> bool:
        """Whether a quotation or a colon begins before a word."""
        return self.first < at < self.end and not {'"', ":"}.isdisjoint(self.text.gap(at))

    def is_joined(self, at: int) -> bool:
        """Whether a hyphen joins a word to the next one: "half-starved"."""
        end = self.text.words[at].end
        return self.text.folded[end : end + 1] == "-" and self.low(at + 1) != ""

    def is_compound(self, at: int) -> bool:
        """Whether a hyphen joins a word to the one before or after it: "faith-based"."""
        return self.is_joined(at) or (at > self.first and self.is_joined(at - 1))

    def skip_adverbs(self, at: int) -> int:
        """The next word that is no adverb or negation."""
        while at < self.end and (
            self.low(at) in {"not", "never", "also", "still", "now", "already", "currently", "just"}
            or is_adverb(self.low(at))
        ):
            at += 1
        return at

    def verb_from(self, at: int) -> int | None:
        """The main verb, or after "be" the predicate, of a verb group that goes on here."""
        last = None
        limit = min(self.end, at + 8)
        while at < limit and not (self.parted(at) and last is not None):
            low = self.low(at)
            if low in AUXILIARIES:
                last = at
            elif is_adverb(low):
                pass
            elif (
                last is not None
                and self.low(last) in BE
                and (low in DETERMINERS or low in PREPOSITIONS)
            ):
                return next(iter(self._content(at + 1, at + 5)), last)
            elif low == "to" and last is None:
                pass
            else:
                return at
            at += 1
        return last

    def is_infinitive(self, to: int) -> bool:
        """Whether the word after "to" can be a verb's base form."""
        after = self.skip_adverbs(to + 1)
        if after >= self.end or self.parted(to + 1):
            return False
        word = self.text.words[after].word
        low = word.low
        return not (
            word.capital
            or word.digits
            or word.numeral
            or low in DETERMINERS
            or low in PRONOUNS
            or low in PREPOSITIONS
            or (low.endswith("ing") and low not in BASES_IN_ING)
            or low.endswith(("ed", "ers", "ors", "tion", "ists", "onal"))
            or (low.endswith("s") and not low.endswith(("ss", "us")))
        )

    def infinitive_after(self, at: int) -> int | None:
        """The "to" of the infinitive that a word governs, right behind it or behind an object."""
        for place in range(at + 1, min(self.end, at + 1 + _TO_REACH)):
            if self.parted(place):
                return None
            low = self.low(place)
            if low == "to":
                if self.is_infinitive(place):
                    return place
                if place == at + 1:
                    return None
            if place > at + 1 and (
                low in LINKS or (is_finite(low) and not self.is_compound(place))
            ):
                return None
        return None

    def gerund_after(self, at: int) -> int | None:
        """The "-ing" form that a word governs, at most behind an object and a preposition."""
        for place in range(at + 1, min(self.end, at + 1 + _GERUND_REACH)):
            if self.parted(place):
                return None
            low = self.low(place)
            if low.endswith("ing") and len(low) > 5 and low not in NO_GERUND:
                before = self.low(place - 1)
                if place == at + 1 or before in PREPOSITIONS:
                    return place
                return None
            if low in LINKS or (
                low in PREPOSITIONS
                and low not in {"of", "from", "for", "on", "about", "against", "with", "to", "at"}
            ):
                return None
        return None

    def thing_after(self, at: int, prepositions: frozenset[str]) -> Sequence[int]:
        """The noun behind a word and one of some prepositions, "" for none: "call for a truce"."""
        place = at + 1
        if self.parted(place):
            return ()
        low = self.low(place)
        if low in PREPOSITIONS:
            return self._noun_phrase(place + 1) if low in prepositions else ()
        if "" not in prepositions or low in LINKS or is_finite(low):
            return ()
        return self._noun_phrase(place)

    def noun_after(self, at: int) -> Sequence[int]:
        """The words of the noun phrase that go on behind an adjective or a quantifier."""
        return self._noun_phrase(at + 1 + (self.low(at + 1) in {"of", "in"}))

    def noun_before(self, at: int) -> Sequence[int]:
        """The content word right before a word: "wells planned from 2027"."""
        before = at - 1
        if before < self.first or self.parted(at) or not self.text.words[before].word.content:
            return ()
        return (before,)

    def beside(self, at: int) -> Sequence[int]:
        """The verb, adjective or noun that an adverb restricts: the next word, else the last."""
        after = self.skip_adverbs(at + 1)
        if not self.parted(at + 1) and after < self.end:
            low = self.low(after)
            word = self.text.words[after].word
            if low in AUXILIARIES:
                verb = self.verb_from(after)
                return () if verb is None else (verb,)
            if word.numeral or word.content or low in WHOLES:
                return (after,)
            if low in DETERMINERS:
                return self._noun_phrase(after)
            if low in PREPOSITIONS:
                return self._noun_phrase(after + 1)
        before = at - 1
        while before >= self.first and not self.text.words[before].word.content:
            before -= 1
            if at - before > _MOST_OBJECT:
                return ()
        return (before,) if before >= self.first else ()

    def number_from(self, at: int) -> tuple[int, ...]:
        """The number that begins here, after a word like "a" at most; not that of "two-year"."""
        for place in (at, at + 1):
            if place >= self.end or (self.parted(at) and not self._sign_before(at)):
                return ()
            if self.is_joined(place) and not self._is_number(place + 1):
                return ()
            if self._is_number(place):
                return (place,)
            if self.low(place) not in {"a", "an", "the", "some", "another"}:
                return ()
        return ()

    def _is_number(self, at: int) -> bool:
        return at < self.end and (
            self.text.words[at].word.numeral or self.low(at).rstrip("s") in FRACTIONS
        )

    def _sign_before(self, at: int) -> bool:
        if not self.first < at < self.end:
            return False
        gap = self.text.gap(at)
        return gap.strip() in {"$", "€", "£", "¥", "₹", "US$", "Rs."}

    def object_of(self, verb: int) -> Sequence[int]:
        """The first content words behind a verb, as far as they are its object."""
        place = verb + 1
        while not self.parted(place) and (
            self.low(place) in DETERMINERS or self.low(place) in PREPOSITIONS
        ):
            place += 1
        return () if self.parted(place) else self._noun_phrase(place)

    def clause_content(self, begin: int) -> list[int]:
        """The content words of a clause that begins here."""
        return list(self._content(begin, self.clause_end(begin)))

    def opens_clause(self, at: int) -> bool:
        """Whether a word opens its sentence or follows a mark."""
        return at == self.first or self.parted(at)

    def is_denied(self, at: int) -> bool:
        """Whether "not" stands shortly before a word: "have not found any"."""
        return any(self.low(place) in {"not", "never", "without"} for place in range(at - 5, at))

    def stem_before(self, at: int) -> str:
        """The stem of the word before, "" at the beginning."""
        return self.text.stems[at - 1] if at > self.first else ""

    def main_clause_of(self, at: int) -> list[int]:
        """The verbs of the clause to which a condition at this word belongs."""
        if at == self.first or self._opens_behind_link(at):
            begin = self.clause_end(at + 1)
            return self.verbs(begin, self.clause_end(begin + 1))
        begin, verbal = at - 1, False
        while begin > max(self.first, at - _LONGEST_CLAUSE):
            verbal = verbal or bool(self._verb_at(begin, at))
            if verbal and (self.low(begin) in LINKS or (at - begin > 3 and self.parted(begin))):
                break
            begin -= 1
        return self.verbs(begin, at)

    def clause_before(self, at: int) -> list[int]:
        """The verbs of the words before this one, back to the beginning."""
        return self.verbs(self.first, at)

    def stems_behind(self, at: int) -> Sequence[str]:
        """The stems from a word to the end of the sentence."""
        return self.text.stems[at : self.end]

    def _opens_behind_link(self, at: int) -> bool:
        return self.low(at - 1) in {"and", "but", "that", "which", "who"} or (
            self.parted(at) and self.low(at - 1) in {"said", "says"}
        )

    def verbs(self, begin: int, end: int) -> list[int]:
        """The verbs, and the content words after "be", of some words."""
        return [verb for place in range(begin, end) for verb in self._verb_at(place, end)]

    def _verb_at(self, place: int, end: int) -> Sequence[int]:
        """The verb that a word is, or the content word behind "be" or "have", before `end`."""
        word = self.text.words[place].word
        low = word.low
        if low in BE or low in {"has", "have", "had"}:
            return self._content(place + 1, min(end, place + 4))[:1]
        if not word.content or word.capital or low in MODALS:
            return ()
        verbal = low.endswith("ing") and low not in NO_GERUND
        return (place,) if verbal or is_finite(low) or self.low(place - 1) in _VERB_FOLLOWS else ()

    def clause_end(self, begin: int) -> int:
        """Where the clause that begins here ends: at a mark, or at a word that opens another."""
        place, limit = begin + 1, min(self.end, begin + _LONGEST_CLAUSE)
        while place < limit and not self.parted(place):
            if self.low(place) in _ENDS_CLAUSE:
                break
            place += 1
        return min(place, self.end)

    def _noun_phrase(self, place: int) -> list[int]:
        """The run of content words that goes on from here, determiners skipped."""
        if self.parted(place) and not self._sign_before(place):
            return []
        while place < self.end and not self.parted(place) and self.low(place) in DETERMINERS:
            place += 1
        found: list[int] = []
        while place < self.end and len(found) < _MOST_OBJECT and not (found and self.parted(place)):
            word = self.text.words[place].word
            if not (word.content or word.numeral) or (found and self._ends_clause(place)):
                break
            found.append(place)
            place += 1
        return found

    def _ends_clause(self, at: int) -> bool:
        """Whether a word is a verb without an object: "cancelled flights refunded"."""
        after = at + 1
        behind = after < self.end and self.text.words[after].word.content
        return is_finite(self.low(at)) and (self.parted(after) or not behind)

    def _content(self, begin: int, end: int) -> Sequence[int]:
        words = self.text.words
        return [at for at in range(begin, min(end, self.end)) if words[at].word.content]
