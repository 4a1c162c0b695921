"""`briefbot sources` and `briefbot ingest URL`: real processes, a local web."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator

import psycopg
import pytest

from bot.store.sources.due import CLAIM_LOCK
from tests.fakes.web import FakeWeb, answer, fake_web, gzip_bomb, raw, redirect, unless_modified
from tests.support.command_line import Shell
from tests.support.feed_texts import LONG, item, page, rss

ALLOWED = {"BRIEFBOT_ALLOWED_NETWORKS": "127.0.0.0/8"}


class WebShell(Shell):
    """Runs commands while the test's own web answers."""

    async def run(self, *arguments: str, status: int = 0) -> tuple[str, str]:
        """Run a command; returns what it printed to standard output and standard error."""
        done = await asyncio.to_thread(self, *arguments, **ALLOWED)
        assert done.returncode == status, done.stdout + done.stderr
        return done.stdout, done.stderr


@pytest.fixture
def shell(briefbot: Shell) -> WebShell:
    return WebShell(briefbot.folder)


@pytest.fixture
async def web() -> AsyncIterator[FakeWeb]:
    async with fake_web() as server:
        yield server


async def test_a_source_is_added_looked_at_and_removed(shell: WebShell, web: FakeWeb) -> None:
    url = web.on("/rss", unless_modified(rss(item("One"), item("Two")), '"1"'))
    home = '<link rel="alternate" type="application/rss+xml" href="/rss">'
    start = web.on("/", answer(page("Home", LONG, head=home)))
    added, _ = await shell.run("sources", "add", start, "--category", "Energy")
    assert added.startswith(f"added Harbour Wire: feed {url} (2 items")
    looked, _ = await shell.run("sources", "refresh")
    assert looked == "1 sources polled, 0 failed: 2 new, 0 changed\n"
    again, _ = await shell.run("sources", "refresh", "--all")
    assert again == "1 sources polled, 0 failed: 0 new, 0 changed\n"
    listed, told = await shell.run("sources", "list")
    assert listed.startswith("healthy   Harbour Wire")
    assert told == "1 source: 1 healthy\n"
    web.on("/rss", answer(status=404))
    failing, told = await shell.run("sources", "refresh", "--all")
    assert failing == "1 sources polled, 1 failed: 0 new, 0 changed\n"
    assert told.endswith("`briefbot sources list` says why\n")
    await shell.run("sources", "remove", "harbour wire")
    await shell.run("sources", "remove", "harbour wire", status=1)


async def test_what_cannot_be_added_is_told(shell: WebShell, web: FakeWeb) -> None:
    _, told = await shell.run("sources", "add", web.at("/nothing"), status=1)
    assert told == "briefbot: the server has no such page (HTTP 404)\n"
    _, told = await shell.run("sources", "add", "./nowhere", status=2)
    assert "is not a folder" in told
    for blank in ("", " "):
        _, told = await shell.run("sources", "add", blank, status=2)
        assert "a path or an address is empty" in told
    _, told = await shell.run("sources", "add", "ftp://wire.example", status=1)
    assert "neither http nor https" in told


async def test_the_starter_list_is_imported_and_exported(shell: WebShell) -> None:
    added, _ = await shell.run("sources", "import")
    assert added == "30 added, 0 known, 0 refused\n"
    exported, _ = await shell.run("sources", "export")
    (shell.folder / "copy.opml").write_text(exported)
    known, _ = await shell.run("sources", "import", "copy.opml")
    assert known == "0 added, 30 known, 0 refused\n"
    listed = json.loads((await shell.run("sources", "list", "--json"))[0])
    assert {each["category"] for each in listed} >= {"Energy / Power", "Security / Cyber"}
    await shell.run("sources", "import", "none.opml", status=2)
    (shell.folder / "bad.opml").write_text("<html/>")
    _, told = await shell.run("sources", "import", "bad.opml", status=1)
    assert told == "briefbot: bad.opml is not OPML\n"


async def test_what_of_a_list_cannot_be_added_is_refused_and_the_rest_goes_in(
    shell: WebShell,
) -> None:
    urls = ["https://a.example/", f"https://b.example/{'x' * 2_000}", "https://c.example/"]
    outlines = "".join(f'<outline text="{url[8]}" xmlUrl="{url}"/>' for url in urls)
    (shell.folder / "list.opml").write_text(f"<opml><body>{outlines}</body></opml>")
    added, told = await shell.run("sources", "import", "list.opml")
    assert added == "2 added, 0 known, 1 refused\n"
    assert told.startswith("refused b: https://b.example/xxxx")
    assert told.endswith("…: An address may have at most 2,000 characters.\n")


async def test_a_refresh_that_the_database_keeps_waiting_says_so(
    shell: WebShell, postgresql_url: str
) -> None:
    database = {"DATABASE_URL": f"{postgresql_url}?options=-clock_timeout%3D300"}
    await asyncio.to_thread(
        shell, "sources", "add", "https://a.example/", "--unchecked", **database
    )
    with psycopg.connect(postgresql_url) as other:
        other.execute("SELECT pg_advisory_lock(%s)", [CLAIM_LOCK])
        done = await asyncio.to_thread(shell, "sources", "refresh", **database)
    assert done.returncode == 1, done.stdout + done.stderr
    assert "briefbot: some sources were not polled: " in done.stderr


BROKEN = {
    "404": (answer(status=404), "no such page (HTTP 404)"),
    "403": (answer(status=403), "does not let the bot in"),
    "401": (answer(status=401), "asks for a password"),
    "410": (answer(status=410), "gone for good"),
    "429": (answer(status=429, headers=[("Retry-After", "900")]), "asked too often"),
    "500": (answer(status=500), "HTTP 500"),
    "503": (answer(status=503), "HTTP 503"),
    "html": (answer(page("Sold", "This domain is for sale.")), "is a web page, not a feed"),
    "empty": (answer(b""), "is empty"),
    "json": (answer(b'{"error": "none"}'), "is JSON without articles: none"),
    "png": (answer(b"\x89PNG\r\n\x1a\n" + bytes(100)), "is not a feed"),
    "xxe": (answer(b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><rss/>'), "entities"),
    "deep": (answer(b"<rss>" + b"<a>" * 100_000), "nested deeper"),
    "torn": (answer(b"<rss><channel><item>"), "cut off within its first item"),
    "loop": (redirect("/loop"), "redirects more than 5 times"),
    "private": (redirect("http://10.0.0.1/"), "private address"),
    "file": (redirect("file:///etc/passwd"), "neither http nor https"),
    "bomb": (answer(gzip_bomb(32), headers=[("Content-Encoding", "gzip")]), "bytes allowed"),
    "twice": (answer(b"x", headers=[("Content-Encoding", "gzip, gzip")]), "not requested"),
    "gzip": (answer(b"no gzip", headers=[("Content-Encoding", "gzip")]), "not the gzip"),
    "short": (raw(b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n<rss", close=True), "cut short"),
    "odd": (raw(b"GARBAGE\r\n\r\n", close=True), "not HTTP"),
    "closed": (raw(b"", close=True), "without an answer"),
}


async def test_of_fifty_feeds_each_broken_one_is_told_with_its_reason(
    shell: WebShell, web: FakeWeb
) -> None:
    for name, (behaviour, _) in BROKEN.items():
        web.on(f"/{name}", behaviour)
    paths = [*BROKEN, *(f"good{number}" for number in range(50 - len(BROKEN)))]
    for path in paths[len(BROKEN) :]:
        web.on(f"/{path}", answer(rss(item(f"News of {path}"))))
    outlines = "".join(f'<outline text="{path}" xmlUrl="{web.at(f"/{path}")}"/>' for path in paths)
    (shell.folder / "fifty.opml").write_text(f"<opml><body>{outlines}</body></opml>")
    assert (await shell.run("sources", "import", "fifty.opml"))[0].startswith("50 added")

    checked, _ = await shell.run("sources", "check", status=1)
    lines = {line.split()[1].rstrip(":"): line for line in checked.splitlines()}
    for name, (_, reason) in BROKEN.items():
        assert lines[name].startswith("FAIL")
        assert reason in lines[name] or "has no feed, article" in lines[name], lines[name]

    await shell.run("sources", "refresh")
    records = json.loads((await shell.run("sources", "list", "--json"))[0])
    by_name = {each["name"]: each for each in records}
    for name, (_, reason) in BROKEN.items():
        assert reason in by_name[name]["error"], by_name[name]
        assert (by_name[name]["next_at"] is None) == (name == "410")
    well = [each["name"] for each in records if each["standing"] == "healthy"]
    assert sorted(well) == sorted(paths[len(BROKEN) :])
    _, told = await shell.run("sources", "list")
    assert told == f"50 sources: 2 given up, 20 failing, 1 ended and {len(well)} healthy\n"


async def test_addresses_can_be_ingested(shell: WebShell, web: FakeWeb) -> None:
    feed = web.on("/rss", answer(rss(item("One"), item("Two"))))
    report = web.on("/report", answer(page("Outage report", LONG)))
    (shell.folder / "saved.xml").write_bytes(rss(item("Three")))
    counts, told = await shell.run("ingest", feed, report, "saved.xml", web.at("/none"))
    assert counts == "4 new, 0 changed, 0 unchanged, 1 refused\n"
    refused = f"refused {web.at('/none')}: the server has no such page (HTTP 404)"
    assert refused in told.splitlines()
    assert "undated Outage report: it states no date" in told
    again, _ = await shell.run("ingest", feed, "--format", "feed")
    assert again == "0 new, 0 changed, 2 unchanged, 0 refused\n"
    stored = json.loads((await shell.run("articles", "--since", "2000-01-01", "--json"))[0])
    assert {each["title"] for each in stored} == {"One", "Two", "Three", "Outage report"}


async def test_an_edit_without_a_readable_date_keeps_the_first_date(
    shell: WebShell, web: FakeWeb
) -> None:
    feed = web.on("/rss", answer(rss(item("Ferry aground", date="Fri, 27 Nov 2026 08:00:00 GMT"))))
    await shell.run("ingest", feed)
    edited = item("Ferry aground", date="at noon or so", text="All aboard the ferry are safe.")
    web.on("/rss", answer(rss(edited)))
    counts, told = await shell.run("ingest", feed)
    assert counts == "0 new, 1 changed, 0 unchanged, 0 refused\n"
    assert "its first date stays" in told
    assert "undated" not in told
    (stored,) = json.loads((await shell.run("articles", "--since", "2000-01-01", "--json"))[0])
    assert stored["published_at"].startswith("2026-11-27T08:00:00")
