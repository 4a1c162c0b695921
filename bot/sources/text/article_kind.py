"""What an article is, by the marks of adverts, deals, horoscopes and press releases."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from itertools import groupby

from bot.models import ArticleKind

_EDGE = 500
"""Characters at both ends of a text where a disclosure stands."""

_OPENING = re.compile(
    r"\s{0,9}[\[(【「|*–—-]{0,2}\s{0,9}([^\]):：|】」*–—]{2,40}?)\s{0,9}(?:[\]):：|】」*]|\s[–—-]\s)"
)
_CLOSING = re.compile(r"\s[|–—-]\s*([^|–—]{2,40})$|[\[(【]([^\])】]{2,40})[\])】]$")
_BRACKETS = tuple("[(【「])】」")
_CREDITS = ("sponsored by ", "presented by ", "paid for by ")
_CREDIT = re.compile(
    r"(?:^|[.!?] )(?:sponsored|presented|paid for) by [^.!?]{2,60}[.!]?$"
    r"|^(?:sponsored|presented|paid for) by [^.!?]{2,60}[.!]"
)
"""A last or first sentence that says only who paid."""

_REDUCED = re.compile(
    r"\b\d{1,2}% off\b(?![^.:;,]{0,30}\b(?:peaks?|highs?|lows?|records?|levels?)(?![\w-]))"
    r"|\bsave (?:up to )?(?:[$€£] ?\d|\d{1,2}%)|\bdown to [$€£] ?\d|\bhalf price\b"
)
_SHOP = re.compile(r"\b(?:black friday|cyber monday|prime day|amazon|right now|today only)\b")
"""Words of a price that is cut, and of a shop: both together are an offer."""

_OFFER = re.compile(
    r"\b(?:black friday|cyber monday|prime day|promo codes?|coupon codes?|gift guide|best deals?)\b"
)
"""Words of offers: the second sign beside a hint such as the category "Deals"."""

_IMMEDIATE = re.compile(r"^\W{0,9}for immediate release\b(?! of\b)", re.IGNORECASE | re.MULTILINE)

_PARTS = re.compile(r"[/>|,;]")
_PAID = frozenset({ArticleKind.ADVERT, ArticleKind.PRESS_RELEASE})

_SPACES = re.compile(r"\s+")

Marks = dict[str, ArticleKind]


def kind_of(
    title: str, text: str, url: str | None, categories: Iterable[str] = (), author: str = ""
) -> ArticleKind:
    """The kind of an article; news unless its publisher marks it as something else."""
    for kind in _kinds(_plain(title), text, url, [_plain(each) for each in (*categories, author)]):
        if kind and not (kind is ArticleKind.PRESS_RELEASE and _official().search(_host(url))):
            return kind
    return ArticleKind.NEWS


def _kinds(
    heading: str, text: str, url: str | None, names: Sequence[str]
) -> Iterator[ArticleKind | None]:
    """What each mark says, the plainest first."""
    yield from map(_by_category, names)
    yield _by_heading(heading)
    ends = text if len(text) <= 2 * _EDGE else f"{text[:_EDGE]} \n {text[-_EDGE:]}"
    plain_ends = _plain(ends)
    if any(each in plain_ends for each in _CREDITS) and _CREDIT.search(plain_ends):
        yield ArticleKind.ADVERT
    if "immediate release" in plain_ends and _IMMEDIATE.search(ends):
        yield ArticleKind.PRESS_RELEASE
    yield _within("text", plain_ends)
    yield _by_path(url)
    yield _by_host(_host(url))
    if _REDUCED.search(heading) or _OFFER.search(heading):
        places = (*names, *_path(url), _host(url).removeprefix("www.").partition(".")[0])
        yield next((kind for each in places if (kind := _marks()["hint"].get(each))), None)


@lru_cache(maxsize=256)
def _by_category(name: str) -> ArticleKind | None:
    """The kind that a category, author or outlet says, or a part of it: "News/Sponsored"."""
    if kind := _by_name(name):
        return kind
    marks = _marks()
    parts = [each.strip(" #") for each in _PARTS.split(name.replace("_", " ").replace("-", " "))]
    found = (marks["category"].get(each) or marks["wire"].get(each) for each in parts)
    if kind := next((each for each in found if each in _PAID), None):
        return kind
    return _in_brackets(name[1:]) if name.startswith("#") else None


def _in_brackets(name: str) -> ArticleKind | None:
    return _marks()["bracket"].get(name) or _marks()["square"].get(name)


def _by_name(name: str) -> ArticleKind | None:
    marks = _marks()
    if kind := marks["category"].get(name) or marks["wire"].get(name):
        return kind
    for place in ("ending", "wire"):
        if kind := next((k for end, k in marks[place].items() if name.endswith(f" {end}")), None):
            return kind
    return next((k for start, k in marks["start"].items() if name.startswith(f"{start} ")), None)


def _by_heading(heading: str) -> ArticleKind | None:
    marks = _marks()
    bracketed = heading.startswith(_BRACKETS) or heading.endswith(_BRACKETS)
    for found in (_OPENING.match(heading), _CLOSING.search(heading)):
        name = next((each for each in found.groups() if each), "").strip() if found else ""
        kind = marks["opening"].get(name) or (marks["bracket"].get(name) if bracketed else None)
        if not kind and bracketed and not heading.endswith(f"({name})"):
            kind = marks["square"].get(name)
        if kind:
            return kind
        if name.startswith(tuple(marks["framed"])) and not bracketed and "|" not in heading:
            continue
        if kind := next((k for start, k in marks["start"].items() if name.startswith(start)), None):
            return kind
    if _REDUCED.search(heading) and _SHOP.search(heading):
        return ArticleKind.DEALS
    return _within("title", heading)


def _within(place: str, text: str) -> ArticleKind | None:
    pattern = _pattern(place)
    found = pattern.search(text)
    return _marks()[place][found[1]] if found else None


def _host(url: str | None) -> str:
    authority = (url or "")[:2_000].partition("://")[2].lower()
    return re.split(r"[/?#:]", authority, maxsplit=1)[0]


def _by_host(host: str) -> ArticleKind | None:
    """The kind of all that a site has: a paid wire, or "sponsored.river.example"."""
    labels = host.removeprefix("www.").split(".")
    sites = (".".join(labels[at:]) for at in range(max(1, len(labels) - 1)))
    found = (_marks()["host"].get(each) for each in sites)
    own = _marks()["path"].get(labels[0]) if len(labels) > 2 else None
    return next(filter(None, found), None) or own


def _by_path(url: str | None) -> ArticleKind | None:
    return next((kind for each in _path(url) if (kind := _marks()["path"].get(each))), None)


def _path(url: str | None) -> list[str]:
    """The parts of an address's path."""
    return (url or "")[:2_000].partition("?")[0].lower().replace("_", "-").split("/")[3:]


def _plain(text: str) -> str:
    return _SPACES.sub(" ", text[:4_000]).strip().casefold().replace("\u2019", "'")


@cache
def _pattern(place: str) -> re.Pattern[str]:
    """Any of a place's phrases as whole words; scripts without spaces have no word ends."""
    return re.compile(rf"(?<![a-z])({_any_of(_marks()[place])})(?![a-z])")


def _any_of(phrases: Iterable[str], shared: int = 2) -> str:
    """A pattern of phrases, the longest first; those that begin alike are tried together."""
    if not shared:
        return "|".join(map(re.escape, sorted(phrases, key=len, reverse=True)))
    groups = groupby(sorted(phrases), lambda each: each[:1])
    found = ((start, _any_of([each[1:] for each in some], shared - 1)) for start, some in groups)
    return "|".join(f"{re.escape(start)}(?:{rest})" for start, rest in found)


@cache
def _marks() -> defaultdict[str, Marks]:
    found: defaultdict[str, Marks] = defaultdict(dict)
    for row in _rows("article_kinds.txt"):
        kind, place, phrases = row.split("\t")
        for phrase in phrases.split("|"):
            found[place].setdefault(_plain(phrase), ArticleKind(kind))
    return found


@cache
def _official() -> re.Pattern[str]:
    """The sites whose press releases are news."""
    names = (re.escape(each).replace(r"\?", "[a-z]") for each in _rows("official_sites.txt"))
    any_of = "|".join(each.replace(r"\*", "[a-z-]{0,40}") for each in names)
    return re.compile(rf"(?:^|\.)(?:{any_of})$")


def _rows(name: str) -> list[str]:
    rows = files("bot.sources.text").joinpath(name).read_text("utf-8").splitlines()
    return [row for row in rows if row and not row.startswith("#")]
