""" "The country" written out, where the sentence before leaves no doubt which."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

from summarizer.quotes import inside_quotes

_THE_COUNTRY = re.compile(r"\b[Tt]he country\b(?=['’]s\b|[\s,.;:])")
_CAPITALISED = re.compile(r"(?<!^)\b[A-Z]\w*")
_SHORT_NAMES = ("Britain", "UK", "US", "South Korea", "North Korea")
_NOT_ONLY_COUNTRIES = ("Georgia", "Jordan", "Chad")
_WITH_ARTICLE = re.compile(
    r"United|U[KS]$|Czech|Dominican|.*(?:Emirates|Islands|lands|Philippines)$"
)


def with_country(text: str, before: str) -> str:
    """Name the country where `before`, the sentence before, names one, and nobody else."""
    found = _THE_COUNTRY.search(text)
    if found is None or inside_quotes(text, found.start()):
        return text
    named = set(_countries().findall(before))
    others = _CAPITALISED.search(_countries().sub("", before))
    if len(named) != 1 or others or _countries().search(text[: found.start()]):
        return text
    name = named.pop()
    article = "the " if _WITH_ARTICLE.match(name) else ""
    said = f"{article}{name}"
    said = said[0].upper() + said[1:] if found[0][0] == "T" else said
    return f"{text[: found.start()]}{said}{text[found.end() :]}"


@cache
def _countries() -> re.Pattern[str]:
    """The countries of the time zone database, by their names in English."""
    table = (files("tzdata") / "zoneinfo" / "iso3166.tab").read_text(encoding="utf-8")
    lines = (line.split("\t") for line in table.splitlines() if not line.startswith("#"))
    names = {re.sub(r" \(.*\)", "", line[1]) for line in lines if len(line) > 1}
    every = sorted({*names, *_SHORT_NAMES} - {*_NOT_ONLY_COUNTRIES}, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, every))})(?!\w)")
