"""Answers to programs, which they may keep and ask for again."""

from __future__ import annotations

import hashlib

from starlette.requests import Request
from starlette.responses import Response


def answered(
    request: Request, body: bytes, kept: str, media_type: str = "application/json"
) -> Response:
    """The answer, or 304 where the client has it already."""
    tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    headers = {"etag": tag, "cache-control": kept, "vary": "Authorization"}
    known = {
        each.strip().removeprefix("W/")
        for each in request.headers.get("if-none-match", "").split(",")
    }
    if tag in known or "*" in known:
        return Response(status_code=304, headers=headers)
    return Response(body, headers=headers, media_type=media_type)
