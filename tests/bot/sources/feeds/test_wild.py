"""Feeds as careless servers send them: junk around them, odd elements, addresses, dates."""

from __future__ import annotations

import json

import pytest

from bot.errors import RefusedInput
from bot.models import ArticleKind, DatePrecision
from bot.sources.feeds.entry import Entry
from bot.sources.feeds.reader import is_feed, read_feed
from tests.support.builders import NOW

URL = "https://feeds.example/dam/rss"
TEXT = "The dam at Orrin held through the night, engineers of the river board said. " * 9
NAMESPACES = (
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
    'xmlns:a="http://www.w3.org/2005/Atom" xmlns:media="http://search.yahoo.com/mrss/" '
    'xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" '
    'xmlns:prism="http://prismstandard.org/namespaces/basic/2.0/"'
)
DATE = "<pubDate>Sun, 22 Nov 2026 07:30:00 GMT</pubDate>"


def feed(*items: str, language: str = "en", channel: str = "https://river.example/") -> str:
    return (
        f'<?xml version="1.0"?><rss version="2.0" {NAMESPACES}><channel><title>River Post</title>'
        f"<link>{channel}</link><language>{language}</language>{''.join(items)}</channel></rss>"
    )


def item(extra: str = DATE, title: str = "Dam holds", link: str = "/news/dam-holds") -> str:
    named = f"<link>{link}</link>" if link else ""
    return f"<item><title>{title}</title>{named}{extra}<description>{TEXT}</description></item>"


def read(text: str | bytes) -> tuple[Entry, ...]:
    data = text if isinstance(text, bytes) else text.encode()
    assert is_feed(data)
    return read_feed(data, NOW, url=URL).entries


JUNK = [
    ("", ""),
    ("<br />\n<b>Deprecated</b>: each() in <b>/srv/x.php</b> on line <b>9</b><br />\n", ""),
    ("Notice: undefined index\n\n\n", ""),
    ("<script>var a = 1 < 2;</script>\n", ""),
    ("\ufeff\n\n  ", ""),
    (f"<!-- {'licence ' * 4_000} -->\n", ""),
    ("<!-- a --><!-- b -->" * 50, ""),
    ("", "\n<!-- cached -->"),
    ("", "<script>track()</script>"),
    ("", "\n\n<div>Powered by nothing</div></body></html>"),
    ("<html><body><pre>", "</pre></body></html>"),
]


@pytest.mark.parametrize(("before", "after"), JUNK)
def test_fault_58_junk_around_a_feed_does_no_harm(before: str, after: str) -> None:
    entries = read(before + feed(item(), item(title="Dam repaired", link="/news/two")) + after)
    assert [each.article.title for each in entries] == ["Dam holds", "Dam repaired"]


def test_fault_58_a_page_that_shows_a_feeds_source_is_that_feed() -> None:
    shown = feed(item()).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    (entry,) = read(f"<html><body><pre>{shown}</pre></body></html>")
    assert entry.article.title == "Dam holds"


def test_fault_58_upper_case_tags_and_entities_of_its_own_are_read() -> None:
    upper = (
        '<RSS VERSION="0.91"><CHANNEL><TITLE>R</TITLE><LINK>https://river.example/</LINK><ITEM>'
        f"<TITLE>Dam holds</TITLE><LINK>https://river.example/1</LINK>{DATE.upper()}"
        f"<DESCRIPTION>{TEXT}</DESCRIPTION></ITEM></CHANNEL></RSS>"
    )
    (entry,) = read(upper)
    assert (entry.article.title, entry.article.url) == ("Dam holds", "https://river.example/1")
    assert entry.article.published_at
    subset = (
        '<!DOCTYPE rss [<!ENTITY % latin PUBLIC "-//W3C//ENTITIES Latin 1//EN" "xhtml-lat1.ent">'
        " %latin; <!ENTITY board 'Orrin River Board'>]>"
    )
    plain = feed(item(title="&board; closes caf&eacute;")).replace("?>", f"?>{subset}", 1)
    (entry,) = read(plain)
    assert entry.article.title == "Orrin River Board closes café"


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("Board&#146;s worst day &#x96; again", "Board’s worst day – again"),
        ("Fire &#55357;&#56613; at the dam", "Fire 🔥 at the dam"),
        ("Fire &#xD83D;&#xDD25; at the dam", "Fire 🔥 at the dam"),
        ("Half &#55357; of it&#146;", "Half of it’"),
    ],
)
def test_fault_57_references_that_xml_forbids_are_read_as_browsers_do(
    written: str, title: str
) -> None:
    (entry,) = read(feed(item(title=written)))
    assert entry.article.title == title


@pytest.mark.parametrize(
    ("whole", "careless"),
    [
        ("Dam's end", "Dam&#39;s end"),
        ('on."}]}', 'on.",},]}'),
        ("It holds on", "It\tholds on"),
    ],
)
def test_fault_58_a_careless_json_feed_is_read(whole: str, careless: str) -> None:
    told = '"title": "Dam\'s end", "content_text": "It holds on."'
    text = f'{{"items": [{{"id": "1", "url": "/1", {told}}}]}}'
    assert whole in text
    (entry,) = read(text.replace(whole, careless))
    assert (entry.article.title, entry.article.text) == ("Dam's end", "It holds on.")


def test_fault_33_entities_cannot_make_a_feed_large() -> None:
    subset = f'<!DOCTYPE rss [<!ENTITY a "{"x" * 400}">]>'
    large = feed(item(title="&a;" * 4_000)).replace("?>", f"?>{subset}", 1)
    with pytest.raises(RefusedInput, match="far larger"):
        read(large)


def test_fault_58_a_last_item_that_was_cut_off_is_dropped_or_keeps_its_date() -> None:
    whole = feed(item(), item(title="Dam two", link="/2"), item(title="Dam three", link="/3"))
    at = whole.rindex("<title>")
    without_date = whole[: whole.index("<pubDate>", at) + 12]
    assert [each.article.title for each in read(without_date)] == ["Dam holds", "Dam two"]
    in_text = whole[: whole.index("<description>", at) + 60]
    assert all(each.article.published_at for each in read(in_text))


@pytest.mark.parametrize("version", [None, "1", 2, "https://jsonfeed.org/version/1"])
def test_fault_58_a_json_feed_needs_no_version(version: object) -> None:
    items = [{"id": 4, "url": "/dam", "title": "Dam holds", "content_text": TEXT}]
    told = {"title": "River", "description": "x" * 9_000, "items": items, "version": version}
    (entry,) = read(json.dumps(told))
    assert (entry.article.title, entry.article.url) == ("Dam holds", "https://feeds.example/dam")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<br />\n<b>Notice</b>: x in <b>/srv/a.php</b> on line <b>9</b><br />\n", ""),
        ("PHP Warning: x\n", "\n<!-- cached -->"),
        ("show(", ");"),
        ("\ufeff\n", "\n"),
    ],
)
def test_fault_58_junk_around_a_json_feed_does_no_harm(before: str, after: str) -> None:
    items = [{"id": "4", "url": "/dam", "title": "Dam holds", "content_text": TEXT}]
    feed = json.dumps({"title": "River", "description": "x" * 300_000, "items": items})
    (entry,) = read(before + feed + after)
    assert entry.article.title == "Dam holds"


def test_fault_58_a_page_with_data_in_it_is_no_feed() -> None:
    data = json.dumps({"title": "x", "items": [{"id": 1, "url": "/a", "title": "A"}]})
    assert not is_feed(
        f"<html><body><p>Dam</p><script>var x = {data}</script></body></html>".encode()
    )
    assert not is_feed(f"Prices {data[:12]} of pumps".encode())


@pytest.mark.parametrize(
    "told",
    [
        {"items": [{"price": 4, "id": 1}]},
        {"items": ["a", "b"]},
        {"items": []},
        {"error": "not found", "items": None},
    ],
)
def test_fault_58_other_json_is_no_feed(told: object) -> None:
    with pytest.raises(RefusedInput, match="not a feed"):
        read_feed(json.dumps(told).encode(), NOW, url=URL)


@pytest.mark.parametrize(
    "element",
    [
        "<dc:date>2026-11-22T07:30:00Z</dc:date>",
        "<dcterms:issued>2026-11-22T07:30:00Z</dcterms:issued>",
        "<dcterms:created>2026-11-22T07:30:00Z</dcterms:created>",
        "<dcterms:modified>2026-11-22T07:30:00Z</dcterms:modified>",
        "<a:updated>2026-11-22T07:30:00Z</a:updated>",
        "<a:published>2026-11-22T07:30:00Z</a:published>",
        "<prism:publicationDate>2026-11-22T07:30:00Z</prism:publicationDate>",
        "<pubdate>Sun, 22 Nov 2026 07:30:00 GMT</pubdate>",
        "<PubDate><![CDATA[ 22 novembre 2026 07:30 ]]></PubDate>",
        "<date>22.11.2026 07:30</date>",
        "<post-date>2026-11-22 07:30</post-date>",
        "<publishDate>2026-11-22T07:30:00Z</publishDate>",
        '<w:pubDate xmlns:w="urn:w">Sun, 22 Nov 2026 07:30:00 GMT</w:pubDate>',
        "<pubDate>Invalid Date</pubDate><dc:date>2026-11-22T07:30:00Z</dc:date>",
        "<pubDate></pubDate><a:updated>2026-11-22T07:30:00Z</a:updated>",
        "<pubDate>Sun, 22 Nov 2026</pubDate><dc:date>2026-11-22T07:30:00Z</dc:date>",
    ],
)
def test_fault_54_every_date_element_is_tried(element: str) -> None:
    (entry,) = read(feed(item(element)))
    assert entry.article.published_at
    assert entry.article.published_at.isoformat() == "2026-11-22T07:30:00+00:00"


def test_fault_54_a_feed_without_readable_dates_gives_undated_articles() -> None:
    entries = read(feed(item("<pubDate>{{ date }}</pubDate>"), item("", link="/2")))
    assert [each.article.published_at for each in entries] == [None, None]
    assert [each.article.date_stated for each in entries] == ["{{ date }}", None]


def test_fault_54_a_feeds_own_dates_show_the_order_of_day_and_month() -> None:
    dates = ("05/11/2026 10:00", "19/11/2026 10:00", "02/10/2026")
    entries = read(
        feed(*(item(f"<pubDate>{each}</pubDate>", link=f"/{each[:2]}") for each in dates))
    )
    found = [each.article.published_at for each in entries]
    assert [(each.month, each.day) for each in found if each] == [(11, 5), (11, 19), (10, 2)]
    assert entries[2].article.date_precision is DatePrecision.DAY


def test_fault_58_a_podcast_has_its_summary_and_its_enclosure() -> None:
    episode = (
        '<item><title>Episode 9</title><enclosure url="https://cdn.example/9.mp3" type="audio/mpeg"'
        f'/><guid isPermaLink="false">e9</guid>{DATE}<itunes:summary>{TEXT}</itunes:summary></item>'
    )
    (entry,) = read(feed(episode))
    assert (entry.article.text, entry.article.url) == (TEXT.strip(), "https://cdn.example/9.mp3")


@pytest.mark.parametrize(
    "description", ["Listen now.", "Fire stops the Varden power plant for days"]
)
def test_fault_58_a_summary_that_says_nothing_gives_way_to_a_longer_one(description: str) -> None:
    episode = (
        "<item><title>Fire stops the Varden power plant for days</title><link>/9</link>"
        f"{DATE}<description>{description}</description>"
        f"<itunes:summary>{TEXT}</itunes:summary></item>"
    )
    (entry,) = read(feed(episode))
    assert entry.article.text == TEXT.strip()


@pytest.mark.parametrize(
    ("link", "url"),
    [
        ("/news/a", "https://river.example/news/a"),
        ("news/a", "https://river.example/news/a"),
        ("river.example/news/a", "https://river.example/news/a"),
        ("www.river.example/news/a", "https://www.river.example/news/a"),
        ("//river.example/news/a", "https://river.example/news/a"),
        ("https:///river.example/news/a", "https://river.example/news/a"),
        ("feed:https://river.example/news/a", "https://river.example/news/a"),
        ("https:\\\\river.example\\news\\a", "https://river.example/news/a"),
        ("https://river.example\\news\\a", "https://river.example/news/a"),
        ("  https://river.example/a  ", "https://river.example/a"),
        ("https://river.example/a b/ü", "https://river.example/a%20b/%C3%BC"),
        ("javascript:alert(1)", None),
        ("https://river.example@evil.example/", None),
    ],
)
def test_fault_58_links_are_read_as_browsers_read_them(link: str, url: str | None) -> None:
    (entry,) = read(feed(item(link=link)))
    assert entry.article.url == url


@pytest.mark.parametrize(
    "marks",
    [
        'rel="enclosure"',
        'rel="replies"',
        'rel="self"',
        'rel="nofollow related"',
        'rel="http://www.iana.org/assignments/relation/next"',
        'type="image/jpeg"',
        'type="Audio/mpeg"',
        'rel="alternate" type="video/mp4"',
    ],
)
def test_a_link_to_something_else_is_known_though_its_address_is_its_text(marks: str) -> None:
    other = f"<a:link {marks}>https://cdn.example/dam</a:link>"
    own = '<a:link rel="alternate" type="text/html" href="https://river.example/news/a"/>'
    for links in (other + own, own + other):
        (entry,) = read(feed(item(link="", extra=DATE + links)))
        assert entry.article.url == "https://river.example/news/a"


@pytest.mark.parametrize(
    "marks",
    ["", 'rel="bookmark"', 'rel="nofollow"', 'rel="external nofollow"', 'rel="standout"',
     'rel="alternate"', 'type="text/html"'],
)  # fmt: skip
def test_a_link_whose_address_is_its_text_is_the_articles_own(marks: str) -> None:
    sound = '<enclosure url="https://cdn.example/9.mp3" type="audio/mpeg"/>'
    own = f"<link {marks}>https://river.example/news/a</link>"
    guid = "<guid>https://river.example/?p=9</guid>"
    for links in (sound + guid + own, own + guid + sound):
        (entry,) = read(feed(item(link="", extra=DATE + links)))
        assert entry.article.url == "https://river.example/news/a"


@pytest.mark.parametrize(
    ("link", "markup", "url"),
    [
        (
            "https://www.reddit.com/r/dams/comments/1/x/",
            '<a href="https://river.example/a?x=1">[link]</a> <a href="/r/x">[comments]</a>',
            "https://river.example/a?x=1",
        ),
        (
            "https://www.reddit.com/r/dams/comments/2/y/",
            '<a href="https://www.reddit.com/r/dams/comments/2/y/">[link]</a>',
            "https://www.reddit.com/r/dams/comments/2/y/",
        ),
        (
            "https://news.ycombinator.com/item?id=1",
            '<p>Article URL: <a href="https://river.example/hn">https://river.example/hn</a></p>',
            "https://river.example/hn",
        ),
    ],
)
def test_fault_58_a_forums_item_is_the_article_that_was_submitted(
    link: str, markup: str, url: str
) -> None:
    posted = (
        f"<item><title>Dam</title><link>{link}</link>{DATE}"
        f"<description><![CDATA[{markup}]]></description></item>"
    )
    (entry,) = read(feed(posted))
    assert entry.article.url == url


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("Why &lt;/…&gt; ends a quote", "Why </…> ends a quote"),
        ("&lt;b&gt;Dam&lt;/b&gt; &lt;i class='x'&gt;holds&lt;/i&gt;", "Dam holds"),
        ("Tags &lt;/head&gt; and &lt;flood&gt;", "Tags </head> and <flood>"),
        ("5 &lt; 6 &amp;amp; 7 &gt; 6", "5 < 6 & 7 > 6"),
        ("<![CDATA[Use of </body> in mail]]>", "Use of </body> in mail"),
        ("Dam&lt;script&gt;alert(1)&lt;/script&gt; holds", "Dam holds"),
    ],
)
def test_fault_58_titles_keep_what_is_no_tag(title: str, shown: str) -> None:
    (entry,) = read(feed(item(title=title)))
    assert entry.article.title == shown


@pytest.mark.parametrize(
    ("extra", "title", "link", "kind"),
    [
        ("<category>Sponsored</category>", "Pumps that save", "/a", ArticleKind.ADVERT),
        (
            "<category>News</category><category>Anzeige</category>",
            "Pumpen",
            "/a",
            ArticleKind.ADVERT,
        ),
        ("", "Advertorial: pumps that save", "/a", ArticleKind.ADVERT),
        ("", "[広告] ポンプの話", "/a", ArticleKind.ADVERT),
        ("", "[PR] ポンプの話", "/a", ArticleKind.ADVERT),
        ("", "Presented by PumpCo: a dry cellar", "/a", ArticleKind.ADVERT),
        ("<category>Sponsored Stories</category>", "A dry cellar", "/a", ArticleKind.ADVERT),
        ("<category>PumpCo BrandVoice</category>", "A dry cellar", "/a", ArticleKind.ADVERT),
        ("", "Black Friday: save $90 on this pump", "/a", ArticleKind.DEALS),
        ("", "This pump is 40% off at Amazon", "/a", ArticleKind.DEALS),
        ("", "Mega Millions results for Friday", "/a", ArticleKind.HOROSCOPE),
        ("", "PR: what the river board promised", "/a", ArticleKind.NEWS),
        ("", "Households could save $90 on power, board says", "/a", ArticleKind.NEWS),
        ("", "Black Friday strike shuts the port", "/a", ArticleKind.NEWS),
        ("", "Pumps that save", "/partner-content/pumps", ArticleKind.ADVERT),
        ("<category>Deals</category>", "Pumps at half price", "/a", ArticleKind.DEALS),
        ("", "Best Black Friday deals on pumps", "/a", ArticleKind.DEALS),
        ("<category>Horoscopes</category>", "Leo", "/a", ArticleKind.HOROSCOPE),
        ("", "Гороскоп на понедельник", "/a", ArticleKind.HOROSCOPE),
        ("<category>Business</category>", "Sponsors leave the regatta", "/a", ArticleKind.NEWS),
        ("", "Advertisers sue the river board: judge", "/a", ArticleKind.NEWS),
        ("", "Arms deal: sides agree", "/a", ArticleKind.NEWS),
        ("", "Board promotes an engineer", "/promotions-2026", ArticleKind.NEWS),
    ],
)
def test_fault_59_what_is_not_news_is_marked(
    extra: str, title: str, link: str, kind: ArticleKind
) -> None:
    (entry,) = read(feed(item(DATE + extra, title, link)))
    assert entry.article.kind is kind


@pytest.mark.parametrize(
    ("end", "kind"),
    [
        ("This is a paid post by PumpCo.", ArticleKind.ADVERT),
        ("This article was sponsored by PumpCo.", ArticleKind.ADVERT),
        ("Sponsored by PumpCo.", ArticleKind.ADVERT),
        ("Disclosure: PumpCo paid for this article.", ArticleKind.ADVERT),
        ("We may get a share of sales from the links on this page.", ArticleKind.DEALS),
        ("A bill sponsored by Senator Hill would pay for it.", ArticleKind.NEWS),
        ("We may earn a commission when you buy through links on our site.", ArticleKind.DEALS),
        ("Der Verlag: Dieser Artikel ist eine Anzeige.", ArticleKind.ADVERT),
        ("Материал опубликован на правах рекламы", ArticleKind.ADVERT),
        ("The board paid for the post of a second engineer.", ArticleKind.NEWS),
    ],
)
def test_fault_59_disclosures_in_the_text_are_seen(end: str, kind: ArticleKind) -> None:
    advert = item().replace("</description>", f" {end}</description>")
    (entry,) = read(feed(advert))
    assert entry.article.kind is kind


def test_the_credit_of_a_photo_says_nothing_of_the_article() -> None:
    text = (
        '<rss xmlns:media="http://search.yahoo.com/mrss/"><channel><title>River Post</title><item>'
        "<title>Fire in a hall</title><link>https://river.example/fire</link>"
        "<media:credit>Business Wire</media:credit></item></channel></rss>"
    )
    (entry,) = read_feed(text.encode(), NOW).entries
    assert entry.article.kind is ArticleKind.NEWS
