"""Feeds of every kind to articles: what they say, how they are told apart, what is a teaser."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import RefusedInput
from bot.models import ParsedArticle
from bot.sources.feeds.entry import Entry
from bot.sources.feeds.reader import Feed, is_feed, read_feed
from tests.support.builders import NOW, ago

URL = "https://wire.example/rss"
LONG = "The regulator has fined the operator of the northern grid for the third time. " * 12

RSS = """<?xml version="1.0"?><rss version="2.0"
  xmlns:content="http://purl.org/rss/1.0/modules/content/"
  xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom">
<channel><title>Harbour Wire</title><link>https://wire.example/</link><language>en-GB</language>
<ttl>60</ttl><atom:link rel="self" href="https://wire.example/rss"/>{items}</channel></rss>"""

ITEM = """<item><title>Grid operator &amp;amp; regulator settle</title>
<link>https://wire.example/grid?utm_source=rss</link><guid isPermaLink="false">w-1</guid>
<pubDate>Mon, 23 Nov 2026 08:30:00 GMT</pubDate><dc:creator>Ilse Marrow</dc:creator>
<category>Energy</category><description>Short &lt;b&gt;teaser&lt;/b&gt;.</description>
<content:encoded><![CDATA[<p>First.</p><p>LONG</p><script>x()</script>]]></content:encoded>
</item>""".replace("LONG", LONG)

ATOM = f"""<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en" xml:base="https://wire.example/blog/">
<title type="text">Grid &lt;Notes&gt;</title><link rel="alternate" href="/"/><id>urn:feed</id>
<entry><title type="html">Storm &amp;amp; flood</title><link rel="self" href="1.atom"/>
<link href="storm"/><id>tag:wire.example,2026:1</id><published>2026-11-23T09:00:00+01:00</published>
<updated>2026-11-23T10:00:00Z</updated><author><name>Gil Farrow</name></author>
<category term="world"/><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">
<p>Homes &lt; dams.</p><p>{LONG}</p></div></content></entry></feed>"""

RDF = f"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:sy="http://purl.org/rss/1.0/modules/syndication/">
<channel rdf:about="{URL}"><title>Old Wire</title><link>https://wire.example</link>
<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>2</sy:updateFrequency></channel>
<item rdf:about="https://wire.example/dam"><title>Dam</title><link>https://wire.example/dam</link>
<description>{LONG}</description><dc:date>2026-11-22T10:00:00Z</dc:date></item></rdf:RDF>"""

JSON = json.dumps(
    {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "JSON Wire",
        "home_page_url": "https://wire.example/",
        "language": "de",
        "items": [
            {
                "id": 7,
                "url": "/gas",
                "title": "Gas <b>prices</b>",
                "content_text": f"One & two.\n\n{LONG}",
                "date_published": "2026-11-23T07:00:00Z",
                "authors": [{"name": "Wim Aldersey"}],
                "tags": ["Gas"],
            }
        ],
    }
)


def rss(*items: str) -> bytes:
    return RSS.replace("{items}", "".join(items)).encode()


def an_item(**parts: str) -> str:
    return (
        "<item>" + "".join(f"<{name}>{text}</{name}>" for name, text in parts.items()) + "</item>"
    )


def read(data: bytes | str) -> Feed:
    encoded = data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data
    return read_feed(encoded, NOW, url=URL)


def only(feed: Feed) -> Entry:
    (entry,) = feed.entries
    return entry


def test_it_reads_rss() -> None:
    feed = read(rss(ITEM))
    assert (feed.title, feed.link, feed.wait) == ("Harbour Wire", "https://wire.example/", 3600)
    assert feed.dates == (datetime(2026, 11, 23, 8, 30, tzinfo=UTC),)
    assert only(feed) == Entry(
        ParsedArticle(
            title="Grid operator & regulator settle",
            text=f"First.\n\n{LONG.strip()}",
            url="https://wire.example/grid",
            summary="Short teaser.",
            category="Energy",
            author="Ilse Marrow",
            language="en",
            published_at=datetime(2026, 11, 23, 8, 30, tzinfo=UTC),
            guid="w-1",
        ),
        guid="w-1",
        partial=False,
    )


def test_it_reads_atom() -> None:
    feed = read(ATOM)
    article = only(feed).article
    assert (feed.title, feed.link) == ("Grid <Notes>", "https://wire.example/")
    assert article.title == "Storm & flood"
    assert article.text == f"Homes < dams.\n\n{LONG.strip()}"
    assert article.url == "https://wire.example/blog/storm"
    assert article.published_at == datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
    assert (article.author, article.category, article.language) == ("Gil Farrow", "world", "en")


def test_it_reads_rdf() -> None:
    feed = read(RDF)
    assert (feed.title, feed.wait) == ("Old Wire", 1800)
    assert only(feed).article.url == "https://wire.example/dam"
    assert only(feed).article.published_at == datetime(2026, 11, 22, 10, 0, tzinfo=UTC)


def test_it_reads_json_feed() -> None:
    article = only(read(JSON)).article
    assert article.title == "Gas prices"
    assert article.text == f"One & two.\n\n{LONG.strip()}"
    assert article.url == "https://wire.example/gas"
    assert (article.author, article.category, article.language) == ("Wim Aldersey", "Gas", "de")


@pytest.mark.parametrize("data", [rss(), ATOM.partition("<entry>")[0] + "</feed>"])
def test_a_feed_without_items_is_a_feed(data: bytes | str) -> None:
    assert read(data).entries == ()


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        (an_item(title="Coal", description=LONG), False),
        (an_item(title="Coal", description="Shares of coal fell."), True),
        (an_item(title="Coal", description=f"{LONG} [&amp;hellip;]"), True),
        (an_item(title="Coal", description=f"{LONG} Read more »"), True),
        (an_item(title="Coal", description=f"{LONG} Continue reading…"), True),
        (an_item(title="Coal"), True),
        (an_item(title="Coal", **{"content:encoded": LONG[:300]}), False),
        (an_item(title="Coal", **{"content:encoded": LONG[:200]}), True),
    ],
)
def test_it_knows_a_teaser(item: str, expected: bool) -> None:
    assert only(read(rss(item))).partial is expected


def test_an_item_without_text_has_its_title_as_text() -> None:
    article = only(read(rss(an_item(title="Coal falls", link="https://wire.example/coal")))).article
    assert (article.title, article.text) == ("Coal falls", "Coal falls")


def test_an_item_without_title_has_its_first_line_as_title() -> None:
    article = only(read(rss(an_item(description="&lt;p&gt;Coal fell.&lt;/p&gt;It rose.")))).article
    assert (article.title, article.text) == ("Coal fell.", "Coal fell.\n\nIt rose.")


def test_an_item_that_says_nothing_is_left_out() -> None:
    feed = read(rss(an_item(link="https://wire.example/1"), ITEM))
    assert len(feed.entries) == 1
    assert feed.total == 2


def test_wordpress_does_not_sign_the_article() -> None:
    text = f"{LONG}&lt;p&gt;The post Coal falls appeared first on Harbour Wire.&lt;/p&gt;"
    assert "appeared" not in only(read(rss(an_item(title="Coal", description=text)))).article.text


def test_the_outlet_that_an_item_was_taken_from_is_kept() -> None:
    theirs = '<source url="https://post.example/rss">Northern Post</source>'
    ours = '<source url="https://www.wire.example/rss">Harbour Wire</source>'
    feed = read(rss(*(f"<item><title>{n}</title>{s}</item>" for n, s in ((1, theirs), (2, ours)))))
    assert [entry.article.source for entry in feed.entries] == ["Northern Post", None]


def test_feedburner_names_the_original_address() -> None:
    item = (
        '<item xmlns:fb="http://rssnamespace.org/feedburner/ext/1.0"><title>Coal</title>'
        "<link>https://feeds.example/~r/x/1</link>"
        "<fb:origLink>https://wire.example/coal</fb:origLink></item>"
    )
    assert only(read(rss(item))).article.url == "https://wire.example/coal"


@pytest.mark.parametrize(
    ("link", "url"),
    [
        ("/coal", "https://wire.example/coal"),
        (
            "https://wire.example/größe und preis",
            "https://wire.example/gr%C3%B6%C3%9Fe%20und%20preis",
        ),
        ("javascript:alert(1)", None),
        ("https://user:pass@wire.example/", None),
        ("http://[::1", None),
        ("data:text/html,x", None),
    ],
)
def test_a_link_is_an_address_or_nothing(link: str, url: str | None) -> None:
    assert only(read(rss(an_item(title="Coal", link=link)))).article.url == url


LAUGHS = '<!ENTITY a0 "ha">' + "".join(
    f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10)
)


@pytest.mark.parametrize(
    "subset",
    [
        LAUGHS,
        '<!ENTITY a9 "&a8;"><!ENTITY a8 "&a9;">',
        '<!ENTITY x SYSTEM "file:///etc/passwd">',
        "".join(f"<!ENTITY b{n} 'b'>" for n in range(400)),
    ],
)
def test_fault_33_endless_entities_and_files_are_not_read(subset: str) -> None:
    document = f'<?xml version="1.0"?><!DOCTYPE rss [{subset}]>'
    with pytest.raises(RefusedInput, match="declares entities"):
        read(document + RSS.partition("?>")[2].replace("{items}", an_item(title="&a9;&x;")))


def test_fault_33_endless_entities_are_not_read_in_another_encoding() -> None:
    document = f'<?xml version="1.0" encoding="utf-16"?><!DOCTYPE rss [{LAUGHS}]><rss/>'
    with pytest.raises(RefusedInput, match="declares entities"):
        read(document.encode("utf-16"))


def test_fault_33_endless_entities_behind_rubbish_are_not_read() -> None:
    document = f"rubbish <!DOCTYPE rss [{LAUGHS}]>" + RSS.partition("?>")[2]
    with pytest.raises(RefusedInput, match="declares entities"):
        read(document)


@pytest.mark.parametrize("between", ["", "\n", "<!-- x -->", "<!DOCTYPE x>" * 50])
def test_fault_33_endless_entities_in_a_second_document_type_are_not_read(between: str) -> None:
    second = f"<!DOCTYPE rss>{between}<!DOCTYPE rss [{LAUGHS}]>"
    with pytest.raises(RefusedInput, match="declares entities"):
        read(second + RSS.partition("?>")[2].replace("{items}", an_item(title="&a;")))


def test_fault_33_a_deep_document_is_refused() -> None:
    deep = "<rss><channel>" + "<a>" * 200_000 + "</a>" * 200_000 + "</channel></rss>"
    with pytest.raises(RefusedInput, match="nested deeper"):
        read(deep)


def test_fault_33_deep_html_in_an_item_costs_little() -> None:
    item = an_item(title="Coal", description="&lt;div&gt;" * 50_000 + "End")
    assert only(read(rss(item))).article.title == "Coal"


def test_a_document_type_without_entities_does_no_harm() -> None:
    doctype = '<!DOCTYPE rss PUBLIC "-//Netscape//DTD RSS 0.91//EN" "http://my.example/rss.dtd">'
    declaration, _, body = rss(ITEM).decode().partition("?>")
    assert only(read(f"{declaration}?>\n<!-- {doctype} -->{doctype}{body}")).guid == "w-1"


@pytest.mark.parametrize(
    ("broken", "title"),
    [
        (rss(an_item(title="Sto&nbsp;ry")), "Sto ry"),
        (rss(an_item(title="Oil & gas; A&B &copy;")), "Oil & gas; A&B ©"),
        (rss(an_item(title="Bell\x07 and \x00null")), "Bell and null"),
        (b"\n\n <!-- x -->" + rss(an_item(title="Late")), "Late"),
        (b"PHP Warning: x on line 3\n" + rss(an_item(title="Warned")), "Warned"),
        (rss(an_item(title="Whole")).replace(b"</channel></rss>", b""), "Whole"),
        (rss(an_item(title="Open <b>tag")), "Open tag"),
    ],
)
def test_it_mends_a_broken_feed(broken: bytes, title: str) -> None:
    assert only(read(broken)).article.title == title


@pytest.mark.parametrize(
    ("data", "charset", "title"),
    [
        (rss(an_item(title="Zürich – „Öl“")), None, "Zürich – „Öl“"),
        (
            rss(an_item(title="Zürich")).replace(b'"1.0"?', b'"1.0" encoding="latin-1"?'),
            None,
            "Zürich",
        ),
        (RSS.replace("{items}", an_item(title="Łódź")).encode("utf-16"), None, "Łódź"),
        (
            RSS.replace('"1.0"?', '"1.0" encoding="iso-8859-2"?')
            .replace("{items}", an_item(title="Łódź zażółć gęślą jaźń"))
            .encode("iso-8859-2"),
            None,
            "Łódź zażółć gęślą jaźń",
        ),
        (
            RSS.replace("{items}", an_item(title="Москва")).encode("cp1251"),
            "windows-1251",
            "Москва",
        ),
    ],
)
def test_fault_34_a_wrong_charset_is_seen_through(
    data: bytes, charset: str | None, title: str
) -> None:
    entry = only(read_feed(data, NOW, url=URL, charset=charset))
    assert entry.article.title == title


def test_fault_34_what_is_no_character_is_dropped() -> None:
    item = an_item(title="A&#0;B&#xD800;C&#x202E;D", description="x&#x1b;[2J&#xFFFE;y")
    article = only(read(rss(item))).article
    for text in (article.title, article.text):
        assert text.encode("utf-8").decode("utf-8") == text
        assert text.isprintable()


@pytest.mark.parametrize(
    "date",
    ["Fri, 31 Dec 9999 23:59:59 GMT", "Thu, 01 Jan 1970 00:00:00 GMT", "soon", "", "0000-00-00"],
)
def test_fault_35_an_impossible_date_is_no_date(date: str) -> None:
    feed = read(rss(an_item(title="Coal", pubDate=date)))
    assert only(feed).article.published_at is None
    assert feed.dates == ()


def test_fault_36_one_address_in_many_spellings_is_one_article() -> None:
    feed = read(
        rss(
            an_item(title="Coal", link="https://wire.example/coal?utm_medium=a", guid="1"),
            an_item(title="Coal", link="https://wire.example/coal#top", guid="2"),
        )
    )
    assert only(feed).article.url == "https://wire.example/coal"
    assert only(feed).article.key is None


def test_fault_36_one_guid_for_all_is_no_guid() -> None:
    items = (
        an_item(title=f"Coal {n}", link=f"https://wire.example/{n}", guid="same") for n in range(3)
    )
    feed = read(rss(*items))
    assert [entry.guid for entry in feed.entries] == [None] * 3
    assert len({entry.article.url for entry in feed.entries}) == 3


def test_articles_at_one_address_are_told_apart_by_guid_or_title() -> None:
    status = "https://wire.example/status"
    feed = read(
        rss(
            an_item(title="Outage", link=status, guid="s-1"),
            an_item(title="Outage over", link=status, guid="s-2"),
            an_item(title="Front page", link="https://wire.example/"),
        )
    )
    assert [entry.article.key for entry in feed.entries] == ["s-1", "s-2", "Front page "]


def test_fault_37_only_the_newest_items_are_read() -> None:
    items = [
        an_item(
            title=f"Item {n}",
            pubDate=f"{ago(minutes=(n * 7919) % 15_000):%a, %d %b %Y %H:%M:%S GMT}",
        )
        for n in range(15_000)
    ]
    feed = read(rss(*items))
    assert feed.total == 15_000
    assert len(feed.entries) == 500
    assert min(feed.dates) == ago(minutes=499)


def test_of_undated_items_the_first_are_read() -> None:
    feed = read(rss(*(an_item(title=f"Item {n}") for n in range(1_200))))
    titles = [entry.article.title for entry in feed.entries]
    assert titles == [f"Item {n}" for n in range(500)]


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "is empty"),
        (b"   \n", "is empty"),
        (b"<!doctype html><html><body>Not here</body></html>", "is not a feed"),
        (b"<opml><body/></opml>", "is not a feed"),
        (b"plain words", "is not a feed"),
        (b'{"items": []}', "is JSON, but not a feed"),
        (b'{"version": "https://jsonfeed.org/version/1", "items": 3}', "not a feed"),
        (b'{"version": "https://jsonfeed.org/version/1", "items": [', "is not JSON"),
        (
            b'{"version": "https://jsonfeed.org/version/1", "items": ' + b"[" * 200_000,
            "is not JSON",
        ),
        (b"%PDF-1.7 <rss>", "is not a feed"),
        (b"<rss><channel>" + b"<item></b></item>" * 100_000, "too large to repair"),
        (b"<rss><channel><item>", "cut off within its first item"),
    ],
)
def test_it_says_why_it_cannot_be_read(data: bytes, why: str) -> None:
    with pytest.raises(RefusedInput, match=why):
        read(data)


@pytest.mark.parametrize(
    "data", [rss(), ATOM.encode(), RDF.encode(), JSON.encode(), b"\xef\xbb\xbf" + rss()]
)
def test_it_knows_a_feed_by_its_beginning(data: bytes) -> None:
    assert is_feed(data)


@pytest.mark.parametrize("data", [b"<html><rss>", b"", b"{}", b"\xff\xd8\xff", b"<svg><feed/>"])
def test_it_knows_what_is_no_feed(data: bytes) -> None:
    assert not is_feed(data)


PIECES = st.sampled_from(
    ["<item>", "</item>", "<title>", "</title>", "<link>", "</link>", "<![CDATA[", "]]>", "&amp;",
     "&nbsp;", "&", "<", ">", "<b>", "é", "<!--", "<guid>", "</guid>", "]]", "https://a.example/?q=",
     "<pubDate>", "</pubDate>", "9999-99-99", '"', "\x00", "\ud800", "\n", "<content:encoded>",
     "&#0;", "&#x110000;", "&lt;", "</rss>", "<?xml"]
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(PIECES, max_size=40).map("".join))
def test_any_rubbish_in_a_feed_is_read_or_refused(rubbish: str) -> None:
    _sound(RSS.replace("{items}", rubbish).encode("utf-8", "surrogatepass"))


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300), st.integers(0, 400))
def test_any_bytes_in_a_feed_are_read_or_refused(rubbish: bytes, at: int) -> None:
    data = rss(ITEM)
    _sound(data[:at] + rubbish + data[at:])


@settings(max_examples=100, deadline=None)
@given(st.recursive(st.none() | st.text(max_size=20) | st.integers(), st.lists, max_leaves=8))
def test_any_json_is_read_or_refused(value: object) -> None:
    item = dict.fromkeys(["id", "url", "title", "content_html", "authors", "tags"], value)
    feed = {"version": "https://jsonfeed.org/version/1.1", "items": [item, value]}
    _sound(json.dumps(feed).encode())


def _sound(data: bytes) -> None:
    try:
        feed = read(data)
    except RefusedInput:
        return
    for entry in feed.entries:
        article = entry.article
        assert article.title.strip() == article.title != ""
        assert article.text != ""
        assert "\x00" not in article.title + article.text
        (article.title + article.text).encode("utf-8")
        assert article.url is None or article.url.startswith(("http://", "https://"))
        assert article.published_at is None or article.published_at.year < 2027
