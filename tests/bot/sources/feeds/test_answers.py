"""Answers of news services in JSON: one mapping, for files, addresses and sources."""

from __future__ import annotations

import json
from typing import Any

import pytest

from bot.errors import RefusedInput
from bot.ingest.worker.messages import ReadJob
from bot.ingest.worker.tasks import read
from bot.models import ParsedArticle
from bot.sources.feeds.answers import feed_of_answer
from bot.sources.files.options import ReadOptions
from bot.sources.files.reader import Refusal, parse
from tests.support.builders import NOW

URL = "https://river.example/crane"
TEXT = "A crane fell onto the quay at Port Aven on Monday, and two ships had to leave."
AT = "2026-11-22T07:30:00Z"
PLAIN = {"title": "Crane falls", "url": URL, "publishedAt": AT, "description": TEXT}

ANSWERS: dict[str, Any] = {
    "articles": {"status": "ok", "articles": [{**PLAIN, "content": None}]},
    "cut content": {"articles": [{**PLAIN, "content": f"{TEXT[:30]}… [+400 chars]"}]},
    "results": {"results": [{"title": "Crane falls", "link": URL, "pubDate": AT, "content": "None",
                             "description": TEXT}]},
    "data": {"data": [{"title": "Crane falls", "url": URL, "published_at": AT, "summary": TEXT}]},
    "entries": {"entries": [{"title": "Crane falls", "url": URL, "published_at": AT,
                             "content": f"<p>{TEXT}</p>"}]},
    "nested results": {"response": {"results": [
        {"webTitle": "Crane falls", "webUrl": URL, "webPublicationDate": AT,
         "fields": {"bodyText": TEXT}}]}},
    "docs": {"response": {"docs": [{"headline": {"main": "Crane falls"}, "web_url": URL,
                                    "pub_date": "2026-11-22T07:30:00+0000", "abstract": TEXT}]}},
    "value": {"value": [{"name": "Crane falls", "url": URL, "datePublished": AT,
                         "description": TEXT, "provider": [{"name": "River Post"}]}]},
    "rendered": [{"title": {"rendered": "Crane falls"}, "link": URL,
                  "date_gmt": "2026-11-22T07:30:00", "content": {"rendered": f"<p>{TEXT}</p>"}}],
    "attributes": {"data": [{"id": 4, "attributes": {**PLAIN}}]},
    "children": {"data": {"children": [{"data": {"title": "Crane falls", "url": URL,
                                                 "created_utc": 1795332600.0,
                                                 "selftext": TEXT}}]}},
    "milliseconds": {"hits": [{"title": "Crane falls", "url": URL, "timestamp": 1795332600000,
                               "body": TEXT}]},
    "rss": {"rss": {"channel": {"item": {"title": "Crane falls", "link": URL, "pubDate": AT,
                                         "description": TEXT}}}},
    "atom": {"feed": {"entry": [{"title": "Crane falls", "link": {"href": URL}, "updated": AT,
                                 "summary": TEXT}]}},
    "linked data": {"@type": "NewsArticle", "headline": "Crane falls", "url": URL,
                    "datePublished": AT, "articleBody": TEXT},
}  # fmt: skip


def from_file(text: str) -> list[tuple[str, str, str | None, str]]:
    found = parse(text.encode(), "answer.json", ReadOptions(NOW, 1_000_000))
    return [told(each) for each in found if isinstance(each, ParsedArticle)]


def from_address(text: str) -> list[tuple[str, str, str | None, str]]:
    done = read(ReadJob("https://api.example/v2", None, NOW), text.encode())
    assert done.feed
    return [told(each.entry.article) for each in done.feed.fresh]


def told(article: ParsedArticle) -> tuple[str, str, str | None, str]:
    at = article.published_at
    return article.title, article.text, article.url, at.isoformat() if at else ""


@pytest.mark.parametrize("name", ANSWERS)
def test_fault_58_an_answer_is_its_articles(name: str) -> None:
    expected = [("Crane falls", TEXT, URL, "2026-11-22T07:30:00+00:00")]
    text = json.dumps(ANSWERS[name])
    assert from_file(text) == expected
    assert from_address(text) == expected


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "\n// made in 3 ms\n"),
        ("", "\n/* cached */"),
        ("", " <!-- cached -->"),
        (")]}'\n", ""),
        (")]}',\n", ""),
        ("while(1);", ""),
        ("for (;;);", ""),
        ("show(", ");"),
        ("/**/ show(", ")"),
        ("// made by hand\n", ""),
    ],
)
def test_fault_58_guards_calls_and_remarks_do_no_harm(before: str, after: str) -> None:
    items = [{"id": "1", "url": URL, "title": "Crane falls", "content_text": TEXT}]
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "River Post", "items": items}
    for answer in (feed, {"articles": [PLAIN]}):
        text = f"{before}{json.dumps(answer)}{after}"
        assert [each[0] for each in from_file(text)] == ["Crane falls"]
        assert [each[0] for each in from_address(text)] == ["Crane falls"]


def test_an_answer_of_several_outlets_names_each() -> None:
    answer = {"articles": [{**PLAIN, "source": {"id": None, "name": "River Post"}}]}
    (article,) = parse(json.dumps(answer).encode(), "a.json", ReadOptions(NOW, 1_000_000))
    assert isinstance(article, ParsedArticle)
    assert article.source == "River Post"


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        ({"status": "error", "message": "Your key is not valid."}, "Your key is not valid."),
        ({"error": {"code": 4, "message": "Too many requests"}}, "Too many requests"),
        ({"errors": [{"detail": "No plan"}]}, "No plan"),
        ({"status": "ok", "articles": []}, "holds no article"),
        ({"items": [{"name": "Pump", "price": 4}]}, "holds no article"),
        ({"name": "briefing", "version": "1.0", "description": TEXT}, "holds no article"),
        ({"data": {"data": {"data": {"data": {"data": {"data": [PLAIN]}}}}}}, "holds no article"),
    ],
)
def test_fault_58_an_answer_without_articles_is_refused(answer: object, why: str) -> None:
    with pytest.raises(RefusedInput, match=why):
        feed_of_answer(json.dumps(answer))
    done = read(ReadJob("https://api.example/v2", None, NOW), json.dumps(answer).encode())
    assert why in (done.refused or "") or "is JSON, but not a feed" in (done.refused or "")
    outcomes = parse(json.dumps(answer).encode(), "a.json", ReadOptions(NOW, 1_000_000))
    assert all(isinstance(each, Refusal) for each in outcomes)


@pytest.mark.parametrize(
    "odd", [1e300, -1e300, True, [], {}, [[]], {"name": 4}, "\ud800", "<b>&", None]
)
def test_odd_values_do_no_harm(odd: object) -> None:
    answer = {"articles": [{**PLAIN, "author": odd, "tags": odd, "id": odd, "created_at": odd}]}
    assert [each[0] for each in from_file(json.dumps(answer))] == ["Crane falls"]
