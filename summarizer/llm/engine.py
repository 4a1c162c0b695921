"""The engine that lets a language model write bullets, and replaces those that are not proved."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.models import Article, Briefing, Bullet, Dropped, Engine, ModelCall, Topic
from summarizer.briefing import TopicMaterial, articles_used
from summarizer.engine import Summarizer
from summarizer.extractive.candidates import ContentWords
from summarizer.extractive.citations import cite
from summarizer.llm.answer_json import Unreadable
from summarizer.llm.answers import Proposal, bullets_format, cited_by, needed, read, refused
from summarizer.llm.attempts import Question
from summarizer.llm.calls import NO_TIME, Calls
from summarizer.llm.languages import LANGUAGES, Language, likeliest
from summarizer.llm.prompts import (
    Message,
    NumberedSentence,
    Prompt,
    answer_messages,
    bullets_messages,
    joined,
    load_prompt,
    numbered,
    retry_messages,
)
from summarizer.ranking import Ranked, on_topic

NAME = "openai"

SAME = 0.8
"""Two bullets of a story that share this part of the shorter one's words are the same."""

MOST_ANSWERS = 3
"""Most bullets in an answer to a question."""

GRACE = 1.0
"""Seconds that the engine may take beyond the model's time limit."""


@dataclass(frozen=True, slots=True)
class Written:
    """The bullets, what was refused, and the calls that were made."""

    bullets: tuple[Bullet, ...]
    dropped: tuple[Dropped, ...]
    calls: tuple[ModelCall, ...]


@dataclass(frozen=True, slots=True)
class _Task:
    """One question to a model and the sentences that it may use."""

    subject: str
    prompt: Prompt
    messages: tuple[Message, ...]
    shorter: tuple[Message, ...]
    material: tuple[NumberedSentence, ...]
    local: tuple[Bullet, ...]
    most: int
    read_at: datetime
    language: Language | None = None


@dataclass(frozen=True, slots=True)
class _Outcome:
    good: tuple[Proposal, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    calls: tuple[ModelCall, ...] = ()


class LlmSummarizer:
    """Lets a model write the stories that the local engine chose, one call a story.

    A refused bullet is asked for a second time with the reason. If that fails, or the model, the
    money or the time runs out, the local engine's bullet stays and is labelled as such.
    """

    name = NAME
    version = "1"

    def __init__(self, calls: Calls, local: Summarizer, prompts: Path | None = None) -> None:
        self.calls = calls
        self._local = local
        self._bullets_prompt = load_prompt("bullets", prompts)
        self._answer_prompt = load_prompt("answer", prompts)
        self._translation_prompt = load_prompt("translation", prompts)

    @property
    def model(self) -> str:
        """The model's name on its server."""
        return self.calls.server.model

    @property
    def prompt_version(self) -> str:
        """Changes with the prompt's text."""
        return self._bullets_prompt.version

    async def bullets(
        self, topic: Topic, stories: Sequence[Ranked], *, limit: int, read_at: datetime
    ) -> list[Bullet]:
        """Write at most `limit` bullets, best first."""
        local = await self._local.bullets(topic, stories, limit=limit, read_at=read_at)
        material = TopicMaterial(topic, tuple(each.story for each in stories))
        written = await self.rewrite([(material, local)], read_at)
        return list(written.bullets)

    async def edited(
        self,
        briefing: Briefing,
        material: Sequence[TopicMaterial],
        now: datetime,
        language: str | None = None,
    ) -> Briefing:
        """The briefing with the model's bullets in place of the local ones.

        They are translated into `language` where that is given and the story has another.
        """
        by_topic = {each.topic.name: each for each in material}
        told = [(by_topic[each.topic], each.bullets) for each in briefing.sections]
        read_at = now.astimezone(ZoneInfo(briefing.timezone))
        written = await self.rewrite(told, read_at, language)
        left = iter(written.bullets)
        sections = tuple(
            replace(each, bullets=tuple(next(left) for _ in each.bullets))
            for each in briefing.sections
        )
        wrote = any(bullet.engine == NAME for bullet in written.bullets)
        prompt = self._rules(self._bullets_prompt, LANGUAGES.get(language or ""))
        engine = Engine(NAME, self.version, self.model, prompt.version, language)
        return replace(
            briefing,
            engine=engine if wrote else briefing.engine,
            sections=sections,
            coverage=replace(briefing.coverage, articles_used=articles_used(sections)),
            dropped=(*briefing.dropped, *written.dropped),
            calls=written.calls,
        )

    async def rewrite(
        self,
        told: Sequence[tuple[TopicMaterial, Sequence[Bullet]]],
        read_at: datetime,
        language: str | None = None,
    ) -> Written:
        """The same number of bullets in the same order; where the model fails, the local bullet."""
        tasks = [
            self._task(material, list(bullets), read_at, language)
            for material, all_bullets in told
            for bullets in _by_story(all_bullets)
        ]
        until = await self._deadline(language)
        outcomes = await asyncio.gather(*(self._run(task, until) for task in tasks))
        put = {
            id(local): bullet
            for task, outcome in zip(tasks, outcomes, strict=True)
            for local, bullet in _replacements(task, outcome)
        }
        return Written(
            bullets=tuple(put[id(each)] for _, bullets in told for each in bullets),
            dropped=tuple(each for outcome in outcomes for each in outcome.dropped),
            calls=tuple(each for outcome in outcomes for each in outcome.calls),
        )

    async def answer(
        self,
        question: str,
        articles: Sequence[Article],
        *,
        read_at: datetime,
        language: str | None = None,
    ) -> Written:
        """Answer a question from these articles alone; no bullets if they do not answer it."""
        material = numbered(articles)
        into = _into(language, material)
        prompt = self._rules(self._answer_prompt, into)
        messages, shorter = (
            answer_messages(prompt, given, question, into) for given in (material, _half(material))
        )
        most = MOST_ANSWERS
        task = _Task("question", prompt, messages, shorter, material, (), most, read_at, into)
        outcome = await self._run(task, await self._deadline(language))
        bullets = tuple(_answering(task, each) for each in outcome.good)
        return Written(bullets, outcome.dropped, outcome.calls)

    async def _deadline(self, language: str | None) -> float:
        """When the model's time ends; loading what it needs is not part of that time."""
        await self.calls.prepare()
        if language is not None:
            await asyncio.to_thread(likeliest, "a word")
        return self.calls.clock() + self.calls.terms.seconds

    async def close(self) -> None:
        """Close the connections."""
        await self.calls.close()

    def _rules(self, prompt: Prompt, into: Language | None) -> Prompt:
        return joined(prompt, self._translation_prompt) if into else prompt

    def _task(
        self,
        material: TopicMaterial,
        local: Sequence[Bullet],
        read_at: datetime,
        language: str | None,
    ) -> _Task:
        story = next(each for each in material.stories if each.id == local[0].story_id)
        sentences = numbered(on_topic(story, material.topic))
        into = _into(language, sentences)
        prompt = self._rules(self._bullets_prompt, into)
        most = len(local)
        title = material.topic.title
        messages, shorter = (
            bullets_messages(prompt, given, title, most, into)
            for given in (sentences, _half(sentences))
        )
        own = tuple(local)
        return _Task(story.id, prompt, messages, shorter, sentences, own, most, read_at, into)

    async def _run(self, task: _Task, until: float) -> _Outcome:
        """Ask the model, and once more for the bullets that are refused."""
        if not task.material:
            return _Outcome()
        call = await self._ask(task, task.messages, until)
        first = judged(task, call)
        if not first.dropped:
            return first
        reasons = [(each.text, each.reason) for each in first.dropped]
        second = judged(
            task, await self._ask(task, retry_messages(task.messages, call.answer, reasons), until)
        )
        return _Outcome(
            (*first.good, *second.good)[: task.most],
            (*first.dropped, *second.dropped),
            (*first.calls, *second.calls),
        )

    async def _ask(self, task: _Task, messages: Sequence[Message], until: float) -> ModelCall:
        question = Question(
            task.subject,
            task.prompt.version,
            tuple(messages),
            bullets_format(translated=task.language is not None),
            read,
            task.shorter if messages is task.messages else (),
        )
        try:
            async with asyncio.timeout(until - self.calls.clock() + GRACE):
                return await self.calls.ask(question, now=task.read_at.astimezone(UTC), until=until)
        except TimeoutError:
            return replace(self.calls.new_call(question), fault=NO_TIME)


def judged(task: _Task, call: ModelCall) -> _Outcome:
    """The bullets of an answer that may be used, and why the others may not."""
    if call.fault and not call.answer:
        return _Outcome(calls=(call,))
    try:
        proposals = read(call.answer)[: task.most]
    except Unreadable as error:
        return _Outcome(calls=(replace(call, fault=call.fault or str(error)),))
    good: list[Proposal] = []
    dropped: list[Dropped] = []
    for each in proposals:
        reason = refused(each, task.material, task.prompt.text, task.read_at, task.language)
        if reason is None and any(_same(each, other) for other in good):
            reason = "it repeats another bullet"
        if reason is None:
            good.append(each)
        else:
            dropped.append(Dropped(each.text, reason))
    return _Outcome(tuple(good), tuple(dropped), (call,))


def _half(material: Sequence[NumberedSentence]) -> Sequence[NumberedSentence]:
    """The first half of the sentences, for a model that cannot take them all."""
    return material[: (len(material) + 1) // 2]


def _into(language: str | None, material: Sequence[NumberedSentence]) -> Language | None:
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


def _by_story(bullets: Sequence[Bullet]) -> list[list[Bullet]]:
    found: dict[str, list[Bullet]] = {}
    for bullet in bullets:
        found.setdefault(bullet.story_id, []).append(bullet)
    return list(found.values())


def _replacements(task: _Task, outcome: _Outcome) -> Iterator[tuple[Bullet, Bullet]]:
    """Each local bullet of the task, with the model's where there is one."""
    good = iter(outcome.good)
    for local in task.local:
        proposal = next(good, None)
        yield local, local if proposal is None else _bullet_of(local, task, proposal)


def _bullet_of(local: Bullet, task: _Task, proposal: Proposal) -> Bullet:
    """A proposal as a bullet; everything but its words comes from the database."""
    text, cited = needed(proposal, task.material, task.read_at)
    return replace(
        local,
        text=proposal.translation if task.language else text,
        published_at=cited[0].article.published_at,
        citations=tuple(cite(each.article, each.sentence) for each in cited),
        engine=NAME,
    )


def _answering(task: _Task, proposal: Proposal) -> Bullet:
    cited = cited_by(proposal, task.material)
    first = cited[0].article
    bare = Bullet(
        text="",
        story_id=first.story_id or first.id,
        published_at=first.published_at,
        sources_count=len({each.article.source for each in cited}),
        citations=(),
    )
    return _bullet_of(bare, task, proposal)
