"""Forms of English verbs, and patterns of names and speakers, for edits by rule."""

from __future__ import annotations

import re
from functools import lru_cache

from summarizer.language.word_lists import lines

NAME = r"(?:[^\W\d_a-z][\w’'-]+)(?: (?:al-|de |van |von |bin )?[^\W\d_a-z][\w’'-]+){0,3}"
"""One to four capitalised words."""

SAID = r"(?:said|says|told reporters|announced|confirmed|warned|added|stated|reported)"
SPEAKER = rf"(?:(?:the |a |an |its |his |their )?(?:[\w’'-]+ ){{0,5}}?(?:{NAME}|[a-z]{{4,}}))"
PAST_BE = r"(?:was|were|has been|have been|had been|is|are)"

_IRREGULAR = {line.split()[0]: line.split() for line in lines("forms") if line}
_VOWELS = "aeiou"
_DOUBLED = re.compile(r"^[^aeiou]*[aeiou][bdgklmnprt]$")


@lru_cache(maxsize=4096)
def past(base: str) -> str:
    """The simple past of a verb's base form."""
    forms = _IRREGULAR.get(base)
    if forms:
        return forms[1] if len(forms) > 1 else base
    if base.endswith("e"):
        return f"{base}d"
    if base.endswith("y") and base[-2:-1] not in _VOWELS:
        return f"{base[:-1]}ied"
    return f"{base}{base[-1]}ed" if _DOUBLED.match(base) else f"{base}ed"


def participle(base: str) -> str:
    """The past participle of a verb's base form."""
    forms = _IRREGULAR.get(base)
    return forms[-1] if forms else past(base)


@lru_cache(maxsize=4096)
def base_of(form: str) -> str | None:
    """The base form of an irregular or regular past form; None where it is uncertain."""
    for base, forms in _IRREGULAR.items():
        if form in forms[1:]:
            return base
    if form.endswith("ied"):
        return f"{form[:-3]}y"
    for base in (form[:-1], form[:-2], form[:-3]):
        if form.endswith("ed") and len(base) > 2 and past(base) == form:
            return base
    return None


def is_verb(base: str, vocabulary: frozenset[str]) -> bool:
    """Whether a word is a verb's base form, because its past form is in use as well."""
    return base.isalpha() and base.islower() and len(base) > 2 and past(base) in vocabulary
