"""The main screens of both platforms in headless Chromium: all of it can be seen, and pressed."""

from __future__ import annotations

import re

from bot.store import Store
from tests.bot.web.test_in_a_browser import chromium
from tests.fakes.node_parts import node_part, program
from tests.support.paths import ROOT
from tests.support.screens import CHARTS, PICTURES, photographed, slack_screens, telegram_screens


async def test_every_button_is_seen_and_nothing_is_cut_off(sqlite_store: Store) -> None:
    program("node")
    browser = chromium()
    node_part("slack-blocks-to-jsx/dist/index.mjs")
    screens = [*await telegram_screens(sqlite_store), *await slack_screens(sqlite_store)]
    assert len({each.name for each in screens}) == len(screens) > 10
    for screen, seen in zip(screens, photographed(screens, browser, None), strict=True):
        assert not seen["wide"], screen.name
        assert len(seen["text"]) > 50, screen.name
        missing = [each for each in screen.labels if each not in seen["buttons"]]
        assert not missing, (screen.name, seen["buttons"])
    pictures = {f"{name}.png" for name in (*(each.name for each in screens), *CHARTS)}
    assert {each.name for each in PICTURES.iterdir()} == pictures, "python -m tests.support.screens"


def test_the_pictures_are_small_and_those_that_pages_show_exist() -> None:
    sizes = [each.stat().st_size for each in PICTURES.iterdir()]
    assert max(sizes) < 80_000
    assert sum(sizes) < 1_200_000
    pages = (ROOT / "README.md", ROOT / "docs" / "chat.md")
    shown = [
        (page.parent / found).resolve()
        for page in pages
        for found in re.findall(r"(?:\(|src=\")([\w/.-]*pictures/[\w.-]+)", page.read_text("utf-8"))
    ]
    assert len(shown) >= 20
    assert all(each.is_file() for each in shown)
