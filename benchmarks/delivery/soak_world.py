"""The world of the soak: two platforms, the chats in them, who types, and what goes wrong."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from bot.models import Address, Platform
from tests.fakes.slack import FakeSlack
from tests.fakes.slack_web import FakeChannel
from tests.fakes.telegram import FakeTelegram
from tests.fakes.telegram_rules import Refusal

PEOPLE = 50
"""People who type: each writes to the bot in Telegram, and some of them in Slack."""

OPERATOR, TALK = 1, "CTALK"
"""The private chat of the operator, and the channel in Slack where people type."""

BLOCKED, ARCHIVED = 10, 5
"""Chats with a digest that refuse every message for good."""

WORDS = ("help", "brief energy", "topics", "subscriptions", "status", "search gas", "sources")
KEPT_CALLS = 100


@dataclass
class World:
    """Both platforms, what was typed, and the faults so far."""

    telegram: FakeTelegram
    slack: FakeSlack
    chance: random.Random
    typed: int = 0
    faults: Counter[str] = field(default_factory=Counter)
    _typing: set[asyncio.Task[None]] = field(default_factory=set)

    def settle(self, count: int) -> list[Address]:
        """Make `count` chats with a digest, half in each platform, and those of the people."""
        half = count // 2
        telegram = [(1000 + n) * (-1 if n % 3 == 0 else 1) for n in range(half)]
        for chat in [OPERATOR, *telegram]:
            self.telegram.chat(chat, "private" if chat > 0 else "group")
        for chat in self.chance.sample(telegram, BLOCKED):
            self.telegram.block(chat)
        slack = [f"C{1000 + n}" for n in range(count - half)]
        for name in [TALK, *slack]:
            self.slack.channels[name] = FakeChannel(name, name.lower())
        for name in self.chance.sample(slack, ARCHIVED):
            self.slack.channels[name].archived = True
        return [
            *(Address(Platform.TELEGRAM, "", str(chat)) for chat in telegram),
            *(Address(Platform.SLACK, "T1", name) for name in slack),
        ]

    def arrived(self) -> Counter[Address]:
        """How many messages every chat with a digest has got."""
        found = Counter(Address(Platform.TELEGRAM, "", str(one.chat)) for one in self.telegram.sent)
        found.update(Address(Platform.SLACK, "T1", one.channel) for one in self.slack.sent)
        return found

    def talk(self) -> None:
        """Let some people type, and forget what only tests look at."""
        for _ in range(3):
            chat = 500_000 + self.chance.randrange(PEOPLE)
            self.telegram.type(f"/{self.chance.choice(WORDS)}", chat=chat, user=chat)
        task = asyncio.create_task(self._slash(self.chance.choice(WORDS)))
        self._typing.add(task)
        task.add_done_callback(self._typing.discard)
        self.typed += 4
        del self.telegram.calls[:-KEPT_CALLS]
        del self.slack.workspace.calls[:-KEPT_CALLS]

    async def _slash(self, text: str) -> None:
        try:
            await self.slack.slash("/brief", text.removeprefix("brief "), channel=TALK)
        except TimeoutError:
            self.faults["slash without an answer"] += 1

    async def go_wrong(self) -> None:
        """One or two faults, which are over after three seconds."""
        kinds = self._kinds()
        for name in self.chance.sample([*kinds], self.chance.choice((1, 1, 2))):
            self.faults[name] += 1
            await kinds[name]()
        await asyncio.sleep(3)
        self.telegram.forgive()
        self.slack.forgive()
        self.telegram.let_go()
        self.slack.let_go()

    def _kinds(self) -> dict[str, Callable[[], Awaitable[None]]]:
        return {
            "telegram 401": self._unauthorized,
            "telegram 502": self._bad_gateway,
            "telegram 429": self._limit,
            "telegram without an answer": self._lost,
            "telegram times out": self._late,
            "telegram away": self._away,
            "slack revoked": self._revoked,
            "slack 503": self._unavailable,
            "slack 429": self._slack_limit,
            "slack without an answer": self._slack_lost,
            "slack times out": self._slack_late,
            "slack's socket cut": self.slack.cut,
        }

    async def _unauthorized(self) -> None:
        for method in ("getUpdates", "sendMessage", "getMe"):
            self.telegram.refuse(Refusal(401, "Unauthorized"), method=method, times=99)

    async def _bad_gateway(self) -> None:
        for method in ("getUpdates", "sendMessage"):
            self.telegram.break_down(method=method, times=3)

    async def _limit(self) -> None:
        self.telegram.limit(2, times=5)

    async def _lost(self) -> None:
        self.telegram.lose(times=2)

    async def _late(self) -> None:
        self.telegram.stall(times=2)

    async def _away(self) -> None:
        await self.telegram.down()
        await asyncio.sleep(1)
        await self.telegram.up()

    async def _revoked(self) -> None:
        for method in ("chat.postMessage", "auth.test"):
            self.slack.refuse(method, "token_revoked", times=99)

    async def _unavailable(self) -> None:
        self.slack.break_down("chat.postMessage", times=3)

    async def _slack_limit(self) -> None:
        self.slack.limit("chat.postMessage", retry_after=2, times=2)

    async def _slack_lost(self) -> None:
        self.slack.lose("chat.postMessage", times=2)

    async def _slack_late(self) -> None:
        self.slack.stall("chat.postMessage")
