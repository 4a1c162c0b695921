"""An OpenAI-compatible server on loopback; the test decides what its model answers."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from aiohttp import web

_NUMBERED = re.compile(r"^\[(\d+)\] (.*)$", re.MULTILINE)
_WANTED = re.compile(r"Bullets wanted: (\d+)")


@dataclass(frozen=True, slots=True)
class Question:
    """A request as the model received it."""

    system: str
    user: str
    body: dict[str, object]
    authorization: str
    path: str = ""
    api_key: str = ""

    @property
    def sentences(self) -> dict[int, str]:
        """The numbered sentences."""
        return {int(number): text for number, text in _NUMBERED.findall(self.user)}

    @property
    def wanted(self) -> int:
        found = _WANTED.search(self.user)
        return int(found[1]) if found else 1


@dataclass(frozen=True, slots=True)
class Answer:
    """An HTTP response; with `content`, a chat completion of that text.

    `drip` is the seconds between single bytes; `cut` closes the connection halfway.
    """

    status: int = 200
    content: str | None = None
    body: str | bytes = ""
    content_type: str = "application/json"
    drip: float = 0.0
    cut: bool = False
    headers: dict[str, str] = field(default_factory=dict)
    seconds: float = 0.0
    finish: str = "stop"
    usage: bool = True


Model = Callable[[Question], Answer]


@dataclass
class FakeOpenAi:
    """The server: its address, its model, and the requests that it received."""

    model: Model
    url: str = ""
    asked: list[Question] = field(default_factory=list)
    at_once: int = 0
    most_at_once: int = 0

    async def complete(self, request: web.Request) -> web.StreamResponse:
        sent = await request.json()
        told = [(each["role"], _text(each["content"])) for each in sent["messages"]]
        question = Question(
            next((text for role, text in told if role == "system"), ""),
            next(text for role, text in told if role == "user"),
            sent,
            request.headers.get("Authorization", ""),
            request.path_qs,
            request.headers.get("api-key", ""),
        )
        self.asked.append(question)
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            answer = self.model(question)
            await asyncio.sleep(answer.seconds)
        finally:
            self.at_once -= 1
        body = answer.body if answer.content is None else completion(answer)
        whole = body.encode() if isinstance(body, str) else body
        headers = {"Content-Type": answer.content_type, **answer.headers}
        if answer.drip or answer.cut:
            return await _in_pieces(request, answer, whole, headers)
        return web.Response(status=answer.status, body=whole, headers=headers)


def _text(content: str | list[dict[str, str]]) -> str:
    """The text of a message, whether it came as text or in parts."""
    return content if isinstance(content, str) else "".join(each["text"] for each in content)


async def _in_pieces(
    request: web.Request, answer: Answer, whole: bytes, headers: dict[str, str]
) -> web.StreamResponse:
    sent = web.StreamResponse(status=answer.status, headers=headers)
    sent.content_length = len(whole)
    await sent.prepare(request)
    if answer.cut:
        await sent.write(whole[: len(whole) // 2])
        assert request.transport is not None
        request.transport.abort()
        return sent
    for at in range(len(whole)):
        await sent.write(whole[at : at + 1])
        await asyncio.sleep(answer.drip)
    return sent


@asynccontextmanager
async def running(model: Model) -> AsyncIterator[FakeOpenAi]:
    """The server on a free port."""
    fake = FakeOpenAi(model)
    app = web.Application(client_max_size=2**24)
    app.router.add_post("/{base:.*}/chat/completions", fake.complete)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    fake.url = f"http://127.0.0.1:{runner.addresses[0][1]}/v1"
    try:
        yield fake
    finally:
        await runner.cleanup()


def completion(answer: Answer) -> str:
    """The body of a chat completion."""
    message = {"role": "assistant", "content": answer.content}
    body: dict[str, object] = {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 0,
        "model": "stub",
        "choices": [{"index": 0, "message": message, "finish_reason": answer.finish}],
    }
    if answer.usage:
        body["usage"] = {"prompt_tokens": 800, "completion_tokens": 60, "total_tokens": 860}
    return json.dumps(body)


def bullets(*said: tuple[str, list[int]]) -> Answer:
    """An answer in the requested form."""
    listed = [{"text": text, "sentences": cited} for text, cited in said]
    return Answer(content=json.dumps({"bullets": listed}))


def translated(*said: tuple[str, str, list[int]]) -> Answer:
    """An answer in the requested form with translations."""
    listed = [
        {"text": text, "translation": other, "sentences": cited} for text, other, cited in said
    ]
    return Answer(content=json.dumps({"bullets": listed}))


def honest(question: Question) -> Answer:
    """Answers with the first sentences and their numbers."""
    found = list(question.sentences.items())[: question.wanted]
    return bullets(*((text, [number]) for number, text in found))


def failing(status: int, code: str = "", **headers: str) -> Model:
    """A server that answers every call with this status."""
    error = {"message": "It says sk-secret-key-123", "type": code or "error", "code": code or None}
    body = json.dumps({"error": error})
    return lambda _: Answer(status=status, body=body, headers=headers)
