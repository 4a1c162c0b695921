"""The engine that lets a language model write bullets, and replaces those that are not proved."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.models import Article, Briefing, Bullet, Dropped, Engine, ModelCall, Story, Topic, Window
from bot.models.languages import LANGUAGES, Language
from summarizer.briefing import TopicMaterial, articles_used
from summarizer.editing import for_copies
from summarizer.engine import Summarizer
from summarizer.llm.answers import bullets_format, read
from summarizer.llm.attempts import Question
from summarizer.llm.calls import GRACE, NO_TIME, Calls
from summarizer.llm.candidates import candidate_of
from summarizer.llm.day_lead import lead_of, lead_task
from summarizer.llm.editor import MOST_CANDIDATES, Judged, ModelEditor, StoryEditor
from summarizer.llm.languages import likeliest
from summarizer.llm.prompts import (
    Message,
    Prompt,
    answer_messages,
    bullets_messages,
    joined,
    load_prompt,
    numbered,
    retry_messages,
)
from summarizer.llm.second_opinion import SecondOpinion
from summarizer.llm.tasks import (
    NAME,
    Outcome,
    Task,
    answering,
    by_story,
    half,
    into_language,
    judged,
    replacements,
)
from summarizer.ranking import Ranked, on_topic, to_judge

EDITING_SHARE = 0.5
"""The share of the time in which the model judges stories; in the rest it writes."""

MOST_ANSWERS = 3
"""Most bullets in an answer to a question."""


@dataclass(frozen=True, slots=True)
class Written:
    """The bullets, what was refused, and the calls that were made."""

    bullets: tuple[Bullet, ...]
    dropped: tuple[Dropped, ...]
    calls: tuple[ModelCall, ...]


class LlmSummarizer:
    """Lets a model write the stories that the local engine chose, one call a story.

    A refused bullet is asked for a second time with the reason. If that fails, or the model, the
    money or the time runs out, the local engine's bullet stays and is labelled as such.
    """

    name = NAME
    version = "1"

    def __init__(
        self,
        calls: Calls,
        local: Summarizer,
        prompts: Path | None = None,
        *,
        edits: bool = False,
        second_opinion: bool = False,
    ) -> None:
        self.calls = calls
        self._local = local
        self._editor: StoryEditor | None = ModelEditor(calls, prompts) if edits else None
        self._second_opinion = SecondOpinion(calls, prompts) if second_opinion else None
        self._bullets_prompt = load_prompt("bullets", prompts)
        self._lead_prompt = load_prompt("lead", prompts)
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
        until: float | None = None,
    ) -> Briefing:
        """The briefing with the model's bullets in place of the local ones.

        They are translated into `language` where that is given and the story has another.
        """
        by_topic = {each.topic.name: each for each in material}
        told = [(by_topic[each.topic], each.bullets) for each in briefing.sections]
        read_at = now.astimezone(ZoneInfo(briefing.timezone))
        end = await self.deadline(language) if until is None else until
        written, (lead, unled) = await asyncio.gather(
            self.rewrite(told, read_at, language, end),
            self._lead(briefing, material, read_at, language, end),
        )
        left = iter(written.bullets)
        sections = tuple(
            replace(each, bullets=tuple(next(left) for _ in each.bullets))
            for each in briefing.sections
        )
        wrote = any(bullet.engine == NAME for bullet in written.bullets)
        prompt = self._rules(self._bullets_prompt, LANGUAGES.get(language or ""))
        engine = Engine(NAME, self.version, self.model, prompt.version, language)
        made = replace(
            briefing,
            engine=engine if wrote else briefing.engine,
            sections=sections,
            dropped=(*briefing.dropped, *written.dropped, *unled.dropped),
            calls=(*briefing.calls, *written.calls, *unled.calls),
            lead=lead,
        )
        if self._second_opinion is not None:
            made = await self._second_opinion.review(made, briefing.sections, read_at, end)
        used = articles_used(made.sections)
        return replace(made, coverage=replace(made.coverage, articles_used=used))

    async def rewrite(
        self,
        told: Sequence[tuple[TopicMaterial, Sequence[Bullet]]],
        read_at: datetime,
        language: str | None = None,
        until: float | None = None,
    ) -> Written:
        """The same number of bullets in the same order; where the model fails, the local bullet."""
        tasks = [
            self._task(material, list(bullets), read_at, language)
            for material, all_bullets in _once(told)
            for bullets in by_story(all_bullets)
        ]
        end = await self.deadline(language) if until is None else until
        outcomes = await asyncio.gather(*(self._run(task, end) for task in tasks))
        self._log_refused(tasks, outcomes)
        put = {
            id(local): bullet
            for task, outcome in zip(tasks, outcomes, strict=True)
            for local, bullet in replacements(task, outcome)
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
        into = into_language(language, material)
        prompt = self._rules(self._answer_prompt, into)
        messages, shorter = (
            answer_messages(prompt, given, question, into) for given in (material, half(material))
        )
        most = MOST_ANSWERS
        task = Task("question", prompt, messages, shorter, material, (), most, read_at, into)
        outcome = await self._run(task, await self.deadline(language))
        bullets = tuple(answering(task, each) for each in outcome.good)
        return Written(bullets, outcome.dropped, outcome.calls)

    async def judge(
        self,
        material: Sequence[TopicMaterial],
        window: Window,
        places: int,
        now: datetime,
        until: float,
    ) -> Judged:
        """The model's judgements as an editor, in its share of the time before `until`.

        It is not asked where there are no more stories than a section has places.
        """
        if self._editor is None:
            return Judged()
        topics = [each.topic for each in material]
        stories = {story.id: story for each in material for story in each.all_stories}
        found = to_judge(list(stories.values()), topics, window, MOST_CANDIDATES)
        if len(found) <= places:
            return Judged()
        told_by = {each.id: story for story in stories.values() for each in story.articles}
        asked = [
            candidate_of(each.article, {a.source for a in told_by[each.article.id].articles})
            for each in found
        ]
        end = until - (1 - EDITING_SHARE) * self.calls.terms.seconds
        judged = await self._editor.judge(asked, topics, now=now.astimezone(UTC), until=end)
        return replace(judged, judgements=for_copies(judged.judgements, found))

    async def deadline(self, language: str | None) -> float:
        """When the model's time ends; loading what it needs is not part of that time."""
        await self.calls.prepare()
        if language is not None:
            await asyncio.to_thread(likeliest, "a word")
        return self.calls.clock() + self.calls.terms.seconds

    async def close(self) -> None:
        """Close the connections."""
        await self.calls.close()

    async def _lead(
        self,
        briefing: Briefing,
        material: Sequence[TopicMaterial],
        read_at: datetime,
        language: str | None,
        until: float,
    ) -> tuple[Bullet | None, Outcome]:
        """The line of the day, where the model edits; and what it cost."""
        stories = (story for each in material for story in each.all_stories)
        articles = {each.id: each for story in stories for each in story.articles}
        into = LANGUAGES.get(language or "")
        rules = self._rules(self._lead_prompt, into)
        task = lead_task(rules, briefing, articles, read_at, language) if self._editor else None
        if task is None:
            return None, Outcome()
        outcome = await self._run(task, until)
        lead, dropped = lead_of(task, outcome, briefing.leading)
        return lead, replace(outcome, dropped=dropped)

    def _log_refused(self, tasks: Sequence[Task], outcomes: Sequence[Outcome]) -> None:
        """One line for all stories of which the model's every wording was refused."""
        refused = [
            (task.subject, outcome.dropped[-1].reason)
            for task, outcome in zip(tasks, outcomes, strict=True)
            if outcome.dropped and not outcome.good
        ]
        if refused:
            subject, reason = refused[0]
            more = f" (so are those of {len(refused) - 1} more)" if refused[1:] else ""
            self.calls.log_unused(subject, f"the words of the model are refused: {reason}{more}")

    def _rules(self, prompt: Prompt, into: Language | None) -> Prompt:
        return joined(prompt, self._translation_prompt) if into else prompt

    def _task(
        self,
        material: TopicMaterial,
        local: Sequence[Bullet],
        read_at: datetime,
        language: str | None,
    ) -> Task:
        story = next(each for each in material.all_stories if each.id == local[0].story_id)
        sentences = numbered(_told_from(story, material.topic, local))
        into = into_language(language, sentences)
        prompt = self._rules(self._bullets_prompt, into)
        most = len(local)
        title = material.topic.title
        messages, shorter = (
            bullets_messages(prompt, given, title, most, into)
            for given in (sentences, half(sentences))
        )
        own = tuple(local)
        return Task(story.id, prompt, messages, shorter, sentences, own, most, read_at, into)

    async def _run(self, task: Task, until: float) -> Outcome:
        """Ask the model, and once more for the bullets that are refused."""
        if not task.material:
            return Outcome()
        call = await self._ask(task, task.messages, until)
        first = judged(task, call)
        if not first.dropped:
            return first
        reasons = [(each.text, each.reason) for each in first.dropped]
        second = judged(
            task, await self._ask(task, retry_messages(task.messages, call.answer, reasons), until)
        )
        return Outcome(
            (*first.good, *second.good)[: task.most],
            (*first.dropped, *second.dropped),
            (*first.calls, *second.calls),
        )

    async def _ask(self, task: Task, messages: Sequence[Message], until: float) -> ModelCall:
        question = Question(
            task.subject,
            task.prompt.version,
            tuple(messages),
            bullets_format(translated=task.language is not None),
            read,
            task.shorter if messages is task.messages else (),
            vital=task.vital,
        )
        try:
            async with asyncio.timeout(until - self.calls.clock() + GRACE):
                return await self.calls.ask(question, now=task.read_at.astimezone(UTC), until=until)
        except TimeoutError:
            return replace(self.calls.new_call(question), fault=NO_TIME)


def _once(
    told: Sequence[tuple[TopicMaterial, Sequence[Bullet]]],
) -> Iterator[tuple[TopicMaterial, list[Bullet]]]:
    """Each section's bullets, without those of stories that it lacks or of sections before it.

    A bullet that stands in two sections is one object.
    """
    seen: set[int] = set()
    for material, bullets in told:
        stories = {each.id for each in material.all_stories}
        own = [each for each in bullets if id(each) not in seen and each.story_id in stories]
        seen.update(map(id, own))
        yield material, own


def _told_from(story: Story, topic: Topic, local: Sequence[Bullet]) -> list[Article]:
    """The articles that the local bullets cite, and others of the story that are on the topic."""
    cited = {each.article_id for bullet in local for each in bullet.citations}
    about = {each.id for each in on_topic(story, topic)} | cited
    return [each for each in story.articles if each.id in about]
