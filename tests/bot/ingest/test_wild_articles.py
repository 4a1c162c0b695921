"""What real sources send in odd form, as a file, by an address and by a refresh."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.ingest.article_batches import ArticleBatches
from bot.ingest.pipeline import IngestPipeline
from bot.models import Article, ArticleKind, DatePrecision, ParsedArticle
from bot.sources.files.options import ReadOptions
from bot.sources.files.reader import read_paths
from tests.fakes.web import Behaviour, answer
from tests.support.feed_texts import page
from tests.support.scorer import built_in_scorer
from tests.support.source_room import Room

NAMESPACES = (
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
    'xmlns:a="http://www.w3.org/2005/Atom" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    ' xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" '
    'xmlns:prism="http://prismstandard.org/namespaces/basic/2.0/"'
)
TEXT = (
    "The dam at Orrin held through the night, engineers of the river board said. The water rose "
    "by four metres in a day, and 2,300 people from the villages below slept in schools. "
) * 4
DATE = "Sun, 22 Nov 2026 07:30:00 GMT"
HTML = [("Content-Type", "text/html; charset=utf-8")]


@dataclass(frozen=True)
class Door:
    """A way into the store: a file, the address of `ingest`, or a source that is refreshed."""

    room: Room
    way: str
    folder: Path

    async def bring(self, body: bytes, name: str = "wire.xml") -> Sequence[Article]:
        """Let the wire say this, perhaps after something else, and return all articles."""
        room = self.room
        if self.way == "file":
            (self.folder / name).write_bytes(body)
            read = read_paths([self.folder / name], ReadOptions(room.clock(), 2_000_000))
            batches = ArticleBatches(IngestPipeline(room.store, built_in_scorer()), "Wire")
            found = [each for each in read if isinstance(each, ParsedArticle)]
            await batches.add_all(found, room.clock())
        elif self.way == "address":
            await room.admin.ingest_url(room.web.on("/wire", answer(body)), source="Wire")
        elif await room.store.sources.find("Wire"):
            room.web.on("/wire", answer(body))
            await room.again(minutes=1)
        else:
            await room.add(answer(body))
            await room.refresh()
        return await room.articles()


@pytest.fixture(params=["file", "address", "refresh"])
def door(room: Room, request: pytest.FixtureRequest, tmp_path: Path) -> Door:
    return Door(room, request.param, tmp_path)


@pytest.fixture(params=["address", "refresh"])
def web_door(room: Room, request: pytest.FixtureRequest, tmp_path: Path) -> Door:
    return Door(room, request.param, tmp_path)


def feed(*items: str, head: str = "") -> str:
    return (
        f'{head}<rss version="2.0" {NAMESPACES}><channel><title>River Post</title>'
        f"<link>https://river.example/</link><language>en</language>{''.join(items)}</channel></rss>"
    )


def item(
    title: str, extra: str = f"<pubDate>{DATE}</pubDate>", *, link: str = "", text: str = TEXT
) -> str:
    address = link or f"https://river.example/news/{title.lower().replace(' ', '-')}"
    return (
        f"<item><title>{title}</title><link>{address}</link>{extra}"
        f"<description>{text}</description></item>"
    )


DATES = {
    "Finnish": ("To, 12 Marras 2026 21:05:09 +0200", "2026-11-12T19:05:09"),
    "Finnish of old": ("Ma, 04 Tammi 2016 06:40:00 +0000", "2016-01-04T06:40:00"),
    "Italian": ("ven, 08 gen 2021 19:02:45 +0100", "2021-01-08T18:02:45"),
    "Italian in summer": ("lun, 11 lug 2022 09:15:30 +0200", "2022-07-11T07:15:30"),
    "German": ("Sa, 07 Okt 2023 23:59:59 +0200", "2023-10-07T21:59:59"),
    "four letters": ("Tue, 08 Sept 2026 00:30:10 +0530", "2026-09-07T19:00:10"),
    "afternoon": ("Sat, Oct 31 2026 11:45:00 PM", "2026-10-31T23:45:00"),
    "CET": ("Mon, 16 Nov 2026 00:20:00 CET", "2026-11-15T23:20:00"),
    "BST": ("Tue, 04 Aug 2026 00:05:00 BST", "2026-08-03T23:05:00"),
    "IST": ("Sun, 15 Nov 2026 03:10:00 IST", "2026-11-14T21:40:00"),
    "MSK": ("Sun, 01 Nov 2026 01:00:00 MSK", "2026-10-31T22:00:00"),
    "AKST": ("Wed, 18 Nov 2026 21:30:00 AKST", "2026-11-19T06:30:00"),
    "UTC and hours": ("Sat, 14 Nov 2026 05:00:00 UTC+9", "2026-11-13T20:00:00"),
    "colon": ("Sat, 14 Nov 2026 05:00:00 -03:30", "2026-11-14T08:30:00"),
    "Russian": ("Вт, 10 мар 2026 23:30:00 +0500", "2026-03-10T18:30:00"),
    "French": ("dim., 13 août 2023 22:10:00 +0200", "2023-08-13T20:10:00"),
    "Spanish": ("vie, 19 dic 2025 00:00:01 -0300", "2025-12-19T03:00:01"),
    "Polish": ("Śr, 06 Wrz 2023 10:00:00 +0200", "2023-09-06T08:00:00"),
    "Chinese": ("2019年12月01日 22:45", "2019-12-01T22:45:00"),
    "Korean": ("2021.08.09 17:05:00", "2021-08-09T17:05:00"),
    "dots": ("09.08.2021 17:05", "2021-08-09T17:05:00"),
    "slashes": ("31/08/2021 17:05", "2021-08-31T17:05:00"),
    "Java": ("Thu Feb 29 23:15:00 CET 2024", "2024-02-29T22:15:00"),
    "hour 24": ("Wed, 28 Feb 2024 24:00:00 GMT", "2024-02-29T00:00:00"),
    "day": ("Thu, 29 Feb 2024", "2024-02-29"),
    "weekday and numbers": ("Thu, 2024-02-29 17:05", "2024-02-29T17:05:00"),
    "none": ("Invalid Date", ""),
}


def told(article: Article) -> str:
    """The date as it is shown: a day alone where no time is known, nothing where no day is."""
    if not article.is_dated:
        return ""
    day = article.date_precision is DatePrecision.DAY
    return article.published_at.strftime("%Y-%m-%d" if day else "%Y-%m-%dT%H:%M:%S")


async def test_fault_54_dates_in_any_spelling_are_the_stated_ones(door: Door) -> None:
    items = [item(name, f"<pubDate>{raw}</pubDate>") for name, (raw, _) in DATES.items()]
    found = {each.title: told(each) for each in await door.bring(feed(*items).encode())}
    assert found == {name: expected for name, (_, expected) in DATES.items()}


ELEMENTS = (
    "<dc:date>2023-03-14T06:00:00+02:00</dc:date>",
    "<dcterms:created>2023-03-14T04:00:00Z</dcterms:created>",
    "<a:updated>2023-03-14T04:00:00Z</a:updated>",
    "<published>2023-03-14T04:00:00Z</published>",
    "<pubdate>Tue, 14 Mar 2023 04:00:00 GMT</pubdate>",
    "<date>2023-03-14 04:00</date>",
    "<prism:publicationDate>2023-03-14T04:00:00Z</prism:publicationDate>",
    "<pubDate>%A, %d %B</pubDate><dc:date>2023-03-14T04:00:00Z</dc:date>",
)


async def test_fault_54_any_element_may_state_the_date(door: Door) -> None:
    items = [item(f"Dam {number}", each) for number, each in enumerate(ELEMENTS)]
    items.append(item("Dam undated", ""))
    found = [told(each) for each in await door.bring(feed(*items).encode())]
    assert found == ["2023-03-14T04:00:00"] * len(ELEMENTS) + [""]


@pytest.mark.parametrize(
    ("title", "codec", "label"),
    [
        ("水库大坝溃决，朱镕基说", "gbk", "gb2312"),
        ("ダムが②号で持ちこたえた、髙田知事", "cp932", "Shift_JIS"),
        ("댐이 버텼다, 똠방각하 펲", "cp949", "euc-kr"),
        ("Dam’s “worst” night – €40m", "cp1252", "iso-8859-1"),
        ("เขื่อนยังอยู่ดี", "cp874", "windows-874"),
    ],
)
async def test_fault_57_a_short_feed_is_read_in_its_encoding(
    door: Door, title: str, codec: str, label: str
) -> None:
    head = f'<?xml version="1.0" encoding="{label}"?>'
    body = feed(item(title, link="https://river.example/1", text=title), head=head)
    assert [each.title for each in await door.bring(body.encode(codec))] == [title]


ITEMS = item("Dam holds"), item("Dam repaired")
JSON_ITEMS = [
    {"id": str(number), "url": f"https://river.example/{number}", "title": title,
     "content_text": TEXT, "date_published": "2026-11-22T07:30:00Z"}
    for number, title in enumerate(("Dam holds", "Dam repaired"))
]  # fmt: skip
SUBSET = (
    '<!DOCTYPE rss [<!ENTITY % latin PUBLIC "-//W3C//ENTITIES Latin 1//EN" "xhtml-lat1.ent">'
    ' %latin; <!ENTITY what "Dam">]>'
)
JUNK = {
    "warning": "<br />\n<b>Notice</b>: Undefined variable: x in <b>/srv/rss.php</b> on line <b>3"
    f"</b><br />\n{feed(*ITEMS)}",
    "comment": f'<?xml version="1.0"?><!-- {"All rights reserved. " * 400} -->{feed(*ITEMS)}',
    "no version": json.dumps({"title": "River Post", "items": JSON_ITEMS}),
    "late version": json.dumps(
        {"items": JSON_ITEMS, "title": "x" * 9_000, "version": "https://jsonfeed.org/version/1.1"}
    ),
    "entities": feed(*ITEMS, head=SUBSET).replace("Dam holds", "&what; holds"),
    "capitals": feed(*ITEMS).replace("item>", "ITEM>").replace("title>", "TITLE>"),
    "cut off": feed(*ITEMS, item("Dam three"))[: -len(TEXT) - 100],
}


@pytest.mark.parametrize("junk", JUNK.values(), ids=JUNK)
async def test_fault_58_a_feed_is_its_items_whatever_is_around_them(door: Door, junk: str) -> None:
    name = "wire.json" if junk.startswith("{") else "wire.xml"
    found = await door.bring(junk.encode(), name)
    assert [each.title for each in found] == ["Dam holds", "Dam repaired"]
    assert {told(each) for each in found} == {"2026-11-22T07:30:00"}


async def test_fault_58_an_episode_has_its_summary_and_the_address_of_its_sound(door: Door) -> None:
    episode = (
        '<item><title>Episode 9</title><enclosure url="https://cdn.example/9.mp3" length="1" '
        f'type="audio/mpeg"/><pubDate>{DATE}</pubDate><itunes:summary>{TEXT}</itunes:summary></item>'
    )
    (article,) = await door.bring(feed(episode).encode())
    assert (article.text, article.url) == (TEXT.strip(), "https://cdn.example/9.mp3")


LINKS = {
    "/news/a": "https://river.example/news/a",
    "//river.example/news/b": "https://river.example/news/b",
    "https://river.example\\news\\c": "https://river.example/news/c",
    "<![CDATA[\n https://river.example/d \n]]>": "https://river.example/d",
}


async def test_fault_58_addresses_are_read_as_browsers_read_them(door: Door) -> None:
    items = [item(f"Dam {number}", link=link) for number, link in enumerate(LINKS)]
    assert [each.url for each in await door.bring(feed(*items).encode())] == [*LINKS.values()]


ADVERTS = {
    "Sponsored: pumps for every cellar": ("", "", ArticleKind.ADVERT),
    "Pumps for every cellar": ("<category>Sponsored</category>", "", ArticleKind.ADVERT),
    "A pump that pays": ("", "This is a paid post by PumpCo.", ArticleKind.ADVERT),
    "Pumps at half price": ("", "We may earn a commission if you buy.", ArticleKind.DEALS),
    "[Publicité] Une pompe pour tous": ("", "", ArticleKind.ADVERT),
    "Quick crossword No 17,000": ("", "", ArticleKind.HOROSCOPE),
    "River board buys pumps": ("<category>News</category>", "", ArticleKind.NEWS),
}


async def test_fault_59_adverts_are_stored_as_what_they_are(door: Door) -> None:
    items = [
        item(title, f"<pubDate>{DATE}</pubDate>{category}", text=f"{TEXT}{end}")
        for title, (category, end, _) in ADVERTS.items()
    ]
    found = await door.bring(feed(*items).encode())
    assert {each.title: each.kind for each in found} == {
        title: kind for title, (_, _, kind) in ADVERTS.items()
    }
    assert [each.title for each in found if each.story_id] == ["River board buys pumps"]


async def test_fault_56_a_link_that_is_issued_again_is_no_second_article(door: Door) -> None:
    def issued(token: str) -> bytes:
        extra = f'<guid isPermaLink="false">{token}</guid><pubDate>{DATE}</pubDate>'
        outlet = '<source url="https://river.example">River Post</source>'
        link = f"https://news.example/rss/articles/{token}?oc=5"
        return feed(item("Dam holds - River Post", extra + outlet, link=link)).encode()

    await door.bring(issued("CBMiAAA1"))
    (article,) = await door.bring(issued("CBMiBBB2"))
    assert article.source == "River Post"


async def test_fault_56_an_edited_article_is_changed(door: Door) -> None:
    def edition(number: int, title: str, text: str) -> bytes:
        link = "https://river.example/news/c77?at_medium=RSS"
        extra = f'<guid isPermaLink="false">https://river.example/news/c77#{number}</guid>'
        date = f"<pubDate>Sun, 22 Nov 2026 0{7 + number}:30:00 GMT</pubDate>"
        return feed(item(title, extra + date, link=link, text=text)).encode()

    await door.bring(edition(0, "Dam under strain: what we know", TEXT))
    (article,) = await door.bring(edition(1, "Dam holds, board says", f"All is well. {TEXT}"))
    assert article.title == "Dam holds, board says"
    assert article.text.startswith("All is well. ")
    assert told(article) == "2026-11-22T08:30:00"


WALLS = {
    "cookies": page(
        "Before you go on",
        "We use cookies and data to run our services and to measure engagement.\n\n"
        "Accept all to let our partners show personalised ads.\n\n"
        "What you see depends on your location and on the content you are viewing.",
    ),
    "scripts": page("River Post", "Please enable JavaScript and disable any ad blocker."),
    "bots": page("Just a moment...", "Checking your browser before you are let in. Ray ID: 7f3"),
}
TEASERS = {
    "cookies": "The dam at Orrin held through the night, the river board said on Sunday.",
    "scripts": "A bridge over the Hessel is shut after a barge struck it, police said.",
    "bots": "Ferries to Port Aven stopped on Sunday in a storm, the harbour master said.",
}


def a_wall(body: bytes) -> Behaviour:
    return answer(body, headers=HTML)


async def test_fault_55_a_teaser_stays_before_a_wall(web_door: Door) -> None:
    web = web_door.room.web
    items = [
        item(name, link=web.on(f"/{name}", a_wall(body)), text=TEASERS[name])
        for name, body in WALLS.items()
    ]
    found = await web_door.bring(feed(*items).encode())
    assert {each.title: each.text for each in found} == TEASERS
    assert len({each.story_id for each in found}) == len(TEASERS)


async def test_fault_55_an_offer_beside_the_first_sentence_is_not_stored(web_door: Door) -> None:
    teaser = TEASERS["cookies"]
    offer = (
        "Subscribe to unlock this article. Try unlimited access: 1 € for 4 weeks, then 39 € per "
        "month. Complete digital access to all our news on any device. Cancel anytime."
    )
    body = page("Dam holds", f"{teaser}\n\n{offer}")
    link = web_door.room.web.on("/dam", a_wall(body))
    (article,) = await web_door.bring(feed(item("Dam holds", link=link, text=teaser)).encode())
    assert article.text == teaser
