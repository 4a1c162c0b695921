"""A model as editor: it judges stories in batches; what it does not answer stays as it was judged.

It decides which stories matter, never their words: every bullet is proved as before.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Protocol

from bot.models import KeptAnswer, ModelCall, Topic
from summarizer.judgements import Judgement
from summarizer.llm.attempts import Question
from summarizer.llm.calls import GRACE, NO_TIME, Calls
from summarizer.llm.candidates import Candidate, described, editing_messages
from summarizer.llm.judgement_answers import editing_format, read_judgements
from summarizer.llm.prompts import load_prompt

BATCH = 12
"""Stories in one question."""

MOST_CANDIDATES = 72
"""Stories that are judged for one briefing, the likeliest first."""

TOKENS_A_STORY = 70
_TOKENS_AROUND = 120


@dataclass(frozen=True, slots=True)
class Judged:
    """The judgements by candidate id, and the calls that were made for them."""

    judgements: Mapping[str, Judgement] = field(default_factory=dict)
    calls: tuple[ModelCall, ...] = ()


class StoryEditor(Protocol):
    """Judges stories; the caller keeps its own judgement of those that are missing."""

    async def judge(
        self,
        candidates: Sequence[Candidate],
        topics: Sequence[Topic],
        *,
        now: datetime,
        until: float,
    ) -> Judged:
        """Judge the candidates, likeliest first, on these topics before `until`; raises nothing."""
        ...


class ModelEditor:
    """Asks a model, a batch of stories a question; a story once judged is not asked about again.

    `until` is in seconds of the clock of `calls`, whose terms bound the money.
    """

    def __init__(self, calls: Calls, prompts: Path | None = None) -> None:
        self._calls = calls
        self._prompt = load_prompt("editor", prompts)

    async def judge(
        self,
        candidates: Sequence[Candidate],
        topics: Sequence[Topic],
        *,
        now: datetime,
        until: float,
    ) -> Judged:
        asked = candidates[:MOST_CANDIDATES]
        keys = {each.id: self._key(each, topics) for each in asked}
        known = await self._calls.recall(list(keys.values()))
        names = [each.name for each in topics]
        found: dict[str, Judgement] = {}
        for each in asked:
            if (kept := known.get(keys[each.id])) is not None:
                found |= _first(kept, each, names)
        left = [each for each in asked if each.id not in found]
        batches = [left[at : at + BATCH] for at in range(0, len(left), BATCH)]
        done = await asyncio.gather(*(self._batch(each, topics, now, until) for each in batches))
        for judged in done:
            found |= judged.judgements
        return Judged(found, tuple(call for judged in done for call in judged.calls))

    async def _batch(
        self, batch: Sequence[Candidate], topics: Sequence[Topic], now: datetime, until: float
    ) -> Judged:
        """The judgements of one question; those that came are kept by their story's content."""
        question = self._question(batch, topics)
        try:
            async with asyncio.timeout(until - self._calls.clock() + GRACE):
                call = await self._calls.ask(question, now=now, until=until)
        except TimeoutError:
            return Judged(calls=(replace(self._calls.new_call(question), fault=NO_TIME),))
        if call.fault is not None:
            return Judged(calls=(call,))
        found = read_judgements(call.answer, batch, [each.name for each in topics])
        kept = {
            self._key(each, topics): _kept(found[each.id]) for each in batch if each.id in found
        }
        await self._calls.remember(kept, now)
        return Judged(found, (call,))

    def _question(self, batch: Sequence[Candidate], topics: Sequence[Topic]) -> Question:
        names = [each.name for each in topics]
        half = batch[: (len(batch) + 1) // 2]
        return Question(
            "editing",
            self._prompt.version,
            editing_messages(self._prompt, batch, topics),
            editing_format(names),
            partial(read_judgements, candidates=batch, topics=names),
            editing_messages(self._prompt, half, topics) if len(batch) > 1 else (),
            _TOKENS_AROUND + TOKENS_A_STORY * len(batch),
            vital=False,
        )

    def _key(self, candidate: Candidate, topics: Sequence[Topic]) -> str:
        """Changes with server, model, prompt, topics, and all that is shown of the story."""
        named = [[each.name, each.title, each.description, sorted(each.terms)] for each in topics]
        parts = [self._calls.server.identity, self._prompt.version, named, described(1, candidate)]
        return hashlib.sha256(json.dumps(["judgement", *parts]).encode()).hexdigest()


def _kept(judgement: Judgement) -> KeptAnswer:
    """A judgement as the answer to a question about its story alone."""
    item = {
        "story": 1,
        "topics": sorted(judgement.topics),
        "genre": judgement.genre,
        "importance": judgement.importance,
        "reason": judgement.reason,
    }
    return KeptAnswer(json.dumps({"stories": [item]}), 0, 0)


def _first(
    kept: KeptAnswer, candidate: Candidate, topics: Sequence[str]
) -> Mapping[str, Judgement]:
    """A kept judgement, read as any answer is."""
    return read_judgements(kept.answer, [candidate], topics)
