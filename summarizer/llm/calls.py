"""Every call to a model goes through here: cache, budget, circuit breaker, concurrency, retries."""

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
"""Most tokens in one answer."""

OVERHEAD_TOKENS = 200
"""Tokens that a server's chat template may add to a prompt."""

TRIES = 3
FIRST_WAIT = 0.5

SHORTEST = 0.5
"""No call is made with fewer seconds left."""

NO_TIME = "no time was left for the call"

SLOW_SHARE = 0.8
"""An answer that takes longer than this share of the time limit counts as a failure."""

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Terms:
    """Prices in dollars a million tokens, caps in millionths of a dollar, seconds for a briefing.

    `parallel` is the number of calls that may run concurrently.
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

    async def add(self, key: str, kept: KeptAnswer, now: datetime) -> None:
        """Store an answer under this key."""
        ...


class Calls:
    """Calls one model server within the terms; the same question is paid for once.

    Deadlines are in seconds of `clock`, which is monotonic.
    """

    def __init__(
        self,
        server: ModelServer,
        terms: Terms,
        budget: Budget,
        cache: AnswerCache,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        self.server = server
        self.terms = terms
        self.clock = clock
        self.breaker = Breaker(clock)
        self._budget = budget
        self._cache = cache
        self._slots = asyncio.Semaphore(terms.parallel)
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def ask(
        self,
        call: ModelCall,
        messages: Sequence[Message],
        *,
        translated: bool = False,
        now: datetime,
        until: float,
    ) -> ModelCall:
        """Answer from the cache or the server; with `translated`, bullets have translations.

        A call without an answer says why in `fault`. Raises nothing.
        """
        key = _key(call, messages)
        lock = self._locks.setdefault(key, asyncio.Lock())
        try:
            async with lock:
                kept = await self._cache.get(key)
                if kept is not None:
                    return _recalled(call, kept)
                done = await self._call_server(
                    call, messages, schema(translated=translated), now, until
                )
                await self._store(key, done, now)
                return done
        except ModelFault as fault:
            log.warning("model not used", subject=call.subject, reason=str(fault))
            return replace(call, fault=str(fault))
        except BriefbotError as error:
            log.warning("model not used", subject=call.subject, reason=str(error))
            return replace(call, fault="the database did not answer")
        except Exception as error:  # noqa: BLE001 - a briefing never waits for a model that fails
            kind = type(error).__name__
            log.error("model call crashed", subject=call.subject, kind=kind)  # noqa: TRY400 - a traceback may hold the key
            return replace(call, fault=f"the call failed inside briefbot ({kind})")

    def new_call(self, subject: str, prompt_version: str) -> ModelCall:
        """A call that was not sent yet."""
        parameters = json.dumps(self.server.parameters(MOST_TOKENS), sort_keys=True)
        return ModelCall(subject, self.server.model, prompt_version, parameters, answer="")

    async def close(self) -> None:
        """Close the connections."""
        await self.server.close()

    async def _call_server(
        self,
        call: ModelCall,
        messages: Sequence[Message],
        form: dict[str, object],
        now: datetime,
        until: float,
    ) -> ModelCall:
        async with self._slots:
            if not self.breaker.closed():
                raise ModelFault(Trouble.UNREACHABLE, f"the model {self.breaker.state}")
            if until - self.clock() < SHORTEST:
                raise ModelFault(Trouble.UNREACHABLE, NO_TIME)
            reservation = await self._reserve(messages, now)
            began = self.clock()
            try:
                done = await self._complete_with_retries(messages, form, until)
            except ModelFault as fault:
                self.breaker.failed(str(fault), for_long=fault.trouble.lasting)
                if not fault.trouble.may_cost:
                    await self._budget.settle(reservation, 0)
                raise
            seconds = self.clock() - began
            self._judge(done, seconds)
            tokens = _tokens(done, messages)
            cost = self.terms.cost(*tokens)
            await self._budget.settle(reservation, cost)
        return replace(
            call,
            answer=done.text,
            input_tokens=tokens[0],
            output_tokens=tokens[1],
            cost=cost,
            seconds=round(seconds, 3),
            fault="the answer was cut off" if done.cut_off else None,
        )

    async def _reserve(self, messages: Sequence[Message], now: datetime) -> Reservation:
        terms = self.terms
        most = terms.cost(_most_tokens(messages), MOST_TOKENS)
        reservation = await self._budget.reserve(
            most, day_cap=terms.day_cap, month_cap=terms.month_cap, now=now
        )
        if reservation is None:
            raise ModelFault(Trouble.QUOTA, "the budget of the day or the month is spent")
        return reservation

    async def _complete_with_retries(
        self, messages: Sequence[Message], form: dict[str, object], until: float
    ) -> Completion:
        """Retry while the server says that it is busy and time is left."""
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

    async def _store(self, key: str, call: ModelCall, now: datetime) -> None:
        """Store an answer; an unreadable one too, as the same question would bring it again."""
        kept = KeptAnswer(call.answer, call.input_tokens, call.output_tokens)
        await self._cache.add(key, kept, now)


def _key(call: ModelCall, messages: Sequence[Message]) -> str:
    """The cache key: it changes with model, prompt version, parameters and messages."""
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
    """An upper bound: no tokenizer makes more tokens than there are bytes."""
    length = sum(len(each.content.encode("utf-8", "replace")) for each in messages)
    return length + OVERHEAD_TOKENS


def _tokens(done: Completion, messages: Sequence[Message]) -> tuple[int, int]:
    """Tokens in and out as the server counted them, else their upper bounds."""
    given = done.input_tokens if done.input_tokens is not None else _most_tokens(messages)
    return given, done.output_tokens if done.output_tokens is not None else MOST_TOKENS
