"""Countries and words in commands: `Iran`, `"Strait of Hormuz"`, `-oil`, `not about oil`."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from bot.errors import UsageError
from bot.languages import marked, tr
from bot.models import FilterTerm, NewsFilter
from handlers.parsing.tokens import (
    Found,
    Word,
    bounded,
    fold,
    nearest,
    shown,
    split,
    with_plain_quotes,
)
from summarizer.places.gazetteer import countries_by_name, fold_name, title_of

EXAMPLE = '/brief energy Iran -oil "power grid"'

MOST = 20
"""Countries and words of one filter."""

SHORTEST = 2
"""Characters of a word to look for."""

HINT = marked("To look for a word in the news, put it in quotes.")

_QUOTED = re.compile(r'(?P<minus>(?<!\S)[-−–])?"(?P<phrase>[^"]*)"')
_QUOTE = '"'
_NOT = frozenset({"not", "no", "without", "except", "excluding", "minus", "nor"})
_BETWEEN = frozenset({"about", "on", "in", "from", "the", "any", "with"})
_OR = frozenset({"or", "nor"})
_MINUS = ("-", "−", "–")
_LONGEST_NAME = 6
_SPAN = re.compile(r"\d+(?:m|min|h|hours?|d|days?|w|weeks?)")


@dataclass(frozen=True, slots=True)
class Filtered:
    """Terms that were named; `unwanted` ones are to be left out."""

    terms: tuple[FilterTerm, ...]
    unwanted: bool = False


def quoted_words(text: str, example: str, plain: Collection[str] = ()) -> tuple[Word, ...]:
    """Split text into words; a quoted phrase is one word, whose key begins with a quote.

    A quoted name in `plain`, which is folded, stands as if it were not quoted.
    """
    line = with_plain_quotes(bounded(text, example))
    words: list[Word] = []
    start = 0
    for match in _QUOTED.finditer(line):
        words += split(line[start : match.start()], example)
        inside = split(match["phrase"], example)
        phrase = " ".join(each.text for each in inside)
        if fold(phrase) in plain and not match["minus"]:
            words += inside
        elif inside:
            key = f"{_QUOTE}{fold(phrase)}"
            words.append(Word(phrase, f"-{key}" if match["minus"] else key))
        start = match.end()
    return (*words, *split(line[start:], example))


def read_filter(words: Sequence[Word]) -> Found[Filtered] | None:
    """Read a country or a quoted phrase; after "not", or with a minus, any word."""
    lead = _negation(words)
    if lead and len(words) == lead:
        said = words[lead - 1].text
        raise UsageError(
            tr("Say what to leave out after “{word}”, such as “not oil”.", word=said), EXAMPLE
        )
    if lead:
        return _unwanted(words, lead)
    if words[0].key.startswith(_MINUS) and len(words[0].key) > 1:
        if _SPAN.fullmatch(words[0].key[1:]):
            span = words[0].key[1:]
            raise UsageError(
                tr("{text} lies ahead: write {span}.", text=shown(words[0].text), span=span),
                f"/brief {span}",
            )
        bare = Word(words[0].text.lstrip("-−–"), words[0].key[1:])
        return _unwanted([bare, *words[1:]], 0)
    found = _term(words)
    return Found(found.length, Filtered(found.value)) if found else None


def read_country(words: Sequence[Word]) -> Found[tuple[FilterTerm, ...]] | None:
    """Read the name of a country or of its people; an unclear name stands for several."""
    known = countries_by_name()
    for length in range(min(_LONGEST_NAME, len(words)), 0, -1):
        typed = " ".join(word.text for word in words[:length])
        bare = typed.replace(".", "")
        codes = known.get("US") if bare == "US" else known.get(fold_name(bare))
        if codes:
            return Found(length, tuple(FilterTerm(title_of(code), code) for code in codes))
    return None


def filter_of(values: Sequence[object], example: str = EXAMPLE) -> NewsFilter:
    """Put what was read together; raises UsageError where a term is wanted and unwanted."""
    said = [each for each in values if isinstance(each, Filtered)]
    wanted = dict.fromkeys(t for each in said if not each.unwanted for t in each.terms)
    unwanted = dict.fromkeys(t for each in said if each.unwanted for t in each.terms)
    both = [each for each in wanted if each in unwanted]
    if both:
        raise UsageError(
            tr("{text} is both wanted and left out.", text=shown(both[0].text)), example
        )
    if len(wanted) + len(unwanted) > MOST:
        raise UsageError(tr("Name at most {most} countries and words.", most=MOST), example)
    return NewsFilter(tuple(wanted), tuple(unwanted))


def like_countries(text: str) -> tuple[str, ...]:
    """Return the countries whose names look like the text."""
    titles = {title_of(code) for codes in countries_by_name().values() for code in codes}
    return tuple(nearest(text, sorted(titles), cutoff=80, whole=True))


def _negation(words: Sequence[Word]) -> int:
    """How many of the first words say that something is to be left out."""
    lead = int(words[0].key == "but" and len(words) > 1)
    if words[lead].key not in _NOT:
        return 0
    lead += 1
    while lead < len(words) and words[lead].key in _BETWEEN:
        lead += 1
    return lead


def _unwanted(words: Sequence[Word], lead: int) -> Found[Filtered]:
    used = lead
    terms: list[FilterTerm] = []
    while True:
        found = _term(words[used:]) or Found(1, (_word(words[used]),))
        terms += found.value
        used += found.length
        if len(words) < used + 2 or words[used].key not in _OR:
            return Found(used, Filtered(tuple(terms), unwanted=True))
        used += 1


def _term(words: Sequence[Word]) -> Found[tuple[FilterTerm, ...]] | None:
    if words[0].key.startswith(_QUOTE):
        return Found(1, (_word(words[0]),))
    return read_country(words)


def _word(word: Word) -> FilterTerm:
    return word_term(word.text, EXAMPLE)


def word_term(text: str, example: str) -> FilterTerm:
    """Return a word or phrase to look for; short words in capitals are kept ("UN sanctions")."""
    said = text.strip()
    if len(said) < SHORTEST or not any(map(str.isalnum, said)):
        raise UsageError(tr("{text} is too short to look for.", text=shown(said)), example)
    kept = (each if each.isupper() and len(each) <= 4 else each.casefold() for each in said.split())
    return FilterTerm(" ".join(kept))
