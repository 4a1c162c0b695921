"""The parts of an article that may tell its news: its headline, then its first sentences."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from bot.models import Article, Citation, CitedField
from summarizer.language.content_words import stems
from summarizer.language.sentences import split
from summarizer.sentence_rules.boilerplate import is_boilerplate
from summarizer.sentence_rules.headlines import headline

LEADS = 3
"""Sentences at the top of an article that may become its bullet."""

READ_CHARS = 4_000
HEADLINE = -1
"""The index of a headline among the sentences of its article."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A headline or sentence as it stands in its article; `index` counts its news from 0."""

    article: Article
    citation: Citation
    index: int
    stems: frozenset[str]

    @property
    def text(self) -> str:
        return self.citation.quote


def passages(article: Article, furniture: frozenset[str] = frozenset()) -> Iterator[Passage]:
    """The headline, then the first sentences of news; `furniture` is text of the page alone."""
    found = headline(article.title, article.source)
    if found.text:
        yield _passage(article, found.text, found.start, CitedField.TITLE, HEADLINE)
    yield from islice(all_sentences(article, furniture, READ_CHARS), LEADS)


def all_sentences(
    article: Article, furniture: frozenset[str] = frozenset(), chars: int = 12_000
) -> Iterator[Passage]:
    """The sentences of news in an article's first `chars` characters, in order."""
    news = (
        each
        for each in split(article.text[:chars], article.language)
        if each.text not in furniture and not is_boilerplate(each.text)
    )
    for index, sentence in enumerate(news):
        yield _passage(article, sentence.text, sentence.start, CitedField.TEXT, index)


def _passage(article: Article, text: str, start: int, field: CitedField, index: int) -> Passage:
    citation = Citation(
        article_id=article.id,
        title=article.title,
        source=article.source,
        url=article.url,
        quote=text,
        start=start,
        end=start + len(text),
        field=field,
    )
    return Passage(article, citation, index, frozenset(stems(text)))
