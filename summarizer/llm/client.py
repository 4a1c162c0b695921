"""The HTTP client for model servers; the only module that imports `openai`."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Sequence, Set
from dataclasses import dataclass
from enum import Enum
from importlib import import_module
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ValidationError

from summarizer.llm.prompts import Message

if TYPE_CHECKING:
    from openai import AsyncOpenAI

CONNECT_SECONDS = 3.0


class Trouble(Enum):
    """The kind of a fault, which decides about retries and about the reserved money."""

    RATE = "rate limit"
    SERVER = "server error"
    UNREACHABLE = "unreachable"
    LOST = "connection lost"
    SLOW = "time-out"
    QUOTA = "quota"
    DENIED = "refused"
    REQUEST = "request"

    @property
    def passing(self) -> bool:
        """Whether the same call may succeed a moment later."""
        return self in {Trouble.RATE, Trouble.SERVER}

    @property
    def lasting(self) -> bool:
        """Whether only a person, a payment or a new budget period can help."""
        return self in {Trouble.QUOTA, Trouble.DENIED}

    @property
    def may_cost(self) -> bool:
        """Whether the server may have charged for the call."""
        return self in {Trouble.SLOW, Trouble.LOST}


class ModelFault(Exception):
    """The server gave no answer; the text is ours, as a server's may hold the key."""

    def __init__(self, trouble: Trouble, text: str, retry_after: float | None = None) -> None:
        super().__init__(text)
        self.trouble = trouble
        self.retry_after = retry_after


@dataclass(frozen=True, slots=True)
class Completion:
    """A model's answer as it came; tokens are None where the server does not count them."""

    text: str
    input_tokens: int | None
    output_tokens: int | None
    cut_off: bool


def _forms(schema: dict[str, object]) -> tuple[dict[str, Any] | None, ...]:
    """The ways to ask for JSON, strictest first."""
    named = {"name": "bullets", "strict": True, "schema": schema}
    return {"type": "json_schema", "json_schema": named}, {"type": "json_object"}, None


class ModelServer:
    """An OpenAI-compatible server and one of its models; `key` is never logged or shown.

    Asks for JSON by schema where the server knows it, else by JSON mode, else by words alone.
    """

    def __init__(self, model: str, key: str | None, base_url: str | None) -> None:
        self.model = model
        self._key = key
        self._base_url = base_url
        self._client: AsyncOpenAI | None = None
        self._form = 0

    def parameters(self, max_tokens: int) -> dict[str, Any]:
        """What is sent beside the messages; OpenAI's own newest models take no temperature."""
        if self._base_url is None:
            return {"max_completion_tokens": max_tokens}
        return {"max_tokens": max_tokens, "temperature": 0}

    async def complete(
        self,
        messages: Sequence[Message],
        max_tokens: int,
        seconds: float,
        schema: dict[str, object],
    ) -> Completion:
        """One completion in this schema within `seconds`; raises ModelFault."""
        try:
            async with asyncio.timeout(seconds):
                return await self._in_known_form(messages, max_tokens, seconds, schema)
        except TimeoutError:
            raise ModelFault(Trouble.SLOW, f"no answer within {seconds:.0f} s") from None

    async def close(self) -> None:
        """Close the connections."""
        if self._client is not None:
            await self._client.close()
            self._client = None

    async def _in_known_form(
        self,
        messages: Sequence[Message],
        max_tokens: int,
        seconds: float,
        schema: dict[str, object],
    ) -> Completion:
        """Try the next form where one is not taken; remember what was, not what failed."""
        forms = _forms(schema)
        first, *others = range(self._form, len(forms))
        form = first
        for following in (*others, None):
            try:
                done = await self._once(messages, max_tokens, seconds, forms[form])
            except ModelFault as fault:
                if fault.trouble is not Trouble.REQUEST or following is None:
                    raise
                form = following
            else:
                break
        self._form = max(self._form, form)
        return done

    async def _once(
        self,
        messages: Sequence[Message],
        max_tokens: int,
        seconds: float,
        form: dict[str, Any] | None,
    ) -> Completion:
        client = await self._opened()
        import httpx
        import openai

        wanted: Any = form or openai.omit
        turns: Any = [{"role": each.role, "content": each.content} for each in messages]
        try:
            answer = await client.chat.completions.with_raw_response.create(
                model=self.model,
                messages=turns,
                response_format=wanted,
                timeout=seconds,
                **self.parameters(max_tokens),
            )
        except openai.APIStatusError as error:
            codes = {error.code, error.type}
            raise _fault(error.status_code, codes, error.response.headers) from None
        except openai.APITimeoutError:
            raise ModelFault(Trouble.SLOW, f"no answer within {seconds:.0f} s") from None
        except openai.APIConnectionError as error:
            never_sent = "Connect" in type(error.__cause__).__name__
            raise ModelFault(*(_NEVER_SENT if never_sent else _LOST)) from None
        except httpx.InvalidURL:
            raise ModelFault(*_NEVER_SENT) from None
        except openai.OpenAIError:
            raise ModelFault(Trouble.LOST, "the answer cannot be read") from None
        return _read(answer.content)

    async def _opened(self) -> AsyncOpenAI:
        """The client; `openai` is imported in a thread, as that takes a second."""
        if self._client is None:
            await asyncio.to_thread(import_module, "openai")
        if self._client is None:
            import openai

            self._client = openai.AsyncOpenAI(
                api_key=self._key or "none", base_url=self._base_url, max_retries=0
            )
        return self._client


_NEVER_SENT = (Trouble.UNREACHABLE, "the model server cannot be reached")
_LOST = (Trouble.LOST, "the connection was lost")
_QUOTA_CODES = frozenset({"insufficient_quota", "billing_hard_limit_reached"})


class _Text(BaseModel):
    content: str | None = None


class _Choice(BaseModel):
    message: _Text
    finish_reason: str | None = None


class _Usage(BaseModel):
    prompt_tokens: int = 0
    completion_tokens: int = 0


class _Body(BaseModel):
    choices: list[_Choice]
    usage: _Usage | None = None


def _read(content: bytes) -> Completion:
    """The completion in a response body; raises ModelFault where there is none."""
    try:
        body = _Body.model_validate_json(content)
        first = body.choices[0]
    except (ValidationError, IndexError):
        raise ModelFault(Trouble.LOST, "the answer is not that of a chat completion") from None
    used = body.usage
    return Completion(
        text=first.message.content or "",
        input_tokens=_counted(used.prompt_tokens) if used else None,
        output_tokens=_counted(used.completion_tokens) if used else None,
        cut_off=first.finish_reason == "length",
    )


def _counted(tokens: int) -> int | None:
    """A token count, or None where it is negative."""
    return tokens if tokens >= 0 else None


def _fault(status: int, codes: Set[str | None], headers: Any) -> ModelFault:
    """The fault for an HTTP status; a used-up quota has status 429 too, and is not retried."""
    if codes & _QUOTA_CODES or status == 402:
        return ModelFault(Trouble.QUOTA, f"the quota is used up (status {status})")
    if status == 429:
        return ModelFault(
            Trouble.RATE, "too many requests (status 429)", _seconds(headers.get("retry-after"))
        )
    if status in {401, 403, 404}:
        return ModelFault(Trouble.DENIED, f"the model server refused key or model ({status})")
    if status in {400, 422}:
        return ModelFault(Trouble.REQUEST, f"the model server did not take the request ({status})")
    return ModelFault(Trouble.SERVER, f"the model server failed (status {status})")


def _seconds(header: str | None) -> float | None:
    try:
        seconds = float(header or "")
    except ValueError:
        return None
    return seconds if math.isfinite(seconds) and seconds >= 0 else None
