"""The HTTP client for untrusted URLs, with limits on time, size, redirects and addresses."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from types import TracebackType
from typing import Self

import aiohttp
from aiohttp.abc import AbstractResolver
from multidict import CIMultiDict
from yarl import URL

from bot.errors import FetchError
from bot.sources.http.addresses import IPNetwork
from bot.sources.http.body import BoundedBody
from bot.sources.http.deadline import SMALL, MoreRoom, PausableDeadline, Turn, any_room, any_turn
from bot.sources.http.errors import trouble
from bot.sources.http.headers import AnswerHeaders, read_headers
from bot.sources.http.policy import (
    NOT_MODIFIED,
    Redirect,
    is_gzipped,
    judged,
    request_headers,
    user_agent,
)
from bot.sources.http.routes import Routes, open_routes
from bot.sources.http.url import WebAddress, host_of, redirected, web_address
from config.proxies import Proxies, socks_errors

__all__ = ["FetchLimits", "Fetched", "Fetcher", "WebAddress", "host_of", "web_address"]

TROUBLE: tuple[type[Exception], ...] = (aiohttp.ClientError, OSError, ValueError)
"""Exceptions of a request, beside those of a SOCKS proxy."""


@dataclass(frozen=True, slots=True)
class FetchLimits:
    """The limits of one request, redirects included."""

    total_seconds: float = 20.0
    connect_seconds: float = 10.0
    max_bytes: int = 16 * 1024 * 1024
    max_redirects: int = 5


@dataclass(frozen=True, slots=True)
class Fetched(AnswerHeaders):
    """A usable response.

    url                   the final URL after redirects
    body                  decompressed; empty if `not_modified`
    moved_permanently_to  the URL for later requests, or None
    not_modified          unchanged since the given etag or last_modified
    """

    url: str
    status: int
    body: bytes
    moved_permanently_to: str | None
    not_modified: bool


@dataclass(frozen=True, slots=True)
class _Request:
    """What all hops of one request share."""

    headers: CIMultiDict[str]
    max_bytes: int
    waits: PausableDeadline


class Fetcher:
    """Requests untrusted http and https URLs; a context manager, for one event loop.

    Connects to public addresses and those in `allowed_networks` only, judged at every connection.
    Sends no cookies and no credentials. With `proxies` the proxy connects, and addresses are judged
    before it is asked. Does not pace: one request at a time for each host is up to the caller's
    `turn`, and how much is held at once to its `room`.
    """

    def __init__(
        self,
        limits: FetchLimits | None = None,
        *,
        allowed_networks: Sequence[IPNetwork] = (),
        contact: str | None = None,
        agent: str | None = None,
        proxies: Proxies | None = None,
        resolver: AbstractResolver | None = None,
    ) -> None:
        self.limits = limits or FetchLimits()
        self._allowed = tuple(allowed_networks)
        self._agent = agent or user_agent(contact)
        self._proxies = proxies or Proxies()
        self._resolver = resolver
        self._routes: Routes | None = None

    async def __aenter__(self) -> Self:
        self._routes = open_routes(
            allowed=self._allowed,
            proxies=self._proxies,
            resolver=self._resolver,
            connect_seconds=self.limits.connect_seconds,
        )
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        assert self._routes is not None
        await self._routes.close()

    async def fetch(
        self,
        url: str,
        *,
        etag: str | None = None,
        last_modified: str | None = None,
        max_bytes: int | None = None,
        accept: str = "*/*",
        turn: Turn = any_turn,
        room: MoreRoom = any_room,
    ) -> Fetched:
        """Ask for `url`, follow where it leads, and return the answer; raises FetchError.

        With `etag` or `last_modified` of an earlier answer, one that did not change comes back
        `not_modified`. `max_bytes` bounds the body, both as it arrives and unpacked. Every host on
        the way is asked in its `turn`; a body that is not small waits for `room` as it grows.
        """
        address = web_address(url)
        headers = request_headers(self._agent, accept, etag, last_modified)
        limit = asyncio.timeout(self.limits.total_seconds)
        waits = PausableDeadline(limit, turn, room)
        request = _Request(headers, max_bytes or self.limits.max_bytes, waits)
        try:
            async with limit:
                return await self._follow(address, request)
        except TimeoutError as error:
            raise FetchError(
                f"{address.host} took more than the {self.limits.total_seconds:g} s allowed"
            ) from error

    async def _follow(self, address: WebAddress, request: _Request) -> Fetched:
        moved: str | None = None
        permanent = True
        for _ in range(self.limits.max_redirects + 1):
            async with request.waits.lock(address.host):
                answer = await self._ask(address, request, for_good=permanent)
            if isinstance(answer, Fetched):
                return replace(answer, moved_permanently_to=moved)
            address = redirected(address, answer.location)
            permanent = permanent and answer.permanent
            moved = address.url if permanent else moved
        raise FetchError(f"redirects more than {self.limits.max_redirects} times")

    async def _ask(
        self, address: WebAddress, request: _Request, *, for_good: bool
    ) -> Fetched | Redirect:
        assert self._routes is not None
        url = URL(address.url, encoded=True)
        headers = request.headers
        try:
            session, proxy = await self._routes.to(address)
            async with session.get(
                url, headers=headers, proxy=proxy, allow_redirects=False
            ) as response:
                redirect = judged(response.status, response.headers, headers, request.max_bytes)
                if redirect:
                    return redirect
                return _fetched(address, response, await _body(response, request))
        except FetchError as error:
            error.gone = error.gone and for_good
            raise
        except TROUBLE + socks_errors() as error:
            raise trouble(error, address.host) from error


async def _body(response: aiohttp.ClientResponse, request: _Request) -> bytes:
    if response.status == NOT_MODIFIED:
        return b""
    body = BoundedBody(request.max_bytes, gzipped=is_gzipped(response.headers))
    async for data in response.content.iter_any():
        for size in body.feed(data):
            if size > SMALL:
                await request.waits.room(size)
    return body.whole()


def _fetched(address: WebAddress, response: aiohttp.ClientResponse, body: bytes) -> Fetched:
    told = read_headers(response.headers)
    return Fetched(
        url=address.url,
        status=response.status,
        body=body,
        moved_permanently_to=None,
        not_modified=response.status == NOT_MODIFIED,
        content_type=told.content_type,
        charset=told.charset,
        etag=told.etag,
        last_modified=told.last_modified,
        cache_max_age=told.cache_max_age,
        retry_after=told.retry_after,
    )
