"""What the tools answer beside the models of the API, and the cleaning of all answers."""

from __future__ import annotations

from datetime import datetime
from typing import Any, TypeVar

from bot.render.sanitize import clean
from bot.web.api.schema import Answer, ArticleRef, BulletAnswer

A = TypeVar("A", bound=Answer)


class BriefAnswer(Answer):
    """A briefing on one topic, the most important first."""

    topic: str
    since: datetime
    until: datetime
    day: str
    """What the time was like, in one line."""
    coverage: str
    """How many articles and sources it was made from."""
    bullets: tuple[BulletAnswer, ...]


class ProofAnswer(Answer):
    """A quote with what stands around it in its article."""

    before: str
    quote: str
    after: str
    article: ArticleRef


def visible(answer: A) -> A:
    """The answer without hidden characters, in which instructions could be smuggled."""
    return answer.model_validate(_cleaned(answer.model_dump()))


def _cleaned(value: Any) -> Any:
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, dict):
        return {name: _cleaned(each) for name, each in value.items()}
    if isinstance(value, tuple | list):
        return [_cleaned(each) for each in value]
    return value
