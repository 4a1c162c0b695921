"""What is read of an article once, for all topics; English words are what its signs are made of."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from string import ascii_lowercase
from urllib.parse import urlsplit

from bot.models import Article
from summarizer.newsworthiness.phrases import Word, load_lists, rare_stems, read_words
from summarizer.newsworthiness.signs import TOPICS

LEAD_WORDS = 60
BODY_WORDS = 300
READ_CHARS, KEPT_CHARS = 4_000, 400
LEAST_NAMED, LEAST_BODY = 4, 40
_SHARED_START = 160
_BEFORE_WITHIN = frozenset(f"{ascii_lowercase},")
"""What stands before the space before a word within a sentence."""

_SPLIT_PATH = re.compile(r"[/_.\-]+")


@dataclass(frozen=True, slots=True)
class ReadArticle:
    """An article with the words of its parts; `lead` and `body` are empty for page furniture.

    Of texts only the first KEPT_CHARS are kept: thousands of articles that were read are kept.
    """

    article: Article
    title: tuple[Word, ...]
    lead: tuple[Word, ...]
    body: tuple[Word, ...]
    path: tuple[str, ...]
    text: str
    english: bool


def with_furniture(articles: Sequence[Article], titles: int = 2) -> list[tuple[Article, bool]]:
    """Each article, and whether its text is page furniture: titles of its source share it."""
    shared = _shared_starts(articles, titles)
    return [(article, _start(article) in shared) for article in articles]


def _start(article: Article) -> tuple[str, str]:
    return article.source, " ".join(article.text[:_SHARED_START].split())


def _shared_starts(articles: Iterable[Article], least: int) -> set[tuple[str, str]]:
    titles: dict[tuple[str, str], set[str]] = defaultdict(set)
    for article in articles:
        titles[_start(article)].add(article.title)
    return {start for start, named in titles.items() if len(named) >= least and start[1]}


def read_article(article: Article, *, furniture: bool = False) -> ReadArticle:
    """Read one article; the text of page furniture is left out."""
    text = "" if furniture else article.text[:READ_CHARS]
    title = read_words(article.title)
    body = read_words(text, BODY_WORDS)
    if body[: len(title)] == title:
        body = body[len(title) :]
    if _is_of_another(title, body):
        text, body = "", ()
    title = tuple(mark_names(title, text))
    path = tuple(p.lower() for p in _SPLIT_PATH.split(_path(article.url)) if p)
    lead, english = body[:LEAD_WORDS], _english(title + body)
    kept = replace(article, text=article.text[:KEPT_CHARS])
    return ReadArticle(kept, title, lead, body, path, kept.text if text else "", english)


def _is_of_another(title: Sequence[Word], body: Sequence[Word]) -> bool:
    """Whether a text of some length has next to no word of its title: it is the page's."""
    named = rare_stems(title)
    if len(named) < LEAST_NAMED or len(body) < LEAST_BODY:
        return False
    return not any(word.stem in named for word in body)


def mark_names(title: Iterable[Word], text: str) -> Iterator[Word]:
    """The words of a title; of those that may be acts, the names of firms and the like marked.

    A name is a word that the text writes with a capital within a sentence, and never small.
    """
    for word in title:
        if word.written[:1].isupper() and word.stem in _act_stems() and _is_name(word, text):
            yield word.as_name()
        else:
            yield word


def _is_name(word: Word, text: str) -> bool:
    within = any(
        text[at - 1 : at] in _BEFORE_WITHIN and _is_edge(text, at + 1 + len(word.written))
        for at in _places(text, f" {word.written}")
    )
    small = word.written.lower()
    return within and not any(
        _is_edge(text, at) and _is_edge(text, at + len(small)) for at in _places(text, small)
    )


def _places(text: str, piece: str) -> Iterator[int]:
    at = text.find(piece)
    while at >= 0:
        yield at
        at = text.find(piece, at + 1)


def _is_edge(text: str, at: int) -> bool:
    """Whether a word begins or ends there."""
    one, other = text[at - 1 : at] if at else "", text[at : at + 1]
    return (one.isalnum() or one == "_") != (other.isalnum() or other == "_")


@lru_cache(maxsize=1)
def _act_stems() -> frozenset[str]:
    lists = (load_lists(f"acts_{topic}") for topic in TOPICS)
    return frozenset(first for acts in lists for kind in acts.values() for first in kind.by_first)


def _path(url: str | None) -> str:
    try:
        return urlsplit(url or "").path
    except ValueError:
        return ""


def _english(words: Sequence[Word]) -> bool:
    """Whether function words are as frequent as in English; short texts by any of them."""
    share = sum([word.english for word in words])
    latin = sum([word.written.isascii() for word in words])
    enough = 0.12 if len(words) > 40 else 0.0
    return latin > 0.8 * len(words) and share >= enough * len(words)
