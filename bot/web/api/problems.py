"""Refusals and faults as problem documents: https://www.rfc-editor.org/rfc/rfc9457."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from http import HTTPStatus
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from bot.errors import StoreError
from bot.log import get_logger
from bot.web.api.schema import Problem
from bot.web.limits import Busy
from bot.web.visits import NotThere

MEDIA_TYPE = "application/problem+json"

log = get_logger(__name__)


class Refused(Exception):
    """A request that is not answered, with the reason; `more` are members of the problem."""

    def __init__(self, status: int, detail: str, **more: str) -> None:
        super().__init__(detail)
        self.status = status
        self.more = more


def problem(
    status: int, detail: str, headers: dict[str, str] | None = None, **more: str
) -> Response:
    """A problem document; `more` are its own members."""
    told = Problem(title=HTTPStatus(status).phrase, status=status, detail=detail, **more)
    body = told.model_dump_json(exclude_none=True)
    return Response(body, status, headers=headers, media_type=MEDIA_TYPE)


async def _refused(_: Request, error: Exception) -> Response:
    assert isinstance(error, Refused)
    headers = {"www-authenticate": "Bearer"} if error.status == HTTPStatus.UNAUTHORIZED else None
    return problem(error.status, str(error), headers, **error.more)


async def _http_fault(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    if error.status_code == HTTPStatus.NOT_FOUND:
        return await _not_there(request, error)
    detail = "The API reads only: use GET." if error.status_code == 405 else str(error.detail)
    return problem(error.status_code, detail, dict(error.headers or {}))


async def _not_there(_: Request, error: Exception) -> Response:
    remedy = "see /api/openapi.json for what there is"
    return problem(404, "There is nothing at this address, or not any more.", remedy=remedy)


async def _busy(_: Request, error: Exception) -> Response:
    assert isinstance(error, Busy)
    again = str(error.seconds)
    detail = "Too much was asked for."
    return problem(error.status, detail, {"retry-after": again}, remedy=f"wait {again} s")


async def _no_database(_: Request, error: Exception) -> Response:
    log.warning("the API cannot read", error=str(error))
    return problem(503, "The database does not answer.", {"retry-after": "30"}, remedy="wait 30 s")


async def _too_slow(_: Request, error: Exception) -> Response:
    log.warning("an answer of the API took too long")
    return problem(503, "The answer took too long.", {"retry-after": "10"}, remedy="wait 10 s")


async def _fault(_: Request, error: Exception) -> Response:
    return problem(500, "Something went wrong; the operator finds the reason in the log.")


HANDLERS: dict[Any, Callable[[Request, Exception], Awaitable[Response]]] = {
    Refused: _refused,
    HTTPException: _http_fault,
    NotThere: _not_there,
    Busy: _busy,
    StoreError: _no_database,
    TimeoutError: _too_slow,
    Exception: _fault,
}
"""What is answered to each kind of error."""
