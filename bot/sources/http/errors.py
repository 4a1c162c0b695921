"""The HTTP client's errors as messages for users."""

from __future__ import annotations

import os

import aiohttp

from bot.errors import FetchError
from bot.sources.http.resolver import ForbiddenAddress

_TOLD: tuple[tuple[type[BaseException], str], ...] = (
    (aiohttp.ClientConnectorDNSError, "{host} has no address: the name is not known"),
    (aiohttp.ClientConnectorCertificateError, "the certificate of {host} cannot be trusted"),
    (aiohttp.ClientSSLError, "{host} cannot be reached over an encrypted connection"),
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
    for kind, text in _TOLD:
        if isinstance(error, kind):
            return FetchError(text.format(host=host, why=_why(cause)))
    return FetchError(f"{host} could not be asked")


def _why(cause: object) -> str:
    number = cause.errno if isinstance(cause, OSError) else None
    return f": {os.strerror(number).lower()}" if number else ""
