"""A client of the API over a store of invented news."""

from __future__ import annotations

from collections.abc import AsyncIterator

import httpx
import pytest

from bot.web.api.endpoint import Api
from bot.web.site import Site
from config.settings import load_settings
from tests.support.clock import Clock, Seconds
from tests.support.page_room import PageRoom, topics

TOKEN = "a-token-of-the-tests-long-enough"


@pytest.fixture
async def client(
    room: PageRoom, clock: Clock, seconds: Seconds
) -> AsyncIterator[httpx.AsyncClient]:
    """A client with the token of the API."""
    settings = load_settings({"BRIEFBOT_API_TOKEN": TOKEN})
    api = Api(room.store, topics(), settings, clock, seconds)
    site = Site(room.store, topics(), clock, link_days=90, more=api.routes, seconds=seconds)
    transport = httpx.ASGITransport(site.app, raise_app_exceptions=False)
    async with httpx.AsyncClient(
        transport=transport,
        base_url="http://pages.test/api/v1",
        headers={"authorization": f"Bearer {TOKEN}"},
    ) as made:
        yield made
