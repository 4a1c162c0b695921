"""Serves the pages and the API: in a process of its own, so that no reader can hold the bot."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from datetime import datetime

from starlette.routing import Mount

from bot.delivery.operator_notices import operators
from bot.errors import StoreError
from bot.health import Health
from bot.log import get_logger
from bot.models import Topic
from bot.platforms.web_server import WebServer
from bot.store import Store
from bot.web.api.endpoint import Api
from bot.web.feeds.endpoint import Feeds
from bot.web.layout import make_ready
from bot.web.operator.desk import OperatorDesk
from bot.web.readers import facts
from bot.web.site import Site
from bot.web.unsubscribing import Unsubscribing
from config.settings import Settings

NAMES = "BRIEFBOT_PAGES_HOST or BRIEFBOT_PAGES_PORT"

log = get_logger(__name__)


class Pages:
    """The pages and the API on one address, from start to stop."""

    def __init__(
        self,
        store: Store,
        topics: Mapping[str, Topic],
        settings: Settings,
        clock: Callable[[], datetime],
        health: Health,
    ) -> None:
        desk = OperatorDesk(store, settings, clock) if settings.pages_password else None
        api = Api(store, topics, settings, clock)
        feeds = Feeds(store, topics, settings, clock)
        unsubscribing = Unsubscribing(store, operators(settings.admins), clock)
        site = Site(
            store,
            topics,
            clock,
            link_days=settings.pages_days,
            more=(
                *feeds.routes,
                *unsubscribing.routes,
                *(desk.routes if desk else ()),
                *api.routes,
            ),
        )
        self._server = WebServer(
            settings.pages_host, settings.pages_port, [Mount("/", site.app)], health, names=NAMES
        )
        self._has_desk = desk is not None
        self._store = store

    @property
    def port(self) -> int:
        """The port that it listens on, after `start`."""
        return self._server.port

    async def start(self) -> None:
        """Listen; raises PlatformError if the address is in use or not local."""
        make_ready()
        await asyncio.to_thread(facts.make_ready)
        await self._read_once()
        await self._server.start()
        if not self._has_desk:
            log.info("there is no operator's page: BRIEFBOT_PAGES_PASSWORD is not set")

    async def stop(self) -> None:
        """Finish the running requests, then close."""
        await self._server.stop()

    async def _read_once(self) -> None:
        """Read a briefing before readers do: the first one takes ten times as long."""
        try:
            newest = await self._store.briefings.newest_id()
            await self._store.briefings.get(newest or "")
        except StoreError as error:
            log.warning("nothing can be read yet", error=str(error))
