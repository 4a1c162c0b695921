"""The web server for what comes over HTTP: webhooks, /healthz, /readyz and /metrics."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse
from starlette.routing import BaseRoute, Route

from bot.errors import PlatformError
from bot.health import Health
from bot.log import get_logger
from bot.platforms.web_limits import LimitedProtocol
from bot.supervisor import keep_running

STOP_SECONDS = 3
"""The time that running requests have at the end."""

NAME = "web server"

Problems = Callable[[], Mapping[str, str]]
"""Returns the parts of the process that do not work, each with the reason."""

MetricsText = Callable[[], Awaitable[str]]
"""Returns the metrics in the text format of Prometheus."""

METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8"

log = get_logger(__name__)


class WebServer:
    """Serves the platforms' routes and the bot's own on one address until it is stopped.

    Its own are /healthz, /readyz and, with `metrics`, /metrics. After `start` its `port` is the one
    that the system chose if 0 was given. If serving ends, it is started again.
    """

    def __init__(
        self,
        host: str,
        port: int,
        routes: Sequence[BaseRoute],
        health: Health | None = None,
        metrics: MetricsText | None = None,
        names: str = "BRIEFBOT_WEB_HOST or BRIEFBOT_WEB_PORT",
    ) -> None:
        self.host = host
        self.port = port
        self._health = health or Health()
        self._names = names
        self._app = Starlette(
            routes=[
                Route("/healthz", _healthz),
                Route("/readyz", _readyz(self._health.problems)),
                *([Route("/metrics", _metrics(metrics))] if metrics else []),
                *routes,
            ]
        )
        self._socket: socket.socket | None = None
        self._server: _Server | None = None
        self._stopping = False
        self._serving: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Listen; raises PlatformError if the address is in use or not local."""
        self._listen()
        self._serving = asyncio.create_task(
            keep_running(NAME, self._serve, self._health, stopping=lambda: self._stopping)
        )
        log.info("web server listens", host=self.host, port=self.port)

    async def stop(self) -> None:
        """Finish the running requests, then close."""
        self._stopping = True
        if self._server is not None:
            self._server.should_exit = True
        if self._serving is not None:
            await asyncio.wait([self._serving], timeout=2 * STOP_SECONDS)
            self._serving.cancel()
            await asyncio.gather(self._serving, return_exceptions=True)
        if self._socket is not None:
            self._socket.close()

    def _listen(self) -> None:
        family = socket.AF_INET6 if ":" in self.host else socket.AF_INET
        try:
            self._socket = socket.create_server((self.host, self.port), family=family)
        except OSError as error:
            raise PlatformError(
                f"the web server cannot listen on {self.host}:{self.port}: "
                f"{error.strerror or error}; change {self._names}"
            ) from error
        self.port = self._socket.getsockname()[1]

    async def _serve(self) -> None:
        if self._socket is None:
            self._listen()
        listening, self._socket = self._socket, None
        assert listening is not None
        self._server = _Server(_config(self._app))
        self._server.should_exit = self._stopping
        await self._server.serve(sockets=[listening])


class _Server(uvicorn.Server):
    """Leaves signals to the composition root."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


def _config(app: Starlette) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        http=LimitedProtocol,
        ws="none",
        log_config=None,
        access_log=False,
        lifespan="off",
        server_header=False,
        timeout_graceful_shutdown=STOP_SECONDS,
    )


async def _healthz(_: Request) -> PlainTextResponse:
    return PlainTextResponse("ok\n")


def _metrics(text: MetricsText) -> Callable[[Request], Awaitable[PlainTextResponse]]:
    async def answer(_: Request) -> PlainTextResponse:
        return PlainTextResponse(await text(), media_type=METRICS_TYPE)

    return answer


def _readyz(problems: Problems) -> Callable[[Request], JSONResponse]:
    def answer(_: Request) -> JSONResponse:
        found = dict(problems())
        ready = {"ready": not found, "problems": sorted(found)}
        return JSONResponse(ready, status_code=503 if found else 200)

    return answer
