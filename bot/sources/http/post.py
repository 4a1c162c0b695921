"""POST to an address that an operator named, guarded as requests for sources are."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from ipaddress import ip_address

import aiohttp
from aiohttp.abc import AbstractResolver
from yarl import URL

from bot.errors import FetchError
from bot.sources.http.addresses import IPNetwork
from bot.sources.http.errors import trouble
from bot.sources.http.headers import read_headers
from bot.sources.http.policy import user_agent
from bot.sources.http.routes import Routes, open_routes
from bot.sources.http.url import WebAddress, web_address
from config.proxies import Proxies, socks_errors

LONGEST_ADDRESS = 400
"""Characters of an address to post to: as many as an address of a channel may have."""

CONNECT_SECONDS = 10.0

TROUBLE: tuple[type[Exception], ...] = (aiohttp.ClientError, OSError)
_NOT_SENT = (aiohttp.ClientConnectorError, aiohttp.ClientHttpProxyError, aiohttp.InvalidURL)
"""Errors before the request was written."""


@dataclass(frozen=True, slots=True)
class PostAnswer:
    """The status of an answer, and the seconds that it asks to wait."""

    status: int
    retry_after: float | None


class GuardedPoster:
    """Posts to public addresses and to those in `allowed` networks only; follows no redirect.

    Every connection is judged and is new: one that was kept open could break under a request, and
    nobody would know whether it had arrived. For one event loop; `close` ends it.
    """

    def __init__(
        self,
        *,
        seconds: float,
        allowed: Sequence[IPNetwork] = (),
        contact: str | None = None,
        proxies: Proxies | None = None,
        resolver: AbstractResolver | None = None,
    ) -> None:
        self._seconds = seconds
        self._allowed = tuple(allowed)
        self._agent = user_agent(contact)
        self._proxies = proxies or Proxies()
        self._resolver = resolver
        self._routes: Routes | None = None

    async def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> PostAnswer:
        """Post once and return the answer, whatever its status.

        Raises FetchError: `refused` if the address may not be asked, `unanswered` if the request
        may have arrived.
        """
        address = hook_address(url, self._allowed)
        sent = {"User-Agent": self._agent, **headers}
        try:
            async with asyncio.timeout(self._seconds):
                session, proxy = await self._opened().to(address)
                target = URL(address.url, encoded=True)
                async with session.post(
                    target, data=body, headers=sent, proxy=proxy, allow_redirects=False
                ) as answer:
                    told = read_headers(answer.headers)
                    return PostAnswer(answer.status, told.retry_after)
        except TimeoutError as error:
            text = f"{address.host} gave no answer within {self._seconds:g} s"
            unsent = isinstance(error, aiohttp.ConnectionTimeoutError)
            raise FetchError(text, unanswered=not unsent) from error
        except TROUBLE + socks_errors() as error:
            found = trouble(error, address.host)
            found.unanswered = not isinstance(error, (*_NOT_SENT, *socks_errors()))
            raise found from error

    async def judge(self, url: str) -> None:
        """Raises FetchError if the address may not be asked, or its name is not known."""
        await self._opened().judge(hook_address(url, self._allowed))

    async def close(self) -> None:
        """Close all connections."""
        if self._routes is not None:
            await self._routes.close()
            self._routes = None

    def _opened(self) -> Routes:
        if self._routes is None:
            self._routes = open_routes(
                allowed=self._allowed,
                proxies=self._proxies,
                resolver=self._resolver,
                connect_seconds=CONNECT_SECONDS,
                keep_open=False,
            )
        return self._routes


def hook_address(url: str, allowed: Sequence[IPNetwork]) -> WebAddress:
    """The address of a webhook; raises FetchError, refused, for one that is not encrypted.

    Inside the allowed networks http will do, for a host that is given as an IP address.
    """
    address = web_address(url)
    if len(address.url) > LONGEST_ADDRESS:
        raise FetchError(
            f"the address has more than {LONGEST_ADDRESS} characters: give a shorter one",
            refused=True,
        )
    if address.scheme != "https" and not _inside(address.host, allowed):
        raise FetchError(
            f"{address.host} is not asked without encryption: write https://, or allow its network "
            "by BRIEFBOT_ALLOWED_NETWORKS and name it by its IP address",
            refused=True,
        )
    return address


def _inside(host: str, allowed: Sequence[IPNetwork]) -> bool:
    try:
        ip = ip_address(host)
    except ValueError:
        return False
    return any(ip in network for network in allowed)
