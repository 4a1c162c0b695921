"""Pure decisions on request and response headers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from importlib.metadata import version

from multidict import CIMultiDict, CIMultiDictProxy

from bot.errors import FetchError
from bot.sources.http.body import too_large
from bot.sources.http.headers import read_headers, sendable

NOT_MODIFIED = 304

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_PERMANENT = frozenset({301, 308})
_CONDITIONS = ("If-None-Match", "If-Modified-Since")
_CONTACT = re.compile(r"[\x20-\x27\x2a-\x7e]{1,200}")
_WHY = {
    401: "asks for a password",
    403: "does not let the bot in",
    407: "is behind a proxy that asks for a password",
    404: "has no such page",
    429: "has been asked too often",
}


@dataclass(frozen=True, slots=True)
class Redirect:
    """A redirect to another URL."""

    location: str
    permanent: bool


def user_agent(contact: str | None) -> str:
    """The bot's name and version, with the operator's contact. Raises ValueError."""
    name = f"briefbot/{version('briefbot')}"
    if not contact:
        return name
    if not _CONTACT.fullmatch(contact):
        raise ValueError("the contact must be 1 to 200 ASCII characters without parentheses")
    return f"{name} (+{contact})"


def request_headers(
    agent: str, accept: str, etag: str | None, last_modified: str | None
) -> CIMultiDict[str]:
    """The request headers; invalid validators are omitted."""
    headers = CIMultiDict({"User-Agent": agent, "Accept": accept, "Accept-Encoding": "gzip"})
    for name, value in zip(_CONDITIONS, (etag, last_modified), strict=True):
        if sendable(value):
            headers[name] = str(value)
    return headers


def judged(
    status: int, headers: CIMultiDictProxy[str], asked: CIMultiDict[str], max_bytes: int
) -> Redirect | None:
    """The redirect of an answer, or None if its body may be read; raises FetchError otherwise."""
    if status in _REDIRECTS and headers.get("Location"):
        return Redirect(headers["Location"], status in _PERMANENT)
    conditional = any(name in asked for name in _CONDITIONS)
    if status == NOT_MODIFIED and conditional:
        return None
    if not 200 <= status < 300:
        raise _failure(status, headers)
    length = headers.get("Content-Length", "")
    if length.isdecimal() and int(length[:20]) > max_bytes:
        raise too_large(max_bytes)
    is_gzipped(headers)
    return None


def is_gzipped(headers: CIMultiDictProxy[str]) -> bool:
    """Whether the body is gzip; raises FetchError for another or a nested encoding."""
    names = [
        name
        for line in headers.getall("Content-Encoding", [])
        for each in line.split(",")
        if (name := each.strip().lower()) not in {"", "identity"}
    ]
    if not names:
        return False
    if names not in (["gzip"], ["x-gzip"]):
        raise FetchError("the answer has a content encoding that was not requested")
    return True


def _failure(status: int, headers: CIMultiDictProxy[str]) -> FetchError:
    if status == 410:
        return FetchError("the server says that it is gone for good", gone=True, status=status)
    why = _WHY.get(status, "is in trouble" if status >= 500 else "did not answer the question")
    return FetchError(
        f"the server {why} (HTTP {status})",
        status=status,
        retry_after=read_headers(headers).retry_after,
    )
