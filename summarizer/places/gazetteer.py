"""Countries by name: those of ISO 3166 from pycountry, peoples and short names from our lists.

https://pypi.org/project/pycountry/ holds Debian's iso-codes, with the names in other languages.
"""

from __future__ import annotations

import gettext
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import MappingProxyType

from summarizer.language.content_words import STOP
from summarizer.language.stems import stem
from summarizer.language.vocabulary import known
from summarizer.language.word_lists import lines
from summarizer.topics.tokens import tokenize

LANGUAGES = ("ur", "ar", "fa", "ru", "uk", "de", "fr", "es", "zh_CN")
"""Languages in which the built-in topics have words, and so are read for countries too."""

_OTHER, _EVERYDAY = "-", "!"
_OWN_PARTS = {
    "GB": ("UK", "britain", "great britain", "england", "scotland", "wales", "northern ireland"),
    "PS": ("gaza", "gaza strip", "west bank", "palestine"),
    "US": ("US", "united states", "america"),
}
"""Names of a country or of its parts that are not first in `places.txt`."""


@dataclass(frozen=True, slots=True)
class _Listed:
    """The file `countries.txt`: names, seats and titles by code, names of something else."""

    names: Mapping[str, tuple[str, ...]]
    seats: Mapping[str, tuple[str, ...]]
    titles: Mapping[str, str]
    others: tuple[str, ...]
    everyday: frozenset[str]


@dataclass(slots=True)
class _Book:
    """All names of each country, those that are everyday words as well, and its title."""

    names: defaultdict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    everyday: defaultdict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    titles: dict[str, str] = field(default_factory=dict)


def title_of(code: str) -> str:
    """Return what a country is called: "Iran" for IR."""
    return _book().titles[code]


def names_of(code: str) -> tuple[str, ...]:
    """Return the names of a country, its people and its government, in several languages."""
    own, seats = _book().names[code], _listed().seats.get(code, ())
    return (*dict.fromkeys([*own, *seats, *_translated(code)]),)


def names_of_others(codes: frozenset[str]) -> tuple[str, ...]:
    """Return longer names that hold a name of these countries and mean something else."""
    mine = {name for code in codes for name in _book().names[code]}
    firsts = {fold_name(name) for name in mine}
    theirs = [
        name
        for code, names in _book().names.items()
        if code not in codes
        for name in names
        if fold_name(name) not in firsts
    ]
    return tuple(
        name for name in (*theirs, *_listed().others) if _holds(fold_name(name).split(), firsts)
    )


@cache
def names_of_no_country() -> frozenset[str]:
    """Folded names that hold a country's name and mean something else."""
    return frozenset(map(fold_name, _listed().others))


@cache
def countries_by_name() -> Mapping[str, tuple[str, ...]]:
    """Map each folded name to the codes of its countries; "US" stands in capitals alone."""
    found: dict[str, tuple[str, ...]] = {}
    for code, names in _book().names.items():
        for name in (*names, *_book().everyday[code]):
            key = name if name == "US" else fold_name(name)
            found[key] = (*dict.fromkeys([*found.get(key, ()), code]),)
    found["korea"] = ("KR", "KP")
    found["congo"] = ("CD", "CG")
    return MappingProxyType(found)


def country_of_place(name: str) -> str | None:
    """The code of the country whose own name, not that of its people, this is; "US" in capitals."""
    return _own_names().get(name if name in {"US", "UK"} else fold_name(name))


@cache
def _own_names() -> Mapping[str, str | None]:
    """Titles, and the first name of each group in `places.txt`, which is the place.

    Georgia is left out, for it is a state of another country too.
    """
    titles = {fold_name(title): code for code, title in _book().titles.items()}
    by_name = countries_by_name()
    firsts = (forms[0] for forms in _peoples())
    known = {name: by_name[name][0] for name in firsts if len(by_name.get(name, ())) == 1}
    parts = {name: code for code, names in _OWN_PARTS.items() for name in names}
    return MappingProxyType({**known, **titles, **parts, "georgia": None})


def fold_name(name: str) -> str:
    """Return a name for comparison: no case, accents or hyphens."""
    plain = unicodedata.normalize("NFKD", name.casefold().replace("’", "'").replace("-", " "))
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).split())


@cache
def _book() -> _Book:
    from pycountry import countries

    book, listed = _Book(), _listed()
    codes: dict[str, str] = {}
    for each in countries:
        common = getattr(each, "common_name", each.name).partition(",")[0].partition(" (")[0]
        title = listed.titles.get(each.alpha_2, common)
        names = [title, each.name, getattr(each, "official_name", title)]
        own = [*listed.names.get(each.alpha_2, ()), *(n for n in names if not set(n) & set(",("))]
        book.names[each.alpha_2], book.titles[each.alpha_2] = own, title
        codes |= dict.fromkeys(map(fold_name, own), each.alpha_2)
    book.names["XK"], book.titles["XK"] = [*listed.names["XK"]], listed.titles["XK"]
    for forms in _peoples():
        code = next((codes[form] for form in forms if form in codes), None)
        if code:
            for form in forms:
                (book.everyday if form in listed.everyday else book.names)[code].append(form)
    return book


def _peoples() -> Iterator[list[str]]:
    """The groups of names in `places.txt`, each of one place and its people."""
    for line in lines("places"):
        if line:
            yield [form.replace("_", " ") for form in line.split()]


@cache
def _listed() -> _Listed:
    names: dict[str, tuple[str, ...]] = {}
    seats: dict[str, tuple[str, ...]] = {}
    titles: dict[str, str] = {}
    text = Path(__file__).with_name("countries.txt").read_text("utf-8")
    for line in text.splitlines():
        if not line or line.startswith("#"):
            continue
        code, _, rest = line.partition(":")
        said, seats[code] = (_split(part) for part in rest.partition("//")[::2])
        if said and said[0].startswith("*"):
            titles[code] = said[0][1:]
        names[code] = tuple(name.removeprefix("*") for name in said)
    others, everyday = names.pop(_OTHER), names.pop(_EVERYDAY)
    return _Listed(names, seats, titles, others, frozenset(everyday))


def _split(names: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in names.split("|") if name.strip())


def _translated(code: str) -> Iterator[str]:
    """The short names of a country in other languages, where they are translated."""
    from pycountry import LOCALES_DIR, countries

    country = countries.get(alpha_2=code)
    if country is None:
        return
    originals = {country.name, getattr(country, "common_name", country.name)}
    for language in LANGUAGES:
        catalogue = gettext.translation("iso3166-1", LOCALES_DIR, [language], fallback=True)
        for original in originals:
            name = catalogue.gettext(original).partition(",")[0].partition("،")[0]
            if name not in originals and not _reads_as_english(name):
                yield name


def _reads_as_english(name: str) -> bool:
    """Whether a name, without its accents, is an English word: "Corée" and "core"."""
    stems = tokenize(name).stems
    return len(stems) == 1 and name.isalpha() and (known(stem(stems[0])) or stems[0] in STOP)


def _holds(words: list[str], names: set[str]) -> bool:
    """Return whether a name of several words holds one of these names as words."""
    return any(
        " ".join(words[first:last]) in names
        for first in range(len(words))
        for last in range(first + 1, len(words) + 1)
        if last - first < len(words)
    )
