"""Splitting text into words, and reading words with a list of readers."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from rapidfuzz import fuzz, process

from bot.errors import UsageError
from bot.languages import tr
from bot.render.sanitize import clean

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)

LONGEST = 1_000
"""Maximum length of a command's arguments in characters."""

_EDGES = "\"'`´“”„‘’«»()[]{}<>.!?¿¡…:@#*"
_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»＂", '"'))
_GAPS = re.compile(r"[\s,;，、；،؛|]+")


def first_and_rest(text: str) -> tuple[str, str]:
    """Return the first word of a text as typed, and what follows it; "" for what is missing."""
    first, rest = (*text.split(maxsplit=1), "", "")[:2]
    return first, rest


@dataclass(frozen=True, slots=True)
class Word:
    """One word: `text` as typed, `key` folded for comparison (case, accents, digits, width)."""

    text: str
    key: str


@dataclass(frozen=True, slots=True)
class Found(Generic[T_co]):
    """The value that a reader found in the first `length` words."""

    length: int
    value: T_co


Reader = Callable[[Sequence[Word]], "Found[T] | None"]
"""Reads a value from the first words; None if they are something else. May raise UsageError."""


def fold(text: str) -> str:
    """Return the text for comparison, without case, accents, width variants and foreign digits."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    return "".join(_folded(char) for char in plain if not unicodedata.combining(char))


def bounded(text: str, example: str | None = None) -> str:
    """Return the text; raises UsageError for one that is too long to be read."""
    if len(text) > LONGEST:
        raise UsageError(
            tr("That is too long: write at most {longest} characters.", longest=LONGEST), example
        )
    return text


def with_plain_quotes(text: str) -> str:
    """Return the text with quotation marks of any form as plain ones."""
    return text.translate(_QUOTES)


def split(text: str, example: str | None = None) -> tuple[Word, ...]:
    """Split text at spaces and commas; punctuation around a word is dropped."""
    bounded(text, example)
    pieces = _GAPS.split(clean(unicodedata.normalize("NFKC", text)))
    bare = (piece.strip(_EDGES) for piece in pieces)
    return tuple(Word(piece, fold(piece)) for piece in bare if piece and fold(piece))


def read(
    words: Sequence[Word],
    readers: Sequence[Reader[T]],
    unknown: Callable[[Word], UsageError],
) -> list[T]:
    """Read all the words; at each position the first reader that matches is used."""
    values: list[T] = []
    at = 0
    while at < len(words):
        rest = words[at:]
        found = next((found for reader in readers if (found := reader(rest))), None)
        if found is None:
            raise unknown(words[at])
        values.append(found.value)
        at += found.length
    return values


def only(values: Iterable[object], kind: type[T], many: str, example: str) -> T | None:
    """Return the one value of this kind, None where there is none; two raise UsageError(`many`)."""
    found = {value for value in values if isinstance(value, kind)}
    if len(found) > 1:
        raise UsageError(many, example)
    return next(iter(found), None)


def phrase(words: Sequence[Word], known: Mapping[str, T], longest: int = 4) -> Found[T] | None:
    """Find the longest run of words from the first on that `known` has, joined by one space."""
    for length in range(min(longest, len(words)), 0, -1):
        value = known.get(" ".join(word.key for word in words[:length]))
        if value is not None:
            return Found(length, value)
    return None


def skipping(fillers: str) -> Reader[None]:
    """Make a reader that skips these filler words."""
    known = frozenset(fillers.split())
    return lambda words: Found(1, None) if words[0].key in known else None


def nearest(
    word: str, names: Iterable[str], *, cutoff: float = 65, whole: bool = False
) -> list[str]:
    """Return at most three names that look like the word, or contain it unless `whole`."""
    folded = {fold(name): name for name in names}
    hits = process.extract(
        fold(word)[:80],
        list(folded),
        scorer=fuzz.ratio if whole else fuzz.WRatio,
        limit=3,
        score_cutoff=cutoff,
    )
    return [folded[name] for name, _, _ in hits]


def shown(text: str, longest: int = 40) -> str:
    """Return a typed word in quotation marks, shortened to `longest` characters."""
    seen = clean(text)
    return f"“{seen if len(seen) <= longest else seen[: longest - 1] + '…'}”"


def either(names: Sequence[str]) -> str:
    """Join names as a choice: "a, b or c"."""
    if len(names) < 2:
        return "".join(names)
    return tr("{names} or {last}", names=tr(", ").join(names[:-1]), last=names[-1])


def did_you_mean(names: Sequence[str]) -> str:
    """Return the question behind an error, with a space before it; "" without names."""
    return tr(" Did you mean {choices}?", choices=either(names)) if names else ""


def _folded(char: str) -> str:
    digit = unicodedata.decimal(char, None)
    return char if digit is None else str(digit)


def nothing_more(text: str, example: str) -> None:
    """Raise UsageError when a command that takes no words was given some."""
    words = split(text, example)
    if words:
        raise UsageError(tr("I do not understand {text} here.", text=shown(words[0].text)), example)
