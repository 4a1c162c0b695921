"""Which stored sentences answer a question, without a model: those that share its words."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from bot.models import Article
from summarizer.language.content_words import STOP, stem, words
from summarizer.language.sentences import Sentence, split
from summarizer.sentence_rules.boilerplate import is_boilerplate
from summarizer.sentence_rules.instructions import gives_orders
from summarizer.sentence_rules.standalone import stands_alone

MOST_WORDS = 12
READ_CHARS = 12_000

COVERED = 0.6
"""Sentence and title hold so much of the question's words, by weight, or they answer nothing."""

SENTENCE_SHARE = 0.75
"""What the sentence itself counts for; the rest is what its title adds."""

_ASKING = frozenset(
    re.findall(
        r"\w+",
        """anybody anyone anything ever many much happen happened happening happens tell told know
        known news latest recent recently lately currently today please explain describe say says
        said exactly actually really long far often old big there's whose whether
        go goes going went gone come get gets got again still yet soon""",
    )
)

_ALIKE = """
die dies died dead death deaths kill kills killed killing toll fatalities
hurt injure injured injuries wound wounded
light lights blackout blackouts outage outages
open opens opened reopen reopens reopened opening reopening close closes closed closing shut shuts
hack hacks hacked hackers hacking cyberattack ransomware
pay pays paid payment ransom cost costs costing price prices priced
station stations plant plants substation substations
soldier soldiers army troops military
protect protects protected guard guards guarding guarded defend defended
rise rises rose risen rising increase increased climb climbs climbed raise raised
fall falls fell fallen drop drops dropped decline declined
agree agrees agreed agreement deal pact accord
blast blasts explosion explosions explode exploded bomb bombs bombing bombed
arrest arrests arrested detain detained custody
begin begins began start starts started starting
end ends ended stop stops stopped
"""
"""Words on one line answer one another: who asks for the one is told of the other."""

CLOSE = 0.6
"""An answer has at least so much of what the best one has.

Those that are about as good come newest first.
"""


@dataclass(frozen=True, slots=True)
class Passage:
    """A stored sentence that speaks of what was asked; `share` of the question's words, 0..1."""

    article: Article
    sentence: Sentence
    share: float


def question_words(question: str) -> tuple[str, ...]:
    """The words of a question that say what it is about, each once."""
    found = (word for word in words(question) if word not in STOP and word not in _ASKING)
    return tuple(dict.fromkeys(found))[:MOST_WORDS]


def closest(question: str, articles: Sequence[Article], limit: int) -> list[Article]:
    """The articles that share most of the question's words, by weight."""
    asked = _stems(question)
    read = [(article, _of(f"{article.title} {article.text[:READ_CHARS]}")) for article in articles]
    weights = _weights(asked, [found for _, found in read])
    read.sort(key=lambda each: -_share(each[1], weights))
    return [article for article, found in read[:limit] if _share(found, weights) > 0]


def best(question: str, articles: Sequence[Article], limit: int) -> list[Passage]:
    """The sentences that answer the question best, one an article; none where none does."""
    asked = _stems(question)
    read = [
        (article, sentence, _of(sentence.text))
        for article in articles
        for sentence in split(article.text[:READ_CHARS], article.language)
    ]
    weights = _weights(asked, [found for _, _, found in read])
    found: dict[str, Passage] = {}
    for article, sentence, said in read:
        own, whole = _share(said, weights), _share(said | _of(article.title), weights)
        if whole < COVERED or own == 0 or not _fit(sentence.text):
            continue
        share = SENTENCE_SHARE * own + (1 - SENTENCE_SHARE) * whole
        if article.id not in found or share > found[article.id].share:
            found[article.id] = Passage(article, sentence, share)
    most = max((each.share for each in found.values()), default=0.0)
    near = [each for each in found.values() if each.share >= CLOSE * most]
    near.sort(key=lambda each: (round(each.share, 1), each.article.published_at), reverse=True)
    return _different(near)[:limit]


def _different(passages: Sequence[Passage]) -> list[Passage]:
    """Without sentences that another article has word for word."""
    return list({" ".join(words(each.sentence.text)): each for each in passages}.values())


def _fit(text: str) -> bool:
    return stands_alone(text) and not is_boilerplate(text) and not gives_orders(text)


def _stems(question: str) -> frozenset[str]:
    return frozenset(map(_sense, question_words(question)))


def _of(text: str) -> frozenset[str]:
    return frozenset(map(_sense, words(text)))


_SENSES = {
    stem(word): line.split()[0] for line in _ALIKE.strip().splitlines() for word in line.split()
}


def _sense(word: str) -> str:
    """The stem that stands for the word and all that are alike."""
    stemmed = stem(word)
    return _SENSES.get(stemmed, stemmed)


def _weights(asked: frozenset[str], texts: Sequence[frozenset[str]]) -> dict[str, float]:
    """A word that few texts have says more; one that none has weighs most."""
    counts = Counter(word for text in texts for word in asked & text)
    return {word: math.log(2 + len(texts) / (1 + counts[word])) for word in asked}


def _share(said: frozenset[str], weights: dict[str, float]) -> float:
    total = sum(weights.values())
    return sum(weights[word] for word in weights if word in said) / total if total else 0.0
