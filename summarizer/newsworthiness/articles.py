"""What is read of an article once, for all topics; English words are what its signs are made of."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from bot.models import Article
from summarizer.newsworthiness.phrases import Word, load_lists, read_words

LEAD_WORDS = 60
BODY_WORDS = 300
READ_CHARS = 4_000
_SHARED_START = 160
_SPLIT_PATH = re.compile(r"[/_.\-]+")


@dataclass(frozen=True, slots=True)
class ReadArticle:
    """An article with the words of its parts; `lead` and `body` are empty for page furniture."""

    article: Article
    title: tuple[Word, ...]
    lead: tuple[Word, ...]
    body: tuple[Word, ...]
    path: tuple[str, ...]
    text: str
    english: bool


def with_furniture(articles: Sequence[Article]) -> list[tuple[Article, bool]]:
    """Each article, and whether its text is page furniture: titles of its source share it."""
    shared = _shared_starts(articles)
    return [(article, _start(article) in shared) for article in articles]


def _start(article: Article) -> tuple[str, str]:
    return article.source, " ".join(article.text[:_SHARED_START].split())


def _shared_starts(articles: Iterable[Article]) -> set[tuple[str, str]]:
    titles: dict[tuple[str, str], set[str]] = defaultdict(set)
    for article in articles:
        titles[_start(article)].add(article.title)
    return {start for start, named in titles.items() if len(named) > 1 and start[1]}


def read_article(article: Article, *, furniture: bool = False) -> ReadArticle:
    """Read one article; the text of page furniture is left out."""
    text = "" if furniture else article.text[:READ_CHARS]
    title = read_words(article.title)
    body = read_words(text)[:BODY_WORDS]
    if body[: len(title)] == title:
        body = body[len(title) :]
    path = tuple(p.lower() for p in _SPLIT_PATH.split(_path(article.url)) if p)
    return ReadArticle(article, title, body[:LEAD_WORDS], body, path, text, _english(title + body))


def _path(url: str | None) -> str:
    try:
        return urlsplit(url or "").path
    except ValueError:
        return ""


def _english(words: Sequence[Word]) -> bool:
    """Whether function words are as frequent as in English; short texts by any of them."""
    known = load_lists("function_words")["english"]
    share = Counter(bool(known.length_at(words, at)) for at in range(len(words)))
    latin = sum(w.written.isascii() for w in words)
    enough = 0.12 if len(words) > 40 else 0.0
    return latin > 0.8 * len(words) and share[True] >= enough * len(words)
