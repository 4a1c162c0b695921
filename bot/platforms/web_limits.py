"""Limits of the web server: the time that a request and its answer may take, and connections.

uvicorn itself waits for ever for the rest of a request, and for a client that reads no answer.
"""

from __future__ import annotations

import asyncio

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

REQUEST_SECONDS = 8.0
"""The time that the headers and body of a request have to arrive."""

ANSWER_SECONDS = 45.0
"""The time from a complete request until its answer was taken; then the connection is closed."""

MOST_CONNECTIONS = 256
"""Open connections; one more closes the oldest that waits for its request, or else for a reader."""

READ = (h11.DONE, h11.MUST_CLOSE, h11.CLOSED)
"""States of a client whose request has arrived completely."""


class LimitedProtocol(H11Protocol):
    """One HTTP connection with a deadline for each request, and for its answer."""

    deadline: asyncio.TimerHandle | None = None
    answering = False

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin, and make room if too many connections are open."""
        if len(self.connections) >= MOST_CONNECTIONS:
            self._make_room()
        super().connection_made(transport)
        self._arm()

    def data_received(self, data: bytes) -> None:
        """Read a piece of a request; when it is complete, the deadline of its answer begins."""
        if self.deadline is None or (self.answering and self.conn.their_state not in READ):
            self._arm()
        super().data_received(data)
        if self.conn.their_state in READ and not self.answering:
            self._arm(ANSWER_SECONDS, answering=True)

    def connection_lost(self, exc: Exception | None) -> None:
        """End."""
        self._disarm()
        super().connection_lost(exc)

    def urgency(self) -> tuple[bool, float]:
        """What is closed first: who has not asked yet, then whose deadline is nearest."""
        return self.answering, self.deadline.when() if self.deadline else float("inf")

    def _make_room(self) -> None:
        waiting = [
            each
            for each in self.connections
            if isinstance(each, LimitedProtocol) and each.deadline is not None
        ]
        if waiting:
            min(waiting, key=LimitedProtocol.urgency).transport.abort()

    def _arm(self, seconds: float | None = None, *, answering: bool = False) -> None:
        self._disarm()
        self.answering = answering
        self.deadline = self.loop.call_later(seconds or REQUEST_SECONDS, self.transport.abort)

    def _disarm(self) -> None:
        if self.deadline is not None:
            self.deadline.cancel()
            self.deadline = None
