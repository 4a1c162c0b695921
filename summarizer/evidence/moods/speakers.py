"""Finds who says what in a sentence: "X said that …", "…, X said", "according to X, …"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from summarizer.evidence.moods.clauses import Clauses, parts
from summarizer.evidence.moods.word_kinds import (
    HAVE,
    IS,
    MODALS,
    PREPOSITIONS,
    SAYS,
    SUBJECT_OPENS,
    is_finite,
)
from summarizer.language.stems import stem
from summarizer.language.text import Text
from summarizer.language.word_lists import listed

_PLAIN = frozenset(
    map(stem, listed("say tell claim add argue insist allege note explain tweet assert contend"))
)
"""Verbs that report even without "that" or a comma."""

_SPOKEN_FIRST = frozenset(listed("says said adds argues insists explains alleges asserts contends"))
"""Verbs that may open a sentence without a subject: "Says she works out"; no noun as "claims"."""

_NOUNS_TOO = frozenset(listed("state report estimate note claim find"))
"""Base forms that are verbs only behind a plural: "officials claim"."""

_OPENS = frozenset(
    listed(
        """that the a an it he she they we his her its their there this these those some many most
        all no if at more nearly about over up when whenever while as since because after before
        despite"""
    )
)
_HEARERS = frozenset(listed("reporters journalists parliament lawmakers"))
_AFTER_SAID = (
    frozenset(listed("on in at during to late earlier after early this last"))
    | _HEARERS
    | frozenset(
        listed(
            "monday tuesday wednesday thursday friday saturday sunday yesterday "
            "today the a an cnn reuters"
        )
    )
)
_MAY_END = frozenset(listed("on in late at during after to"))
_BEFORE_CLAIM = frozenset(listed("on in late earlier at to during")) | _HEARERS
_CLAIM_REACH, _LONGEST_SPEAKER, _LONGEST_TAIL = 12, 10, 6
_ENDS_SPEAKER = frozenset(
    listed("who which but and while as adding after when before in on at during")
)
_STOPS = frozenset(listed("and but while after as when where that because"))
_SPOKEN = frozenset(listed("said says told is are was were believes thinks"))
_RELATIVES = frozenset(listed("that which who"))
_ENDS_OBJECT = frozenset(listed("after before while when as"))
_FIND = stem("find")
_FINDINGS = frozenset(
    map(stem, listed("report study survey inquiry investigation review audit research poll court"))
)
"""Stems of who finds that something is so, rather than a thing."""

_NO_VERB_BEHIND = frozenset(
    listed("to of the a an its his her their in by for this no any with from into under on at over")
)


@dataclass(frozen=True, slots=True)
class Report:
    """A claim and who makes it: the reporting word, the speaker's tokens, the claim's tokens."""

    at: int
    speaker: tuple[int, ...]
    claim: range


@lru_cache(maxsize=2048)
def known_reports(text: Text, sentence: int) -> Sequence[Report]:
    """The reports of a source's sentence, kept for the next bullet."""
    return list(reports(text, *text.sentences[sentence]))


def reports(text: Text, first: int, end: int) -> Iterator[Report]:
    """Every claim in a sentence that is reported as somebody's."""
    for clauses in parts(text, first, end):
        yield from _reports(clauses)


def _reports(clauses: Clauses) -> Iterator[Report]:
    text = clauses.text
    for at, low in enumerate(clauses.lows, clauses.first):
        if low == "according" and clauses.low(at + 1) == "to":
            yield _according(clauses, at)
        elif at == clauses.first and low in _SPOKEN_FIRST and _opens_subject(clauses, at + 1):
            yield Report(at, (), range(at + 1, clauses.end))
        elif text.stems[at] in SAYS and low != "not" and _may_report(clauses, at):
            found = _said(clauses, at)
            if found:
                yield found
    yield from _behind_colon(clauses)


def _behind_colon(clauses: Clauses) -> Iterator[Report]:
    """The claim of a headline that ends with its speaker: "Port is safe: Mayor Brandt"."""
    text, end = clauses.text, clauses.end
    for at in range(max(clauses.first + 3, end - _LONGEST_TAIL), end):
        if ":" not in text.gap(at):
            continue
        words = [text.words[place].word for place in range(at, end)]
        if words[0].capital and not any(each.numeral or is_finite(each.low) for each in words):
            yield Report(at, tuple(_content(clauses, at, end)), range(clauses.first, at))
        return


def _may_report(clauses: Clauses, at: int) -> bool:
    """Whether a word can be a verb: without a capital, and no part of "state-owned".

    "…, saying that" reports; "with a tone revealing" does not.
    """
    text = clauses.text
    token = text.words[at]
    joined = text.folded[token.start - 1 : token.start] + text.folded[token.end : token.end + 1]
    if token.word.capital or "-" in joined:
        return False
    if token.word.low.endswith("ing") and not clauses.parted(at):
        return False
    return token.word.low not in _NOUNS_TOO or (
        at > 0 and text.words[at - 1].word.low.endswith("s")
    )


def _according(clauses: Clauses, at: int) -> Report:
    """ "According to X, …" and "…, according to X"."""
    stop = at + 2
    while stop < clauses.end and not (clauses.parted(stop) and stop > at + 2):
        stop += 1
    speaker = tuple(_content(clauses, at + 2, stop))
    claim = range(stop, clauses.end) if at == clauses.first else range(clauses.first, at)
    return Report(at, speaker, claim)


def _said(clauses: Clauses, at: int) -> Report | None:
    if clauses.low(at - 1) in IS | _NO_VERB_BEHIND:
        return None
    if clauses.low(at).endswith("ing"):
        return _saying(clauses, at)
    subject = _subject(clauses, at)
    if not subject and clauses.text.stems[at] == "say" and clauses.parted(at):
        return _said_behind(clauses, at)
    behind = clauses.parted(subject.start) and subject.start > clauses.first
    if behind and not clauses.quotes(at + 1) and _tail(clauses, at):
        return Report(at, _names(clauses, subject), range(clauses.first, subject.start))
    low = clauses.low(at + 1)
    ends = clauses.parted(at + 1) or low in _MAY_END
    if (ends and not _claim_begins(clauses, at)) or not subject:
        return None
    return _claimed(clauses, at, subject)


def _saying(clauses: Clauses, at: int) -> Report | None:
    """ "X spoke on Monday, saying that …"."""
    begin = _claim_begin(clauses, at)
    if begin is None:
        return None
    speaker = _names(clauses, range(clauses.first, at))
    return Report(at, speaker, range(begin, _claim_end(clauses, begin)))


def _said_behind(clauses: Clauses, at: int) -> Report | None:
    """ "…, said X", "…," X, the mayor, said in a speech" and "X, the mayor, said in May that …"."""
    if clauses.low(at + 1) not in PREPOSITIONS:
        speaker = _inverted(clauses, at + 1)
        return Report(at, speaker, range(clauses.first, at)) if speaker else None
    subject = _quoted_first(clauses, at)
    if subject.start > clauses.first:
        return Report(at, _names(clauses, subject), range(clauses.first, subject.start))
    return _claimed(clauses, at, subject)


def _claimed(clauses: Clauses, at: int, subject: range) -> Report | None:
    """ "X said that …"."""
    begin = _claim_begin(clauses, at)
    if begin is None or _has_verb(clauses, subject):
        return None
    return Report(at, _names(clauses, subject), range(begin, _claim_end(clauses, begin)))


def _has_verb(clauses: Clauses, words: range) -> bool:
    """Whether a subject has a verb of its own, so that "report" behind it is a noun."""
    return any(
        clauses.low(at) in {"not", "do", "does", "did"}
        or (clauses.low(at) in _SPOKEN and at < words.stop - 1)
        for at in words
    )


def _subject(clauses: Clauses, at: int) -> range:
    """The words before a verb, back to a mark or a word that opens a clause."""
    begin = at
    while begin > clauses.first and at - begin < 12:
        if begin < at and clauses.parted(begin):
            break
        if clauses.parted(at) and begin == at:
            break
        if clauses.low(begin - 1) in _STOPS:
            break
        begin -= 1
    return range(begin, at)


def _tail(clauses: Clauses, at: int) -> bool:
    """Whether the sentence, or the aside, ends soon behind a verb."""
    place = at + 1
    if not clauses.parted(place) and clauses.low(place) not in _AFTER_SAID:
        return False
    while place < clauses.end and not clauses.parted(place):
        if place - at > 9 or clauses.low(place) == "that":
            return False
        place += 1
    return True


def _inverted(clauses: Clauses, begin: int) -> tuple[int, ...]:
    """The speaker behind the verb: "…, said X", "…, said Dr. X, the mayor"."""
    stop = begin
    while stop < min(clauses.end, begin + _LONGEST_SPEAKER):
        if stop > begin and clauses.parted(stop) and clauses.low(stop) in _ENDS_SPEAKER:
            break
        stop += 1
    return tuple(_content(clauses, begin, stop))


def _quoted_first(clauses: Clauses, at: int) -> range:
    """The words from the end of a quotation to a verb: "…," X, the mayor, said in a speech."""
    begin = at
    while begin > clauses.first and not clauses.quotes(begin):
        begin -= 1
    return range(begin, at)


def _claim_begins(clauses: Clauses, at: int) -> bool:
    return _claim_begin(clauses, at) is not None


def _claim_begin(clauses: Clauses, at: int) -> int | None:
    """Where the claim behind a verb begins: after "that", or at its subject."""
    after = at + 1
    if clauses.quotes(after) or _opens_claim(clauses, at):
        return after
    low, capital = (
        clauses.low(after),
        after < clauses.end and clauses.text.words[after].word.capital,
    )
    listener = clauses.text.stems[at] == "tell" or capital or low in _BEFORE_CLAIM
    if not listener and low != "that":
        return None
    plain = clauses.text.stems[at] in _PLAIN
    for place in range(after, min(clauses.end, at + _CLAIM_REACH)):
        parted = clauses.parted(place) and place > after
        if clauses.low(place) == "that" and (plain or not parted):
            return place + 1
        if parted:
            return place if plain and clauses.low(place) in _OPENS else None
    return None


def _opens_claim(clauses: Clauses, at: int) -> bool:
    """Whether the claim begins right behind a verb: "said prices rose"."""
    after = at + 1
    if clauses.parted(after):
        return False
    word, low = clauses.text.words[after].word, clauses.low(after)
    named = low in _OPENS - {"that"} or word.capital or word.numeral
    return (clauses.text.stems[at] in _PLAIN and named) or (
        low != "that" and _is_verbal(clauses, after)
    )


def _opens_subject(clauses: Clauses, at: int) -> bool:
    """Whether a clause with a subject begins here: "the bank lied", "Hale lied", not "Hale: …"."""
    named = at < clauses.end and clauses.text.words[at].word.capital and _is_verbal(clauses, at)
    return named or clauses.low(at) in SUBJECT_OPENS or clauses.low(at) == "that"


def _is_verbal(clauses: Clauses, begin: int) -> bool:
    """Whether a clause with a verb begins here: "said prices rose".

    What rescuers found needs none: "found parts of the plane that fell".
    """
    thing = clauses.text.stems[begin - 1] == _FIND and _FINDINGS.isdisjoint(
        clauses.text.stems[clauses.first : begin - 1]
    )
    ends = (_ENDS_OBJECT, _RELATIVES) if thing else ()
    return _meets_verb(clauses, begin, *ends)


def _meets_verb(
    clauses: Clauses,
    begin: int,
    ends: frozenset[str] = frozenset(),
    relatives: frozenset[str] = frozenset(),
) -> bool:
    """Whether a verb comes before a mark or one of `ends`.

    Behind one of `relatives` it is the next verb: "schools that closed in May lost …".
    """
    for place in range(begin + 1, min(clauses.end, begin + 9)):
        low = clauses.low(place)
        if low in relatives:
            verb = place + 1
            return _meets_verb(clauses, verb + (clauses.low(verb) in IS | HAVE), ends)
        if clauses.parted(place) or low in ends:
            return False
        if is_finite(low) or low in MODALS:
            return True
    return False


def _claim_end(clauses: Clauses, begin: int) -> int:
    place = begin + 1
    while place < clauses.end:
        if clauses.parted(place) and clauses.low(place) in {
            "but",
            "while",
            "although",
            "though",
            "whereas",
        }:
            break
        place += 1
    return place


def _names(clauses: Clauses, words: range) -> tuple[int, ...]:
    return tuple(
        at
        for at in words
        if clauses.text.words[at].word.content
        or clauses.low(at) in {"he", "she", "they", "it", "we", "i"}
    )


def _content(clauses: Clauses, begin: int, stop: int) -> Iterator[int]:
    return (at for at in range(begin, stop) if clauses.text.words[at].word.content)
