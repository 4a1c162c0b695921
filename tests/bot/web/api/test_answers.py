"""What the API answers, to whom, and how it refuses."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import httpx
import pytest

from bot.errors import StoreError
from bot.models import CitedField, withdrawal_of
from bot.web.api.endpoint import STRANGE_A_MINUTE
from bot.web.headers import ALWAYS
from tests.support.clock import Clock
from tests.support.page_room import PageRoom

NO_TOKEN = {"authorization": ""}


async def got(client: httpx.AsyncClient, path: str, **query: object) -> Any:
    answer = await client.get(path, params={name: str(each) for name, each in query.items()})
    assert answer.status_code == 200, answer.text
    return answer.json()


async def test_every_bullet_comes_with_sentences_that_stand_in_their_articles(
    room: PageRoom, client: httpx.AsyncClient
) -> None:
    items = (await got(client, "/bullets", limit=100))["items"]
    assert {each.text for each in room.briefing.bullets} <= {each["text"] for each in items}
    assert len({each["id"] for each in items}) == len(items)
    for citation in (each for item in items for each in item["citations"]):
        article = await room.store.articles.get(citation["article"]["id"])
        assert article is not None
        field = article.title if citation["field"] == CitedField.TITLE else article.text
        assert field[citation["start"] : citation["end"]] == citation["quote"]
        assert citation["stands"]
        assert citation["article"]["published_at"].endswith("Z")


async def test_a_changed_article_is_not_passed_off_as_the_proof(
    room: PageRoom, client: httpx.AsyncClient
) -> None:
    citation = room.briefing.bullets[0].citations[0]
    article = await room.store.articles.get(citation.article_id)
    assert article is not None
    await room.store.articles.add(replace(article, text="Other.", title="O", content_hash="other"))
    sections = (await got(client, f"/digests/{room.digest}"))["sections"]
    assert not sections[0]["bullets"][0]["citations"][0]["stands"]


async def test_pages_of_bullets_together_are_all_bullets(
    room: PageRoom, client: httpx.AsyncClient
) -> None:
    whole = (await got(client, "/bullets", limit=100, topic="energy"))["items"]
    assert {each["topic"] for each in whole} == {"energy"}
    found: list[Any] = []
    more: dict[str, str] = {}
    while True:
        page = await got(client, "/bullets", limit=2, topic="energy", **more)
        assert len(page["items"]) <= 2
        found += page["items"]
        if page["next"] is None:
            break
        more = {"cursor": page["next"]}
    assert {each["id"] for each in found} == {each["id"] for each in whole}
    newest = [each["told_at"] for each in found]
    assert newest == sorted(newest, reverse=True)
    day = room.briefing.created_at.date()
    late = await got(client, "/bullets", limit=100, since=day, until="2099-01-01")
    assert {each["told_at"][:10] for each in late["items"]} == {day.isoformat()}


async def test_a_withdrawn_bullet_is_marked_in_its_digest_and_left_out_elsewhere(
    room: PageRoom, client: httpx.AsyncClient
) -> None:
    bullet = room.briefing.bullets[0]
    await room.store.withdrawals.add(withdrawal_of(bullet, "A mistake", room.now))
    digest = await got(client, f"/digests/{room.digest}")
    told = [each for section in digest["sections"] for each in section["bullets"]]
    assert [each["number"] for each in told] == list(range(1, len(room.briefing.bullets) + 1))
    assert [each["withdrawn"] is not None for each in told] == [True] + [False] * (len(told) - 1)
    assert told[0]["withdrawn"]["reason"] == "A mistake"
    items = (await got(client, "/bullets", limit=100))["items"]
    assert bullet.text not in {each["text"] for each in items}


async def test_stories_topics_and_the_search_answer(
    room: PageRoom, client: httpx.AsyncClient
) -> None:
    story = await got(client, f"/stories/{room.briefing.bullets[0].story_id}")
    assert story["articles"] == len(story["newest"]) >= 1
    assert [each["name"] for each in (await got(client, "/topics"))["items"]] >= ["energy"]
    hits = (await got(client, "/search", q="power -nothing", limit=3))["items"]
    assert 1 <= len(hits) <= 3
    assert "power" in f"{hits[0]['snippet']} {hits[0]['article']['title']}".lower()


async def test_a_digest_needs_its_link_and_all_else_the_token(
    room: PageRoom, client: httpx.AsyncClient
) -> None:
    opened = await client.get(f"/digests/{room.digest}", headers=NO_TOKEN)
    assert opened.status_code == 200
    assert "access-control-allow-origin" not in opened.headers
    assert {header: opened.headers[header] for header in ALWAYS} == ALWAYS
    for token in (room.archive, "x", "A" * 22):
        assert (await client.get(f"/digests/{token}")).status_code == 404
    for given in ("", "Bearer", "Bearer wrong", "Basic a-token-of-the-tests-long-enough"):
        refused = await client.get("/topics", headers={"authorization": given})
        assert refused.status_code == 401
        assert refused.headers["www-authenticate"] == "Bearer"
        assert "BRIEFBOT_API_TOKEN" in refused.json()["remedy"]


async def test_wrong_tokens_shut_out_nobody_else(client: httpx.AsyncClient) -> None:
    for _ in range(STRANGE_A_MINUTE):
        await client.get("/topics", headers=NO_TOKEN)
    refused = await client.get("/topics", headers=NO_TOKEN)
    assert refused.status_code == 429
    assert int(refused.headers["retry-after"]) >= 1
    assert (await client.get("/topics")).status_code == 200


async def test_an_answer_that_did_not_change_is_not_sent_again(
    room: PageRoom, client: httpx.AsyncClient, clock: Clock
) -> None:
    first = await client.get(f"/digests/{room.digest}")
    assert first.headers["cache-control"] == "private, max-age=60"
    same = await client.get(
        f"/digests/{room.digest}", headers={"if-none-match": f'W/{first.headers["etag"]}, "x"'}
    )
    assert (same.status_code, same.content) == (304, b"")
    other = await client.get(f"/digests/{room.digest}", headers={"if-none-match": '"x"'})
    assert other.status_code == 200


@pytest.mark.parametrize(
    ("path", "parameter", "remedy"),
    [
        ("/bullets?limit=500", "limit", "from 1 to 100"),
        ("/bullets?limit=ten", "limit", "from 1 to 100"),
        ("/bullets?topic=sports", "topic", "security, energy"),
        ("/bullets?since=yesterday", "since", "2026-11-23T07:30:00Z"),
        ("/bullets?since=2026-13-01", "since", "2026-11-23T07:30:00Z"),
        ("/bullets?since=2026-11-02&until=2026-11-01", "since", "earlier"),
        ("/bullets?cursor=%F0%9F%98%80", "cursor", "unchanged"),
        ("/bullets?cursor=AAAA", "cursor", "unchanged"),
        ("/bullets?limit=1&limit=2", "limit", "once"),
        ("/topics?page=2", "page", "leave it out"),
        ("/search", "q", "1 to 200 characters"),
        (f"/search?q={'x' * 201}", "q", "1 to 200 characters"),
    ],
)
async def test_a_refusal_names_the_parameter_the_value_and_the_remedy(
    path: str, parameter: str, remedy: str, client: httpx.AsyncClient
) -> None:
    refused = await client.get(path)
    assert refused.status_code == 400
    assert refused.headers["content-type"] == "application/problem+json"
    told = refused.json()
    assert told["parameter"] == parameter
    assert told["status"] == 400
    assert remedy in told["remedy"]
    assert len(refused.content) < 800


async def test_other_faults_are_problems_too(
    room: PageRoom, client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = {
        404: await client.get("/nothing"),
        405: await client.post("/topics"),
    }
    assert set(answers[405].headers["allow"].split(", ")) == {"GET", "HEAD"}

    async def broken(*_: object) -> None:
        raise StoreError("down")

    monkeypatch.setattr(room.store.page_links, "open", broken)
    answers[503] = await client.get(f"/digests/{room.digest}")
    for status, answer in answers.items():
        assert answer.status_code == status
        assert answer.json()["status"] == status
        assert answer.headers["content-type"] == "application/problem+json"
