"""The titles and sentences of articles that may answer a question, with the words around them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from bot.models import Article, CitedField
from summarizer.answering.senses import in_one_word, keys
from summarizer.language.sentences import Sentence, split
from summarizer.language.text import Text, read_once
from summarizer.sentence_rules.boilerplate import is_boilerplate
from summarizer.sentence_rules.cleaning import plain
from summarizer.sentence_rules.headlines import headline, headline_fault
from summarizer.sentence_rules.instructions import gives_orders
from summarizer.sentence_rules.standalone import stands_alone

READ_CHARS = 12_000
LEAD = 2
LONGEST_FOREIGN = 600
_CLOSED = re.compile(r"(?<!\.)[.۔।。!！][\"'”’»)\]]*$")
"""How a sentence ends that is no question and is not cut off, in any language."""


@dataclass(frozen=True)
class Statement:
    """A title or sentence as stored: `article[field][start:end] == text`.

    `said` are the stems of its words, `title`, `before` and `lead` those of the article's title, of
    the sentence before it and of the first sentences. `index` counts sentences from 0; it is -1 for
    a title.
    """

    article: Article
    field: CitedField
    text: str
    start: int
    end: int
    index: int
    said: frozenset[str]
    title: frozenset[str]
    before: frozenset[str]
    lead: frozenset[str]

    @cached_property
    def read(self) -> Text:
        """The analysed text, without its dateline."""
        return read_once(in_one_word(plain(self.text)))

    @property
    def leads(self) -> bool:
        """Whether it is the title or one of the first sentences."""
        return self.index < LEAD

    def is_fit(self) -> bool:
        """Whether it can be read alone, belongs to the news and gives no orders."""
        if is_boilerplate(self.text) or gives_orders(self.text):
            return False
        if self.field is CitedField.TITLE:
            return headline_fault(self.text) is None
        if (self.article.language or "en")[:2] == "en":
            return stands_alone(self.text)
        return _CLOSED.search(self.text) is not None and len(self.text) <= LONGEST_FOREIGN


def statements(article: Article) -> Iterator[Statement]:
    """The title and the sentences of an article, in order."""
    told = headline(article.title, article.source)
    title = keys(told.text)
    sentences = split(article.text[:READ_CHARS], article.language)
    said = [keys(plain(each.text)) for each in sentences]
    lead = frozenset[str]().union(*said[:LEAD])
    none = frozenset[str]()
    at = told.start, told.end, -1
    yield Statement(article, CitedField.TITLE, told.text, *at, title, title, none, lead)
    for place, (sentence, own) in enumerate(zip(sentences, said, strict=True)):
        before = said[place - 1] if place else none
        yield _sentence(article, sentence, (own, title, before, lead))


def _sentence(article: Article, sentence: Sentence, known: Sequence[frozenset[str]]) -> Statement:
    own, title, before, lead = known
    place = sentence.start, sentence.end, sentence.index
    return Statement(article, CitedField.TEXT, sentence.text, *place, own, title, before, lead)
