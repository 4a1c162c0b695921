"""The operator's routes: the password first, then what the bot does, and a few things to do."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from datetime import datetime
from functools import partial

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from bot.log import get_logger
from bot.store import Store
from bot.web.layout import rendered
from bot.web.limits import Gate, Rate, client_of
from bot.web.operator import actions, views
from bot.web.operator.forms import form_of, from_elsewhere
from bot.web.operator.look import Look
from bot.web.operator.sessions import COOKIE, LASTS, Session, Sessions
from config.settings import Settings

ATTEMPTS, ATTEMPTS_SECONDS = 5, 300.0
"""Wrong passwords from one address, and the time in which they count.

There is no limit for all addresses together: with one, strangers could lock the operator out.
"""

View = Callable[[Look], Awaitable[str]]
Action = Callable[[Look], Awaitable[Response]]

VIEWS: dict[str, View] = {
    "/operator": views.overview,
    "/operator/sources": views.sources,
    "/operator/digests": views.digests,
    "/operator/channels": views.channels,
    "/operator/corrections": views.corrections,
    "/operator/changes": views.changes,
}

ACTIONS: dict[str, Action] = {
    "/operator/digests/{digest}/resend": actions.resend,
    "/operator/channels/{channel}/link": actions.renew_link,
    "/operator/channels/{channel}/end": actions.end_links,
}

log = get_logger(__name__)


class OperatorDesk:
    """Serves the operator's pages to who knows the password."""

    def __init__(
        self,
        store: Store,
        settings: Settings,
        clock: Callable[[], datetime],
        seconds: Callable[[], float] = time.monotonic,
    ) -> None:
        assert settings.pages_password is not None
        self._store = store
        self._settings = settings
        self._clock = clock
        self._gate = Gate()
        self._sessions = Sessions(settings.pages_password.get_secret_value())
        self._attempts = Rate(ATTEMPTS, ATTEMPTS_SECONDS, seconds)
        self._secure = (settings.web_url or "").startswith("https://")
        self._cookie = f"__Host-{COOKIE}" if self._secure else COOKIE

    @property
    def routes(self) -> tuple[Route, ...]:
        """Every route below /operator."""
        return (
            Route("/operator/login", self._ask, methods=["GET"]),
            Route("/operator/login", self._login, methods=["POST"]),
            Route("/operator/logout", self._logout, methods=["POST"]),
            *(Route(path, partial(self._show, view)) for path, view in VIEWS.items()),
            *(
                Route(path, partial(self._do, action), methods=["POST"])
                for path, action in ACTIONS.items()
            ),
        )

    async def _ask(self, request: Request) -> Response:
        if self._session(request):
            return RedirectResponse("/operator", 303)
        return HTMLResponse(rendered("operator/login.html", wrong=False))

    async def _login(self, request: Request) -> Response:
        client = client_of(request)
        self._attempts.check(client)
        if from_elsewhere(request):
            raise HTTPException(403)
        try:
            fields = await form_of(request)
        except HTTPException:
            self._attempts.use(client)
            raise
        if not self._sessions.is_password(fields.get("password", "")):
            self._attempts.use(client)
            log.warning("wrong password on the operator's page", client=client)
            return HTMLResponse(rendered("operator/login.html", wrong=True), 401)
        answer = RedirectResponse("/operator", 303)
        answer.set_cookie(
            self._cookie,
            self._sessions.begin(self._clock()),
            max_age=int(LASTS.total_seconds()),
            path="/",
            secure=self._secure,
            httponly=True,
            samesite="strict",
        )
        return answer

    async def _logout(self, request: Request) -> Response:
        await self._posted(request)
        answer = RedirectResponse("/operator/login", 303)
        answer.delete_cookie(
            self._cookie, path="/", secure=self._secure, httponly=True, samesite="strict"
        )
        return answer

    async def _show(self, view: View, request: Request) -> Response:
        session = self._session(request)
        if session is None:
            return RedirectResponse("/operator/login", 303)
        async with self._gate.through():
            return HTMLResponse(await view(self._look(request, session)))

    async def _do(self, action: Action, request: Request) -> Response:
        session = await self._posted(request)
        async with self._gate.through():
            return await action(self._look(request, session))

    async def _posted(self, request: Request) -> Session:
        """The session of a form that one of its own pages sent; raises HTTPException 403."""
        session = self._session(request)
        fields = await form_of(request)
        if session is None or from_elsewhere(request):
            raise HTTPException(403)
        if not self._sessions.is_form_token(session, fields.get("token", "")):
            raise HTTPException(403)
        return session

    def _session(self, request: Request) -> Session | None:
        return self._sessions.read(request.cookies.get(self._cookie, ""), self._clock())

    def _look(self, request: Request, session: Session) -> Look:
        return Look(
            store=self._store,
            settings=self._settings,
            now=self._clock(),
            form_token=self._sessions.form_token(session),
            here=request.url.path,
            path=request.path_params,
            query=request.query_params,
        )
