"""Walls in place of articles: cookie notices, paywalls, sign-in forms, bot checks, error pages."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from bot.errors import RefusedInput
from bot.sources.pages.site_talk import SiteTalk, site_talk, without_speech

SHORT = 160
"""A paragraph shorter than this is part of a wall if it has one clear phrase; a longer one needs
two phrases."""
_WEAK, _HINT = "~", "?"

LONGEST_OFFER = 800
"""Characters that an offer or a notice below a teaser has at most."""

_FEW_SHARED = 2

MOST_SHARED = 0.3
"""The least share of a teaser's words that the page of the same article has."""

_FEW_WORDS = 3
_WORD = re.compile(r"\w+")
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
_SPACES = re.compile(r"\s+")
_LONGEST_READ = 100_000


MOSTLY, MOSTLY_LONG = 0.45, 0.9
"""The share of a text from which on it is a wall as a whole. Advice to readers reaches 0.8, so a
longer text needs more."""

LONG = 400

HINTED = 0.3
"""The same for a short text on a page whose forms or scripts hint at a wall."""

LONGEST_HINTED = 1_000

LONGEST_BUTTON = 30

SHORTEST_PARAGRAPH, SHORTEST_BODY = 40, 100
"""The characters of an article: of one of two paragraphs, or of its only one."""

_A_PARAGRAPH = 0.6
"""The share of talk in a paragraph that may be removed from an article's beginning or end."""


_NAMES = {
    "cookies": "a cookie notice",
    "paywall": "a paywall",
    "offer": "an offer of subscriptions",
    "sign-in": "a sign-in form",
    "bot check": "a check for bots",
    "script": "a notice about scripts",
    "region block": "a notice that it is not shown in this region",
    "error": "an error page",
    "maintenance": "a notice of maintenance",
    "legal": "a notice about privacy or terms",
    "page": "a notice about the site",
}


@dataclass(frozen=True, slots=True)
class Unwalled:
    """The paragraphs outside of a wall, and the kind of the wall, if there is one.

    `whole` says that the wall is the page: of it stays what stands above the wall.
    """

    paragraphs: tuple[str, ...]
    wall: str | None
    whole: bool = False


def wall_refusal(kind: str) -> RefusedInput:
    """The refusal of a page that shows a wall of this kind."""
    return RefusedInput(f"shows {_NAMES[kind]} in place of an article")


def without_walls(
    paragraphs: Sequence[str], *, hinted: bool = False, trusted: bool = False
) -> Unwalled:
    """Remove what belongs to a wall: paragraphs with its phrases, and talk of the site around.

    `hinted` says that the page's markup hints at a wall, `trusted` that only phrases show one:
    articles speak to their readers too.
    """
    phrased = [wall_of(without_speech(each)) for each in paragraphs]
    talked = [None if trusted else _talk_of(each) for each in paragraphs]
    marked = [phrase or talk for phrase, talk in zip(phrased, talked, strict=True)]
    text = "\n\n".join(paragraphs)
    talk = SiteTalk(0.0, None) if trusted else site_talk(text)
    walled = sum(len(each) for each, mark in zip(paragraphs, marked, strict=True) if mark)
    limit = MOSTLY_LONG if len(text) > LONG and not any(phrased) and not hinted else MOSTLY
    if hinted and len(text) < LONGEST_HINTED:
        limit = HINTED
    if max(talk.share, walled / max(1, len(text))) >= limit:
        first = next((at for at, mark in enumerate(marked) if mark), 0)
        kind = next(filter(None, marked), talk.kind)
        return Unwalled(tuple(paragraphs[:first]), kind, whole=True)
    begins = marked if hinted else phrased
    begin = next((at for at, mark in enumerate(begins) if not mark), 0)
    end = _end(paragraphs, phrased, talked)
    kept = tuple(paragraphs[at] for at in range(begin, end) if not phrased[at])
    return Unwalled(kept, next(filter(None, [*phrased, *marked[:begin], *marked[end:]]), None))


def has_body(paragraphs: Sequence[str]) -> bool:
    """Whether a text is long enough for an article: two paragraphs, or one of two sentences."""
    real = [len(each) for each in paragraphs if len(each) >= SHORTEST_PARAGRAPH]
    return len(real) > 1 or sum(real) >= SHORTEST_BODY


def _end(
    paragraphs: Sequence[str], phrased: Sequence[str | None], talked: Sequence[str | None]
) -> int:
    """Where the last paragraphs begin that are an offer or a notice, with the buttons below.

    Talk of the site is only removed above a button or a phrase.
    """
    end, sign = len(paragraphs), False
    for at in range(len(paragraphs) - 1, -1, -1):
        button = len(paragraphs[at]) <= LONGEST_BUTTON
        if phrased[at] or (talked[at] and (sign or button)):
            end = at
        elif not button:
            break
        sign = sign or button or phrased[at] is not None
    return end


def _talk_of(paragraph: str) -> str | None:
    talk = site_talk(paragraph)
    return talk.kind if talk.share >= _A_PARAGRAPH else None


def wall_of(paragraph: str) -> str | None:
    """The kind of wall that a paragraph belongs to, by the phrases in it; None for any other."""
    phrases = _phrases()
    plain = _line(paragraph[:4_000])
    kinds = [phrases[each] for each in {each[0]: 0 for each in _pattern().finditer(plain)}]
    clear = [kind for kind in kinds if not kind.startswith(_WEAK)]
    enough = clear if len(plain) < SHORT else kinds
    if len(kinds) < 2 and not (clear and enough is clear):
        return None
    return (clear or kinds)[0].removeprefix(_WEAK)


def is_same_article(title: str, teaser: str, text: str) -> bool:
    """Whether a page's text has the words of its feed's own title and teaser."""
    page = _words(text)
    wanted = _words(title), _words(teaser)
    compared = [each for each in wanted if len(each) >= _FEW_WORDS]
    return not compared or any(len(each & page) / len(each) >= MOST_SHARED for each in compared)


def is_about(text: str, told: str) -> bool:
    """Whether a text has words of what is told of an article, its title for one."""
    wanted = _words(told)
    return bool(wanted) and len(_words(text) & wanted) >= min(_FEW_SHARED, len(wanted))


def adds_only_an_offer(title: str, teaser: str, text: str) -> bool:
    """Whether a page has its feed's own text and, of other lines, only some about itself.

    These are few, speak of subscriptions, accounts or cookies, and not of what the feed tells.
    """
    known = _line(teaser)
    rest = "\n".join(each for each in text.split("\n\n") if _line(each) not in known)
    if len(rest) > LONGEST_OFFER or not _hints().search(_line(rest)):
        return False
    return len(_words(rest) & (_words(title) | _words(teaser))) < _FEW_SHARED


def _line(text: str) -> str:
    return _SPACES.sub(" ", text).strip().casefold().replace("\u2019", "'")


def _words(text: str) -> frozenset[str]:
    """The longer words by their beginnings; where words are not spaced, pairs of characters."""
    found: set[str] = set()
    for word in _WORD.findall(text[:_LONGEST_READ].casefold()):
        if _UNSPACED.search(word):
            found |= {word[at : at + 2] for at in range(max(1, len(word) - 1))}
        elif len(word) > _FEW_WORDS or word.isdigit():
            found.add(word[:6])
    return frozenset(found)


@cache
def _pattern() -> re.Pattern[str]:
    return _any_of([each for each, kind in _phrases().items() if not kind.startswith(_HINT)])


@cache
def _hints() -> re.Pattern[str]:
    return _any_of(list(_phrases()))


def _any_of(phrases: Sequence[str]) -> re.Pattern[str]:
    longest_first = sorted(phrases, key=len, reverse=True)
    return re.compile(rf"(?<![a-z])(?:{'|'.join(map(re.escape, longest_first))})(?![a-z])")


@cache
def _phrases() -> dict[str, str]:
    """Each phrase with the kind of wall that it belongs to."""
    rows = files("bot.sources.pages").joinpath("walls.txt").read_text("utf-8").splitlines()
    found: dict[str, str] = {}
    for row in rows:
        if row and not row.startswith("#"):
            kind, phrases = row.split("\t")
            read = {phrase.strip().casefold(): kind for phrase in phrases.split("|")}
            found = read | found if kind.startswith(_HINT) else found | read
    return found
