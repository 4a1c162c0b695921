"""The figures of a digest's day and what is ahead, each with its sentence."""

from __future__ import annotations

import re
import subprocess
import sys
from datetime import UTC, datetime
from html import unescape

import httpx
import pytest

from bot.models import DatePrecision, withdrawal_of
from bot.store import TextPiece
from bot.web.readers.article_days import day_of, days_of
from bot.web.readers.changes import changes
from tests.support.clock import Seconds
from tests.support.page_room import PageRoom


def read(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", "", html)).split())


async def test_each_figure_opens_its_sentence_in_its_article(
    room: PageRoom, browser: httpx.AsyncClient
) -> None:
    page = (await browser.get(f"/d/{room.digest}")).text
    rows = re.findall(r'<tr id="(f[^"]+)">(.*?)</tr>', page, re.DOTALL)
    assert len(rows) >= 2
    for _, row in rows:
        number = read(re.findall(r"<mark>(.*?)</mark>", row, re.DOTALL)[0])
        sentence = read(re.findall(r'<p class="quote"[^>]*>(.*?)</p>', row, re.DOTALL)[0])
        assert number in sentence
        link = unescape(re.findall(rf'href="(/d/{room.digest}/articles/[^"]+)"', row)[0])
        article = (await browser.get(link)).text
        marked = re.findall(r'<mark id="mark">(.*?)</mark>', article, re.DOTALL)
        assert [sentence.strip("… ") in read(each) for each in marked] == [True]
    leading = re.findall(r'<section class="strip".*?</section>', page, re.DOTALL)
    assert set(re.findall(r'href="#([^"]+)"', "".join(leading))) <= {name for name, _ in rows}


async def test_the_story_of_a_withdrawn_bullet_gives_no_figures(
    room: PageRoom, browser: httpx.AsyncClient, seconds: Seconds
) -> None:
    bullet = next(each for each in room.briefing.bullets if "31" in each.text)
    before = (await browser.get(f"/d/{room.digest}")).text.partition('id="figures"')[2]
    await room.store.withdrawals.add(withdrawal_of(bullet, "Wrong.", room.now))
    seconds.now += 60
    after = (await browser.get(f"/d/{room.digest}")).text.partition('id="figures"')[2]
    assert "<b>31</b>" in before
    assert "<b>31</b>" not in after


@pytest.mark.parametrize(
    ("at", "precision", "days"),
    [
        (datetime(2026, 6, 9, 19, 30, tzinfo=UTC), DatePrecision.TIME, [10, 9]),
        (datetime(2026, 6, 9, 12, 30, tzinfo=UTC), DatePrecision.TIME, [9]),
        (datetime(2026, 6, 9, tzinfo=UTC), DatePrecision.TIME, [8, 9]),
        (datetime(2026, 6, 9, tzinfo=UTC), DatePrecision.DAY, [9]),
    ],
)
def test_the_day_of_an_article_is_in_doubt_where_zones_differ(
    at: datetime, precision: DatePrecision, days: list[int]
) -> None:
    piece = TextPiece("a", "Title", "Post", None, "en", at, precision, None, 4, 0, "Text")
    zone = "Asia/Karachi" if at.hour else "America/New_York"
    assert [each.day for each in days_of(piece, zone)] == days
    assert day_of(piece, zone).day == days[0]


def test_amounts_in_different_units_are_different_courses() -> None:
    at = datetime(2026, 6, 9, 12, tzinfo=UTC)
    said = [
        "Power demand reached 29,000 MW. Gold rose 1% to $4,050 an ounce.",
        "Power demand reached 30 GW. Gold rose 1% to Rs 350,000 a tola.",
        "Power demand reached 31,000 MW. Gold rose 1% to $4,060.",
    ]
    pieces = [
        TextPiece(str(n), "News", f"Post {n}", None, "en", at, DatePrecision.TIME, None, 4, 0, text)
        for n, text in enumerate(said)
    ]
    assert sorted(each.told for each in changes(pieces[::-1], "UTC")) == [
        "$4,050 an ounce, then $4,060",
        "29,000 MW, then 31,000 MW",
        "30 GW",
        "Rs 350,000 a tola",
    ]


UNCOMPILED = """
import sys
from bot.web.readers import facts
from summarizer.lazy_pattern import LazyPattern

facts.make_ready()
for name, module in sys.modules.items():
    for each, value in vars(module).items() if name.startswith("summarizer.key_figures") else ():
        if isinstance(value, LazyPattern) and value._compiled is None:
            print(name.rpartition(".")[2] + each)
"""


def test_what_most_sentences_need_is_compiled_before_the_first_reader() -> None:
    done = subprocess.run(
        [sys.executable, "-c", UNCOMPILED], capture_output=True, text=True, check=True
    )
    needed = {"measures_MEASURED", "measures_OWNER", "measures_BY", "background_DATED"}
    assert not needed & {*done.stdout.split()}
