"""Every question to a model goes through here: kept answers, money, breaker, bound, retries."""

from __future__ import annotations

import asyncio
import hashlib
import json
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from time import monotonic
from typing import Protocol
from weakref import WeakValueDictionary

import structlog

from bot.errors import BriefbotError
from bot.models import KeptAnswer, ModelCall, Reservation
from summarizer.llm.answers import Unreadable, read, schema
from summarizer.llm.circuit_breaker import Breaker
from summarizer.llm.client import Completion, ModelFault, ModelServer, Trouble
from summarizer.llm.prompts import Message

MOST_TOKENS = 700
"""Tokens that one answer may have."""

OVERHEAD_TOKENS = 200
"""What a server's chat template may add to the words that it is given."""

TRIES = 3
FIRST_WAIT = 0.5

SHORTEST = 0.5
"""Seconds that must be left for a call to be worth its money."""

NO_TIME = "there was no time left to ask"

SLOW_SHARE = 0.8
"""An answer that takes longer than this share of the time counts as a failure."""

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Terms:
    """Prices in dollars a million tokens, caps in millionths of a dollar, seconds for a briefing.

    `parallel` calls at most are under way at once.
    """

    input_price: float
    output_price: float
    day_cap: int
    month_cap: int
    seconds: float
    parallel: int

    def cost(self, input_tokens: int, output_tokens: int) -> int:
        """Millionths of a dollar, rounded up."""
        return math.ceil(input_tokens * self.input_price + output_tokens * self.output_price)


class Budget(Protocol):
    """Money that is put aside before a call and settled after it."""

    async def reserve(
        self, amount: int, *, day_cap: int, month_cap: int, now: datetime
    ) -> Reservation | None:
        """Put an amount aside; None where it would pass a cap."""
        ...

    async def settle(self, reservation: Reservation, cost: int) -> None:
        """Replace what was put aside by what it has cost."""
        ...


class AnswerCache(Protocol):
    """Answers that were paid for."""

    async def get(self, key: str) -> KeptAnswer | None:
        """The answer under this key."""
        ...

    async def add(self, key: str, kept: KeptAnswer, now: datetime) -> None:
        """Keep an answer under this key."""
        ...


class Calls:
    """Asks one model server, within the terms; an answer once paid for is not bought again.

    Instants that limit a call are those of `clock`: seconds that only go forward.
    """

    def __init__(
        self,
        server: ModelServer,
        terms: Terms,
        purse: Budget,
        memory: AnswerCache,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        self.server = server
        self.terms = terms
        self.clock = clock
        self.breaker = Breaker(clock)
        self._purse = purse
        self._memory = memory
        self._places = asyncio.Semaphore(terms.parallel)
        self._asked: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def ask(
        self,
        call: ModelCall,
        messages: Sequence[Message],
        *,
        translated: bool = False,
        now: datetime,
        until: float,
    ) -> ModelCall:
        """Ask, or recall; each bullet is to be `translated` as well where that is said.

        A call without an answer says why in `fault`. Raises nothing else.
        """
        key = _key(call, messages)
        lock = self._asked.setdefault(key, asyncio.Lock())
        try:
            async with lock:
                kept = await self._memory.get(key)
                if kept is not None:
                    return _recalled(call, kept)
                done = await self._bought(call, messages, schema(translated=translated), now, until)
                await self._keep(key, done, now)
                return done
        except ModelFault as fault:
            log.warning("model not used", subject=call.subject, reason=str(fault))
            return replace(call, fault=str(fault))
        except BriefbotError as error:
            log.warning("model not used", subject=call.subject, reason=str(error))
            return replace(call, fault="the database did not answer")
        except Exception as error:  # noqa: BLE001 - no answer may keep a briefing back
            kind = type(error).__name__
            log.error("model call crashed", subject=call.subject, kind=kind)  # noqa: TRY400 - a traceback may hold the key
            return replace(call, fault=f"asking the model failed here ({kind})")

    def new_call(self, subject: str, prompt_version: str) -> ModelCall:
        """A call that has not been made yet."""
        parameters = json.dumps(self.server.parameters(MOST_TOKENS), sort_keys=True)
        return ModelCall(subject, self.server.model, prompt_version, parameters, answer="")

    async def close(self) -> None:
        """End the connections."""
        await self.server.close()

    async def _bought(
        self,
        call: ModelCall,
        messages: Sequence[Message],
        form: dict[str, object],
        now: datetime,
        until: float,
    ) -> ModelCall:
        async with self._places:
            if not self.breaker.closed():
                raise ModelFault(Trouble.UNREACHABLE, f"the model {self.breaker.state}")
            if until - self.clock() < SHORTEST:
                raise ModelFault(Trouble.UNREACHABLE, NO_TIME)
            reservation = await self._reserved(messages, now)
            began = self.clock()
            try:
                done = await self._patiently(messages, form, until)
            except ModelFault as fault:
                self.breaker.failed(str(fault), for_long=fault.trouble.lasting)
                if not fault.trouble.may_cost:
                    await self._purse.settle(reservation, 0)
                raise
            seconds = self.clock() - began
            self._judge(done, seconds)
            tokens = _tokens(done, messages)
            cost = self.terms.cost(*tokens)
            await self._purse.settle(reservation, cost)
        return replace(
            call,
            answer=done.text,
            input_tokens=tokens[0],
            output_tokens=tokens[1],
            cost=cost,
            seconds=round(seconds, 3),
            fault="the answer was cut off" if done.cut_off else None,
        )

    async def _reserved(self, messages: Sequence[Message], now: datetime) -> Reservation:
        terms = self.terms
        most = terms.cost(_most_tokens(messages), MOST_TOKENS)
        reservation = await self._purse.reserve(
            most, day_cap=terms.day_cap, month_cap=terms.month_cap, now=now
        )
        if reservation is None:
            raise ModelFault(Trouble.QUOTA, "the day's or the month's money is spent")
        return reservation

    async def _patiently(
        self, messages: Sequence[Message], form: dict[str, object], until: float
    ) -> Completion:
        """Ask again where the server says that it is busy, as long as there is time."""
        for tried in range(TRIES):
            left = until - self.clock()
            if left < SHORTEST:
                break
            try:
                return await self.server.complete(messages, MOST_TOKENS, left, form)
            except ModelFault as fault:
                wait = fault.retry_after or FIRST_WAIT * 2**tried
                last = tried + 1 == TRIES or wait + SHORTEST > until - self.clock()
                if last or not fault.trouble.passing:
                    raise
            await asyncio.sleep(wait)
        raise ModelFault(Trouble.UNREACHABLE, NO_TIME)

    def _judge(self, done: Completion, seconds: float) -> None:
        try:
            read(done.text)
        except Unreadable as error:
            self.breaker.failed(str(error))
            return
        if seconds > SLOW_SHARE * self.terms.seconds:
            self.breaker.failed(f"it took {seconds:.0f} s to answer")
        else:
            self.breaker.succeeded()

    async def _keep(self, key: str, call: ModelCall, now: datetime) -> None:
        """Nonsense is kept too: it was paid for, and the same question would bring it again."""
        kept = KeptAnswer(call.answer, call.input_tokens, call.output_tokens)
        await self._memory.add(key, kept, now)


def _key(call: ModelCall, messages: Sequence[Message]) -> str:
    """Changes with model, prompt, parameters, and every word that the model is given."""
    said = [[each.role, each.content] for each in messages]
    whole = json.dumps([call.model, call.prompt_version, call.parameters, said])
    return hashlib.sha256(whole.encode()).hexdigest()


def _recalled(call: ModelCall, kept: KeptAnswer) -> ModelCall:
    return replace(
        call,
        answer=kept.answer,
        input_tokens=kept.input_tokens,
        output_tokens=kept.output_tokens,
        cached=True,
    )


def _most_tokens(messages: Sequence[Message]) -> int:
    """No tokenizer makes more tokens than there are bytes."""
    length = sum(len(each.content.encode("utf-8", "replace")) for each in messages)
    return length + OVERHEAD_TOKENS


def _tokens(done: Completion, messages: Sequence[Message]) -> tuple[int, int]:
    """What the server counted, or the most that it can have been."""
    given = done.input_tokens if done.input_tokens is not None else _most_tokens(messages)
    return given, done.output_tokens if done.output_tokens is not None else MOST_TOKENS
