"""The pages over a store of invented news, furnished once and copied for each test."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from bot.store import Store
from bot.web.feeds.endpoint import Feeds
from bot.web.operator.desk import OperatorDesk
from bot.web.site import Site
from bot.web.unsubscribing import Unsubscribing
from config.settings import load_settings
from tests.support.clock import Clock, Seconds
from tests.support.page_room import PASSWORD, PageRoom, furnished, topics


@pytest.fixture(scope="session")
def furnished_file(
    sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, PageRoom]:
    """A database file with three days of digests, and what is in it."""
    path = tmp_path_factory.mktemp("pages") / "briefbot.db"
    shutil.copy(sqlite_template, path)

    async def furnish() -> PageRoom:
        store = Store.open(f"sqlite:///{path}")
        room = await furnished(store, days=3)
        await store.close()
        return room

    with ThreadPoolExecutor(1) as pool:
        return path, pool.submit(asyncio.run, furnish()).result()


@pytest.fixture
async def room(furnished_file: tuple[Path, PageRoom], tmp_path: Path) -> AsyncIterator[PageRoom]:
    """The room on a copy of its own."""
    path, room = furnished_file
    copy = tmp_path / "pages.db"
    shutil.copy(path, copy)
    store = Store.open(f"sqlite:///{copy}")
    yield replace(room, store=store)
    await store.close()


@pytest.fixture
def clock(room: PageRoom) -> Clock:
    return Clock(room.now)


@pytest.fixture
async def browser(
    room: PageRoom, clock: Clock, seconds: Seconds
) -> AsyncIterator[httpx.AsyncClient]:
    """A client of the pages that follows no redirects and keeps cookies."""
    settings = load_settings({"BRIEFBOT_PAGES_PASSWORD": PASSWORD})
    desk = OperatorDesk(room.store, settings, clock, seconds)
    feeds = Feeds(room.store, topics(), settings, clock, seconds)
    more = (*feeds.routes, *Unsubscribing(room.store, (), clock, seconds).routes, *desk.routes)
    site = Site(room.store, topics(), clock, link_days=90, more=more, seconds=seconds)
    transport = httpx.ASGITransport(site.app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://pages.test") as client:
        yield client
