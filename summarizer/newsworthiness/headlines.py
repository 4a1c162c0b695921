"""The main clause of a headline: its act, who acts, and on what."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass
from functools import lru_cache

from summarizer.newsworthiness.phrases import IndexedWords, Phrases, Word, load_lists, read_words

_SUFFIX = re.compile(r"(?<!\s)\s++[|–—]\s{1,9}[^|–—]{2,40}$|(?<!\s)\s++-\s{1,9}[^-]{2,40}$")
_OBJECT_WORDS = 7
_KINDS = ("reaction", "courtesy", "routine", "hard", "firm", "speech", "soft", "generic")


@dataclass(frozen=True, slots=True)
class Clause:
    """The words of a headline around its main verb; `kind` is "" where no verb is known."""

    words: tuple[Word, ...]
    kind: str
    at: int
    attributed: bool
    context: tuple[Word, ...] = ()

    @property
    def subject(self) -> tuple[Word, ...]:
        """The words before the verb."""
        return self.words[: self.at]

    @property
    def rest(self) -> tuple[Word, ...]:
        """The verb and the words that follow it closely."""
        return self.words[self.at : self.at + _OBJECT_WORDS]


@lru_cache(maxsize=8)
def verb_lists(topic: str) -> tuple[tuple[str, Phrases], ...]:
    """The kinds of verb of a topic, in the order in which a word that has two is read."""
    acts, speech = load_lists(f"acts_{topic}"), load_lists("speech")
    generic = {"generic": load_lists("function_words")["generic_verbs"]}
    known = {**speech, **acts, **generic}
    return tuple((kind, known[kind]) for kind in _KINDS if kind in known)


def main_clause(title: str, topic: str, names: Set[str] = frozenset()) -> Clause:
    """The main clause of a headline in the eyes of a topic; `names` are its words that name."""
    words, context, attributed = _clause_of(title, frozenset(names))
    found = [(at, kind) for at in range(len(words)) if (kind := _kind_at(words, at, topic))]
    at, kind = _main(words, found)
    return Clause(words, kind, at, attributed, context)


@lru_cache(maxsize=8)
def _clause_of(title: str, names: frozenset[str]) -> tuple[IndexedWords, IndexedWords, bool]:
    """The words of the main clause, those around it, and whether its speaker was left out.

    Kept for a moment: each topic in turn reads the same.
    """
    clause, attributed = _without_labels(title)
    opening, clause = _without_opening(clause)
    words, context = _without_context(_named(read_words(clause), names))
    return IndexedWords(words), IndexedWords(context + read_words(opening)), attributed


def _named(words: Sequence[Word], names: Set[str]) -> tuple[Word, ...]:
    return tuple(w.as_name() if w.written in names else w for w in words)


def _without_labels(title: str) -> tuple[str, bool]:
    """The headline without a kicker before its colon, or a speaker after it."""
    title = _SUFFIX.sub("", title)
    before, colon, after = title.partition(": ")
    if not colon:
        return title, False
    if len(after.split()) <= 4 < len(before.split()):
        return before, True
    return (after, False) if len(before.split()) <= 4 else (title, False)


_CONTEXT = {
    "amid",
    "after",
    "following",
    "as",
    "since",
    "despite",
    "during",
    "before",
    "over",
    "ahead",
    "because",
    "due",
    "while",
    "when",
    "where",
}
_OPENING = _CONTEXT | {"in", "with", "under", "at", "on", "if", "once", "though", "although"}
_LEAST_MAIN = 3


def _without_opening(title: str) -> tuple[str, str]:
    """An opening clause such as "After ...," apart from the main clause that follows its comma."""
    before, comma, after = title.partition(", ")
    first = before.split()[0].lower() if before.split() else ""
    opens = first in _OPENING and len(after.split()) >= _LEAST_MAIN
    return (before, after) if opens and comma else ("", title)


def _without_context(words: tuple[Word, ...]) -> tuple[tuple[Word, ...], tuple[Word, ...]]:
    """The words before "amid", "after" and their like, and those from there on."""
    for at in range(_LEAST_MAIN, len(words)):
        if words[at].written.lower() in _CONTEXT:
            return words[:at], words[at:]
    return words, ()


def _kind_at(words: Sequence[Word], at: int, topic: str) -> str:
    """The kind whose phrase is the longest; of several, the first: to strike oil is no strike."""
    longest, found = 0, ""
    if words[at].stem not in _verb_stems(topic):
        return found
    for kind, listed in verb_lists(topic):
        length = listed.length_at(words, at)
        if length > longest:
            longest, found = length, kind
    return found


@lru_cache(maxsize=8)
def _verb_stems(topic: str) -> frozenset[str]:
    return frozenset(stemmed for _, listed in verb_lists(topic) for stemmed in listed.by_first)


def find_acts(words: Sequence[Word], topic: str, kind: str) -> list[int]:
    """Where words of a kind of act stand, but for those in a longer phrase of another kind."""
    known = dict(verb_lists(topic))[kind]
    return [at for at, _ in known.find(words) if _kind_at(words, at, topic) == kind]


def _main(words: Sequence[Word], found: Sequence[tuple[int, str]]) -> tuple[int, str]:
    """The first word that can be a finite verb, or else the first act."""
    finite = [(at, kind) for at, kind in found if _can_be_finite(words, at)]
    for place, (at, kind) in enumerate(finite):
        later = any(other > at for other, _ in finite[place + 1 :])
        if later and (at == 0 or _before_preposition(words, at)):
            continue
        return at, kind
    acts = [(at, kind) for at, kind in found if kind in ("hard", "firm", "reaction")]
    return (acts or list(found) or [(0, "")])[0]


def _can_be_finite(words: Sequence[Word], at: int) -> bool:
    low = words[at].written.lower()
    if low.endswith(("ing", "ion")):
        return False
    before = words[at - 1 : at] if at else ()
    articles = load_lists("function_words")["articles"]
    return not before or not (
        articles.length_at(before, 0)
        or before[0].written.isdigit()
        or before[0].written.lower() == "to"
    )


def _before_preposition(words: Sequence[Word], at: int) -> bool:
    after = words[at + 1].written.lower() if at + 1 < len(words) else ""
    return after in ("on", "in", "at", "against", "near", "by", "of", "from", "over")
