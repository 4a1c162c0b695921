"""However much there is to show, a page stays small, and the next one goes on."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape

import httpx

from bot.models import Section
from bot.page_links import new_token
from bot.web.layout import LARGEST, line, within_bytes
from tests.support.builders import a_briefing, a_bullet, a_citation, an_article
from tests.support.page_room import PageRoom


async def test_every_bullet_of_a_long_digest_is_on_one_of_its_pages(
    room: PageRoom, browser: httpx.AsyncClient
) -> None:
    article = an_article("Long", "A long sentence & <more> of it, said the ministry. " * 60)
    await room.store.articles.add(article)
    citation = a_citation(article)
    sections = [
        Section(
            f"topic-{part}",
            f"Topic {part}",
            tuple(
                a_bullet(f"Bullet {part}.{n} says " + "& " * 120, citations=[citation] * 5)
                for n in range(20 if part % 3 else 0)
            ),
        )
        for part in range(9)
    ]
    token = new_token()
    briefing = replace(a_briefing(*sections, id="long"), created_at=room.now)
    await room.store.briefings.add(briefing, room.channel.id, token=token)
    path, pages, seen, empty = f"/d/{token}", 0, [], []
    while path:
        page = await browser.get(path)
        assert page.status_code == 200
        assert len(page.content) <= LARGEST
        seen += re.findall(r"Bullet (\d\.\d+) says", page.text)
        empty += re.findall(r"Nothing new on (Topic \d)", page.text)
        following = re.search(r'rel="next" href="([^"]+)"', page.text)
        path, pages = unescape(following[1]) if following else "", pages + 1
    assert pages > 2
    assert seen == [f"{part}.{n}" for part in range(9) if part % 3 for n in range(20)]
    assert empty == ["Topic 0", "Topic 3", "Topic 6"]


async def test_a_long_article_goes_on_over_pages_without_a_gap(
    room: PageRoom, browser: httpx.AsyncClient
) -> None:
    words = [f"w{number}" for number in range(30_000)]
    article = an_article("Long", " ".join(words))
    await room.store.articles.add(article)
    path, seen = f"/c/{room.archive}/articles/{article.id}", ""
    base = path
    while path:
        page = await browser.get(path)
        assert len(page.content) <= LARGEST
        text = re.search(r'<div class="text"[^>]*>(.*?)</div>', page.text, re.DOTALL)
        assert text
        seen += text[1].replace("… ", " ")
        following = re.search(r'rel="next" href="([^"]+)"', page.text)
        path = base + unescape(following[1]) if following else ""
    assert seen.split() == words


def test_texts_are_bounded_before_they_are_read() -> None:
    assert line("y" * 10_000_000, 10) == "y" * 9 + "…"
    assert line(" a\u202e b ", 10) == "a b"
    assert within_bytes("&" * 1000, 100) == "&" * 20
    assert within_bytes("", 0) == ""
