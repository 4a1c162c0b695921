"""More bullets from the one article that a section has: its other facts on the topic."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.models import Bullet, Topic
from summarizer.evidence.bullet_proof import unproved
from summarizer.extractive.bullets import write
from summarizer.extractive.candidates import CandidateBullet, ContentWords, StoryMaterial
from summarizer.extractive.passages import all_sentences
from summarizer.extractive.salience import weigh
from summarizer.extractive.shortening import shorten
from summarizer.language.quotation_marks import unquoted
from summarizer.sentence_rules.cleaning import plain
from summarizer.sentence_rules.missing_names import is_nameless
from summarizer.sentence_rules.standalone import fault
from summarizer.sentence_rules.vague_subjects import is_vague
from summarizer.topics.sentence_fit import TopicFit

MOST = 4
"""Further bullets from one article."""

OTHER_FACT = 0.4
"""A further bullet shares at most this much of its words with those before it."""


def further_bullets(
    material: StoryMaterial,
    topic: Topic,
    told: Sequence[ContentWords],
    read_at: datetime,
    room: int,
) -> list[Bullet]:
    """Facts on the topic that are clearly different from what is told, in the article's order."""
    (article,) = material.ranked.story.articles
    taken = list(told)
    chosen: list[CandidateBullet] = []
    for each in _on_topic(material, topic):
        if len(chosen) == min(MOST, room):
            break
        if all(each.said.overlap(other) <= OTHER_FACT for other in taken):
            taken.append(each.said)
            chosen.append(each)
    written = [write(material, each, read_at) for each in chosen]
    return [bullet for bullet in written if unproved(bullet, {article.id: article}) is None]


def _on_topic(material: StoryMaterial, topic: Topic) -> list[CandidateBullet]:
    """The article's sentences on the topic that name somebody, weightiest first."""
    (article,) = material.ranked.story.articles
    fit = TopicFit(topic)
    weighed, _ = weigh([article])
    worth = {each.sentence.start: each.worth for each in weighed}
    found: list[CandidateBullet] = []
    for passage in all_sentences(article, material.ranked.furniture):
        said = plain(passage.text)
        text = None if fault(said) else shorten(said)
        if text is None or not (fitting := fit.of(text)) or is_nameless(text) or is_vague(text):
            continue
        own = len(unquoted(text).split()) / len(text.split())
        score = fitting + worth.get(passage.citation.start, 0.0) - (1 - own)
        found.append(CandidateBullet(passage, text, ContentWords.of(text), score))
    return sorted(found, key=lambda each: (-each.score, each.passage.index))
