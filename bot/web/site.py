"""The application: routes, links, limits, and what is said where a page cannot be shown."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from functools import partial

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp

from bot.errors import StoreError
from bot.log import get_logger
from bot.models import Topic
from bot.page_links import is_token
from bot.store import Store
from bot.web.answers import answered
from bot.web.headers import Guarded
from bot.web.kept_pages import KeptPages
from bot.web.layout import icon, rendered, style
from bot.web.limits import Busy, Gate, Rate, client_of
from bot.web.readers import article, digest, past, search, story, topic
from bot.web.visits import NotThere, Visit, opened

View = Callable[[Visit], Awaitable[str]]

DIGEST_PAGES: Mapping[str, View] = {
    "": digest.of_link,
    "/stories/{story}": story.page,
    "/articles/{article}": article.page,
    "/topics/{topic}": topic.page,
}
"""What the link of one digest opens, by the path below it."""

ARCHIVE_PAGES: Mapping[str, View] = {
    "": past.page,
    "/digests/{digest}": digest.of_archive,
    "/stories/{story}": story.page,
    "/articles/{article}": article.page,
    "/topics": topic.every,
    "/topics/{topic}": topic.page,
    "/search": search.page,
}
"""What the link of a channel opens."""

PAGES_A_MINUTE = 1_200
"""Pages of one link."""

STRANGE_A_MINUTE = 120
"""Requests of one address with links that open nothing; good links are not held up by them."""

KEPT = "private, max-age=60"
"""How long a reader's browser may show a page again without asking."""

FOR_EVER = "public, max-age=31536000, immutable"
"""For files whose name changes with what is in them."""

log = get_logger(__name__)


class Site:
    """The pages for readers; `app` serves them.

    Nothing here writes. A link is looked up each time; the page behind it may be some seconds old.
    """

    def __init__(
        self,
        store: Store,
        topics: Mapping[str, Topic],
        clock: Callable[[], datetime],
        *,
        link_days: int,
        more: tuple[BaseRoute, ...] = (),
        seconds: Callable[[], float] = time.monotonic,
    ) -> None:
        self._store = store
        self._topics = topics
        self._clock = clock
        self._link_days = link_days
        self._gate = Gate()
        self._kept = KeptPages(seconds)
        self._of_link = Rate(PAGES_A_MINUTE, 60.0, seconds)
        self._strange = Rate(STRANGE_A_MINUTE, 60.0, seconds)
        self.app: ASGIApp = Guarded(self._application(more))

    def _application(self, more: tuple[BaseRoute, ...]) -> Starlette:
        served = [
            Route(f"/{kind}/{{token}}{path}", partial(self._serve, kind, view))
            for kind, pages in (("d", DIGEST_PAGES), ("c", ARCHIVE_PAGES))
            for path, view in pages.items()
        ]
        files = [
            Route(f"/assets/{style()[0]}", _style),
            Route("/assets/icon.svg", _icon),
            Route("/robots.txt", _robots),
        ]
        app = Starlette(
            routes=[*served, *files, *more],
            exception_handlers={
                HTTPException: _http_fault,
                NotThere: _not_there,
                Busy: _busy,
                StoreError: _no_database,
                TimeoutError: _too_slow,
                Exception: _fault,
            },
        )
        app.router.redirect_slashes = False
        return app

    async def _serve(self, kind: str, view: View, request: Request) -> Response:
        client = client_of(request)
        async with self._gate.through():
            visit = await self._visit(kind, request)
            if visit is None:
                self._strange.use(client)
                raise NotThere
            key = (request.url.path, request.url.query)
            page = await self._kept.get(key, partial(view, visit))
        return answered(request, page.encode(), KEPT, "text/html")

    async def _visit(self, kind: str, request: Request) -> Visit | None:
        """The visit of a good link; None for any other."""
        token = request.path_params["token"]
        if not is_token(token):
            return None
        self._of_link.use(token)
        return await opened(
            kind,
            token,
            self._store,
            self._topics,
            self._clock(),
            self._link_days,
            request.path_params,
            request.query_params,
        )


def notice(status: int, title: str, text: str, **headers: str) -> Response:
    """A page that says why there is no other."""
    page = rendered("notice.html", title=title, text=text)
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return HTMLResponse(page, status_code=status, headers=named)


async def _http_fault(_: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    if error.status_code == 404:
        return _none()
    headers = dict(error.headers or {})
    return PlainTextResponse(f"{error.detail}\n", status_code=error.status_code, headers=headers)


async def _not_there(_: Request, error: Exception) -> Response:
    return _none()


def _none() -> Response:
    text = "The link is wrong, has ended, or leads to something that is no longer kept."
    return notice(404, "There is no such page", text)


async def _busy(_: Request, error: Exception) -> Response:
    assert isinstance(error, Busy)
    text = "Too many pages were asked for. Please try again in a moment."
    return notice(error.status, "One moment", text, retry_after=str(error.seconds))


async def _no_database(_: Request, error: Exception) -> Response:
    log.warning("a page could not be read", error=str(error))
    text = "The pages cannot be read at the moment. Please try again later."
    return notice(503, "One moment", text, retry_after="30")


async def _too_slow(_: Request, error: Exception) -> Response:
    log.warning("a page took too long")
    return notice(503, "One moment", "The page took too long. Please try again.", retry_after="10")


async def _fault(request: Request, error: Exception) -> Response:
    return notice(500, "Something went wrong", "The operator finds the reason in the log.")


async def _style(_: Request) -> Response:
    return Response(style()[1], media_type="text/css", headers={"cache-control": FOR_EVER})


async def _icon(_: Request) -> Response:
    headers = {"cache-control": "public, max-age=86400"}
    return Response(icon(), media_type="image/svg+xml", headers=headers)


async def _robots(_: Request) -> Response:
    return PlainTextResponse("User-agent: *\nDisallow: /\n")
