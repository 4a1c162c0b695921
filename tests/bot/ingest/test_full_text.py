"""Teasers are made whole from their pages, politely; the teaser stays where that fails."""

from __future__ import annotations

import asyncio

import pytest

from bot.ingest.full_text import MOST_PAGES
from bot.ingest.worker.messages import Counts
from tests.fakes.web import Asked, Behaviour, answer, redirect
from tests.support.feed_texts import LONG, item, page, rss
from tests.support.source_room import Room

TEASER = "The regulator has fined the operator."
HTML = [("Content-Type", "text/html; charset=utf-8")]


def a_page(title: str = "Fine", text: str = LONG, *, head: str = "") -> Behaviour:
    return answer(page(title, text, head=head), headers=HTML)


def teaser(room: Room, title: str = "Fine", path: str = "/article-on-the-fine") -> str:
    return item(title, link=room.web.at(path), text=TEASER)


async def one(room: Room, behaviour: Behaviour, path: str = "/article-on-the-fine") -> None:
    room.web.on(path, behaviour)
    await room.add(answer(rss(teaser(room, path=path))))
    await room.refresh()


async def test_a_teaser_gets_the_text_of_its_page(room: Room) -> None:
    await one(room, a_page(head='<meta name="author" content="Ilse Marrow">'))
    (article,) = await room.articles()
    assert article.text == LONG.strip()
    assert (article.title, article.summary) == ("Fine", TEASER)
    assert (article.author, article.language) == ("Ilse Marrow", "en")


@pytest.mark.parametrize(
    "behaviour",
    [
        answer(status=404),
        answer(status=403),
        answer(status=500),
        redirect("http://10.0.0.1/"),
        a_page(text="Please accept our cookies."),
        answer(b"%PDF-1.7", headers=[("Content-Type", "application/pdf")]),
        answer(b"<html>" + b"<div>" * 100_000, headers=HTML),
        answer(b"\x00" * 1_000, headers=HTML),
        answer(b"x" * 2_000_001, headers=HTML),
    ],
)
async def test_the_teaser_stays_where_the_page_fails(room: Room, behaviour: Behaviour) -> None:
    await one(room, behaviour)
    (article,) = await room.articles()
    assert article.text == TEASER
    assert (await room.source()).state.error is None


async def test_a_whole_article_needs_no_page(room: Room) -> None:
    await room.add(answer(rss(item(link=room.web.at("/page")))))
    await room.refresh()
    assert [each.target for each in room.web.asked] == ["/wire"]


async def test_a_page_is_asked_for_once(room: Room) -> None:
    await one(room, a_page())
    room.web.on("/wire", answer(rss(teaser(room), item("Another"))))
    await room.again()
    assert [each.target for each in room.web.asked].count("/article-on-the-fine") == 1
    assert (await room.articles())[1].text == LONG.strip()


async def test_what_failed_for_a_moment_is_tried_when_the_feed_changes(room: Room) -> None:
    await one(room, answer(status=503))
    room.web.on("/article-on-the-fine", a_page())
    room.web.on("/wire", answer(rss(teaser(room), item("Another"))))
    await room.again()
    assert (await room.articles())[1].text == LONG.strip()


async def test_a_stored_article_is_not_replaced_by_its_teaser(room: Room) -> None:
    await one(room, a_page())
    room.web.on("/article-on-the-fine", answer(status=404))
    changed = teaser(room).replace("operator.", "operator again.")
    room.web.on("/wire", answer(rss(changed)))
    await room.again()
    (article,) = await room.articles()
    assert article.text == LONG.strip()


async def test_the_pages_of_one_look_are_bounded_and_the_rest_come_later(room: Room) -> None:
    paths = [f"/article-number-{number:03}" for number in range(MOST_PAGES + 10)]
    for path in paths:
        room.web.on(path, a_page())
    items = [teaser(room, f"Fine {path}", path) for path in paths]
    await room.add(answer(rss(*items)))
    await room.refresh()
    assert len(room.web.asked) == 1 + MOST_PAGES
    room.web.on("/wire", answer(rss(*items, item("One more"))))
    await room.again()
    assert len(room.web.asked) == 2 + len(paths)
    assert all(article.text == LONG.strip() for article in await room.articles())


async def test_a_host_that_wants_to_be_left_alone_is(room: Room) -> None:
    paths = [f"/article-number-{number:03}" for number in range(9)]
    for path in paths:
        room.web.on(path, answer(status=429))
    await room.add(answer(rss(*(teaser(room, f"Fine {path}", path) for path in paths))))
    report = await room.refresh()
    assert len(room.web.asked) == 2
    assert report.counts == Counts(new=9)


async def test_pages_of_one_host_are_asked_for_one_at_a_time(room: Room) -> None:
    asking = 0

    async def careful(asked: Asked, writer: asyncio.StreamWriter) -> None:
        nonlocal asking
        asking += 1
        assert asking == 1
        await asyncio.sleep(0.005)
        asking -= 1
        await a_page()(asked, writer)

    for source in ("A", "B", "C"):
        paths = [f"/article-{source}-{number:03}" for number in range(3)]
        for path in paths:
            room.web.on(path, careful)
        feed = rss(*(teaser(room, f"Fine {path}", path) for path in paths))
        await room.add(answer(feed), source)
    await room.refresh()
    assert all(article.text == LONG.strip() for article in await room.articles())


async def test_the_article_bears_its_canonical_address(room: Room) -> None:
    canonical = room.web.at("/2026/article-on-the-fine")
    head = f'<link rel="canonical" href="{canonical}?utm_source=x">'
    await one(room, a_page(head=head), "/article-on-the-fine")
    (article,) = await room.articles()
    assert article.url == canonical


async def test_a_page_cannot_speak_for_another_site(room: Room) -> None:
    head = '<link rel="canonical" href="https://bank.example/article-on-the-fine">'
    await one(room, a_page(head=head), "/article-on-the-fine")
    (article,) = await room.articles()
    assert article.url == room.web.at("/article-on-the-fine")
