"""The figures of a digest's day and what is ahead, each with its sentence."""

from __future__ import annotations

import re
from html import unescape

import httpx

from bot.models import withdrawal_of
from tests.support.clock import Seconds
from tests.support.page_room import PageRoom


def read(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", "", html)).split())


async def test_each_figure_opens_its_sentence_in_its_article(
    room: PageRoom, browser: httpx.AsyncClient
) -> None:
    page = (await browser.get(f"/d/{room.digest}")).text
    rows = re.findall(r'<tr id="(f[^"]+)">(.*?)</tr>', page, re.DOTALL)
    assert len(rows) >= 3
    for _, row in rows:
        number = read(re.findall(r"<mark>(.*?)</mark>", row, re.DOTALL)[0])
        sentence = read(re.findall(r'<p class="quote"[^>]*>(.*?)</p>', row, re.DOTALL)[0])
        assert number in sentence
        link = unescape(re.findall(rf'href="(/d/{room.digest}/articles/[^"]+)"', row)[0])
        article = (await browser.get(link)).text
        marked = re.findall(r'<mark id="mark">(.*?)</mark>', article, re.DOTALL)
        assert [sentence.strip("… ") in read(each) for each in marked] == [True]
    leading = re.findall(r'<section class="strip".*?</section>', page, re.DOTALL)[0]
    assert set(re.findall(r'href="#([^"]+)"', leading)) <= {name for name, _ in rows}


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
