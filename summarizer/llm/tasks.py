"""One question to a model about a story, and the bullets that its answer may become."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.models import Bullet, Dropped, ModelCall
from bot.models.languages import LANGUAGES, Language
from summarizer.extractive.candidates import ContentWords
from summarizer.extractive.citations import cite
from summarizer.llm.answer_json import Unreadable
from summarizer.llm.answers import Proposal, cited_by, needed, read, refused
from summarizer.llm.languages import likeliest
from summarizer.llm.prompts import Message, NumberedSentence, Prompt
from summarizer.stories.near_duplicates import outlets

NAME = "openai"

SAME = 0.8
"""Two bullets of a story that share this part of the shorter one's words are the same."""


@dataclass(frozen=True, slots=True)
class Task:
    """One question to a model and the sentences that it may use.

    `longest` are the most characters of a text, where there is such a limit.
    """

    subject: str
    prompt: Prompt
    messages: tuple[Message, ...]
    shorter: tuple[Message, ...]
    material: tuple[NumberedSentence, ...]
    local: tuple[Bullet, ...]
    most: int
    read_at: datetime
    language: Language | None = None
    vital: bool = True
    longest: int | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """The proposals that may be used, those that may not, and the calls that were made."""

    good: tuple[Proposal, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    calls: tuple[ModelCall, ...] = ()


def judged(task: Task, call: ModelCall) -> Outcome:
    """The bullets of an answer that may be used, and why the others may not."""
    if call.fault and not call.answer:
        return Outcome(calls=(call,))
    try:
        proposals = read(call.answer)[: task.most]
    except Unreadable as error:
        return Outcome(calls=(replace(call, fault=call.fault or str(error)),))
    good: list[Proposal] = []
    dropped: list[Dropped] = []
    for each in proposals:
        reason = refused(each, task.material, task.prompt.text, task.read_at, task.language)
        if reason is None and task.longest is not None and len(each.text) > task.longest:
            reason = f"it has more than {task.longest} characters"
        if reason is None and any(_same(each, other) for other in good):
            reason = "it repeats another bullet"
        if reason is None:
            good.append(each)
        else:
            dropped.append(Dropped(each.text, reason))
    return Outcome(tuple(good), tuple(dropped), (call,))


def half(material: Sequence[NumberedSentence]) -> Sequence[NumberedSentence]:
    """The first half of the sentences, for a model that cannot take them all."""
    return material[: (len(material) + 1) // 2]


def into_language(language: str | None, material: Sequence[NumberedSentence]) -> Language | None:
    """The language to translate into; None if the sentences are in it."""
    into = LANGUAGES.get(language or "")
    if into is None or not material:
        return None
    told = {(each.article.language or "").partition("-")[0].lower() for each in material}
    if told == {""}:
        told = set(likeliest(" ".join(each.sentence.text for each in material))[:1])
    return None if told == {into.code} else into


def _same(one: Proposal, other: Proposal) -> bool:
    return ContentWords.of(one.text).overlap(ContentWords.of(other.text)) >= SAME


def by_story(bullets: Sequence[Bullet]) -> list[list[Bullet]]:
    found: dict[str, list[Bullet]] = {}
    for bullet in bullets:
        found.setdefault(bullet.story_id, []).append(bullet)
    return list(found.values())


def replacements(task: Task, outcome: Outcome) -> Iterator[tuple[Bullet, Bullet]]:
    """Each local bullet of the task, with the model's where there is one."""
    good = iter(outcome.good)
    for local in task.local:
        proposal = next(good, None)
        yield local, local if proposal is None else bullet_of(local, task, proposal)


def bullet_of(local: Bullet, task: Task, proposal: Proposal) -> Bullet:
    """A proposal as a bullet; everything but its words comes from the database."""
    text, cited = needed(proposal, task.material, task.read_at)
    return replace(
        local,
        text=proposal.translation if task.language else text,
        published_at=cited[0].article.published_at,
        citations=tuple(cite(each.article, each.sentence) for each in cited),
        engine=NAME,
    )


def answering(task: Task, proposal: Proposal) -> Bullet:
    cited = cited_by(proposal, task.material)
    first = cited[0].article
    bare = Bullet(
        text="",
        story_id=first.story_id or first.id,
        published_at=first.published_at,
        sources_count=len(outlets(each.article.source for each in cited)),
        citations=(),
    )
    return bullet_of(bare, task, proposal)
