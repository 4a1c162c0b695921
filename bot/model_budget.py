"""Shares of the model's money: for each person, each chat, and all questions together.

Whatever a digest costs is limited by the caps alone: questions leave a reserve for digests.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime

from bot.models import Address, Command, Reservation
from bot.store import SpendingShare, Spent, Store
from config.settings import Settings

QUESTIONS = "questions"
"""The name under which the spending of all questions is counted."""

_ASKED_BY: ContextVar[Command | None] = ContextVar("asked_by", default=None)


@dataclass(frozen=True, slots=True)
class Shares:
    """Parts of the day's and the month's cap, from 0 to 1; `reserve` is kept for digests."""

    person: float
    chat: float
    reserve: float


@dataclass(frozen=True, slots=True)
class ShareSpent:
    """What one of the shares has cost, and its caps, in millionths of a dollar."""

    spent: Spent
    day_cap: int
    month_cap: int


@contextmanager
def paid_by(command: Command) -> Iterator[None]:
    """Count the model's calls within the block as asked by the sender of a command."""
    token = _ASKED_BY.set(command)
    try:
        yield
    finally:
        _ASKED_BY.reset(token)


@dataclass(frozen=True, slots=True)
class ModelBudget:
    """The budget of the model's calls; who asks is known from `paid_by`."""

    store: Store
    shares: Shares

    async def reserve(
        self, amount: int, *, day_cap: int, month_cap: int, now: datetime
    ) -> Reservation | None:
        """Reserve an amount; None where that would exceed a cap or a share."""
        command = _ASKED_BY.get()
        parts = {} if command is None else self._parts(command)
        shares = [
            SpendingShare(name, int(day_cap * part), int(month_cap * part))
            for name, part in parts.items()
        ]
        return await self.store.spending.reserve(
            amount, day_cap=day_cap, month_cap=month_cap, now=now, shares=shares
        )

    async def settle(self, reservation: Reservation, cost: int) -> None:
        """Replace a reserved amount by the actual cost."""
        await self.store.spending.settle(reservation, cost)

    async def spent(
        self, command: Command, *, day_cap: int, month_cap: int, now: datetime
    ) -> tuple[ShareSpent, ShareSpent]:
        """What the sender and the chat of a command have spent."""
        found = [
            ShareSpent(
                await self.store.spending.spent(now, name),
                int(day_cap * part),
                int(month_cap * part),
            )
            for name, part in self._parts(command).items()
            if name != QUESTIONS
        ]
        person, chat = found
        return person, chat

    def _parts(self, command: Command) -> dict[str, float]:
        return {
            person_name(command): self.shares.person,
            chat_name(command.address): self.shares.chat,
            QUESTIONS: 1 - self.shares.reserve,
        }


def budget_for(settings: Settings, store: Store) -> ModelBudget:
    """The model's budget with the shares from the settings."""
    shares = Shares(
        person=settings.llm_person_share,
        chat=settings.llm_chat_share,
        reserve=settings.llm_digest_reserve,
    )
    return ModelBudget(store, shares)


def person_name(command: Command) -> str:
    """The name under which a person's spending is counted; it does not show who it is."""
    address = command.address
    return "person " + _hashed(address.platform, address.workspace, command.user.id)


def chat_name(address: Address) -> str:
    """The name under which a chat's spending is counted; it does not show which it is."""
    return "chat " + _hashed(address.platform, address.workspace, address.chat)


def _hashed(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:24]
