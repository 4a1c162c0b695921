"""The HTTP client for model servers; the only module that imports `openai`."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import fields, replace
from importlib import import_module
from typing import TYPE_CHECKING, Any

from config.proxies import Proxies, lacks_part
from summarizer.llm.prompts import Message
from summarizer.llm.server.address import address_of
from summarizer.llm.server.completion import Completion, completion_in
from summarizer.llm.server.error_text import error_in
from summarizer.llm.server.faults import ModelFault, Trouble, fault_of
from summarizer.llm.server.learning import learned
from summarizer.llm.server.request import AnswerFormat, RequestShape

if TYPE_CHECKING:
    from openai import AsyncOpenAI

OPENAI_URL = "https://api.openai.com/v1"

OPENAI_SHAPE = RequestShape(limit_name="max_completion_tokens", temperature=False)
"""What OpenAI's own newest models accept; other servers are first asked in the older form."""


class ModelServer:
    """An OpenAI-compatible server and one of its models; `key` is never logged or shown.

    `shape` is what the server is known to accept. It changes by what the server's errors say.
    """

    def __init__(
        self,
        model: str,
        key: str | None,
        base_url: str | None,
        api_version: str | None = None,
        proxies: Proxies | None = None,
    ) -> None:
        self.model = model
        self._proxies = proxies or Proxies()
        self.address = address_of(base_url, model, key, api_version)
        self.shape = OPENAI_SHAPE if base_url is None else RequestShape()
        self._key = key
        self._client: AsyncOpenAI | None = None

    @property
    def identity(self) -> str:
        """Model and address: what the shape was learned from."""
        return f"{self.model} {self.address.base_url} {self.address.query}"

    async def complete(
        self,
        messages: Sequence[Message],
        tokens: int,
        seconds: float,
        wanted: AnswerFormat,
        shape: RequestShape | None = None,
    ) -> Completion:
        """One completion in this format and shape within `seconds`; raises ModelFault."""
        used = shape or self.shape
        await self.load()
        try:
            async with asyncio.timeout(seconds):
                content = await self._post(messages, tokens, seconds, wanted, used)
        except TimeoutError:
            raise ModelFault(Trouble.SLOW, f"no answer within {round(seconds, 1):g} s") from None
        return completion_in(content, self._key)

    def learn(self, sent: RequestShape, fault: ModelFault) -> bool:
        """Change the shape by the parameters that an error names; False where it names none."""
        if fault.error is None:
            return False
        fitting = learned(sent, fault.error)
        self.keep(sent, fitting)
        return fitting != sent

    def keep(self, sent: RequestShape, fitting: RequestShape) -> None:
        """Use from now on what differs between a shape that was refused and one that fits."""
        pairs = [(each.name, getattr(fitting, each.name)) for each in fields(sent)]
        changes = {name: value for name, value in pairs if value != getattr(sent, name)}
        self.shape = replace(self.shape, **changes)

    async def load(self) -> None:
        """Import the package and make the client, in a thread, as that takes seconds."""
        if self._client is None:
            await asyncio.to_thread(import_module, "openai.resources.chat")
        if self._client is None:
            import openai

            proxy = self._proxies.of(self.address.base_url or OPENAI_URL)
            missing = lacks_part(proxy)
            if missing:
                raise ModelFault(Trouble.UNREACHABLE, missing)
            self._client = openai.AsyncOpenAI(
                api_key=self._key or "none",
                base_url=self.address.base_url,
                default_query=self.address.query,
                max_retries=0,
                http_client=openai.DefaultAsyncHttpxClient(proxy=proxy, trust_env=False),
            )

    async def close(self) -> None:
        """Close the connections."""
        if self._client is not None:
            await self._client.close()
            self._client = None

    async def _post(
        self,
        messages: Sequence[Message],
        tokens: int,
        seconds: float,
        wanted: AnswerFormat,
        shape: RequestShape,
    ) -> bytes:
        import httpx2
        import openai

        assert self._client is not None
        headers: dict[str, Any] = dict(self.address.headers)
        if headers:
            headers["Authorization"] = openai.Omit()
        body = {"model": self.model} | shape.body(messages, tokens, wanted)
        try:
            answer = await self._client.post(
                "/chat/completions",
                cast_to=httpx2.Response,
                body=body,
                options={"timeout": seconds, "headers": headers},
            )
        except openai.APIStatusError as error:
            said = error_in(error.response.content, self._key)
            raise fault_of(error.status_code, said, error.response.headers) from None
        except openai.APITimeoutError:
            raise ModelFault(Trouble.SLOW, f"no answer within {round(seconds, 1):g} s") from None
        except openai.APIConnectionError as error:
            never_sent = "Connect" in type(error.__cause__).__name__
            raise ModelFault(*(_NEVER_SENT if never_sent else _LOST)) from None
        except httpx2.InvalidURL:
            raise ModelFault(*_NEVER_SENT) from None
        except openai.OpenAIError:
            raise ModelFault(Trouble.LOST, "the answer cannot be read") from None
        return answer.content


_NEVER_SENT = (Trouble.UNREACHABLE, "the model server cannot be reached")
_LOST = (Trouble.LOST, "the connection was lost")
