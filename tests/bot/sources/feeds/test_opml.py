"""Lists of sources, both ways."""

from __future__ import annotations

from time import perf_counter

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.errors import RefusedInput
from bot.models import Source, SourceKind
from bot.sources.feeds.opml import OpmlRefusal, OpmlSource, read_opml, write_opml
from tests.support.paths import ROOT

STARTER = ROOT / "config" / "sources.opml"


def opml(body: str) -> bytes:
    return f'<?xml version="1.0"?><opml version="2.0"><head/><body>{body}</body></opml>'.encode()


def a_source(
    name: str, url: str, category: str | None = None, kind: SourceKind = SourceKind.FEED
) -> Source:
    return Source(name, kind, url, "wire.example", category)


def test_it_reads_nested_outlines_as_categories() -> None:
    found = read_opml(
        opml(
            '<outline text="Energy"><outline text="Grid">'
            '<outline type="rss" text="Wire" title="Harbour Wire" xmlUrl="https://wire.example/rss"/>'
            '</outline><outline text="Post" xmlurl="https://post.example/feed"/></outline>'
            '<outline text="Loose" xmlUrl="HTTPS://Loose.example" category="/Security/Cyber"/>'
        )
    )
    assert found == [
        OpmlSource("Harbour Wire", "https://wire.example/rss", "Energy / Grid"),
        OpmlSource("Post", "https://post.example/feed", "Energy"),
        OpmlSource("Loose", "https://loose.example/", "Security/Cyber"),
    ]


def test_each_address_comes_once() -> None:
    one = '<outline text="A" xmlUrl="https://a.example/"/>'
    assert read_opml(opml(one + one.replace('"A"', '"B"'))) == [
        OpmlSource("A", "https://a.example/", None)
    ]


def test_what_is_no_address_is_told() -> None:
    (found,) = read_opml(opml('<outline text="Odd" xmlUrl="ftp://a.example/"/>'))
    assert found == OpmlRefusal("Odd", "ftp://a.example/ is neither http nor https")


@pytest.mark.parametrize(
    ("outline", "name", "why"),
    [
        ('text="A" xmlUrl=""', "A", "names no address of a feed"),
        ('text="A" type="rss"', "A", "names no address of a feed"),
        ('text="A" type="rss" htmlUrl="https://a.example/"', "A", "feed: https://a.example/"),
        ('text="A" type="link" url="https://a.example/"', "A", "is a link, not a feed: https://a"),
        ('text="A" type="include" url="https://a.example/"', "A", "is another list, not a feed"),
        ('type="rss"', "an outline without a name", "names no address of a feed"),
        ('xmlUrl="gopher://a.example"', "gopher://a.example", "is neither http nor https"),
    ],
)
def test_fault_58_an_outline_without_a_feed_is_named_with_a_reason(
    outline: str, name: str, why: str
) -> None:
    good = '<outline text="B" xmlUrl="https://b.example/"/>'
    refusal, kept = read_opml(opml(f"<outline {outline}/>{good}"))
    assert isinstance(refusal, OpmlRefusal)
    assert refusal.name == name
    assert why in refusal.reason
    assert kept == OpmlSource("B", "https://b.example/", None)


def test_folders_and_notes_are_not_refused() -> None:
    assert read_opml(opml('<outline text="Gas"><outline text="Notes"/></outline>')) == []


def test_a_list_with_bare_ampersands_is_mended() -> None:
    (found,) = read_opml(opml('<outline text="A & B" xmlUrl="https://a.example/?x=1&y=2"/>'))
    assert found == OpmlSource("A & B", "https://a.example/?x=1&y=2", None)


@pytest.mark.parametrize(
    ("outlines", "found"),
    [
        (
            '<outline text="Gas &lt; Oil" xmlUrl="feed:https://a.example/"/>'.replace("&lt;", "<"),
            [OpmlSource("Gas < Oil", "https://a.example/", None)],
        ),
        (
            '<OUTLINE TEXT="Grid" XMLURL="itpc://a.example/pod" CATEGORY="/Gas,/Oil/"/>',
            [OpmlSource("Grid", "http://a.example/pod", "Gas, Oil")],
        ),
        (
            '<outline text="&lt;b&gt;Gas&lt;/b&gt; &amp;amp; Oil" xmlUrl="a.example"/>',
            [OpmlSource("Gas & Oil", "https://a.example/", None)],
        ),
        (
            '<outline text="A" xmlUrl="a.example/1"><outline text="B" xmlUrl="//b.example/2">',
            [
                OpmlSource("A", "https://a.example/1", None),
                OpmlSource("B", "https://b.example/2", None),
            ],
        ),
        (
            (
                '<outline text="The "Grid" wire" xmlUrl="https://a.example/"/>'
                '<outline text="B" xmlUrl="https:\\\\b.example\\rss?x=1&amp;amp;y=2"/>'
            ),
            [
                OpmlSource("B", "https://b.example/rss?x=1&y=2", None),
                OpmlRefusal(
                    "The", "https://a.example/ stands in an outline that is not well-formed"
                ),
            ],
        ),
    ],
)
def test_fault_58_lists_in_odd_form_are_read_and_what_is_lost_is_told(
    outlines: str, found: list[OpmlSource | OpmlRefusal]
) -> None:
    assert read_opml(opml(outlines)) == found


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "is not OPML"),
        (b"<html/>", "is not OPML"),
        (b"<opml/>", "no body"),
        (b"\x89PNG\r\n", "binary"),
        (b'<!DOCTYPE opml [<!ENTITY a "&b;"><!ENTITY b "&a;">]><opml/>', "declares entities"),
        (opml("<outline>" * 50_000), "is not OPML"),
        (opml("<outline/>" * 20_000), "more than 10,000 outlines"),
        (b"x" * 10_000_001, "more than the 10,000,000 allowed"),
    ],
)
def test_it_says_why_it_cannot_be_read(data: bytes, why: str) -> None:
    with pytest.raises(RefusedInput, match=why):
        read_opml(data)


def test_what_is_written_reads_the_same() -> None:
    sources = [
        a_source('Über <"&"> all', "https://a.example/?x=1&y=2"),
        a_source("Grid", "https://grid.example/", "Energy / Grid"),
        a_source("Coal", "https://coal.example/", "Energy"),
        a_source("Gas", "https://gas.example/", "Energy / Grid"),
        a_source("Page", "https://page.example/", "Security", SourceKind.PAGE),
        a_source("Files", "/srv/articles", None, SourceKind.FOLDER),
    ]
    written = write_opml(sources)
    assert written.count("<outline") == 5 + 3
    found = {
        (each.name, each.url, each.category)
        for each in read_opml(written.encode())
        if isinstance(each, OpmlSource)
    }
    assert found == {(each.name, each.url, each.category) for each in sources[:5]}


@settings(max_examples=80, deadline=None)
@given(st.text(max_size=30), st.text(max_size=30))
def test_any_name_can_be_written(name: str, category: str) -> None:
    written = write_opml([a_source(name, "https://a.example/", category)])
    (found,) = read_opml(written.encode("utf-8"))
    assert isinstance(found, OpmlSource)


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=200))
@example(b"<:/>")
def test_any_bytes_are_read_or_refused(rubbish: bytes) -> None:
    for data in (rubbish, opml('<outline text="A" xmlUrl="x"/>').replace(b"head/", rubbish)):
        try:
            found = read_opml(data)
        except RefusedInput as refused:
            assert str(refused)  # noqa: PT017 - either outcome is right
        else:
            assert all(isinstance(each, OpmlSource | OpmlRefusal) for each in found)


def test_the_starter_list_is_sound() -> None:
    found = read_opml(STARTER.read_bytes())
    assert len(found) >= 25
    assert all(isinstance(each, OpmlSource) for each in found)
    listed = [each for each in found if isinstance(each, OpmlSource)]
    assert all(each.url.startswith("https://") and each.name for each in listed)
    assert len({each.name for each in listed}) == len(listed)
    assert {str(each.category).partition(" /")[0] for each in listed} == {
        "World",
        "Security",
        "Energy",
    }


def test_many_outlines_far_inside_are_read_with_the_start_of_their_path() -> None:
    folders, feeds = 200, 2_000
    inside = "".join(f'<outline xmlUrl="https://r.example/{n}"/>' for n in range(feeds))
    text = '<outline text="river">' * folders + inside + "</outline>" * folders
    started = perf_counter()
    found = read_opml(f"<opml><body>{text}</body></opml>".encode())
    assert perf_counter() - started < 3
    assert len(found) == feeds
    (category,) = {each.category for each in found if isinstance(each, OpmlSource)}
    assert category
    assert category.startswith("river / river / river")
    assert len(category) <= 100
