"""Which headlines tell the news by themselves, without the labels that pages put around them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from summarizer.language.quotation_marks import balanced, unquoted
from summarizer.lazy_pattern import lazy_pattern

FEWEST_WORDS, FEWEST_LETTERS, MOST_CHARS = 4, 10, 300
_FEWEST_WIDE = 6
"""Letters of a headline in a script that writes no spaces."""

_NEWS_LABEL = lazy_pattern(
    r"^\W*(?:breaking(?: news)?|just in|update(?:d|s|\s?\d+)?|exclusive|developing|news|world|"
    r"latest|alert|newsalert|flash|urgent|top news|world news)\s*(?:::|[:|–—]|\s-\s)\s*",
    re.IGNORECASE,
)
_OTHER_LABEL = lazy_pattern(
    r"^\W*(?:watch|video|live|listen|photos?|pictures?|in pictures|gallery|opinion|op-?ed|analysis|"
    r"editorial|comment(?:ary)?|column|explain(?:er|ed)|fact ?check|factbox|timeline|interview|"
    r"podcast|quiz|newsletter|review|feature|profile|obituary|letters?|cartoon|sponsored|"
    r"promoted|advert(?:isement|orial)?|paid post|week(?:ly)? (?:in )?(?:review|ahead|round-?up)|"
    r"perspective|viewpoint|insight|essay|blog|transcript|q&a|poll|recap|preview|highlights|"
    r"guest (?:post|essay)|press release|webinar|event|deals?)\b\s*(?:::|[:|–—]|\s-\s)",
    re.IGNORECASE,
)
_DASH_TAIL = lazy_pattern(r"(?<!\s)\s++[-–—•]\s{1,9}(?P<name>[^|–—»•]{2,60})$")
_PIPE_TAIL = lazy_pattern(r"\s{0,9}(?:\||»|::)\s{0,9}(?P<name>[^|»]{2,60})$")
_CLIPPED = lazy_pattern(r"(?:(?<!\.)\.\.++|…|\[\s*(?:…|\.\.\.)\s*\])\s*[\"'”’»)\]]*$")
_TEASES = lazy_pattern(
    r"^\W*(?:how|why|what|when|where|which|who|whose|here(?:['’]s| is| are)|inside|meet|see|watch|"
    r"read|this is|these are|is|are|can|could|should|will|would|does|do|did|has|have|everything|"
    r"all you need|things to|the \w+ (?:things|reasons|ways)|a look at|a guide|explain(?:ed|ing)|"
    r"understanding|remembering|behind the|check out|don['’]t miss|\d+ (?:\w+ ){0,3}(?:things|ways|"
    r"reasons|takeaways|tips|facts|charts|photos|questions|stories|books|movies|shows|trends|deals|"
    r"picks|lessons|best))\b",
    re.IGNORECASE,
)
_EXPLAINS = lazy_pattern(
    r"\b(?:explained|explainer|what (?:to|you need to) know|what we know(?: so far)?|"
    r"need to know|in (?:pictures|photos|charts|maps|graphics)|as it happened|"
    r"live (?:updates?|blog|coverage)|key takeaways|things to know|how to|"
    r"full (?:text|transcript|list|schedule))\b",
    re.IGNORECASE,
)
_PERSON = lazy_pattern(
    r"\b(?:I|I['’]m|you|your|yours|we|we['’]re|our|my|me|let['’]s)\b", re.IGNORECASE
)
_ONE_QUOTATION = lazy_pattern(r"\W{0,3}[‘'](?:[^‘’']|(?<=\w)[’'](?=\w))+[’']\W{0,3}$")
"""A headline within one pair of marks; an apostrophe in it looks like their end."""
_THE_US = lazy_pattern(r"\b(?:US|U\.S\.)(?=\W|$)")
_WIDE = lazy_pattern("[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_LETTER = lazy_pattern(r"[^\W\d_]")


@dataclass(frozen=True, slots=True)
class Headline:
    """The span of a title that is its headline: `text == title[start:end]`."""

    text: str
    start: int
    end: int


def headline(title: str, source: str = "") -> Headline:
    """The title without a label before it ("BREAKING: ") and its outlet's name behind it."""
    start, end = len(title) - len(title.lstrip()), len(title.rstrip())
    if label := _NEWS_LABEL.match(title):
        start = label.end()
    if (tail := _tail(title[start:end], source)) is not None:
        end = start + tail
    if end - start < FEWEST_LETTERS:
        start, end = len(title) - len(title.lstrip()), len(title.rstrip())
    return Headline(title[start:end], start, end)


def headline_fault(text: str) -> str | None:
    """Why a headline does not tell news by itself, or None."""
    if len(text) > MOST_CHARS:
        return "is too long"
    own = _THE_US.sub("USA", unquoted(text))
    return next((reason for reason, fails in CHECKS if fails(text, own)), None)


def is_one_quotation(text: str) -> bool:
    """Whether a headline is a quotation from beginning to end and names no speaker."""
    if _ONE_QUOTATION.match(text[:MOST_CHARS]):
        return True
    own = unquoted(text)
    return own is not text and _LETTER.search(own) is None


def _tail(title: str, source: str) -> int | None:
    """Where the outlet's name behind a headline begins, if there is one."""
    found = _PIPE_TAIL.search(title)
    if found is None:
        found = _DASH_TAIL.search(title)
        if found is None or not _names(found["name"], source):
            return None
    return found.start() if found.start() >= FEWEST_LETTERS else None


def _names(tail: str, source: str) -> bool:
    """Whether a tail is the outlet: its letters begin the source's, or the other way round."""
    one, other = ("".join(c for c in each.casefold() if c.isalnum()) for each in (tail, source))
    if len(one) < 2 or len(other) < 2:
        return False
    return one in other or other in one


def _unbalanced(text: str, own: str) -> bool:
    return not balanced(text)


def _few_letters(text: str, own: str) -> bool:
    return len(_LETTER.findall(text)) < 0.6 * len("".join(text.split())) or not text.isprintable()


def _too_short(text: str, own: str) -> bool:
    if _WIDE.search(text):
        return len(_LETTER.findall(text)) < _FEWEST_WIDE
    return len(text.split()) < FEWEST_WORDS or len(text) < FEWEST_LETTERS


def _asks(text: str, own: str) -> bool:
    return any(mark in own for mark in "?？؟") or text.rstrip("\"'”’»)").endswith(("?", "？", "؟"))


def _clipped(text: str, own: str) -> bool:
    return _CLIPPED.search(text) is not None


def _labelled(text: str, own: str) -> bool:
    return _OTHER_LABEL.match(text) is not None or "|" in text


def _teases(text: str, own: str) -> bool:
    return _TEASES.match(text) is not None or _EXPLAINS.search(text) is not None


def _addresses(text: str, own: str) -> bool:
    return _PERSON.search(own) is not None


def _only_quoted(text: str, own: str) -> bool:
    return is_one_quotation(text)


def _exclaims(text: str, own: str) -> bool:
    return own.rstrip().endswith(("!", "！"))


CHECKS: tuple[tuple[str, Callable[[str, str], bool]], ...] = (
    ("is too short", _too_short),
    ("has quotation marks or brackets without their partner", _unbalanced),
    ("is no text", _few_letters),
    ("is a question", _asks),
    ("is clipped", _clipped),
    ("is labelled as something else than news", _labelled),
    ("is a teaser", _teases),
    ("speaks for its writer or to its reader", _addresses),
    ("is only a quotation", _only_quoted),
    ("exclaims", _exclaims),
)
"""A reason, and whether a headline fails; the second text is its writer's own words, unquoted."""
