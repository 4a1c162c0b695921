"""The local engine: the sentences that tell a story best, as bullets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from bot.models import Article, Bullet, BulletStatus, Topic
from summarizer.extractive.bullets import write
from summarizer.extractive.candidates import CandidateSentence, ContentWords, StoryMaterial, choices
from summarizer.extractive.salience import WEIGHTS, weigh
from summarizer.extractive.selection import in_turn
from summarizer.ranking import Ranked
from summarizer.sentence_rules.cleaning import plain
from summarizer.sentence_rules.missing_names import is_nameless
from summarizer.sentence_rules.vague_subjects import is_vague
from summarizer.topics.sentence_fit import TopicFit

USUAL = 1.15
"""A selection tells at most so many times the words of the average article."""

CERTAINLY_SAME, SAME, SAME_WITH_FIGURE = 0.8, 0.5, 0.35
"""Two bullets say the same if they share so much of the shorter one's words; so much, and a name or
number; or so much, and a number of three digits or more."""

OTHER_MATTER, ALOOF = 0.3, 0.15
"""A further bullet from one article shares at most so much with those before it; with hardly
anything shared it need not name anybody or any number of its own."""

PLAIN = 0.6
"""A sentence that says who is meant leads one that does not with so much of its score."""

FURTHER, AS_GOOD = 2, 0.8
"""A story that one article carries may have so many bullets more, nearly as good as the first."""


NAME = "extractive"


class ExtractiveSummarizer:
    """Chooses and shortens sentences; adds no word that its articles do not prove."""

    name = NAME
    version = "2"

    async def bullets(
        self, topic: Topic, stories: Sequence[Ranked], *, limit: int, read_at: datetime
    ) -> list[Bullet]:
        """One bullet a story, then more from stories with a single article while there is room.

        What another section says already, or what names nobody, is said only where there is nothing
        else to say.
        """
        fit = TopicFit(topic)
        told: list[ContentWords] = []
        firsts: list[Bullet] = []
        further: list[Bullet] = []
        again: list[Bullet] = []
        nameless: list[Bullet] = []
        for ranked in stories:
            if len(firsts) == limit:
                break
            matter = StoryMaterial.of(ranked, topic)
            found = _plainest_first(choices(matter, fit, read_at))
            if not found or any(_same(found[0].said, other) for other in told):
                continue
            if any(_same(found[0].said, ContentWords.of(other)) for other in ranked.elsewhere):
                again.append(write(matter, found[0], read_at))
                continue
            if is_nameless(found[0].text):
                nameless.append(write(matter, found[0], read_at))
                continue
            told.append(found[0].said)
            firsts.append(write(matter, found[0], read_at))
            if len(ranked.story.articles) == 1 and ranked.status is BulletStatus.NEW:
                others = _other_matters(found, told)
                further.extend(write(matter, each, read_at) for each in others)
        return [*firsts, *further][:limit] or again[:1] or nameless[:1]


def select(
    articles: Sequence[Article],
    words: int,
    *,
    usual: float = USUAL,
    weights: Sequence[float] = WEIGHTS,
) -> list[str]:
    """The sentences that tell the articles best, in at least `words` words where there are so many.

    Stops earlier where it has told about `usual` times what the average article tells.
    """
    found, value = weigh(articles, weights)
    most = usual * sum(each.length for each in found) / max(1, len(articles))
    chosen: list[str] = []
    length = 0
    for each in in_turn(found, value):
        if chosen and length + each.length / 2 > most:
            break
        chosen.append(plain(each.sentence.text))
        length += each.length
        if length >= words:
            break
    return chosen


def _plainest_first(found: Sequence[CandidateSentence]) -> list[CandidateSentence]:
    """The sentences as they come, but first one that leaves nobody open, if about as good."""
    for each in found:
        good = each is found[0] or (each.fit and each.score >= PLAIN * found[0].score)
        if good and not _leaves_open(each.text):
            return [each, *(other for other in found if other is not each)]
    return list(found)


def _leaves_open(text: str) -> bool:
    return is_nameless(text) or is_vague(text)


def _same(one: ContentWords, other: ContentWords) -> bool:
    overlap, shared = one.overlap(other), one.marks & other.marks
    figure = any(sum(map(str.isdigit, mark)) > 2 for mark in shared)
    needed = SAME_WITH_FIGURE if figure else SAME if shared else CERTAINLY_SAME
    return overlap >= needed


def _other_matters(
    found: Sequence[CandidateSentence], told: Sequence[ContentWords]
) -> Iterator[CandidateSentence]:
    """Sentences on the topic, after the first, that tell of something clearly different."""
    taken = list(told)
    for choice in found[1:]:
        if len(taken) - len(told) == FURTHER:
            return
        apart = all(choice.said.overlap(other) <= OTHER_MATTER for other in taken)
        good = choice.fit and choice.score >= AS_GOOD * found[0].score
        other = choice.said.marks - taken[-1].marks or choice.said.overlap(taken[-1]) < ALOOF
        if apart and good and other and not _leaves_open(choice.text):
            taken.append(choice.said)
            yield choice
