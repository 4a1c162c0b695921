"""Checks a translation against the proved text that it translates.

Compares figures, names, quotations, length and language; not the meaning of other words.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Set

from bot.models.languages import Language
from summarizer.language.content_words import STOP
from summarizer.language.quotation_marks import quotations
from summarizer.llm.languages import likeliest
from summarizer.sentence_rules.instructions import gives_orders

LONGEST = 1.5
"""Most characters of a translation for each character of its original ..."""

SPARE = 30
"""... plus this many, which leaves no room for another statement."""

_FIGURE = re.compile(r"\d+(?:[.,'’٫٬ \u00a0\u202f]\d+)*")
_WORD = re.compile(r"[^\W\d_](?:[\w.’'&-]*\w)?")
_LATIN = re.compile(r"[A-Za-zÀ-ɏ][\w’'&-]*")
_SPELLED = frozenset(
    re.findall(
        r"\w+",
        """two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
    sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety
    hundred thousand dozen dozens hundreds thousands half twice quarter third""",
    )
)
_CALENDAR = frozenset(
    re.findall(
        r"\w+",
        """january february march april may june july august september october november december
    monday tuesday wednesday thursday friday saturday sunday jan feb mar apr jun jul aug sep sept
    oct nov dec mon tue wed thu fri sat sun am pm gmt utc""",
    )
)


def mistranslated(text: str, translation: str, language: Language) -> str | None:
    """The reason to refuse a translation, or None; `text` is proved, in the sources' language."""
    if not translation:
        return f"it has no translation into {language.name}"
    if not is_in(translation, language, text):
        return f"its translation is not in {language.name}"
    if len(translation) > LONGEST * len(text) + SPARE:
        return "its translation says more than the text"
    if gives_orders(translation):
        return "its translation repeats an instruction"
    for found in (
        _figures_differ(text, translation),
        _names_differ(text, translation, language),
        _quotations_differ(text, translation),
    ):
        if found:
            return found
    return None


def is_in(translation: str, language: Language, text: str) -> bool:
    """Whether a text is in the language and its script, and is not the original repeated.

    Latin names are left out of the check where the language has another script.
    """
    if not language.written(translation):
        return False
    said = translation if language.latin else _LATIN.sub(" ", translation)
    likely = likeliest(said)
    if language.code not in likely and not (language.code == "nb" and {"no", "nn"} & set(likely)):
        return False
    same = _words(translation)
    return len(same & _words(text)) <= len(same) / 2 or not language.latin


def _figures_differ(text: str, translation: str) -> str | None:
    if spelled := _SPELLED.intersection(re.findall(r"[a-z]+", text.lower())):
        return f"a number is in words ({min(spelled)}), so its translation cannot be checked"
    told, said = _figures(text), _figures(translation)
    if told != said:
        odd = ", ".join(sorted(told ^ said))
        return f"its translation has other figures ({odd})"
    return None


def _figures(text: str) -> Set[str]:
    """Every figure without separators, in ASCII digits."""
    return {
        "".join(str(unicodedata.decimal(each)) for each in found if each.isdecimal())
        for found in _FIGURE.findall(text)
    }


def _names_differ(text: str, translation: str, language: Language) -> str | None:
    folded = translation.casefold()
    for name in _names(text):
        if name.casefold() not in folded:
            return f"its translation does not have the name {name}"
    if language.latin:
        return None
    known = {each.casefold() for each in _LATIN.findall(text)}
    for word in _LATIN.findall(translation):
        if word.casefold() not in known:
            return f"its translation has {word}, which the text does not have"
    return None


def _names(text: str) -> Iterator[str]:
    """Capitalised words that do not start a sentence, or that a capitalised word follows."""
    found = list(_WORD.finditer(text))
    for at, word in enumerate(found):
        low = word[0].lower()
        if not word[0][0].isupper() or low in STOP | _CALENDAR:
            continue
        opens = at == 0 or re.search(r"[.!?:]\W{0,20}$", text[: word.start()]) is not None
        following = found[at + 1][0] if at + 1 < len(found) else ""
        if not opens or following[:1].isupper() or word[0][1:].lower() != word[0][1:]:
            yield word[0].removesuffix("'s").removesuffix("’s")


def _quotations_differ(text: str, translation: str) -> str | None:
    told, said = quotations(text), quotations(translation)
    if told != said:
        return "its translation does not have the same quotations"
    return None


def _words(text: str) -> Set[str]:
    return {each.casefold() for each in _WORD.findall(text)}
