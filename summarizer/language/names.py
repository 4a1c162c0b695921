"""Finds names in a text, and the forms of one name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from summarizer.language.content_words import STOP
from summarizer.language.letters import by_case
from summarizer.language.tokens import NUMERALS, Token, fold
from summarizer.language.vocabulary import ordinary
from summarizer.language.word_lists import lines, listed
from summarizer.lazy_pattern import lazy_pattern

_CONNECTORS = frozenset({"of", "and", "for", "the", "de", "in", "on", "&"})
_TITLES = frozenset(
    listed(
        """mr mrs ms miss dr prof professor sir lord lady dame president vice prime minister premier
chancellor secretary general chief king queen prince princess pope cardinal bishop
archbishop senator congressman congresswoman representative governor mayor judge justice
attorney ambassador foreign interior defence defense finance energy home deputy acting
former ex captain major colonel lieutenant sergeant admiral brigadier commander inspector
constable detective director chairman chairwoman chair speaker leader spokesman spokeswoman
coach manager captain saint st sheikh sultan emir imam mullah ayatollah maulana rabbi
reverend rev government parliament ministry department council committee commission court
supreme high police army navy force forces air military state city county province district
region republic kingdom university college school hospital church party union bank group
company inc corp ltd plc house senate congress cabinet office agency association federation
league cup championship championships tournament world national international north south
east west northern southern eastern western central upper lower sea ocean river lake mount
street road avenue airport station club united town i day"""
    )
)
"""Titles and generic nouns that are capitalised beside names."""

_OPENING_WORD = lazy_pattern(by_case(r"\W*([A-Z][a-z]+)\b"))
_PLURAL = ("s", "men")
_NOT_NAMES = frozenset({"whether", "whilst"})
_DIFFERENT = frozenset({"mr", "mrs", "ms", "i", "st", "dr"})


@dataclass(frozen=True, slots=True)
class Name:
    """A run of capitalised words, tokens `first` to `last`; `place` is its known canonical form."""

    text: str
    first: int
    last: int
    place: str | None = None


_PLACES = {
    tuple(form.split("_")): line.split()[0] for line in lines("places") for form in line.split()
}
_SINGLE = {form[0]: name for form, name in _PLACES.items() if len(form) == 1}
_OPENING = {form[0] for form in _PLACES if len(form) > 1}
_FIRST = _OPENING.union(_SINGLE)


def placed(words: Sequence[Token]) -> Iterator[tuple[int, int, str]]:
    """The places and peoples in a text: first token, last token, canonical form."""
    for at, token in enumerate(words):
        low = token.word.low
        if low not in _FIRST:
            continue
        if low in _SINGLE:
            yield at, at, _SINGLE[low]
        if low in _OPENING:
            for size in (4, 3, 2):
                form = tuple(each.word.low for each in words[at : at + size])
                if len(form) == size and form in _PLACES:
                    yield at, at + size - 1, _PLACES[form]
                    break


def place_of(low: str) -> str | None:
    """The canonical form of a place or people that a single word names."""
    return _SINGLE.get(low)


def opens_with_name(text: str) -> bool:
    """Whether the word that opens a sentence is likely a name: "Putin said …", "Ørsta has …"."""
    found = _OPENING_WORD.match(text)
    if found is None:
        return False
    low = fold(found[1]).lower()
    if place_of(low) is not None:
        return True
    return not (ordinary(low) or low in NUMERALS or low.endswith(_PLURAL) or low in _NOT_NAMES)


def opens_with_person(text: str) -> bool:
    """Whether a sentence opens with a name that may be a person's: no place, no people."""
    found = _OPENING_WORD.match(text)
    return found is not None and opens_with_name(text) and place_of(fold(found[1]).lower()) is None


def acronyms(folded: str, words: Sequence[Token]) -> frozenset[str]:
    """The initials of every run of capitalised words, with and without connectors."""
    found: set[str] = set()
    for run in _runs(folded, words):
        for begin in range(min(len(run) - 1, 12)):
            if not words[run[begin]].word.capital:
                continue
            full = bare = ""
            for place in run[begin : begin + 8]:
                full += words[place].word.low[0]
                bare += words[place].word.low[0] if words[place].word.capital else ""
                if len(bare) > 1 and words[place].word.capital:
                    found |= {full, bare}
    return frozenset(found)


def _runs(folded: str, words: Sequence[Token]) -> Iterator[list[int]]:
    run: list[int] = []
    for place, token in enumerate(words):
        joined = run and folded[words[run[-1]].end : token.start].strip(" -") == ""
        if joined and (token.word.capital or token.word.low in _CONNECTORS):
            run.append(place)
            continue
        if len(run) > 1:
            yield run
        run = [place] if token.word.capital else []
    if len(run) > 1:
        yield run


def names(folded: str, words: Sequence[Token], starts: frozenset[int]) -> list[Name]:
    """The names in a bullet; `starts` are the tokens that open a sentence.

    A word that opens a sentence is a name where it is a known place or another capital follows.
    """
    if _shouts(words):
        return []
    found: list[Name] = []
    taken = -1
    known = {first: (last, name) for first, last, name in placed(words)}
    for at in range(len(words)):
        if at <= taken or not words[at].word.capital:
            continue
        last, place = known.get(at, (at, None))
        if place is None:
            if not _is_name(folded, words, at, starts):
                continue
            last = _run_end(folded, words, at, known)
        taken = last
        written = folded[words[at].start : words[last].end]
        found.append(Name(written.removesuffix("'s").removesuffix("'"), at, last, place))
    return found


def _run_end(
    folded: str, words: Sequence[Token], at: int, known: dict[int, tuple[int, str]]
) -> int:
    last = at
    while last + 1 < len(words) and last + 1 not in known:
        gap = folded[words[last].end : words[last + 1].start]
        following = words[last + 1].word
        if gap.strip(" -") or not following.capital or following.low in _TITLES:
            break
        if folded[words[last].start : words[last].end].endswith(("'s", "s'")):
            break
        last += 1
    return last


def _is_name(folded: str, words: Sequence[Token], at: int, starts: frozenset[int]) -> bool:
    word = words[at].word
    if word.digits or word.low in _TITLES or word.low in _DIFFERENT or len(word.low) < 2:
        return False
    if at not in starts:
        return word.acronym or word.low not in STOP
    if word.acronym:
        return True
    if ordinary(word.low) or at + 1 >= len(words):
        return False
    gap = folded[words[at].end : words[at + 1].start]
    return gap == " " and words[at + 1].word.capital and words[at + 1].word.low not in _TITLES


def _shouts(words: Sequence[Token]) -> bool:
    """Whether nearly every word is capitalised, as in a headline."""
    long = [token.word.capital for token in words if len(token.word.low) > 3]
    return len(long) > 5 and sum(long) > 0.8 * len(long)


def is_title(low: str) -> bool:
    """Whether a capitalised word is a title or a generic noun."""
    return low in _TITLES
