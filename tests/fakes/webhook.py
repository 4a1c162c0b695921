"""A receiver of webhooks on a real socket, which drops what it knows by its Idempotency-Key."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import random
from collections import deque
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

from aiohttp import web


@dataclass(frozen=True, slots=True)
class Posted:
    """A request, as it came."""

    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def key(self) -> str:
        return self.headers["Idempotency-Key"]

    @property
    def event(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.body)
        return found

    @property
    def text(self) -> str:
        return str(self.event.get("text", ""))

    def signed_by(self, secret: str, now: float, tolerance: float = 300.0) -> bool:
        """Whether the signature is right and fresh, computed as docs/export.md says."""
        parts = dict(each.split("=", 1) for each in self.headers["Briefbot-Signature"].split(","))
        signed = hmac.new(secret.encode(), f"{parts['t']}.".encode() + self.body, hashlib.sha256)
        fresh = abs(now - int(parts["t"])) <= tolerance
        return fresh and hmac.compare_digest(signed.hexdigest(), parts["v1"])


class FakeWebhook:
    """Takes every POST. `answers` holds the next statuses, with headers; 0 loses the answer.

    `sent` has what was taken, once for each key; `repeats` what came again with a known key.
    """

    def __init__(self) -> None:
        self.sent: list[Posted] = []
        self.repeats: list[Posted] = []
        self.tried: list[Posted] = []
        self.answers: deque[tuple[int, dict[str, str]]] = deque()
        self.port = 0
        self._runner: web.AppRunner | None = None

    @property
    def environ(self) -> dict[str, str]:
        return {"BRIEFBOT_ALLOWED_NETWORKS": "127.0.0.0/8"}

    def url(self, path: str = "hook") -> str:
        return f"http://127.0.0.1:{self.port}/{path}"

    async def __aenter__(self) -> Self:
        app = web.Application()
        app.router.add_post("/{path:.*}", self._take)
        self._runner = web.AppRunner(app)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self.port).start()
        self.port = self._runner.addresses[0][1]
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        assert self._runner is not None
        await self._runner.cleanup()

    async def _take(self, request: web.Request) -> web.StreamResponse:
        posted = Posted(request.path, dict(request.headers), await request.read())
        self.tried.append(posted)
        status, headers = self.answers.popleft() if self.answers else (204, {})
        return await self.answered(request, posted, status, headers)

    async def answered(
        self, request: web.Request, posted: Posted, status: int, headers: dict[str, str]
    ) -> web.StreamResponse:
        """Keep a request unless the status refuses it; close the connection for status 0."""
        if status < 300:
            known = any(each.key == posted.key for each in self.sent)
            (self.repeats if known else self.sent).append(posted)
        if status == 0 and request.transport:
            request.transport.close()
        return web.Response(status=status or 204, headers=headers)


class LateWebhook(FakeWebhook):
    """Loses some answers, and takes some requests after the sender's time-out."""

    def __init__(self, seed: int, late_seconds: float) -> None:
        super().__init__()
        self._chance = random.Random(seed)
        self._late = late_seconds

    async def answered(
        self, request: web.Request, posted: Posted, status: int, headers: dict[str, str]
    ) -> web.StreamResponse:
        kind = self._chance.random()
        if kind < 0.04:
            await asyncio.sleep(self._chance.uniform(0, self._late))
        lost = 0.04 <= kind < 0.08
        return await super().answered(request, posted, 0 if lost else status, headers)
