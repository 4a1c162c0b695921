"""Stories that a reader's filter lets through."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from bot.models import Article, FilterTerm, NewsFilter, Story, Topic
from summarizer.places.gazetteer import names_of, names_of_others
from summarizer.topics.matcher import Matcher, settle
from summarizer.topics.scorer import TopicScorer
from summarizer.topics.tokens import tokenize

PLACES, WORDS = "places", "words"


@dataclass(frozen=True, slots=True)
class Sieve:
    """Applies a filter; what an article is about is judged as for a channel's own topics."""

    filter: NewsFilter
    _wanted: TopicScorer = field(init=False)
    _unwanted: Matcher = field(init=False)

    def __post_init__(self) -> None:
        given = self.filter
        places = _topic(PLACES, [each for each in given.wanted if each.country])
        words = _topic(WORDS, [each for each in given.wanted if not each.country])
        unwanted = _topic("unwanted", given.unwanted)
        object.__setattr__(self, "_wanted", TopicScorer([t for t in (places, words) if t.terms]))
        object.__setattr__(self, "_unwanted", Matcher([unwanted]))

    def kept(self, stories: Sequence[Story]) -> tuple[Story, ...]:
        """The stories of which an article passes, without articles that mention the unwanted."""
        left = (replace(each, articles=self._without_unwanted(each)) for each in stories)
        return tuple(story for story in left if any(map(self.is_about, story.articles)))

    def passes(self, article: Article) -> bool:
        """Return whether an article is about what is wanted, and mentions nothing unwanted."""
        return self.is_about(article) and not self.mentions_unwanted(article)

    def is_about(self, article: Article) -> bool:
        """Return whether an article is about a wanted place and a wanted word."""
        about = self._wanted.score(article.title, article.text, article.summary)
        return len(about) == len(self._wanted.topics)

    def mentions_unwanted(self, article: Article) -> bool:
        """Return whether an article mentions anything unwanted."""
        if not self.filter.unwanted:
            return False
        found = self._unwanted.find(tokenize(f"{article.title}\n\n{article.text}"))
        return any(each.term.weight for each in settle(found))

    def _without_unwanted(self, story: Story) -> tuple[Article, ...]:
        return tuple(each for each in story.articles if not self.mentions_unwanted(each))


@lru_cache(maxsize=256)
def sieve_of(given: NewsFilter) -> Sieve:
    """Return the sieve of a filter; the same for the same filter."""
    return Sieve(given)


def search_terms(given: NewsFilter) -> tuple[str, ...]:
    """Words of which every article that passes has one; none where nothing is wanted."""
    places = [each for each in given.wanted if each.country]
    words = [each for each in given.wanted if not each.country]
    return tuple(term for each in (places or words) for term in _terms(each))


def subject(given: NewsFilter) -> Topic:
    """Return a topic of what the filter wants, for stories that are asked for without a topic."""
    return _topic(given.described, given.wanted)


def _topic(name: str, terms: Iterable[FilterTerm]) -> Topic:
    """A topic as a channel's own: each name weighs 1, names of something else 0."""
    wanted = tuple(terms)
    codes = frozenset(each.country for each in wanted if each.country)
    others = dict.fromkeys(names_of_others(codes), 0.0) if codes else {}
    named = dict.fromkeys((term for each in wanted for term in _terms(each)), 1.0)
    return Topic(name, name, "", others | named, channel_id=0)


def _terms(term: FilterTerm) -> tuple[str, ...]:
    return names_of(term.country) if term.country else (term.text,)
