"""The web server for webhooks and the health check."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import structlog
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import BaseRoute, Route

from bot.errors import PlatformError

STOP_SECONDS = 3
"""Seconds that requests in progress get to finish at shutdown."""

log = structlog.get_logger(__name__)


class WebServer:
    """Serves the platforms' routes and /healthz on one address until it is stopped.

    With port 0, `port` is the actual port after `start`.
    """

    def __init__(self, host: str, port: int, routes: Sequence[BaseRoute]) -> None:
        self.host = host
        self.port = port
        self._socket: socket.socket | None = None
        config = uvicorn.Config(
            Starlette(routes=[Route("/healthz", _healthz), *routes]),
            log_config=None,
            access_log=False,
            lifespan="off",
            server_header=False,
            timeout_graceful_shutdown=STOP_SECONDS,
        )
        self._server = _Server(config)
        self._serving: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Listen; raises PlatformError if the address is in use or not available."""
        family = socket.AF_INET6 if ":" in self.host else socket.AF_INET
        try:
            self._socket = socket.create_server((self.host, self.port), family=family)
        except OSError as error:
            raise PlatformError(
                f"the web server cannot listen on {self.host}:{self.port}: "
                f"{error.strerror or error}; change BRIEFBOT_WEB_HOST or BRIEFBOT_WEB_PORT"
            ) from error
        self.port = self._socket.getsockname()[1]
        self._serving = asyncio.create_task(self._server.serve(sockets=[self._socket]))
        log.info("web server listening", host=self.host, port=self.port)

    async def stop(self) -> None:
        """Finish the requests in progress, then close."""
        self._server.should_exit = True
        if self._serving is not None:
            await self._serving
        if self._socket is not None:
            self._socket.close()


class _Server(uvicorn.Server):
    """A server without signal handlers: the composition root has them."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


async def _healthz(_: Request) -> PlainTextResponse:
    return PlainTextResponse("ok\n")
