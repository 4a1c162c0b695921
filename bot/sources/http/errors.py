"""The HTTP client's errors as messages for users."""

from __future__ import annotations

import errno
import os
import socket

import aiohttp

from bot.errors import FetchError
from bot.sources.http.resolver import ForbiddenAddress
from config.proxies import socks_errors

_TOLD: tuple[tuple[type[BaseException], str], ...] = (
    (aiohttp.ClientConnectorDNSError, "{host} has no address: the name is not known"),
    (aiohttp.ClientConnectorCertificateError, "the certificate of {host} cannot be trusted"),
    (aiohttp.ClientSSLError, "{host} cannot be reached over an encrypted connection"),
    (aiohttp.ClientProxyConnectionError, "the proxy cannot be connected{why}"),
    (aiohttp.ClientHttpProxyError, "the proxy did not reach {host}{why}"),
    (aiohttp.ServerTimeoutError, "{host} cannot be connected: it does not answer"),
    (aiohttp.ClientConnectorError, "{host} cannot be connected{why}"),
    (aiohttp.ServerDisconnectedError, "{host} closed the connection without an answer"),
    (aiohttp.ClientPayloadError, "the answer of {host} was cut short"),
    (aiohttp.ClientResponseError, "{host} answered in a way that is not HTTP"),
    (OSError, "the connection to {host} broke"),
)


def trouble(error: Exception, host: str) -> FetchError:
    """Convert a client error to a FetchError; the message never repeats text from the server."""
    cause = getattr(error, "os_error", None)
    if isinstance(cause, ForbiddenAddress):
        return FetchError(f"{host} may not be asked: {cause}", refused=True)
    if isinstance(error, socks_errors()):
        down = type(error).__name__ == "ProxyConnectionError"
        return FetchError(
            "the proxy " + ("cannot be connected" if down else f"did not reach {host}")
        )
    if isinstance(error, aiohttp.ClientConnectorDNSError) and error.host != host:
        unknown = "the proxy has no address: its name is not known"
        return FetchError(unknown, offline=_offline(cause))
    for kind, text in _TOLD:
        if isinstance(error, kind):
            return FetchError(text.format(host=host, why=_why(error)), offline=_offline(cause))
    return FetchError(f"{host} could not be asked")


def _offline(cause: object) -> bool:
    """Whether the machine, rather than the host, seems to be without a network."""
    if isinstance(cause, socket.gaierror):
        return cause.errno == socket.EAI_AGAIN
    return isinstance(cause, OSError) and cause.errno in {errno.ENETUNREACH, errno.ENETDOWN}


def _why(error: Exception) -> str:
    if isinstance(error, aiohttp.ClientHttpProxyError):
        return f" (HTTP {error.status})"
    cause = getattr(error, "os_error", None)
    number = cause.errno if isinstance(cause, OSError) else None
    return f": {os.strerror(number).lower()}" if number else ""
