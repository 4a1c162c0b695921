"""Words that reverse or weaken a sentence: denials, hedges, prepositions of direction."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import lru_cache

from summarizer.evidence.alignment import Alignment
from summarizer.evidence.moods.word_kinds import DETERMINERS, is_finite
from summarizer.language.stems import stem
from summarizer.language.text import Text
from summarizer.language.word_lists import listed

_DENIALS = frozenset(listed("not no never without nor neither none nobody nothing nowhere"))
_REFUSALS = frozenset(
    map(
        stem,
        listed(
            """fail refuse deny decline reject unable avoid prevent stop lack hardly barely rarely
            cancel halt block against unlikely"""
        ),
    )
)
_HEDGES = frozenset(
    listed(
        """may might could would can should must will if unless likely possibly perhaps reportedly
        allegedly"""
    )
) | frozenset(
    map(
        stem,
        listed(
            """plan expect try consider hope want seek intend propose attempt threaten claim suspect
            believe alleged"""
        ),
    )
)
_PAIRS = [
    pair.split("|")
    for pair in listed(
        """before|after over|under above|below up|down more|less more|fewer most|least with|without
        all|none all|some always|never first|last for|against on|off in|out to|from most|few
        many|few greater|smaller larger|smaller bigger|smaller higher|lower longer|shorter
        better|worse best|worst faster|slower stronger|weaker older|younger wider|narrower
        greater|lesser greater|less greater|fewer earlier|later deeper|shallower heavier|lighter
        easier|harder richer|poorer hotter|colder warmer|cooler highest|lowest largest|smallest
        biggest|smallest longest|shortest fastest|slowest strongest|weakest greatest|least
        first|second for|without"""
    )
]
_DIRECTIONS = {
    low: {other for pair in _PAIRS if low in pair for other in pair if other != low}
    for pair in _PAIRS
    for low in pair
}
_BOUNDS = frozenset(listed("fewer less more"))
"""With these "no" and "not" only bound a number: "no fewer than 40"."""

_BEFORE_RANK = frozenset({"as", "to", "at"})
_LONGEST_RANK = 3
"""The most digits of a rank; "no 2027 election" has more."""

_SCOPE = 5
_BEFORE, _AFTER = 7, 3


def denies(text: Text, at: int) -> bool:
    """Whether a word is a negation such as "not"; the "never" of "never-ending" is not."""
    token = text.words[at]
    if token.word.low not in _DENIALS:
        return False
    after = text.words[at + 1].word.low if at + 1 < len(text.words) else ""
    if after in _BOUNDS and token.word.low in {"no", "not"}:
        return False
    if is_rank(text, at):
        return False
    return text.folded[token.end : token.end + 1] != "-"


def is_rank(text: Text, at: int) -> bool:
    """Whether "no" and a number are a rank: "world no 1 Hale", "the no 7 seed", "reactor no 3".

    "Imposed no 10pm curfew" and "there are no 100 per cent safe reactors" deny.
    """
    first, end = text.sentences[text.where[at]]
    words = text.words[first:end]
    place = at - first
    if words[place].word.low != "no" or place == len(words) - 1:
        return False
    number, behind = words[place + 1], [each.word for each in words[place + 2 : place + 4]]
    joined = text.folded[number.end : number.end + 1] == "-"
    if not number.word.low.isdigit() or len(number.word.low) > _LONGEST_RANK or joined:
        return False
    if place == 0:
        return any(each.capital for each in behind)
    before = words[place - 1].word
    if words[place].word.capital or before.low in DETERMINERS or before.low == "world":
        return True
    counts = any(each.content and not each.capital for each in behind[:1])
    noun = counts and not is_finite(behind[0].low)
    behind_noun = before.content and not is_finite(before.low)
    return (behind_noun or before.low in _BEFORE_RANK) and not noun


@lru_cache(maxsize=2048)
def _known_denials(source: Text, sentence: int) -> Sequence[int]:
    """The negations of a source's sentence, kept for the next bullet."""
    return [at for at in range(*source.sentences[sentence]) if denies(source, at)]


def says_no(text: Text) -> bool:
    """Whether a text denies or refuses anything."""
    return _denied_near(text, range(len(text.words)))


def hedges(text: Text, at: int) -> bool:
    """Whether a word makes what follows less than certain: "may", "plans to"."""
    word = text.words[at].word
    return word.low in _HEDGES or word.stem in _HEDGES


def opposite_directions(low: str) -> Collection[str]:
    """The small words that point the opposite way: "after" for "before"."""
    return _DIRECTIONS.get(low, ())


def _denied_near(text: Text, places: Iterable[int]) -> bool:
    """Whether a denial or a refusal stands near any of these words."""
    return any(
        denies(text, near) or text.words[near].word.stem in _REFUSALS
        for at in places
        for near in range(max(0, at - _BEFORE), min(len(text.words), at + _AFTER + 1))
    )


def added_denials(found: Alignment) -> Iterator[int]:
    """The bullet's negations that its source lacks."""
    bullet, source = found.bullet, found.source
    for at in found.words:
        if not denies(bullet, at):
            continue
        known = {place for each in found.chosen for place in range(*source.sentences[each])}
        scope = range(at, min(found.words.stop, at + _SCOPE + 1))
        places = [
            place
            for each in scope
            if bullet.words[each].word.content
            for place in source.at.get(bullet.stems[each], ())
            if place in known
        ]
        if places and not _denied_near(source, places):
            yield at


def dropped_denials(found: Alignment) -> Iterator[int]:
    """The negations of the closest source sentence that the bullet lacks."""
    bullet, source = found.bullet, found.source
    end = source.sentences[found.main][1]
    for at in _known_denials(source, found.main):
        places = [
            place
            for each in range(at, min(end, at + _SCOPE))
            if source.words[each].word.content
            for place in bullet.at.get(source.stems[each], ())
            if place in found.words
        ]
        if places and not _denied_near(bullet, places):
            yield at
