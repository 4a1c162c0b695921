"""What an article is, by the marks that publishers put on adverts, deals and horoscopes."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

from bot.models import ArticleKind

_EDGE = 500
"""Characters at both ends of a text where a disclosure stands."""

_OPENING = re.compile(
    r"\s{0,9}[\[(【「|]?\s{0,9}([^\]):：|】」–—-]{2,40}?)\s{0,9}(?:[\]):：|】」]|\s[–—-]\s)"
)
_CLOSING = re.compile(r"\s[|–—-]\s*([^|–—]{2,40})$|[\[(【]([^\])】]{2,40})[\])】]$")
_SPACES = re.compile(r"\s+")

Marks = dict[str, ArticleKind]


def kind_of(
    title: str, text: str, url: str | None, categories: Iterable[str] = (), author: str = ""
) -> ArticleKind:
    """The kind of an article; news unless its publisher marks it as something else."""
    marks = _marks()
    for each in (*categories, author):
        if kind := marks["category"].get(_plain(each)):
            return kind
    heading = _plain(title)
    for found in (_OPENING.match(heading), _CLOSING.search(heading)):
        name = next((each for each in found.groups() if each), "") if found else ""
        if kind := marks["opening"].get(name.strip()):
            return kind
    ends = _plain(text if len(text) <= 2 * _EDGE else f"{text[:_EDGE]} \n {text[-_EDGE:]}")
    return _within("title", heading) or _within("text", ends) or _by_path(url) or ArticleKind.NEWS


def _within(place: str, text: str) -> ArticleKind | None:
    pattern = _pattern(place)
    found = pattern.search(text)
    return _marks()[place][found[1]] if found else None


def _by_path(url: str | None) -> ArticleKind | None:
    path = (url or "")[:2_000].partition("?")[0].lower()
    parts = path.split("/")[3:]
    return next((kind for each in parts if (kind := _marks()["path"].get(each))), None)


def _plain(text: str) -> str:
    return _SPACES.sub(" ", text[:4_000]).strip().casefold().replace("\u2019", "'")


@cache
def _pattern(place: str) -> re.Pattern[str]:
    """Any of a place's phrases as whole words; scripts without spaces have no word ends."""
    phrases = sorted(_marks()[place], key=len, reverse=True)
    any_of = "|".join(map(re.escape, phrases))
    return re.compile(rf"(?<![a-z])({any_of})(?![a-z])")


@cache
def _marks() -> defaultdict[str, Marks]:
    found: defaultdict[str, Marks] = defaultdict(dict)
    rows = files("bot.sources.text").joinpath("article_kinds.txt").read_text("utf-8").splitlines()
    for row in rows:
        if row and not row.startswith("#"):
            kind, place, phrases = row.split("\t")
            for phrase in phrases.split("|"):
                found[place].setdefault(_plain(phrase), ArticleKind(kind))
    return found
