"""The routes of the API: who may ask, how often, and answers that a client may keep."""

from __future__ import annotations

import hashlib
import hmac
import time
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route

from bot.models import Topic
from bot.page_links import is_token
from bot.store import Store
from bot.web.answers import answered
from bot.web.api.answers import Reader
from bot.web.api.openapi import document
from bot.web.api.operations import BASE, OPERATIONS, Operation
from bot.web.api.problems import HANDLERS, Refused
from bot.web.api.queries import parsed
from bot.web.limits import Gate, Rate, client_of
from bot.web.visits import NotThere
from config.settings import Settings

REQUESTS_A_MINUTE = 1_200
"""Requests with the token of the API, and with one link."""

STRANGE_A_MINUTE = 120
"""Requests of one address with a wrong token or link; good ones are not held up by them."""

KEPT = "private, max-age=60"
"""How long a client may use an answer again without asking."""

PREFIX = BASE.rpartition("/")[0]


class Api:
    """The API on the store; `routes` serve it. It changes nothing."""

    def __init__(
        self,
        store: Store,
        topics: Mapping[str, Topic],
        settings: Settings,
        clock: Callable[[], datetime],
        seconds: Callable[[], float] = time.monotonic,
    ) -> None:
        self._store = store
        self._topics = topics
        self._clock = clock
        self._link_days = settings.pages_days
        token = settings.api_token
        self._token = _digest(token.get_secret_value()) if token else None
        self._gate = Gate()
        self._of_secret = Rate(REQUESTS_A_MINUTE, 60.0, seconds)
        self._strange = Rate(STRANGE_A_MINUTE, 60.0, seconds)

    @property
    def routes(self) -> tuple[Mount, ...]:
        """Everything below /api."""
        version = BASE.removeprefix(PREFIX)
        served = [Route(version + each.path, partial(self._serve, each)) for each in OPERATIONS]
        app = Starlette(
            routes=[Route("/openapi.json", _document), *served], exception_handlers=HANDLERS
        )
        app.router.redirect_slashes = False
        return (Mount(PREFIX, app=app),)

    async def _serve(self, operation: Operation, request: Request) -> Response:
        named = operation.named
        value = request.path_params[named.name] if named else ""
        if operation.by_link:
            self._of_secret.use(value if is_token(value) else "")
        else:
            self._admit(request)
        query = parsed(operation.query, request.query_params)
        reader = Reader(self._store, self._topics, self._clock(), self._link_days)
        try:
            async with self._gate.through():
                answer = await operation.serve(reader, value, query)
        except NotThere:
            if operation.by_link:
                self._strange.use(client_of(request))
            raise
        return answered(request, answer.model_dump_json().encode(), KEPT)

    def _admit(self, request: Request) -> None:
        """Let the token's owner in; raises Refused, or Busy where that was tried too often."""
        kind, _, given = request.headers.get("authorization", "").partition(" ")
        right = kind.lower() == "bearer" and self._token is not None
        if right and hmac.compare_digest(_digest(given.strip()), self._token or b""):
            self._of_secret.use("token")
            return
        self._strange.use(client_of(request))
        if self._token is None:
            remedy = "the operator sets BRIEFBOT_API_TOKEN"
            raise Refused(401, "This API has no token, so it answers nobody here.", remedy=remedy)
        fault = "is wrong" if given else "is missing"
        remedy = "send the header Authorization: Bearer, with the value of BRIEFBOT_API_TOKEN"
        raise Refused(401, f"The token {fault}.", parameter="Authorization", remedy=remedy)


async def _document(request: Request) -> Response:
    return answered(request, document().encode(), "public, max-age=300")


def _digest(token: str) -> bytes:
    return hashlib.sha256(token.encode("utf-8", "replace")).digest()
