"""What a link opens, what it does not, and what goes out with every page."""

from __future__ import annotations

import asyncio
import re
from dataclasses import replace
from datetime import timedelta
from html import unescape

import httpx
import pytest

from bot.errors import StoreError
from bot.models import Briefing, withdrawal_of
from bot.page_links import new_token
from bot.render.day_line import day_line
from bot.render.silence import shortened
from bot.web import kept_pages
from bot.web.headers import ALWAYS
from bot.web.layout import LARGEST
from bot.web.site import PAGES_A_MINUTE, STRANGE_A_MINUTE
from tests.support.clock import Clock, Seconds
from tests.support.page_room import PageRoom, paths_of

NAMES = ("digest", "story", "article", "topic", "archive", "topics", "search", "nothing")


def text_of(page: httpx.Response) -> str:
    """What a reader reads, without marks."""
    return " ".join(unescape(re.sub(r"<[^>]+>", "", page.text)).split())


async def test_every_page_has_the_header_that_names_where_one_is(
    room: PageRoom, browser: httpx.AsyncClient
) -> None:
    paths = paths_of(room)
    found = {name: (await browser.get(paths[name])).text for name in NAMES}
    assert all('<span class="brand">briefbot</span>' in each for each in found.values())
    here = {
        name: re.findall(r'<a [^>]*aria-current="page">([^<]+)</a>', each)
        for name, each in found.items()
    }
    assert here["archive"] == ["All digests"]
    assert here["topics"] == ["Topics"]
    assert here["search"] == ["Search"]
    assert here["story"] == here["nothing"] == []


@pytest.mark.parametrize("name", NAMES)
async def test_every_page_is_small_and_guarded(
    name: str, room: PageRoom, browser: httpx.AsyncClient
) -> None:
    page = await browser.get(paths_of(room)[name])
    assert page.status_code == (404 if name == "nothing" else 200)
    assert len(page.content) <= LARGEST
    assert {header: page.headers[header] for header in ALWAYS} == ALWAYS
    assert "cache-control" in page.headers
    assert "<script" not in page.text
    assert " style=" not in page.text
    assert not re.search(r" on\w+=", page.text)


async def test_a_bullet_opens_to_its_sentence_marked_in_its_article(
    room: PageRoom, browser: httpx.AsyncClient
) -> None:
    page = await browser.get(f"/d/{room.digest}")
    said = text_of(page)
    for bullet in room.briefing.bullets:
        assert " ".join(bullet.text.split()) in said
    bullets = page.text.partition('id="figures"')[0]
    marks = [unescape(each) for each in re.findall(r"<mark>(.*?)</mark>", bullets, re.DOTALL)]
    quotes = {each.quote for bullet in room.briefing.bullets for each in bullet.citations[:3]}
    assert {" ".join(each.split()) for each in marks} == {" ".join(each.split()) for each in quotes}
    assert page.text.count("<details>") == len(room.briefing.bullets)


async def test_a_changed_article_is_not_passed_off_as_the_proof(
    room: PageRoom, browser: httpx.AsyncClient
) -> None:
    citation = room.briefing.bullets[0].citations[0]
    article = await room.store.articles.get(citation.article_id)
    assert article is not None
    await room.store.articles.add(
        replace(article, text="Quite another text.", title="Another", content_hash="other")
    )
    page = await browser.get(f"/d/{room.digest}")
    assert "does not hold this sentence any more" in page.text


async def test_the_link_of_a_digest_opens_its_own_stories_and_topics_alone(
    room: PageRoom, browser: httpx.AsyncClient
) -> None:
    told = {each.story_id for each in room.briefing.bullets}
    told |= {each.story_id for part in room.briefing.sections for each in part.going_on}
    hits = await room.store.search.find("the", limit=100)
    other = next(each.article for each in hits if each.article.story_id not in told)
    for path in (f"stories/{other.story_id}", f"articles/{other.id}", "search?q=x", "topics"):
        assert (await browser.get(f"/d/{room.digest}/{path}")).status_code == 404, path
        answer = await browser.get(f"/c/{room.archive}/{path}")
        assert answer.status_code == 200, path


async def test_the_archive_opens_its_own_digests_alone(
    room: PageRoom, browser: httpx.AsyncClient
) -> None:
    archive = await browser.get(f"/c/{room.archive}")
    found = re.findall(rf'href="(/c/{room.archive}/digests/\d+)"', archive.text)
    assert len(found) == 3
    first = text_of(await browser.get(found[0]))
    assert all(" ".join(each.text.split()) in first for each in room.briefing.bullets)
    for path in ("digests/999", "digests/x", "digests/9999999999999999999999"):
        assert (await browser.get(f"/c/{room.archive}/{path}")).status_code == 404


async def test_a_link_of_one_kind_is_none_of_the_other(
    room: PageRoom, browser: httpx.AsyncClient
) -> None:
    assert (await browser.get(f"/c/{room.digest}")).status_code == 404
    assert (await browser.get(f"/d/{room.archive}")).status_code == 404
    assert (await browser.get(f"/d/{new_token()}")).status_code == 404


async def test_a_link_ends_with_its_days_and_when_it_is_renewed(
    room: PageRoom, browser: httpx.AsyncClient, clock: Clock
) -> None:
    clock.now = room.now + timedelta(days=89)
    assert (await browser.get(f"/d/{room.digest}")).status_code == 200
    clock.now = room.now + timedelta(days=91)
    assert (await browser.get(f"/d/{room.digest}")).status_code == 404
    clock.now = room.now
    await room.store.page_links.renew(room.channel.id, new_token(), room.now)
    assert (await browser.get(f"/d/{room.digest}")).status_code == 404
    assert (await browser.get(f"/c/{room.archive}")).status_code == 404


async def test_a_story_shows_each_source_and_each_article(
    room: PageRoom, browser: httpx.AsyncClient
) -> None:
    path = paths_of(room)["story"]
    story = await room.store.stories.get(path.rpartition("/")[2])
    assert story is not None
    assert len({each.source for each in story.articles}) > 2
    said = text_of(await browser.get(path))
    for article in story.articles:
        assert said.count(article.source) >= 2
        assert article.title in said


async def test_numbers_that_changed_stand_with_their_sources(
    room: PageRoom, browser: httpx.AsyncClient
) -> None:
    bullet = next(each for each in room.briefing.bullets if "31" in each.text)
    page = await browser.get(f"/d/{room.digest}/stories/{bullet.story_id}")
    numbers = re.findall(r'class="number">([^<]+)<', page.text)
    assert numbers.index("29") < numbers.index("31")


async def test_a_figure_is_followed_through_its_story_with_each_sentence_marked(
    room: PageRoom, browser: httpx.AsyncClient
) -> None:
    bullet = next(each for each in room.briefing.bullets if "31" in each.text)
    page = await browser.get(f"/d/{room.digest}/stories/{bullet.story_id}")
    assert "killed: at least 24, then 29, then 31" in text_of(page)
    followed = page.text.partition('id="numbers"')[2].partition('id="line"')[0]
    marks = re.findall(r'href="([^"]+#mark)"', followed)
    assert len(marks) >= 4
    for path in marks:
        article = await browser.get(unescape(path).removesuffix("#mark"))
        assert article.status_code == 200
        assert "<mark" in article.text


async def test_a_topic_shows_its_trend_as_a_chart_and_as_a_table(
    room: PageRoom, browser: httpx.AsyncClient
) -> None:
    page = await browser.get(f"/d/{room.digest}/topics/energy")
    trend = page.text.partition('id="places"')[0]
    assert trend.count("<rect") == trend.count('<th scope="row">') == 30
    assert '<title id="trend-chart-title">Stories a day</title>' in trend
    assert re.search(
        r'<desc id="trend-chart-desc">Stories a day in the last 30 days: [\d.]+', trend
    )
    assert 'role="img" aria-labelledby="trend-chart-title trend-chart-desc"' in trend


async def test_search_takes_any_text(room: PageRoom, browser: httpx.AsyncClient) -> None:
    path = f"/c/{room.archive}/search"
    for query in ('"><script>alert(1)</script>', '" OR NEAR(*', "\u202e\0", "x" * 5000, "%ff"):
        page = await browser.get(path, params={"q": query})
        assert page.status_code == 200
        assert "<script" not in page.text
    assert "Nothing found" in (await browser.get(path, params={"q": "zzzqqq"})).text


async def test_text_from_right_to_left_says_so(room: PageRoom, browser: httpx.AsyncClient) -> None:
    hit = (await room.store.search.find("مارینڈا"))[0].article
    page = await browser.get(f"/c/{room.archive}/articles/{hit.id}")
    assert re.search(r'<h1 dir="auto" lang="ur">', page.text)


async def test_a_link_that_is_asked_too_often_waits(
    room: PageRoom, browser: httpx.AsyncClient, seconds: Seconds
) -> None:
    path = f"/c/{room.archive}/topics"
    found = [(await browser.get(path)).status_code for _ in range(PAGES_A_MINUTE + 2)]
    assert found == [200] * PAGES_A_MINUTE + [429] * 2
    seconds.now += 1
    assert (await browser.get(path)).status_code == 200


async def test_guessing_links_is_slowed_down_and_holds_up_no_good_link(
    room: PageRoom, browser: httpx.AsyncClient, seconds: Seconds
) -> None:
    found = [(await browser.get("/d/wrong")).status_code for _ in range(STRANGE_A_MINUTE + 1)]
    assert found == [404] * STRANGE_A_MINUTE + [429]
    assert (await browser.get(f"/d/{new_token()}")).status_code == 429
    assert (await browser.get(f"/d/{room.digest}")).status_code == 200
    assert (await browser.get(f"/c/{room.archive}")).status_code == 200
    seconds.now += 60
    assert (await browser.get("/d/wrong")).status_code == 404


async def test_readers_write_nothing(room: PageRoom, browser: httpx.AsyncClient) -> None:
    before = await room.store.row_counts()
    for path in paths_of(room).values():
        await browser.get(path)
        assert (await browser.post(path)).status_code == 405 or path == "/d/none"
    assert await room.store.row_counts() == before


async def test_without_a_database_there_is_a_plain_word(
    room: PageRoom, browser: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(*_: object) -> None:
        raise StoreError("/secret/path is gone")

    monkeypatch.setattr(room.store.page_links, "open", broken)
    page = await browser.get(f"/d/{room.digest}")
    assert page.status_code == 503
    assert "secret" not in page.text


async def test_a_fault_shows_no_details(
    room: PageRoom, browser: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(*_: object) -> None:
        raise RuntimeError("secret details")

    monkeypatch.setattr(room.store.briefings, "get", broken)
    page = await browser.get(f"/d/{room.digest}")
    assert page.status_code == 500
    assert "secret" not in page.text
    assert page.headers["content-security-policy"] == ALWAYS["content-security-policy"]


async def test_the_stored_text_is_marked_where_the_citation_says(
    room: PageRoom, browser: httpx.AsyncClient
) -> None:
    digest = await browser.get(f"/d/{room.digest}")
    bullets = digest.text.partition('id="figures"')[0]
    links = re.findall(rf'href="(/d/{room.digest}/articles/[^"]+)"', bullets)
    cited = {each.quote for bullet in room.briefing.bullets for each in bullet.citations}
    assert len(links) >= len(room.briefing.bullets)
    for link in links:
        page = await browser.get(unescape(link))
        marks = re.findall(r"<mark[^>]*>(.*?)</mark>", page.text, re.DOTALL)
        assert [" ".join(unescape(each).split()) for each in marks] in [
            [" ".join(quote.split())] for quote in cited
        ], link


async def test_a_withdrawn_bullet_is_struck_out_and_says_why(
    room: PageRoom, browser: httpx.AsyncClient, seconds: Seconds
) -> None:
    bullet = room.briefing.bullets[0]
    assert "<s>" not in (await browser.get(f"/d/{room.digest}")).text
    assert await room.store.withdrawals.add(withdrawal_of(bullet, "The <town> is wrong.", room.now))
    seconds.now += kept_pages.SECONDS
    for path in (f"/d/{room.digest}", f"/d/{room.digest}/stories/{bullet.story_id}"):
        page = await browser.get(path)
        assert page.text.count("<s>") == 1, path
        assert ": The <town> is wrong." in unescape(page.text)


async def test_the_line_of_the_day_leaves_out_what_is_withdrawn(
    room: PageRoom, browser: httpx.AsyncClient, seconds: Seconds
) -> None:
    archive = f"/c/{room.archive}"
    link = re.findall(rf'href="({archive}/digests/\d+)"', (await browser.get(archive)).text)[0]
    paths = (f"/d/{room.digest}", link, archive)
    leading = day_line(room.briefing).partition("Leading: ")[2]
    for path in paths:
        assert f"Leading: {leading}" in text_of(await browser.get(path)), path
    told = next(
        each
        for each in room.briefing.leading
        if leading in (shortened(each.text, 110), each.citations[0].title)
    )
    assert await room.store.withdrawals.add(withdrawal_of(told, "Wrong.", room.now))
    seconds.now += kept_pages.SECONDS
    for path in paths:
        said = text_of(await browser.get(path))
        assert "Leading: " in said, path
        assert f"Leading: {leading}" not in said, path


async def test_a_page_is_made_once_for_many_readers_and_its_link_looked_up_for_each(
    room: PageRoom,
    browser: httpx.AsyncClient,
    seconds: Seconds,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    read, get = 0, room.store.briefings.get

    async def counted(briefing_id: str) -> Briefing | None:
        nonlocal read
        read += 1
        return await get(briefing_id)

    monkeypatch.setattr(room.store.briefings, "get", counted)
    path = f"/d/{room.digest}"
    pages = await asyncio.gather(*(browser.get(path) for _ in range(20)))
    assert {each.text for each in pages} == {pages[0].text}
    assert read == 1
    seconds.now += kept_pages.SECONDS
    assert (await browser.get(path)).status_code == 200
    assert read == 2
    same = await browser.get(path, headers={"if-none-match": pages[0].headers["etag"]})
    assert (same.status_code, same.content) == (304, b"")
    await room.store.page_links.end(room.channel.id)
    assert (await browser.get(path)).status_code == 404


async def test_no_more_pages_are_kept_than_allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_pages, "MOST", 2)
    made: list[int] = []

    async def make() -> str:
        made.append(1)
        return "page"

    kept = kept_pages.KeptPages(Seconds())
    for key in (1, 2, 3, 3, 1):
        await kept.get(key, make)
    assert len(made) == 4
