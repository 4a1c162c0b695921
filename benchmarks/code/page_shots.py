"""Draws the pictures of docs/web.md: `python -m benchmarks.code.page_shots` (needs Chromium).

Everything in them is invented.
"""

from __future__ import annotations

import asyncio
import json
import shutil
import subprocess
import tempfile
from dataclasses import replace
from datetime import timedelta

from bot.errors import DeliveryError
from bot.health import Health
from bot.models import FetchState, Source, SourceKind
from bot.store import Store
from bot.web.server import Pages
from config.settings import load_settings
from tests.support.page_room import PASSWORD, PageRoom, furnished, paths_of, topics
from tests.support.paths import ROOT

PICTURES = ROOT / "docs" / "web"
SCRIPT = ROOT / "tests" / "node" / "shots.mjs"

LAST = -1
"""Opens the last bullet of a page, and scrolls to it."""

PHONE, DESK = (390, 844), (1100, 880)


def shots(room: PageRoom) -> list[dict[str, object]]:
    """What to take: a name, a path, a size, the colours, and the parts that are opened."""
    paths = paths_of(room) | {
        "operator": "/operator",
        "sources": "/operator/sources",
        "digests": "/operator/digests",
    }
    paths["figures"] = f"{paths['digest']}#figures"
    wanted = [
        ("digest", "digest", DESK, False, [1]),
        ("digest-phone", "digest", PHONE, True, [LAST]),
        ("figures", "figures", DESK, False, []),
        ("figures-phone", "figures", PHONE, True, []),
        ("story", "story", DESK, False, []),
        ("story-phone", "story", PHONE, False, []),
        ("article-phone", "article", PHONE, True, []),
        ("topic", "topic", DESK, True, []),
        ("archive-phone", "archive", PHONE, False, []),
        ("search", "search", DESK, False, []),
        ("operator", "operator", DESK, False, []),
        ("operator-digests", "digests", DESK, True, []),
        ("operator-sources-phone", "sources", PHONE, False, []),
    ]
    return [
        {
            "name": str(PICTURES / f"{name}.png"),
            "path": paths[page],
            "width": size[0],
            "height": size[1],
            "dark": dark,
            "open": opened,
        }
        for name, page, size, dark, opened in wanted
    ]


async def take() -> None:
    """Furnish a store, serve its pages and photograph them."""
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        store = Store.open(f"sqlite:///{folder}/pages.db")
        await store.migrate()
        room = await furnished(store, days=5)
        await _trouble(room)
        settings = {"BRIEFBOT_PAGES_PORT": "0", "BRIEFBOT_PAGES_PASSWORD": PASSWORD}
        settings |= {"BRIEFBOT_TIMEZONE": room.channel.timezone}
        clock = room.desk.clock
        pages = Pages(store, topics(), load_settings(settings), lambda: clock.now, Health())
        await pages.start()
        given = {
            "browser": shutil.which("chromium"),
            "base": f"http://127.0.0.1:{pages.port}",
            "password": PASSWORD,
            "shots": shots(room),
        }
        await asyncio.to_thread(_photograph, json.dumps(given))
        await pages.stop()
        await store.close()


def _photograph(given: str) -> None:
    subprocess.run(["node", str(SCRIPT)], input=given, text=True, check=True)


async def _trouble(room: PageRoom) -> None:
    """What an operator has to look at: a refused digest, and sources that do not answer."""
    desk, now = room.desk, room.now
    await room.store.channels.ensure(room.channel.address, title="Morning desk", timezone="UTC")
    desk.telegram.faults.append(DeliveryError("Forbidden: bot was blocked", permanent=True))
    chat = await desk.subscribe("-100300")
    found = await room.store.channels.get(chat)
    assert found is not None
    await room.store.channels.ensure(found.address, title="Night shift", timezone="UTC")
    await desk.tick_at(now + timedelta(days=1))
    states = {
        "Harbour Wire": FetchState(last_ok_at=desk.clock.now, last_new_at=now, every=3600.0),
        "Gridline": FetchState(
            error="HTTP 404 Not Found", failures=12, given_up_at=now, last_ok_at=now
        ),
        "Meridian Post": FetchState(error="no answer in 20 s", failures=2, last_ok_at=now),
        "Senna Ledger": FetchState(last_ok_at=desk.clock.now, last_new_at=now, every=900.0),
    }
    for name, state in states.items():
        host = f"{name.lower().replace(' ', '-')}.example"
        polled = replace(state, next_at=desk.clock.now + timedelta(minutes=25))
        source = Source(name, SourceKind.FEED, f"https://{host}/feed", host, state=polled)
        await room.store.sources.add(source)


if __name__ == "__main__":
    asyncio.run(take())
