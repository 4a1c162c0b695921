"""Expands a lone surname to the full name where the article makes it unambiguous.

The one full name of an article need not be the one meant: after "Hunter Biden was pardoned", "Biden
said" is his father. So it must come with an office, an age or the like before the surname alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from summarizer.language.content_words import STOP
from summarizer.language.letters import by_case
from summarizer.language.quotation_marks import inside_quotes
from summarizer.lazy_pattern import lazy_pattern

_LONE = lazy_pattern(
    by_case(
        r"(?<![\w’'.-])(?<![A-Z]\. )([A-Z][a-z]{2,}(?:[-’'][A-Z][a-z]+)?)"
        r"(?=['’]s\b|[\s,.;:]|$)(?! \d)"
    )
)
_DOES_AS_FIRMS_DO = lazy_pattern(
    r",? (?:said|says|told|announced|vowed|added|warned|expects?|plans?)\b[^,.;]{0,30} it\b(?= \w)"
    r"|[^,.;]{0,60} (?:its|itself)\b"
)
"""After a name that may be a firm's or a state's: "Ford said on Tuesday it will close a plant"."""

_CAPITALISED_BEFORE = lazy_pattern(by_case(r"[A-Z][\w.’'-]{0,60},? $"))
_ROLES = frozenset(
    re.findall(
        r"\w+",
        """president minister secretary spokesperson spokesman spokeswoman ambassador general
        chief director governor senator commissioner chairman chairwoman chair judge justice mayor
        king queen prince admiral colonel major captain commander lieutenant sergeant professor
        doctor premier chancellor speaker representative congressman congresswoman officer
        executive envoy prosecutor sheriff attorney inspector marshal brigadier deputy""",
    )
)
_TITLES = frozenset({"Mr", "Mrs", "Ms", "Dr", "Gen", "Sen", "Rep", "Gov", "Prof", "Lt", "Col"})
_NO_FIRST_NAMES = frozenset(
    re.findall(
        r"\w+",
        """monday tuesday wednesday thursday friday saturday sunday january february march april
        may june july august september october november december north south east west northern
        southern eastern western central new old upper lower greater great saint san los las el
        port mount northeast northwest southeast southwest winter spring summer autumn world super
        premier grand prime lake river cape fort united republic state national international al
        although though while despite unless until since yet even meanwhile yesterday today
        tomorrow however later earlier asked told according unlike without within among amid
        following besides thus indeed instead still once former acting""",
    )
)


_SENTENCE_END = lazy_pattern(r"[.?!][\"”’)]*\s|\n")
_KIN_OR_FOUNDER = lazy_pattern(
    r"\b(?:wife|husband|widow(?:er)?|spouse|partner|sons?|daughters?|child(?:ren)?|brothers?|"
    r"sisters?|siblings?|fathers?|mothers?|parents?|uncles?|aunts?|cousins?|nephews?|nieces?|heirs?|"
    r"family|lady|the late|founders?|founded|named (?:after|for))\b",
    re.IGNORECASE,
)
"""In the sentence of a full name: the surname alone may mean another of the name, or a firm."""

_ASIDE = lazy_pattern(r"\b(?:who|whom|whose|that|which) (?:[a-z]+ )?$")
_ANY_ROLE = rf"(?:{'|'.join(sorted(_ROLES))})"
_OFFICE_BEFORE = lazy_pattern(rf"\b{_ANY_ROLE},? $")
_APPOSITIVE = lazy_pattern(
    r", (?:(?:1[89]|[2-9]\d),|(?:an?|the) [^,.;]{1,80}[,.;]"
    rf"|(?:[a-z]+ ){{0,4}}{_ANY_ROLE}\b)"
)


@dataclass(frozen=True, slots=True)
class Named:
    """A text, and the full name that was written out in it, if one was."""

    text: str
    name: str | None = None


def with_full_name(text: str, before: str, whole: str = "") -> Named:
    """Write out the first surname that stands alone, as `before`, the article so far, gives it.

    It must give an office or an age with it, and nothing in the `whole` article may leave doubt.
    """
    for found in _LONE.finditer(text):
        surname = found[1]
        if _CAPITALISED_BEFORE.search(text[: found.start()]) or surname.lower() in STOP | _ROLES:
            continue
        if _DOES_AS_FIRMS_DO.match(text, found.end()) or inside_quotes(text, found.start()):
            continue
        full = _full_name(surname, before, whole or before)
        if full:
            if f"{full.split()[-2]} {surname}" in text:
                return Named(text)
            return Named(f"{text[: found.start()]}{full}{text[found.end() :]}", full)
    return Named(text)


def _full_name(surname: str, before: str, whole: str) -> str | None:
    first = re.search(rf"(?<!\w){surname}(?!\w)", before)
    names = lazy_pattern(
        by_case(r"((?:(?<!\w)[A-Z][\w’'-]* ){1,5})") + surname + by_case(r"(?![\w-])(?! [A-Z])")
    )
    introduced = names.search(before) if first else None
    if first is None or introduced is None or introduced.end() != first.end():
        return None
    run = tuple(introduced[1].split())
    others = {tuple(found[1].split()) for found in names.finditer(whole)}
    if not _first_name(run[-1]) or not all(_same(other, run) for other in others):
        return None
    if _is_place_or_thing(surname, whole) or not _is_introduced(introduced, run):
        return None
    in_office = run[:-1] and run[-2].lower() in _ROLES and run[0].lower() not in STOP
    return " ".join([*(run[:-1] if in_office else ()), run[-1], surname])


def _same(other: tuple[str, ...], run: tuple[str, ...]) -> bool:
    """Whether what stands before a surname elsewhere is the same first name, or the same office."""
    return other[-1] == run[-1] or (other[-1].lower() in _ROLES and other[-1] in run)


def _is_introduced(name: re.Match[str], run: tuple[str, ...]) -> bool:
    """Whether an office, an age or the like stands by a name, and nothing that tells of kin."""
    text = name.string
    start = max(text.rfind(end, 0, name.start()) for end in (". ", "\n", "? ", "! "))
    end = _SENTENCE_END.search(text, name.end())
    sentence = text[start + 1 : end.start() if end else len(text)]
    if _KIN_OR_FOUNDER.search(sentence) or _ASIDE.search(text[: name.start()]):
        return False
    if re.match("['’]s", text[name.end() :]):
        return False
    office = any(word.lower() in _ROLES for word in run[:-1])
    office = office or _OFFICE_BEFORE.search(text[: name.start()]) is not None
    return office or _APPOSITIVE.match(text, name.end()) is not None


def _first_name(word: str) -> bool:
    low = word.lower()
    return (
        word.isalpha()
        and not word.isupper()
        and low not in STOP | _ROLES | _NO_FIRST_NAMES
        and word not in _TITLES
    )


def _is_place_or_thing(surname: str, told: str) -> bool:
    return (
        re.search(rf"(?<!\w){surname} " + by_case("(?:&|[A-Z])"), told) is not None
        or re.search(rf"\b(?:in|at|into|across|near|throughout|inside) {surname}\b", told)
        is not None
        or re.search(rf"\b{surname.lower()}s?\b", told) is not None
    )
