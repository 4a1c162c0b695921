"""Guarded DNS look-up and sockets: addresses are checked at every connection."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from threading import Thread

from aiohttp.abc import AbstractResolver, ResolveResult

from bot.errors import FetchError
from bot.sources.http.addresses import IPNetwork, forbidden

AddrInfo = tuple[int | socket.AddressFamily, int | socket.SocketKind, int, str, tuple]  # type: ignore[type-arg]

_MOST_ADDRESSES = 8
"""The maximum number of addresses tried for one name, so that no name can spray connections."""


class ForbiddenAddress(OSError):
    """A connection to a forbidden address was attempted."""


def guarded_sockets(allowed: Sequence[IPNetwork]) -> Callable[[AddrInfo], socket.socket]:
    """Return a socket factory that raises ForbiddenAddress for a forbidden address."""

    def make(info: AddrInfo) -> socket.socket:
        family, kind, protocol, _, address = info
        why = forbidden(str(address[0]), allowed)
        if why:
            raise ForbiddenAddress(why)
        return socket.socket(family, kind, protocol)

    return make


class GuardedResolver(AbstractResolver):
    """Refuse a name if any of its addresses is forbidden, mixed answers included."""

    def __init__(self, inner: AbstractResolver, allowed: Sequence[IPNetwork]) -> None:
        self._inner = inner
        self._allowed = allowed

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        """Look the name up; raises FetchError, refused, or OSError if it has no address."""
        found = await self._inner.resolve(host, port, family)
        for each in found:
            why = forbidden(each["host"], self._allowed)
            if why:
                raise FetchError(f"{host} leads to a forbidden address: {why}", refused=True)
        return found[:_MOST_ADDRESSES]

    async def close(self) -> None:
        await self._inner.close()


class SystemResolver(AbstractResolver):
    """The system resolver, in one thread for each name.

    In a thread pool a few names whose servers never answer would block all others, and a hanging
    look-up must not delay the end of the process either.
    """

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        answer: Future[list[ResolveResult]] = Future()
        answer.set_running_or_notify_cancel()
        Thread(target=_look_up, args=(answer, host, port, family), daemon=True).start()
        return await asyncio.wrap_future(answer)

    async def close(self) -> None:
        """Nothing to close."""


def _look_up(
    answer: Future[list[ResolveResult]], host: str, port: int, family: socket.AddressFamily
) -> None:
    try:
        found = socket.getaddrinfo(host, port, family, socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        answer.set_exception(error)
        return
    answer.set_result(
        [
            ResolveResult(
                hostname=host, host=str(address[0]), port=port, family=kin, proto=protocol, flags=0
            )
            for kin, _, protocol, _, address in found
        ]
    )
