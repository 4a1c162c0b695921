"""Dialects of feeds: other capitals, namespaces, elements, document types, addresses and names."""

from __future__ import annotations

import json
from typing import Any

import pytest

from bot.errors import RefusedInput
from bot.models import ParsedArticle
from bot.sources.feeds.reader import read_feed
from tests.support.builders import NOW

URL = "https://feeds.example/ferry.xml"
HOME = "https://ferry.example/"
TEXT = "The ferry to Holm stays in port, the harbour master said. Some 300 people wait on the quay."
AT = "2026-11-22T07:30:00+00:00"
DATE = "<pubDate>Sun, 22 Nov 2026 07:30:00 GMT</pubDate>"
LINK = "<link>https://ferry.example/holm</link>"
TITLE = "<title>Ferry stays in port</title>"
DESCRIPTION = f"<description>{TEXT}</description>"
WHOLE = ("Ferry stays in port", "https://ferry.example/holm", AT, TEXT)
NAMESPACES = (
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/" '
    'xmlns:content="http://purl.org/rss/1.0/modules/content/" '
    'xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"'
)


def rss(*items: str, spaces: str = NAMESPACES, head: str = '<?xml version="1.0"?>') -> str:
    inner = "".join(f"<item>{each}</item>" for each in items)
    return (
        f'{head}<rss version="2.0" {spaces}><channel><title>Ferry Post</title>'
        f"<link>{HOME}</link>{inner}</channel></rss>"
    )


def read(text: str | bytes) -> list[ParsedArticle]:
    data = text if isinstance(text, bytes) else text.encode()
    return [each.article for each in read_feed(data, NOW, url=URL).entries]


def said(article: ParsedArticle) -> tuple[str, str | None, str | None, str]:
    at = article.published_at.isoformat() if article.published_at else None
    return article.title, article.url, at, article.text


ATOM = (
    '<feed xmlns="http://www.w3.org/2005/Atom"><title>Ferry Post</title><entry>'
    '<title>Ferry stays in port</title><link href="https://ferry.example/holm"/>'
    f"<updated>2026-11-22T07:30:00Z</updated><summary>{TEXT}</summary></entry></feed>"
)
DIALECTS = {
    "Atom in capitals": '<FEED XMLNS="http://www.w3.org/2005/Atom"><ENTRY><TITLE>Ferry stays in '
    'port</TITLE><LINK REL="self" HREF="/self"/><LINK REL="ALTERNATE" HREF="https://ferry.example/holm"'
    '/><UPDATED>2026-11-22T07:30:00Z</UPDATED><CONTENT TYPE="html">&lt;p&gt;'
    f"{TEXT}&lt;/p&gt;</CONTENT></ENTRY></FEED>",
    "RDF in capitals": '<RDF:RDF XMLNS:RDF="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
    'XMLNS="http://purl.org/rss/1.0/" XMLNS:DC="http://purl.org/dc/elements/1.1/"><CHANNEL><TITLE>F'
    '</TITLE></CHANNEL><ITEM RDF:ABOUT="https://ferry.example/holm"><TITLE>Ferry stays in port'
    f"</TITLE><DC:DATE>{AT}</DC:DATE><DESCRIPTION>{TEXT}</DESCRIPTION></ITEM></RDF:RDF>",
    "Atom in a namespace of its own": ATOM.replace("http://www.w3.org/2005/Atom", "urn:atom-ish"),
    "Atom's namespace misspelt": ATOM.replace("http://www.w3.org", "https://www.w3.org"),
    "prefixes that nobody declared": ATOM.replace(' xmlns="http://www.w3.org/2005/Atom"', "")
    .replace("</", "</atom:")
    .replace("<", "<atom:")
    .replace("<atom:/atom:", "</atom:"),
    "modules that nobody declared": rss(
        f"<itunes:title>Ferry stays in port</itunes:title>{LINK}<dc:date>{AT}</dc:date>"
        f"<content:encoded><![CDATA[<p>{TEXT}</p>]]></content:encoded>",
        spaces="",
    ),
    "namespaces with other ends": rss(
        f"{TITLE}{LINK}<dc:date>{AT}</dc:date><content:encoded>{TEXT}</content:encoded>",
        spaces=NAMESPACES.replace('/"', '"').replace("http:", "https:").replace("dtds", "DTDs"),
    ),
    "a namespace for all of RSS": rss(
        f"{TITLE}{LINK}{DATE}{DESCRIPTION}", spaces='xmlns="http://backend.userland.com/RSS2"'
    ),
    "no channel": f'<rss version="2.0"><item>{TITLE}{LINK}{DATE}{DESCRIPTION}</item></rss>',
    "Dublin Core alone": '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
    f'xmlns="http://purl.org/rss/1.0/" {NAMESPACES}><channel><title>F</title></channel>'
    '<item rdf:about="https://ferry.example/holm"><dc:title>Ferry stays in port</dc:title>'
    f"<dc:date>{AT}</dc:date><dc:description>{TEXT}</dc:description></item></rdf:RDF>",
    "a title of iTunes": rss(
        f"<itunes:title>Ferry stays in port</itunes:title>{LINK}{DATE}{DESCRIPTION}"
    ),
    "an empty title beside it": rss(
        f"<title/><media:title>Ferry stays in port</media:title>{LINK}{DATE}{DESCRIPTION}"
    ),
    "media": rss(
        f'{LINK}{DATE}<media:content url="https://cdn.example/1.jpg"><media:title>Ferry stays in '
        f"port</media:title><media:description>{TEXT}</media:description></media:content>"
    ),
    "content alone": rss(f"{TITLE}{LINK}{DATE}<content:encoded>{TEXT}</content:encoded>"),
    "a picture as description": rss(
        f"{TITLE}{LINK}{DATE}<description>&lt;img src='https://cdn.example/a-long-name-of-a-picture."
        f"jpg'/&gt;</description><media:description>{TEXT}</media:description>"
    ),
    "the address is the guid": rss(f"{TITLE}<guid>/holm</guid>{DATE}{DESCRIPTION}"),
    "the link is a script": rss(
        f"{TITLE}<link>javascript:void(0)</link><guid>{HOME}holm</guid>{DATE}{DESCRIPTION}"
    ),
    "the other way round": ATOM.replace(
        "<link ", f'<link rel="alternate" type="application/json" href="{HOME}holm.json"/><link '
    ),
    "a relation as an address": ATOM.replace(
        "<link ", '<link rel="self" href="/self"/><link rel="http://www.iana.org/alternate" '
    ),
    "content elsewhere": ATOM.replace("<link href=", '<content type="text/html" src='),
    "bases": ATOM.replace("<feed ", f'<feed xml:base="{HOME}news/" ').replace(
        '<link href="https://ferry.example/', '<link xml:base="../" href="'
    ),
    "CDATA in small letters": rss(
        f"{TITLE}{LINK}{DATE}<description><![cdata[{TEXT}]]></description>"
    ),
    "CDATA in CDATA": rss(
        f"{TITLE}{LINK}{DATE}<description><![CDATA[<![CDATA[{TEXT}]]]]><![CDATA[>]]></description>"
    ),
    "CDATA that is escaped": rss(
        f"<title>&lt;![CDATA[Ferry stays in port]]&gt;</title>{LINK}{DATE}{DESCRIPTION}"
    ),
    "CDATA without an end": rss(f"{TITLE}{LINK}{DATE}<description><![CDATA[{TEXT}</description>"),
    "escaped twice": rss(
        f"{TITLE}{LINK}{DATE}<description>&amp;lt;p&amp;gt;{TEXT}&amp;lt;/p&amp;gt;</description>"
    ),
    "controls of Windows": rss(f"<title>Ferry\x81 stays in port</title>{LINK}{DATE}{DESCRIPTION}"),
}


@pytest.mark.parametrize("text", DIALECTS.values(), ids=DIALECTS)
def test_fault_58_a_feed_is_read_in_its_dialect(text: str) -> None:
    assert [said(each) for each in read(text)] == [WHOLE]


@pytest.mark.parametrize(
    ("subset", "written", "title"),
    [
        (
            '<!ENTITY port "Holm"><!ENTITY at "in &port; harbour">',
            "Ferry &at;",
            "Ferry in Holm harbour",
        ),
        ('<!ENTITY at "in &port;"><!ENTITY port "Holm">', "Ferry &at;", "Ferry in Holm"),
        ('<!ENTITY port "Holm"><!ENTITY port "Kiel">', "Ferry in &port;", "Ferry in Holm"),
        (
            "<!ENTITY ha 'ha'><!ENTITY has '&ha;&ha;&ha;'>",
            "&has;, says ferry",
            "hahaha, says ferry",
        ),
        ('<!-- "]>" --><!ELEMENT rss ANY><!ENTITY end "a ]> b">', "Port &end;", "Port a ]> b"),
        ("<!ATTLIST item lang CDATA 'en'><!NOTATION n SYSTEM 'x'>", "Ferry", "Ferry"),
        ("<!ENTITY % all '<!ENTITY a \"b\">'> %all;", "Ferry", "Ferry"),
        ('<!ENTITY amp "&#38;#38;"><!ENTITY lt "&#38;#60;">', "Ferry &amp; port", "Ferry & port"),
    ],
)
def test_fault_33_entities_that_stay_small_are_read(subset: str, written: str, title: str) -> None:
    head = f'<?xml version="1.0"?><!DOCTYPE rss [{subset}]>'
    (article,) = read(rss(f"<title>{written}</title>{LINK}{DATE}{DESCRIPTION}", head=head))
    assert article.title == title


@pytest.mark.parametrize(
    "mark", ["<title>", "</title>", "<description>", "harbour", "</description>", "</item>"]
)
@pytest.mark.parametrize("before", ["", "<![CDATA["])
def test_fault_58_an_item_that_was_cut_off_is_left_out(mark: str, before: str) -> None:
    text = DESCRIPTION.replace("<description>", f"<description>{before}")
    if before:
        text = text.replace("</description>", "]]></description>")
    items = (f"<title>{name}</title>{LINK}{DATE}{text}" for name in ("One", "Two", "Three"))
    whole = rss(*items)
    assert [each.title for each in read(whole[: whole.rindex(mark) + 4])] == ["One", "Two"]


def test_fault_58_a_feed_that_ends_within_its_first_item_says_so() -> None:
    with pytest.raises(RefusedInput, match="cut off within its first item"):
        read(rss(f"{TITLE}{LINK}{DATE}{DESCRIPTION}")[:-60])


@pytest.mark.parametrize(
    ("link", "url"),
    [
        ("#holm", f"{HOME}#holm"),
        ("?p=4", f"{HOME}?p=4"),
        (f"{HOME}#!/news/7", f"{HOME}#!/news/7"),
        (f"{HOME}holm#comments", f"{HOME}holm"),
        (f"{HOME}find?q=a\\b", f"{HOME}find?q=a%5Cb"),
        ("news\\holm", f"{HOME}news/holm"),
        (f"{HOME}holm?id=4&amp;amp;x=2", f"{HOME}holm?id=4&x=2"),
        ("http:/ferry.example/holm", "http://ferry.example/holm"),
        ("www.pilot.example/holm", "https://www.pilot.example/holm"),
        (f"{HOME}holm?xtor=RSS-1&amp;ref=rss&amp;p=2", f"{HOME}holm?p=2"),
        ("https://fähre.example/holm", "https://xn--fhre-loa.example/holm"),
        ("mailto:desk@ferry.example", None),
    ],
)
def test_fault_58_an_odd_link_leads_where_it_should(link: str, url: str | None) -> None:
    (article,) = read(rss(f"{TITLE}<link>{link}</link>{DATE}{DESCRIPTION}"))
    assert article.url == url


def test_items_with_fragments_of_one_page_stay_apart() -> None:
    items = (f"<title>{each}</title><link>#{each}</link>{DATE}{DESCRIPTION}" for each in "ab")
    found = read(rss(*items).replace(HOME, f"{HOME}live"))
    assert [each.url for each in found] == [f"{HOME}live#a", f"{HOME}live#b"]
    assert len({each.key for each in found if each.key}) == 2


@pytest.mark.parametrize(
    ("source", "outlet"),
    [
        ('<source url="https://pilot.example/rss">Pilot News</source>', "Pilot News"),
        ('<source url="https://pilot.example/rss"/>', "pilot.example"),
        ('<source URL="https://pilot.example/rss">Pilot News</source>', "Pilot News"),
        ("<source>Pilot News</source>", "Pilot News"),
        ("<source>Ferry Post</source>", None),
        ('<source url="https://feeds.example/other">Ferry Post</source>', None),
    ],
)
def test_a_source_is_the_outlet_where_it_is_another(source: str, outlet: str | None) -> None:
    (article,) = read(rss(f"{TITLE}{LINK}{DATE}{DESCRIPTION}{source}"))
    assert article.source == outlet


def test_a_source_of_atom_is_the_outlet() -> None:
    source = '<source><title>Pilot News</title><link href="https://pilot.example/"/></source>'
    (article,) = read(ATOM.replace("</entry>", f"{source}</entry>"))
    assert article.source == "Pilot News"


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("Ferry&amp;#8217;s crew", "Ferry’s crew"),
        ("Ferry&amp;amp;#8217;s crew", "Ferry’s crew"),
        ("Crew &amp;amp;amp; pilot", "Crew & pilot"),
        ("&lt;h1 class='x'&gt;Crew&lt;/h1&gt; rests", "Crew rests"),
        ("Ferry\x92s crew", "Ferry’s crew"),
        ("Crew &amp;lt; pilot", "Crew < pilot"),
    ],
)
def test_fault_57_a_title_that_was_escaped_twice_is_legible(written: str, title: str) -> None:
    (article,) = read(rss(f"<title>{written}</title>{LINK}{DATE}{DESCRIPTION}"))
    assert article.title == title


ITEM = {"id": 7, "url": f"{HOME}holm", "title": "Ferry stays in port", "content_text": TEXT,
        "date_published": "2026-11-22T07:30:00Z"}  # fmt: skip


def items_as(*items: dict[str, Any], **feed: Any) -> str:
    return json.dumps({"title": "Ferry Post", "items": items, **feed})


RENAMED = {
    "modified": {"date_modified": ITEM["date_published"], "date_published": None},
    "camel": {"datePublished": ITEM["date_published"], "date_published": None},
    "seconds": {"date_published": 1795332600},
    "milliseconds": {"date_published": 1795332600000.0},
    "seconds as text": {"date_published": "1795332600"},
    ".NET": {"date_published": "/Date(1795332600000)/"},
    ".NET with a zone": {"date_published": "/Date(1795332600000+0200)/"},
    "id as address": {"url": None, "id": f"{HOME}holm"},
    "link": {"url": None, "link": f"{HOME}holm"},
    "content": {"content_text": None, "content": f"<p>{TEXT}</p>"},
    "tags in the title": {"title": "<b>Ferry</b> stays in port"},
}


@pytest.mark.parametrize("change", RENAMED.values(), ids=RENAMED)
def test_fault_58_a_json_feed_is_read_by_other_names(change: dict[str, Any]) -> None:
    told = {name: value for name, value in {**ITEM, **change}.items() if value is not None}
    assert [said(each) for each in read(items_as(told))] == [WHOLE]


def test_fault_58_a_json_item_needs_only_its_text() -> None:
    texts = [f"{number}. {TEXT}" for number in (1, 2)]
    found = read(items_as(*({"id": at, "content_text": each} for at, each in enumerate(texts))))
    assert [each.text for each in found] == texts
    assert len({each.key for each in found}) == 2


def test_fault_58_json_that_was_made_of_rss_is_read() -> None:
    told = {"title": "Ferry stays in port", "link": f"{HOME}holm", "guid": "7", "author": "Ann",
            "pubDate": "2026-11-22 07:30:00", "description": TEXT, "tags": ["Sea"]}  # fmt: skip
    text = json.dumps(
        {"status": "ok", "feed": {"title": "Ferry Post", "link": HOME}, "items": [told]}
    )
    (article,) = read(text)
    assert said(article) == WHOLE
    assert (article.author, article.category) == ("Ann", "Sea")


@pytest.mark.parametrize(
    "raw",
    [
        "/Date(1795332600000)/",
        "\\/Date(1795332600000-0500)\\/",
        "new Date(1795332600000)",
        "@1795332600",
        "1795332600000000000",
        "2026-11-22 07:30:00.123 +0000 UTC m=+0.004",
        "Sun, 22 Nov 2026 07:30:00 &amp;#43;0000",
        "Sun, 22 Nov 2026 07:30:00&amp;nbsp;GMT",
        "&lt;time datetime='2026-11-22T07:30:00Z'&gt;today&lt;/time&gt;",
        "Last updated on 22 November 2026 07:30 GMT",
    ],
)
def test_fault_54_dates_of_programs_are_read(raw: str) -> None:
    (article,) = read(rss(f"{TITLE}{LINK}<pubDate>{raw}</pubDate>{DESCRIPTION}"))
    assert article.published_at
    assert article.published_at.replace(microsecond=0).isoformat() == AT
