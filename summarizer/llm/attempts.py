"""One attempt at a question, and the decision whether to make a second one, and how."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from summarizer.llm.answer_json import Unreadable
from summarizer.llm.answers import stripped
from summarizer.llm.prompts import Message
from summarizer.llm.server.client import ModelServer
from summarizer.llm.server.completion import Completion
from summarizer.llm.server.faults import ModelFault, Trouble
from summarizer.llm.server.learning import plainest
from summarizer.llm.server.request import AnswerFormat, RequestShape
from summarizer.llm.thoughts import without_thoughts

FIRST_WAIT = 0.5
"""Seconds before the second attempt where the server names no wait."""

RAISED_TOKENS = 4096
RAISE = 4
"""Where thinking used up an answer's tokens: so many times as many, and at least that many."""


LONGEST_PROSE = 160
"""Characters of an answer in prose that a log line repeats."""

_MOST_READ = 1_000
_ANSWER_TOKENS = re.compile(r"completion|max_\w*tokens|output")


@dataclass(frozen=True, slots=True)
class Question:
    """What a model is asked, and how its answer is to look.

    `check` raises Unreadable for an answer of no use; `shorter` is asked instead where `messages`
    are too long for the model; `tokens` is the least that an answer needs. An unreadable or
    late answer to a question that is not `vital` does not count against the model.
    """

    subject: str
    prompt_version: str
    messages: tuple[Message, ...]
    wanted: AnswerFormat
    check: Callable[[str], object]
    shorter: tuple[Message, ...] = ()
    tokens: int = 0
    vital: bool = True


@dataclass(frozen=True, slots=True)
class Attempt:
    """One request: what was sent, what came back, and its cost in millionths of a dollar."""

    shape: RequestShape
    tokens: int
    done: Completion | None = None
    fault: ModelFault | None = None
    input_tokens: int = 0
    output_tokens: int = 0
    cost: int = 0


@dataclass(frozen=True, slots=True)
class Retry:
    """How to ask a second time: after `wait` seconds, in this shape, with these messages.

    A shape that is a `trial` is kept where it succeeds.
    """

    shape: RequestShape
    messages: tuple[Message, ...]
    wait: float = 0.0
    trial: bool = False


def fault_in(question: Question, tried: Attempt) -> ModelFault | None:
    """Why an attempt has no usable answer, or None."""
    if tried.fault is not None or tried.done is None:
        return tried.fault
    if tried.done.declined:
        return ModelFault(Trouble.DECLINED, tried.done.declined)
    try:
        question.check(tried.done.text)
    except Unreadable as error:
        said = unreadable(error, tried.done.text)
        cut = "the answer was cut off" if tried.done.cut_off else said
        spent = f"thinking used up its {tried.tokens} tokens (OPENAI_MAX_TOKENS allows more)"
        return ModelFault(Trouble.UNREADABLE, spent if tried.done.used_up_by_thinking else cut)
    return None


def retry_after(
    question: Question, tried: Attempt, fault: ModelFault, server: ModelServer
) -> Retry | None:
    """The second attempt where one may succeed; the server's shape changes by what it said."""
    shape, messages = server.shape, question.messages
    if tried.done is not None:
        raised = _raised(tried)
        return Retry(raised, messages, trial=True) if raised else None
    if fault.trouble is Trouble.TOO_LONG:
        fitting = _with_room(shape, tried, fault)
        return Retry(fitting, question.shorter) if question.shorter else None
    if server.learn(tried.shape, fault):
        return Retry(server.shape.leanest(), messages)
    plain = plainest(shape)
    if fault.trouble is Trouble.REQUEST and tried.shape != plain:
        return Retry(plain, messages, trial=True)
    if fault.trouble.passing:
        wait = FIRST_WAIT if fault.retry_after is None else fault.retry_after
        return Retry(shape, messages, wait)
    return None


def unreadable(reason: Unreadable, answer: str) -> str:
    """Why an answer is of no use, with its words where it is one short text: "I cannot help"."""
    said = stripped(without_thoughts(answer)[:_MOST_READ])
    plain = len(said) <= LONGEST_PROSE and not set("{}[]") & set(answer)
    return f"{reason}: {said}" if said and plain else str(reason)


def _with_room(shape: RequestShape, tried: Attempt, fault: ModelFault) -> RequestShape:
    """With half of the tokens for the answer, where the error says that they share the context."""
    shared = _ANSWER_TOKENS.search(str(fault)) is not None
    return replace(shape, at_most=tried.tokens // 2) if shared else shape


def _raised(tried: Attempt) -> RequestShape | None:
    """The shape with more tokens, where thinking used up those that there were."""
    done = tried.done
    if done is None or not (done.used_up_by_thinking or (done.cut_off and done.thought)):
        return None
    more = replace(tried.shape, at_least=max(RAISE * tried.tokens, RAISED_TOKENS))
    return more if more.tokens(0) > tried.tokens and not tried.shape.at_least else None
