"""What a model may cost and how long it may take, and the stores that calls depend on."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.models import KeptAnswer, Reservation
from summarizer.llm.prompts import Message

MOST_TOKENS = 700
"""Most tokens in one answer, where the settings say nothing else."""

OVERHEAD_TOKENS = 200
"""Tokens that a server's chat template may add to a prompt."""


@dataclass(frozen=True, slots=True)
class Terms:
    """Prices in dollars a million tokens, caps in millionths of a dollar, seconds for a briefing.

    `parallel` is the number of calls that may run concurrently, `answer_tokens` the most tokens of
    an answer.
    """

    input_price: float
    output_price: float
    day_cap: int
    month_cap: int
    seconds: float
    parallel: int
    answer_tokens: int = MOST_TOKENS

    def cost(self, input_tokens: int, output_tokens: int) -> int:
        """Millionths of a dollar, rounded up."""
        return math.ceil(input_tokens * self.input_price + output_tokens * self.output_price)


class Budget(Protocol):
    """Money that is reserved before a call and settled after it."""

    async def reserve(
        self, amount: int, *, day_cap: int, month_cap: int, now: datetime
    ) -> Reservation | None:
        """Reserve an amount; None where that would exceed a cap."""
        ...

    async def settle(self, reservation: Reservation, cost: int) -> None:
        """Replace the reserved amount by the actual cost."""
        ...


class AnswerCache(Protocol):
    """Answers that models gave before."""

    async def get(self, key: str) -> KeptAnswer | None:
        """The answer under this key."""
        ...

    async def get_many(self, keys: Sequence[str]) -> dict[str, KeptAnswer]:
        """The answers under those of these keys that have one."""
        ...

    async def add(self, key: str, kept: KeptAnswer, now: datetime) -> None:
        """Store an answer under this key."""
        ...

    async def add_many(self, kept: Mapping[str, KeptAnswer], now: datetime) -> None:
        """Store answers under their keys."""
        ...


def most_input_tokens(messages: Sequence[Message]) -> int:
    """An upper bound: no tokenizer makes more tokens than there are bytes."""
    length = sum(len(each.content.encode("utf-8", "replace")) for each in messages)
    return length + OVERHEAD_TOKENS
