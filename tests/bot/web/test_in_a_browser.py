"""Each page in headless Chromium: on a phone and a desk, light and dark, friendly and hostile.

Nothing runs, nothing comes from elsewhere, and axe-core finds nothing to complain of.
"""

from __future__ import annotations

import asyncio
import json
import shutil
import subprocess
import threading
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bot.health import Health
from bot.store import Store
from bot.web.layout import LARGEST
from bot.web.server import Pages
from config.settings import load_settings
from tests.fakes.node_parts import node_part, program, unavailable
from tests.support.hostile_room import hostile_room
from tests.support.page_room import (
    OPERATOR_PATHS,
    PASSWORD,
    PageRoom,
    paths_of,
    topics,
)
from tests.support.paths import ROOT

PHONE, DESK = 360, 1200
SECONDS = 240

BY_COLOUR_AND_WIDTH = ["color-contrast", "link-in-text-block", "target-size"]
"""The rules of axe-core that say different things in other colours and at other widths."""

LOOKS: list[dict[str, Any]] = [
    {"width": PHONE, "dark": False, "rules": None},
    {"width": PHONE, "dark": True, "rules": BY_COLOUR_AND_WIDTH},
    {"width": DESK, "dark": False, "rules": BY_COLOUR_AND_WIDTH},
    {"width": DESK, "dark": True, "rules": None},
]

Seen = dict[str, Any]
Furnish = Callable[[Store], Awaitable[PageRoom]]


def chromium() -> str:
    """A Chromium; skips where there is none, or fails when nothing may skip."""
    found = shutil.which("chromium") or shutil.which("google-chrome")
    if found is None:
        unavailable("chromium is not installed: no page can be looked at")
    return str(found)


@contextmanager
def served(path: Path, furnish: Furnish) -> Iterator[tuple[str, PageRoom]]:
    """The pages over a database file, in a thread; yields their address and what is in it."""
    ready, stop = threading.Event(), threading.Event()
    told: list[tuple[str, PageRoom]] = []

    async def serve() -> None:
        store = Store.open(f"sqlite:///{path}")
        room = await furnish(store)
        settings = load_settings({"BRIEFBOT_PAGES_PORT": "0", "BRIEFBOT_PAGES_PASSWORD": PASSWORD})
        pages = Pages(store, topics(), settings, lambda: room.now, Health())
        await pages.start()
        told.append((f"http://127.0.0.1:{pages.port}", room))
        ready.set()
        await asyncio.to_thread(stop.wait)
        await pages.stop()
        await store.close()

    thread = threading.Thread(target=asyncio.run, args=(serve(),), daemon=True)
    thread.start()
    try:
        assert ready.wait(SECONDS)
        yield told[0]
    finally:
        stop.set()
        thread.join(SECONDS)


def looked_at(base: str, visits: list[dict[str, Any]]) -> list[Seen]:
    """What Chromium saw, signed in as the operator."""
    node, axe = program("node"), node_part("axe-core/axe.min.js")
    node_part("playwright-core/package.json")
    given = {
        "browser": chromium(),
        "axe": str(axe),
        "login": {"url": f"{base}/operator/login", "password": PASSWORD},
        "visits": visits,
    }
    done = subprocess.run(
        [node, str(ROOT / "tests" / "node" / "pages.mjs")],
        input=json.dumps(given),
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def every_path(room: PageRoom) -> dict[str, str]:
    operators = {f"operator {name}": path for name, path in OPERATOR_PATHS.items()}
    return paths_of(room) | operators


def faults_of(seen: Seen) -> list[str]:
    """What is wrong with a page as it was seen."""
    base = "/".join(seen["url"].split("/", 3)[:3])
    own = [each for each in seen["requests"] if each.startswith(base)]
    wrong = {
        "status": seen["status"] not in {200, 404},
        "too large": seen["bytes"] > LARGEST,
        "empty": seen["text"] <= 20,
        "a script ran": seen["dialogs"] != [],
        "scripts or styles in the page": seen["scripts"] != [],
        "a dead or harmful link": not set(seen["links"]) <= {"http:", "https:"},
        "loads from elsewhere": own != seen["requests"],
        "its style is missing": not any("/assets/style-" in each for each in own),
        "the browser complains": any("404" not in each for each in seen["faults"]),
        "scrolls sideways": seen["wide"] > 0,
    }
    return [*(name for name, is_so in wrong.items() if is_so), *seen["violations"]]


def visited(base: str, room: PageRoom, looks: list[dict[str, Any]]) -> dict[str, Seen]:
    """Each page in each look, by its name, its width and its colours."""
    paths = every_path(room)
    visits = [{"url": base + path, "looks": looks} for path in paths.values()]
    names = [name for name in paths for _ in looks]
    found = zip(names, looked_at(base, visits), strict=True)
    return {
        f"{name}, {each['width']} wide, {'dark' if each['dark'] else 'light'}": each
        for name, each in found
    }


def test_each_page_is_accessible_and_keeps_to_itself(
    furnished_file: tuple[Path, PageRoom], tmp_path: Path
) -> None:
    chromium()
    file, room = furnished_file
    copy = tmp_path / "friendly.db"
    shutil.copy(file, copy)

    async def as_it_is(_: Store) -> PageRoom:
        return room

    with served(copy, as_it_is) as (base, _):
        seen = visited(base, room, LOOKS)
    assert len(seen) == len(LOOKS) * len(every_path(room))
    assert {name: faults for name, each in seen.items() if (faults := faults_of(each))} == {}
    colours = {each["dark"]: each["background"] for each in seen.values()}
    assert colours[True] != colours[False]


def test_hostile_text_runs_nothing_and_loads_nothing(sqlite_template: Path, tmp_path: Path) -> None:
    chromium()
    copy = tmp_path / "hostile.db"
    shutil.copy(sqlite_template, copy)
    with served(copy, hostile_room) as (base, room):
        seen = visited(base, room, LOOKS[:1])
    assert len(seen) == len(every_path(room))
    assert {name: faults for name, each in seen.items() if (faults := faults_of(each))} == {}
