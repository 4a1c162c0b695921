"""Signs that a page is or is not a report of news, each from 0 to about 1."""

from __future__ import annotations

import re
from collections.abc import Sequence

from summarizer.newsworthiness.articles import ReadArticle
from summarizer.newsworthiness.headlines import Clause
from summarizer.newsworthiness.phrases import Phrases, Word, load_lists
from summarizer.newsworthiness.signs import Signs, cap, single_words

_YEAR = re.compile(r"(?:19|20)\d\d")
_GENRES = ("opinion", "explainer", "roundup", "live", "advert", "furniture")
_QUESTION_WORDS = {
    "how",
    "why",
    "what",
    "when",
    "who",
    "where",
    "which",
    "can",
    "is",
    "are",
    "should",
    "does",
    "do",
    "will",
    "here",
    "here's",
    "could",
    "whose",
}


def genre_signs(read: ReadArticle, clauses: Sequence[Clause]) -> Signs:
    """How a page differs from a report of news."""
    lists, title = load_lists("genre"), read.article.title
    signs = {f"title_{kind}": float(_labels(lists[kind], read.title)) for kind in _GENRES}
    first = read.title[0].written.lower() if read.title else ""
    path = set(read.path)
    said = load_lists("speech")["speech"].find(read.body)
    act = any(c.kind in ("hard", "firm") for c in clauses)
    return (
        signs
        | {
            "question": float("?" in title or first in _QUESTION_WORDS),
            "number_first": float(first.isdigit() and not act),
            "no_verb": float(all(not c.kind for c in clauses)),
            "no_act": float(all(c.kind in ("", "generic") for c in clauses)),
            "modal_title": cap(lists["modal"].kinds(read.title), 1),
            "subtitle": float(_has_subtitle(title)),
            "year": float(bool(re.search(r"\b20\d\d\b", title))),
            "body_first_person": cap(len(lists["first_person"].find(read.body)), 8),
            "furniture_lead": cap(lists["furniture"].kinds(read.lead), 3),
            "genre_path": float(bool(path & single_words(lists["genre_path"]))),
            "said": cap(len(said), 4),
        }
        | _retrospect_signs(read)
    )


def _retrospect_signs(read: ReadArticle) -> Signs:
    """How far a page looks back, praises, or speaks of something else than its title."""
    lists = load_lists("genre")
    written = [word.written for word in read.body if len(word.written) == 4]
    years = sum(_YEAR.fullmatch(each) is not None for each in written)
    named = {word.stem for word in read.title}
    shared = len(named & {word.stem for word in read.lead}) / max(3, len(named))
    return {
        "month_in_title": cap(lists["month"].kinds(read.title), 1),
        "years_in_body": cap(years, 6),
        "superlatives": cap(len(lists["superlative"].find(read.body)), 5),
        "essay_words": cap(len(lists["essay"].find(read.body)), 8),
        "superlative_title": cap(lists["superlative"].kinds(read.title), 1),
        "agreement": shared,
    }


def _labels(phrases: Phrases, title: Sequence[Word]) -> bool:
    """Whether a title has a phrase of several words, or a word of a list at its start or end."""
    return any(
        end - start > 1 or start < 2 or end >= len(title) - 1 for start, end in phrases.find(title)
    )


def _has_subtitle(title: str) -> bool:
    """Whether a colon parts a title from a subtitle, rather than a speaker from his words."""
    before, colon, after = title.partition(": ")
    return bool(colon) and len(before.split()) > 2 and len(after.split()) > 4
