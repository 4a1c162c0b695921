"""The routes of the feeds, which the link of a channel's archive opens, as its pages."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.models import Topic
from bot.page_links import is_token, pages_address
from bot.store import Store
from bot.web.answers import answered
from bot.web.feeds import atom, json_feed
from bot.web.feeds.entries import TopicFeed, topic_feed
from bot.web.limits import Gate, Rate, client_of
from bot.web.visits import NotThere, opened
from config.settings import Settings

FEEDS_A_MINUTE = 300
"""Requests of one link."""

STRANGE_A_MINUTE = 120
"""Requests of one address with links that open nothing."""

KEPT = "private, max-age=300"

Write = Callable[[TopicFeed, str], bytes]

FORMATS: Mapping[str, tuple[Write, str]] = {
    atom.NAME: (atom.atom, atom.MEDIA_TYPE),
    json_feed.NAME: (json_feed.json_feed, json_feed.MEDIA_TYPE),
}


class Feeds:
    """The feeds on the store; `routes` serve them. They change nothing."""

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
        self._base = pages_address(settings)
        self._gate = Gate()
        self._of_link = Rate(FEEDS_A_MINUTE, 60.0, seconds)
        self._strange = Rate(STRANGE_A_MINUTE, 60.0, seconds)

    @property
    def routes(self) -> tuple[Route, ...]:
        """The feed of each topic, in each format."""
        return tuple(
            Route(f"/c/{{token}}/topics/{{topic}}/{name}", partial(self._serve, *made))
            for name, made in FORMATS.items()
        )

    async def _serve(self, write: Write, media_type: str, request: Request) -> Response:
        token = request.path_params["token"]
        async with self._gate.through():
            visit = None
            if is_token(token):
                self._of_link.use(token)
                now = self._clock()
                path = request.path_params
                visit = await opened(
                    "c", token, self._store, self._topics, now, self._link_days, path
                )
            if visit is None:
                self._strange.use(client_of(request))
                raise NotThere
            body = write(await topic_feed(visit), self._base)
        return answered(request, body, KEPT, media_type=media_type)
