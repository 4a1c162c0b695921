"""A surname alone made the full name, where the article leaves no doubt whose it is."""

from __future__ import annotations

import re
from dataclasses import dataclass

from summarizer.words import STOP

_LONE = re.compile(
    r"(?<![\w’'.-])(?<![A-Z]\. )([A-Z][a-z]{2,}(?:[-’'][A-Z][a-z]+)?)(?=['’]s\b|[\s,.;:]|$)(?! \d)"
)
_DOES_AS_PEOPLE_DO = re.compile(
    r"['’]s (?:career|wife|husband|lawyers?|family|death|office|mother|father|sons?|daughters?)\b"
    r"|,? \d{1,2}, | (?:said|says|told|pleaded|denied|admitted|added|announced|wrote|died|resigned|"
    r"vowed|denies|argued|testified|tweeted|insisted)\b"
)
_DOES_AS_STATES_DO = re.compile(r" (?:said|says|announced|vowed) (?:that )?its?\b")
_CAPITALISED_BEFORE = re.compile(r"[A-Z][\w.’'-]*,? $")
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
        port mount northeast northwest southeast southwest midtown downtown winter spring summer
        autumn world super premier grand prime lake river cape fort united republic state
        national international al although though while despite unless until since yet even
        meanwhile yesterday today tomorrow however sometimes perhaps maybe later earlier asked
        told according unlike without within among amid following besides thus indeed instead
        still once former acting critics sources police officials""",
    )
)


@dataclass(frozen=True, slots=True)
class Named:
    """A text, and the full name that was written out in it, if one was."""

    text: str
    name: str | None = None


def with_full_name(text: str, before: str, whole: str = "") -> Named:
    """Write out the first surname that stands alone, as `before`, the article so far, gives it.

    Who plainly is a person may be named later: `whole` is the whole article.
    """
    for found in _LONE.finditer(text):
        surname = found[1]
        if _CAPITALISED_BEFORE.search(text[: found.start()]) or surname.lower() in STOP | _ROLES:
            continue
        if _DOES_AS_STATES_DO.match(text, found.end()):
            continue
        full = _full_name(surname, before)
        if full is None and _DOES_AS_PEOPLE_DO.match(text, found.end()):
            full = _full_name(surname, whole)
        if full:
            if f"{full.split()[-2]} {surname}" in text:
                return Named(text)
            return Named(f"{text[: found.start()]}{full}{text[found.end() :]}", full)
    return Named(text)


def _full_name(surname: str, told: str) -> str | None:
    runs = re.findall(rf"((?:(?<!\w)[A-Z][\w’'-]* ){{1,5}}){surname}(?![\w-])(?! [A-Z])", told)
    people = {tuple(run.split()) for run in runs}
    if not people or _is_place_or_thing(surname, told):
        return None
    first_names = {run[-1] for run in people}
    if len(first_names) != 1 or not _first_name(next(iter(first_names))):
        return None
    longest = max(people, key=len)
    role = longest[:-1] if longest[:-1] and longest[-2].lower() in _ROLES else ()
    return " ".join([*role, longest[-1], surname])


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
        re.search(rf"\b(?:in|at|into|across|near|throughout|inside) {surname}\b", told) is not None
        or re.search(rf"\b{surname.lower()}s?\b", told) is not None
    )
