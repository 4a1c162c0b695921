"""Limits of the web server: the time that a request may take to arrive, and open connections.

uvicorn itself waits for ever for the rest of a request.
"""

from __future__ import annotations

import asyncio

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

REQUEST_SECONDS = 8.0
"""The time that the headers and body of a request have to arrive."""

MOST_CONNECTIONS = 256
"""Open connections; one more closes the oldest that waits for its request."""

READ = (h11.DONE, h11.MUST_CLOSE, h11.CLOSED)
"""States of a client whose request has arrived completely."""


class LimitedProtocol(H11Protocol):
    """One HTTP connection with a deadline for each request."""

    deadline: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin, and make room if too many connections are open."""
        if len(self.connections) >= MOST_CONNECTIONS:
            self._make_room()
        super().connection_made(transport)
        self._arm()

    def data_received(self, data: bytes) -> None:
        """Read a piece of a request; the deadline ends when the request is complete."""
        if self.deadline is None:
            self._arm()
        super().data_received(data)
        if self.conn.their_state in READ:
            self._disarm()

    def connection_lost(self, exc: Exception | None) -> None:
        """End."""
        self._disarm()
        super().connection_lost(exc)

    def due(self) -> float:
        """When the deadline is, by the loop's clock."""
        return self.deadline.when() if self.deadline else float("inf")

    def _make_room(self) -> None:
        waiting = [
            each
            for each in self.connections
            if isinstance(each, LimitedProtocol) and each.deadline is not None
        ]
        if waiting:
            min(waiting, key=LimitedProtocol.due).transport.abort()

    def _arm(self) -> None:
        self.deadline = self.loop.call_later(REQUEST_SECONDS, self.transport.abort)

    def _disarm(self) -> None:
        if self.deadline is not None:
            self.deadline.cancel()
            self.deadline = None
