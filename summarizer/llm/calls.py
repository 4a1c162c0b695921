"""Every call to a model goes through here: cache, budget, circuit breaker, concurrency, retry."""

from __future__ import annotations

import asyncio
import hashlib
import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from time import monotonic
from weakref import WeakValueDictionary

from bot.errors import BriefbotError
from bot.log import get_logger
from bot.models import KeptAnswer, ModelCall, Reservation
from summarizer.llm.answer_json import Unreadable
from summarizer.llm.attempts import Attempt, Question, fault_in, retry_after, unreadable
from summarizer.llm.circuit_breaker import Breaker
from summarizer.llm.prompts import Message
from summarizer.llm.server.client import ModelServer
from summarizer.llm.server.completion import Completion
from summarizer.llm.server.faults import ModelFault, Trouble
from summarizer.llm.server.request import RequestShape, shape_from
from summarizer.llm.terms import AnswerCache, Budget, Terms, most_input_tokens

SHORTEST = 0.5
"""No call is made with fewer seconds left."""

NO_TIME = "no time was left for the call"

GRACE = 1.0
"""Seconds that a caller waits beyond the deadline, so that the call itself says what went wrong."""

SLOW_SHARE = 0.8
"""An answer that takes longer than this share of the time limit counts as a failure."""

DECLINED = "[declined] "
"""How a cached answer begins where the model or its provider declined: it is not asked again."""

REPEATED = 60.0
"""Seconds in which the same reason is logged once."""

_PAUSED = re.compile(r"the model is not asked for \d+ s: ")
_LATE = re.compile(rf"(?:{NO_TIME}|no answer within|it took \d+ s)")

log = get_logger(__name__)


class Calls:
    """Calls one model server within the terms; the same question is paid for once.

    Deadlines are in seconds of `clock`, which is monotonic. A question has two attempts at most.
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
        self._stored_shape: RequestShape | None = None
        self._logged: dict[str, float] = {}

    async def prepare(self) -> None:
        """Load the library and what was learned of the server, before any time limit runs."""
        await self.server.load()
        if self._stored_shape is None:
            kept = await self._cache.get(_shape_key(self.server))
            shape = shape_from(kept.answer) if kept else None
            self._stored_shape = self.server.shape = shape or self.server.shape

    async def ask(self, question: Question, *, now: datetime, until: float) -> ModelCall:
        """Answer from the cache or the server; a call without an answer says why in `fault`."""
        key = _key(self.server, question)
        lock = self._locks.setdefault(key, asyncio.Lock())
        call = self.new_call(question)
        try:
            await self.prepare()
            async with lock:
                kept = await self._cache.get(key)
                if kept is not None:
                    return _recalled(question, call, kept)
                return await self._ask_server(question, key, now, until)
        except ModelFault as fault:
            self.log_unused(question.subject, str(fault))
            return replace(call, fault=str(fault))
        except BriefbotError as error:
            self.log_unused(question.subject, str(error))
            return replace(call, fault="the database did not answer")
        except Exception as error:  # noqa: BLE001 - a briefing never waits for a model that fails
            kind = type(error).__name__
            log.error("model call crashed", subject=question.subject, kind=kind)  # noqa: TRY400 - a traceback may hold the key
            return replace(call, fault=f"the call failed inside briefbot ({kind})")

    async def recall(self, keys: Sequence[str]) -> dict[str, KeptAnswer]:
        """What is cached under these keys; nothing where the database does not answer."""
        try:
            return await self._cache.get_many(keys)
        except BriefbotError as error:
            self.log_unused("cached answers", str(error))
            return {}

    async def remember(self, kept: Mapping[str, KeptAnswer], now: datetime) -> None:
        """Cache answers under keys of the caller's; a database that does not answer is logged."""
        try:
            await self._cache.add_many(kept, now)
        except BriefbotError as error:
            self.log_unused("cached answers", str(error))

    def new_call(self, question: Question) -> ModelCall:
        """A call that was not sent yet."""
        parameters = json.dumps(self.server.shape.parameters(self._tokens(question)))
        return ModelCall(
            question.subject, self.server.model, question.prompt_version, parameters, answer=""
        )

    async def close(self) -> None:
        """Close the connections."""
        await self.server.close()

    async def _ask_server(
        self, question: Question, key: str, now: datetime, until: float
    ) -> ModelCall:
        """Make one attempt, and a second one where that may succeed; store what came back."""
        async with self._slots:
            if not self.breaker.closed():
                raise ModelFault(Trouble.NOT_SENT, f"the model {self.breaker.state}")
            began = self.clock()
            attempts = await self._attempts(question, now, until)
            seconds = self.clock() - began
        last = attempts[-1]
        fault = fault_in(question, last)
        self._judge(question, fault, seconds)
        call = self._call_of(question, attempts, fault, seconds)
        await self._store(key, call, fault, now)
        if fault is not None:
            self.log_unused(question.subject, str(fault))
        return call

    async def _attempts(
        self, question: Question, now: datetime, until: float
    ) -> tuple[Attempt, ...]:
        sent = self.server.shape
        first = await self._attempt(question, question.messages, sent, now, until)
        fault = fault_in(question, first)
        retry = retry_after(question, first, fault, self.server) if fault else None
        if retry is None or until - self.clock() < retry.wait + SHORTEST:
            return (first,)
        await asyncio.sleep(retry.wait)
        second = await self._attempt(question, retry.messages, retry.shape, now, until)
        if second.fault is not None:
            self.server.learn(second.shape, second.fault)
        elif retry.trial and fault_in(question, second) is None:
            self.server.keep(sent, retry.shape)
        return first, second

    async def _attempt(
        self,
        question: Question,
        messages: Sequence[Message],
        shape: RequestShape,
        now: datetime,
        until: float,
    ) -> Attempt:
        """One request within the budget; what goes wrong is in the attempt's `fault`."""
        tokens = shape.tokens(self._tokens(question))
        try:
            done = await self._paid(question, messages, shape, now, until)
        except ModelFault as fault:
            return Attempt(shape, tokens, fault=fault)
        used = _tokens_used(done, messages, tokens)
        return Attempt(shape, tokens, done, None, *used, self.terms.cost(*used))

    async def _paid(
        self,
        question: Question,
        messages: Sequence[Message],
        shape: RequestShape,
        now: datetime,
        until: float,
    ) -> Completion:
        """A completion whose money is reserved before and settled after; raises ModelFault."""
        left = until - self.clock()
        if left < SHORTEST:
            raise ModelFault(Trouble.NOT_SENT, NO_TIME)
        tokens = shape.tokens(self._tokens(question))
        reservation = await self._reserve(messages, tokens, now)
        try:
            done = await self.server.complete(messages, tokens, left, question.wanted, shape)
        except ModelFault as fault:
            if not fault.trouble.may_cost:
                await self._budget.settle(reservation, 0)
            raise
        cost = self.terms.cost(*_tokens_used(done, messages, tokens))
        await self._budget.settle(reservation, cost)
        return done

    async def _reserve(
        self, messages: Sequence[Message], tokens: int, now: datetime
    ) -> Reservation:
        terms = self.terms
        most = terms.cost(most_input_tokens(messages), tokens)
        reservation = await self._budget.reserve(
            most, day_cap=terms.day_cap, month_cap=terms.month_cap, now=now
        )
        if reservation is None:
            raise ModelFault(Trouble.NOT_SENT, "the budget of the day or the month is spent")
        return reservation

    def _tokens(self, question: Question) -> int:
        return max(self.terms.answer_tokens, question.tokens)

    def _judge(self, question: Question, fault: ModelFault | None, seconds: float) -> None:
        """Tell the breaker how the server did."""
        ignored = {Trouble.NOT_SENT} | (
            set() if question.vital else {Trouble.UNREADABLE, Trouble.SLOW}
        )
        if fault is not None and fault.trouble in ignored:
            return
        if fault is not None and fault.trouble.of_server:
            self.breaker.failed(str(fault), for_long=fault.trouble.lasting)
        elif seconds > SLOW_SHARE * self.terms.seconds:
            self.breaker.failed(f"it took {seconds:.0f} s to answer")
        else:
            self.breaker.succeeded()

    def _call_of(
        self,
        question: Question,
        attempts: Sequence[Attempt],
        fault: ModelFault | None,
        seconds: float,
    ) -> ModelCall:
        last = attempts[-1]
        return replace(
            self.new_call(question),
            parameters=json.dumps(last.shape.parameters(last.tokens)),
            answer=last.done.text if last.done else "",
            input_tokens=sum(each.input_tokens for each in attempts),
            output_tokens=sum(each.output_tokens for each in attempts),
            cost=sum(each.cost for each in attempts),
            seconds=round(seconds, 3),
            fault=str(fault) if fault else None,
        )

    async def _store(
        self, key: str, call: ModelCall, fault: ModelFault | None, now: datetime
    ) -> None:
        """Store an answer, unreadable or declined too: the same question would bring it again."""
        declined = fault is not None and fault.trouble is Trouble.DECLINED
        answer = f"{DECLINED}{fault}" if declined else call.answer
        if answer:
            kept = KeptAnswer(answer, call.input_tokens, call.output_tokens)
            await self._cache.add(key, kept, now)
        if self.server.shape != self._stored_shape:
            self._stored_shape = self.server.shape
            shape = KeptAnswer(self.server.shape.as_json(), 0, 0)
            await self._cache.add(_shape_key(self.server), shape, now)

    def log_unused(self, subject: str, reason: str) -> None:
        """One line for an operator; the same reason again within a minute is for debugging."""
        now, said = self.clock(), _essence(reason)
        repeated = now - self._logged.get(said, -REPEATED) < REPEATED
        tell = log.debug if repeated else log.warning
        tell("model not used", subject=subject, reason=reason)
        if not repeated:
            recent = {each: at for each, at in self._logged.items() if now - at < REPEATED}
            self._logged = recent | {said: now}


def _essence(reason: str) -> str:
    """A reason without what differs from call to call: why the model is paused, how late it is."""
    said = _PAUSED.sub("", reason)
    return "late" if _LATE.match(said) else said


def _key(server: ModelServer, question: Question) -> str:
    """The cache key: it changes with server, model, prompt version, format and messages."""
    said = [[each.role, each.content] for each in question.messages]
    whole = json.dumps([server.identity, question.prompt_version, question.wanted.name, said])
    return hashlib.sha256(whole.encode()).hexdigest()


def _shape_key(server: ModelServer) -> str:
    return hashlib.sha256(f"request shape of {server.identity}".encode()).hexdigest()


def _recalled(question: Question, call: ModelCall, kept: KeptAnswer) -> ModelCall:
    if kept.answer.startswith(DECLINED):
        return replace(call, cached=True, fault=kept.answer.removeprefix(DECLINED))
    recalled = replace(
        call,
        answer=kept.answer,
        input_tokens=kept.input_tokens,
        output_tokens=kept.output_tokens,
        cached=True,
    )
    try:
        question.check(kept.answer)
    except Unreadable as error:
        return replace(recalled, fault=unreadable(error, kept.answer))
    return recalled


def _tokens_used(done: Completion, messages: Sequence[Message], tokens: int) -> tuple[int, int]:
    """Tokens in and out as the server counted them, else their upper bounds."""
    given = done.input_tokens if done.input_tokens is not None else most_input_tokens(messages)
    return given, done.output_tokens if done.output_tokens is not None else tokens
