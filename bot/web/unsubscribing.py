"""The page at which a reader ends digests by mail, and the one click of mail programs."""

from __future__ import annotations

import hmac
import time
from collections.abc import Callable, Sequence
from datetime import datetime

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from bot.delivery.notice_texts import stopped
from bot.log import get_logger
from bot.models import Address, Channel, Platform
from bot.page_links import unsubscribe_mark
from bot.store import OperatorNotice, Store
from bot.web.layout import rendered
from bot.web.limits import Gate, Rate, client_of
from bot.web.visits import NotThere, number_of

PATH = "/unsubscribe/{channel}/{mark}"
REASON = "its reader unsubscribed"

STRANGE_A_MINUTE = 60
"""Requests of one address with links that end nothing."""

log = get_logger(__name__)


class Unsubscribing:
    """Serves the links that stand in mails; each is signed with its channel's own secret.

    Opening one ends nothing, as programs that check mails for harm open every link: only a POST
    does, of the button on the page or of a mail program (RFC 8058).
    """

    def __init__(
        self,
        store: Store,
        operators: Sequence[Address],
        clock: Callable[[], datetime],
        seconds: Callable[[], float] = time.monotonic,
    ) -> None:
        self._store = store
        self._operators = operators
        self._clock = clock
        self._gate = Gate()
        self._strange = Rate(STRANGE_A_MINUTE, 60.0, seconds)

    @property
    def routes(self) -> tuple[Route, ...]:
        """The page, and what its button does."""
        return (
            Route(PATH, self._ask, methods=["GET"]),
            Route(PATH, self._end, methods=["POST"]),
        )

    async def _ask(self, request: Request) -> Response:
        async with self._gate.through():
            channel = await self._channel(request)
        if channel.disabled:
            return _page("Digests have ended", f"Nothing is sent to {channel.address.chat}.")
        text = f"No more digests are sent to {channel.address.chat} once you press the button."
        return _page("End the digests?", text, asks=True)

    async def _end(self, request: Request) -> Response:
        async with self._gate.through():
            channel = await self._channel(request)
            now = self._clock()
            line = stopped(channel.address, channel.title, REASON)
            told = [OperatorNotice(each, line, channel.id) for each in self._operators]
            if await self._store.channels.disable(channel.id, REASON, now=now, notices=told):
                log.info("a reader unsubscribed", channel=channel.id)
                await self._store.digests.abandon(channel.id, REASON, now=now)
        return _page("Digests have ended", f"Nothing more is sent to {channel.address.chat}.")

    async def _channel(self, request: Request) -> Channel:
        """The channel of a good link; raises NotThere for any other."""
        number = number_of(request.path_params["channel"])
        key = await self._store.channel_keys.find(number)
        given = request.path_params["mark"]
        if key is not None and hmac.compare_digest(
            given.encode(), unsubscribe_mark(number, key).encode()
        ):
            channel = await self._store.channels.get(number)
            if channel is not None and channel.address.platform is Platform.MAIL:
                return channel
        self._strange.use(client_of(request))
        raise NotThere


def _page(title: str, text: str, *, asks: bool = False) -> Response:
    return HTMLResponse(rendered("unsubscribe.html", title=title, text=text, asks=asks))
