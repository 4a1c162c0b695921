"""A model's one line on the event of the day, proved by an article that the briefing cites.

The model chooses among the first events of the sections; without its line the local one stands.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from bot.models import Article, Briefing, Bullet, Dropped
from summarizer.llm.prompts import Prompt, bullets_messages, numbered
from summarizer.llm.tasks import Outcome, Task, bullet_of, half, into_language

SUBJECT = "lead of the day"

LONGEST = 110
"""Characters of the line."""

FEWEST_BULLETS = 2
"""A briefing of fewer bullets needs no other line."""


def lead_task(
    prompt: Prompt,
    briefing: Briefing,
    articles: Mapping[str, Article],
    read_at: datetime,
    language: str | None,
) -> Task | None:
    """The question for the line; None where there is nothing to choose or to cite."""
    if len(briefing.bullets) < FEWEST_BULLETS:
        return None
    cited = dict.fromkeys(each.citations[0].article_id for each in briefing.leading)
    material = numbered([articles[each] for each in cited if each in articles])
    if not material:
        return None
    into = into_language(language, material)
    messages, shorter = (
        bullets_messages(prompt, given, "The event of the day", 1, into)
        for given in (material, half(material))
    )
    return Task(
        SUBJECT,
        prompt,
        messages,
        shorter,
        material,
        local=(),
        most=1,
        read_at=read_at,
        language=into,
        vital=False,
        longest=LONGEST,
    )


def lead_of(
    task: Task, outcome: Outcome, leading: Sequence[Bullet]
) -> tuple[Bullet | None, tuple[Dropped, ...]]:
    """The line as a bullet of the story that it tells, and what was refused."""
    for proposal in outcome.good:
        for bullet in leading:
            line = replace(bullet_of(bullet, task, proposal), change=None)
            if {each.article_id for each in line.citations} == {bullet.citations[0].article_id}:
                return line, outcome.dropped
        reason = "the line of the day joins two events"
        return None, (*outcome.dropped, Dropped(proposal.text, reason))
    return None, outcome.dropped
