"""A model's second opinion on proved bullets: it may refuse them, and pass nothing else."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from bot.models import Briefing, Bullet, Dropped, ModelCall, Section
from summarizer.llm.answer_json import items_in
from summarizer.llm.answers import numbers_in, stripped
from summarizer.llm.attempts import Question
from summarizer.llm.calls import GRACE, NO_TIME, Calls
from summarizer.llm.prompts import Message, fenced, load_prompt
from summarizer.llm.server.request import AnswerFormat, json_object
from summarizer.sentence_rules.cleaning import plain

MOST_BULLETS = 40
"""Bullets in one question."""

_TOKENS_A_BULLET = 40
_LONGEST_REASON = 120


@dataclass(frozen=True, slots=True)
class Opinion:
    """Why bullets are refused, by their place in what was asked, and the calls that were made."""

    refused: Mapping[int, str] = field(default_factory=dict)
    calls: tuple[ModelCall, ...] = ()


class SecondOpinion:
    """Asks a model which bullets say more than their quotations; without an answer all stay."""

    def __init__(self, calls: Calls, prompts: Path | None = None) -> None:
        self._calls = calls
        self._prompt = load_prompt("second_opinion", prompts)

    async def review(
        self, briefing: Briefing, local: Sequence[Section], now: datetime, until: float
    ) -> Briefing:
        """The briefing without refused bullets: the local one in their place, or none.

        `local` are the sections as the rules left them before a model wrote; `until` is in seconds
        of the clock of the calls.
        """
        bullets = [each for section in briefing.sections for each in section.bullets]
        lead = (briefing.lead,) if briefing.lead else ()
        opinion = await self._ask([*bullets, *lead], now, until)
        instead = [each for section in local for each in section.bullets]
        places = iter(range(len(bullets)))
        sections = tuple(
            replace(
                section,
                bullets=tuple(
                    kept
                    for each, at in zip(section.bullets, places, strict=False)
                    if (kept := each if at not in opinion.refused else _other(each, instead[at]))
                ),
            )
            for section in briefing.sections
        )
        said = [*bullets, *lead]
        dropped = (Dropped(said[at].text, why) for at, why in sorted(opinion.refused.items()))
        return replace(
            briefing,
            sections=sections,
            lead=None if len(bullets) in opinion.refused else briefing.lead,
            dropped=(*briefing.dropped, *dropped),
            calls=(*briefing.calls, *opinion.calls),
        )

    async def _ask(self, bullets: Sequence[Bullet], now: datetime, until: float) -> Opinion:
        asked = bullets[:MOST_BULLETS]
        left = until - self._calls.clock()
        if not asked or left <= 0:
            return Opinion()
        question = self._question(asked)
        try:
            async with asyncio.timeout(left + GRACE):
                call = await self._calls.ask(question, now=now.astimezone(UTC), until=until)
        except TimeoutError:
            return Opinion(calls=(replace(self._calls.new_call(question), fault=NO_TIME),))
        return Opinion({} if call.fault else read_opinion(call.answer, asked), (call,))

    def _question(self, bullets: Sequence[Bullet]) -> Question:
        listed = "\n\n".join(_described(at, each) for at, each in enumerate(bullets, 1))
        return Question(
            "second opinion",
            self._prompt.version,
            (Message("system", self._prompt.text), Message("user", fenced("bullets", listed))),
            opinion_format(),
            partial(read_opinion, bullets=bullets),
            tokens=_TOKENS_A_BULLET * len(bullets),
            vital=False,
        )


def opinion_format() -> AnswerFormat:
    """The form of an answer: what is unsupported in each bullet."""
    text: dict[str, object] = {"type": "string"}
    judged = json_object({"bullet": {"type": "integer"}, "unsupported": text, "reason": text})
    schema = json_object({"bullets": {"type": "array", "items": judged}})
    return AnswerFormat("second_opinion", schema)


def read_opinion(answer: str, bullets: Sequence[Bullet]) -> dict[int, str]:
    """Why bullets are refused, by place; raises Unreadable where the answer is something else.

    A piece that does not stand in its bullet word for word refuses nothing.
    """
    refused: dict[int, str] = {}
    for item in items_in(answer, "bullets", _is_judged):
        numbers = numbers_in(item.get("bullet", item["key"]))
        piece = str(item["unsupported"] or "").strip().strip("\"'“”.")
        if len(numbers) != 1 or not 1 <= numbers[0] <= len(bullets) or not piece:
            continue
        if piece.casefold() in bullets[numbers[0] - 1].text.casefold():
            why = stripped(str(item.get("reason") or ""))[:_LONGEST_REASON]
            told = f"a second opinion finds {piece!r} unsupported"
            refused.setdefault(numbers[0] - 1, f"{told}: {why}" if why else told)
    return refused


def _is_judged(item: Mapping[str, Any]) -> bool:
    return "unsupported" in item


def _described(number: int, bullet: Bullet) -> str:
    """A bullet and its quotations, with the day on which each was published."""
    quotes = "\n".join(f"- {plain(each.quote)}" for each in bullet.citations)
    day = f"{bullet.published_at:%A, %d %B %Y}"
    return f"Bullet {number}: {plain(bullet.text)}\nPublished {day}. Quotations:\n{quotes}"


def _other(refused: Bullet, local: Bullet) -> Bullet | None:
    """The local bullet in the place of a model's that was refused; None for a local one."""
    return local if refused != local else None
