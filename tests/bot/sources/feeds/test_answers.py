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
        ({"status": "error", "articles": [], "message": "No plan"}, "No plan"),
        ({"items": [{"name": "Pump", "price": 4}]}, "holds no article"),
        ({"name": "briefing", "version": "1.0", "description": TEXT}, "holds no article"),
        ({"data": {"data": {"data": {"data": {"data": {"data": [PLAIN]}}}}}}, "holds no article"),
    ],
)
def test_fault_58_an_answer_without_articles_is_refused(answer: object, why: str) -> None:
    said = why if why == "holds no article" else f"is JSON without articles: {why}"
    with pytest.raises(RefusedInput) as refused:
        feed_of_answer(json.dumps(answer))
    assert str(refused.value) == said
    done = read(ReadJob("https://api.example/v2", None, NOW), json.dumps(answer).encode())
    assert done.refused == (f"is JSON, but not a feed: it {said}" if said == why else said)
    outcomes = parse(json.dumps(answer).encode(), "a.json", ReadOptions(NOW, 1_000_000))
    assert outcomes
    assert all(isinstance(each, Refusal) for each in outcomes)


@pytest.mark.parametrize(
    "answer",
    [
        {"status": "ok", "totalResults": 0, "articles": []},
        {"status": "ok", "items": []},
        {"response": {"docs": []}},
    ],
)
def test_an_answer_that_found_nothing_is_a_feed_without_items(answer: object) -> None:
    done = read(ReadJob("https://api.example/v2", None, NOW), json.dumps(answer).encode())
    assert done.refused is None
    assert done.feed is not None
    assert done.feed.total == 0
    (outcome,) = parse(json.dumps(answer).encode(), "a.json", ReadOptions(NOW, 1_000_000))
    assert isinstance(outcome, Refusal)


@pytest.mark.parametrize("odd", [{"type": "ad"}, None, 4, "x", [], {"title": "Without address"}])
def test_one_item_of_another_kind_leaves_the_others(odd: object) -> None:
    item = {"id": "1", "url": URL, "title": "Crane falls", "content_text": TEXT}
    assert [each[0] for each in from_address(json.dumps({"items": [item, odd]}))] == ["Crane falls"]


def test_items_with_the_names_of_a_service_are_read_too() -> None:
    items = [{"webTitle": "Crane falls", "webUrl": URL, "webPublicationDate": AT, "lead": TEXT}]
    assert [each[0] for each in from_address(json.dumps({"items": items}))] == ["Crane falls"]


@pytest.mark.parametrize(
    ("message", "shown"),
    [
        ("Your key q7w8e9 is not valid.", "Your key … is not valid."),
        ("Key (q7w8e9) refused", "Key (…) refused"),
        ("See https://api.example/v2?key=q7w8e9 for more", "See … for more"),
        ("Could not open /etc/keys/api.key: API_KEY=abc not set", "Could not open … … not set"),
        ("Bad token 4f1c2a9e77b04f1c2a9e", "Bad token …"),
        ("Ask for all and/or some, 5 km/h", "Ask for all and/or some, 5 km/h"),
        (*["密钥无效请检查您的设置然后重新尝试如果问题仍然存在请"] * 2,),
    ],
)  # fmt: skip
def test_what_a_service_says_is_shown_without_keys_and_addresses(message: str, shown: str) -> None:
    job = ReadJob("https://api.example/v2?q=x&apiKey=q7w8e9", None, NOW)
    done = read(job, json.dumps({"status": "error", "message": message}).encode())
    assert done.refused == f"is JSON without articles: {shown}"


def test_a_plain_text_may_hold_a_less_than_sign() -> None:
    plain = {**PLAIN, "title": "Growth <two per cent", "description": "Rates x <y and z.\n\nMore."}
    for answer in ({"articles": [plain]}, {"items": [{**plain, "date": AT}]}):
        ((title, text, *_),) = from_address(json.dumps(answer))
        assert (title, text) == ("Growth <two per cent", "Rates x <y and z.\n\nMore.")


@pytest.mark.parametrize(
    "odd", [1e300, -1e300, True, [], {}, [[]], {"name": 4}, "\ud800", "<b>&", None]
)
def test_odd_values_do_no_harm(odd: object) -> None:
    answer = {"articles": [{**PLAIN, "author": odd, "tags": odd, "id": odd, "created_at": odd}]}
    assert [each[0] for each in from_file(json.dumps(answer))] == ["Crane falls"]
