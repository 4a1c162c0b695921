"""The route that Telegram posts updates to."""

from __future__ import annotations

import hmac
import json
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the header's name

Put = Callable[[dict[str, Any]], Awaitable[None]]
"""Accepts an update in Telegram's JSON format."""


class NotReady(Exception):
    """The bot is not connected yet: Telegram shall deliver the update again."""


def webhook_route(url: str, secret: str, put: Put) -> Route:
    """Return a route on the path of `url`: 401 without the secret, 403 if it is wrong, else 200."""

    async def take(request: Request) -> Response:
        given = request.headers.get(SECRET_HEADER)
        if given is None:
            return Response(status_code=401)
        if not hmac.compare_digest(given.encode(), secret.encode()):
            return Response(status_code=403)
        try:
            update = json.loads(await request.body())
            if not isinstance(update, dict):
                return Response(status_code=400)
            await put(update)
        except NotReady:
            return Response(status_code=503)
        except (ValueError, TypeError, KeyError, AttributeError):
            return Response(status_code=400)
        return Response()

    return Route(urlsplit(url).path or "/", take, methods=["POST"])
