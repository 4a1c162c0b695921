"""A web page to one article."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import RefusedInput
from bot.models import ParsedArticle
from bot.sources.pages.article import MOST_ELEMENTS, parse_page
from tests.support.builders import NOW

TITLE = "Blast halts Varden oil pipeline"
FIRST = (
    "An explosion tore open the pipeline in southern Marenda and stopped the flow of 230,000"
    " barrels of crude a day, the state oil company said."
)
SECOND = "The blast left a crater eight metres wide, and a second device was found further along."
HEAD = f"""<title>{TITLE} | Harbour Wire</title>
<meta property="og:title" content="{TITLE}"><meta property="og:site_name" content="Harbour Wire">
<meta name="description" content="Sabotage is &lt;b&gt;suspected&lt;/b&gt;.">
<meta name="author" content="Ilse Marrow">
<link rel="canonical" href="https://harbour-wire.example/world/blast?utm_source=x#top">"""
BODY = f"""<nav><a href="/">Home</a><a href="/world">World</a></nav>
<article><h1>{TITLE}</h1><script>alert("x")</script><p>{FIRST}</p>
<p onclick="evil()">{SECOND.replace("crater", "<b>crater</b>")}</p></article>
<footer>All rights reserved.</footer>"""


def page(head: str = HEAD, body: str = BODY) -> str:
    return f'<!doctype html><html lang="en-GB"><head>{head}</head><body>{body}</body></html>'


def read(html: str) -> ParsedArticle:
    return parse_page(html.encode(), NOW)


def test_it_reads_the_article_and_what_the_page_says_of_it() -> None:
    head = HEAD + '<meta property="article:published_time" content="2026-11-22T10:00:00+02:00">'
    assert read(page(head)) == ParsedArticle(
        title=TITLE,
        text=f"{FIRST}\n\n{SECOND}",
        url="https://harbour-wire.example/world/blast",
        summary="Sabotage is suspected.",
        source="Harbour Wire",
        author="Ilse Marrow",
        language="en",
        published_at=datetime(2026, 11, 22, 8, tzinfo=UTC),
    )


@pytest.mark.parametrize(
    "stated",
    [
        (
            '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "x",'
            ' "datePublished": "2026-11-22T10:00:00+02:00"}</script>'
        ),
        '<meta itemprop="datePublished" content="2026-11-22T08:00:00Z">',
        '<meta name="date" content="Sun, 22 Nov 2026 08:00:00 GMT">',
        (
            '<meta property="article:published_time" content="9999-01-01">'
            '<meta name="pubdate" content="2026-11-22 08:00">'
        ),
    ],
)
def test_it_finds_the_instant_of_publication(stated: str) -> None:
    assert read(page(HEAD + stated)).published_at == datetime(2026, 11, 22, 8, tzinfo=UTC)


def test_a_page_without_any_date_has_none() -> None:
    assert read(page()).published_at is None


def test_the_address_that_was_fetched_stands_in_for_a_missing_one() -> None:
    html = page(f"<title>{TITLE}</title>")
    found = parse_page(html.encode(), NOW, url="https://a.example/x?fbclid=1")
    assert (found.url, found.language) == ("https://a.example/x", "en")


@pytest.mark.parametrize("codec", ["utf-8", "utf-16", "windows-1252"])
def test_fault_34_it_reads_pages_in_any_charset(codec: str) -> None:
    html = page(HEAD, BODY.replace("crater", "cráter"))
    assert "cráter" in parse_page(html.encode(codec), NOW).text


def test_it_reads_the_charset_that_a_page_declares() -> None:
    russian = "Взрыв остановил нефтепровод на юге страны, сообщила государственная компания. " * 4
    html = f'<html><head><meta charset="windows-1251"></head><body><p>{russian}</p></body></html>'
    assert parse_page(html.encode("windows-1251"), NOW).text == russian.strip()


P = f"<p>{FIRST}</p>"
HOSTILE = {
    "nested": "<div>" * 200_000 + P + "</div>" * 200_000,
    "nested inline": "<b>" * 100_000 + P,
    "tables in tables": "<table><tr><td>" * 20_000 + P,
    "elements": "<i></i>" * 300_000 + P,
    "breaks": "<p>" + "a<br>" * 300_000,
    "attributes": "<p " + " ".join(f'a{i}="x"' for i in range(150_000)) + ">x</p>",
    "attributes without value": "<p " + " ".join(f"a{i}" for i in range(200_000)) + ">x</p>",
    "attributes behind a quote": "<p x=y' z=\"'>\" "
    + " ".join(f"a{i}" for i in range(200_000))
    + ">x",
    "attributes everywhere": ("<p " + " ".join(f"a{i}" for i in range(90)) + ">x</p>") * 5_000,
    "unclosed tags": "<a " * 500_000,
    "unclosed quotes": '<a href="' * 200_000,
    "ampersands": "<p>" + "&" * 1_500_000,
    "one long word": "<p>" + "a" * 2_000_000,
    "digits": "<p>" + "2020-2020-20/2020." * 100_000,
    "json": '<script type="application/ld+json">' + '{"a":[' * 200_000 + "</script>" + P,
    "just within bounds": "<article>" + "<p>a<b>c</b><i>d</i>e</p>" * (MOST_ELEMENTS // 3 - 10),
    "empty": "",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_fault_33_hostile_pages_end_soon(name: str) -> None:
    html = f"<html><head><title>T</title></head><body>{HOSTILE[name]}</body></html>"
    started = time.process_time()
    assert article_or_reason(html.encode())
    assert time.process_time() - started < 8


def article_or_reason(data: bytes) -> str:
    try:
        found = parse_page(data, NOW, url="https://a.example/")
    except RefusedInput as refused:
        return str(refused)
    assert found.title
    return found.text


@pytest.mark.parametrize(
    "html", ["", "<html></html>", "<html><body></body></html>", "\0", "<!-- -->"]
)
def test_it_refuses_a_page_without_article(html: str) -> None:
    with pytest.raises(RefusedInput):
        read(html)


PIECES = st.sampled_from(
    [
        "<p>", "</p>", "<div class='a'>", "</div>", "<br>", "<script>", "</script>", "<!--", "-->",
        "&#x0;", "&#xD800;", "&lt;", "<table><tr><td>", "<h1>", "<title>", "<meta charset=utf-7>",
        "<![CDATA[", "]]>", "<svg><style>", "<?xml version='1.0' encoding='x'?>", "\0",
        "words of the text. ", "<time datetime='x'>", "<link rel=canonical href='http://[::1'>",
        "<script type='application/ld+json'>{\"author\": [1]}</script>",
    ]
)  # fmt: skip
PAGES = st.lists(PIECES, max_size=25).map("".join).map(str.encode)


@settings(max_examples=60, deadline=None)
@given(st.one_of(PAGES, st.binary(max_size=100)))
def test_any_bytes_are_an_article_or_refused(data: bytes) -> None:
    assert article_or_reason(data)
