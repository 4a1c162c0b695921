"""The bodies of posted forms, bounded before they are read."""

from __future__ import annotations

from urllib.parse import parse_qs

from starlette.exceptions import HTTPException
from starlette.requests import Request

LARGEST_FORM = 4_096
"""Bytes of a form."""

MOST_FIELDS = 10
"""Fields of a form."""


async def form_of(request: Request) -> dict[str, str]:
    """The fields of a posted form, the first value of each; raises HTTPException 413 or 415."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip()
    if kind != "application/x-www-form-urlencoded":
        raise HTTPException(415)
    body = b""
    async for piece in request.stream():
        body += piece
        if len(body) > LARGEST_FORM:
            raise HTTPException(413)
    if body.count(b"&") >= MOST_FIELDS:
        raise HTTPException(413)
    fields = parse_qs(body.decode("ascii", "replace"), errors="replace")
    return {name: values[0] for name, values in fields.items()}


def from_elsewhere(request: Request) -> bool:
    """Whether a browser says that another site sent the request.

    Pages send no referrer, so `Origin` is "null" in their forms and says nothing.
    """
    return request.headers.get("sec-fetch-site", "same-origin") not in {"same-origin", "none"}
