"""The words to search for, and the found articles that share most of a question's words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.models import Article
from summarizer.answering.matching import Meant, best, meant
from summarizer.answering.question import Question, parsed
from summarizer.answering.senses import keys, variants
from summarizer.answering.statements import READ_CHARS

MOST_WORDS = 60


def question_words(question: str) -> tuple[str, ...]:
    """The words of a question that say what it is about, each once."""
    return tuple(term.low for term in parsed(question).terms)


def search_words(question: str) -> tuple[str, ...]:
    """The words of a question and those by which the news may say them; the question's first."""
    terms = parsed(question).terms
    own = [term.low for term in terms]
    others = [word for term in terms for word in variants(term)]
    return tuple(dict.fromkeys([*own, *others]))[:MOST_WORDS]


@dataclass(frozen=True, slots=True)
class Found:
    """Articles that share words with a question, the closest first, and what its words mean."""

    articles: tuple[Article, ...]
    meant: Meant


def closest(question: str, articles: Sequence[Article], limit: int) -> list[Article]:
    """The articles that share most of the question's words, by weight."""
    return list(closest_to(parsed(question), articles, limit).articles)


def closest_to(question: Question, articles: Sequence[Article], limit: int) -> Found:
    """As `closest`, for a question that has been read, with what its words mean."""
    read = [keys(f"{each.title} {each.text[:READ_CHARS]}") for each in articles]
    known = meant(question, read)
    shares = [
        sum(weight * abs(best(known.words[term], said)) for term, weight in known.weights.items())
        for said in read
    ]
    ranked = sorted(zip(shares, range(len(articles)), strict=True), key=lambda each: -each[0])
    return Found(tuple(articles[place] for share, place in ranked[:limit] if share > 0), known)
