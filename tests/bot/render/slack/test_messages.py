"""What a briefing or a reply says and shows in Slack."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.models import BulletStatus, Line, Reply, Span, Style
from bot.render.sanitize import clean, clusters, utf16
from bot.render.slack.blocks import MAX_BLOCKS, MAX_BLOCKS_BYTES, MAX_FALLBACK, MAX_TEXT
from bot.render.slack.messages import briefing_messages, reply_messages, slash
from tests.fakes.slack_blocks import links, mentions, problems, said, walk
from tests.support.builders import a_briefing, a_bullet, a_citation, a_section, an_article

HOSTILE = st.text(st.characters(), max_size=400)
LONG = st.builds(
    str.__mul__, st.text(st.characters(), min_size=1, max_size=20), st.integers(0, 900)
)

FAMILY = "👨‍👩‍👧‍👦"
ATTACKS = {
    "channel": "<!channel> read this",
    "here": "<!here|here> read this",
    "user": "thanks <@U1>",
    "group": "<!subteam^S1|@board>",
    "room": "<#C1|general>",
    "link": "<http://evil.example|your bank>",
    "date": "<!date^1392734382^{date}^http://evil.example|now>",
    "everyone": "@everyone @here @channel",
    "entities": "&lt;!channel&gt; &amp; AT&T",
    "markup": "*bold* _italic_ ~struck~ `code` ```block``` > quote",
    "emoji": ":rotating_light: :smile:",
    "bidi": "safe \u202egnp.exe\u202c \u2066x\u2069",
    "hidden": "ze\u200bro \U000e0068\U000e0069 \x00\x07",
    "half": "lone \ud800 surrogate",
}


def loaded(payloads: tuple[str, ...]) -> list[dict[str, Any]]:
    return [json.loads(payload) for payload in payloads]


def words_of(payloads: tuple[str, ...]) -> str:
    """All rich text of some messages in one, parts joined as they were cut."""
    texts = [
        part["text"]
        for message in loaded(payloads)
        for block in message["blocks"]
        if block["type"] == "rich_text"
        for part in walk(block)
        if isinstance(part.get("text"), str)
    ]
    return "".join(texts)


def assert_sendable(payloads: tuple[str, ...]) -> None:
    for message in loaded(payloads):
        assert problems(message) == []
        assert 0 < utf16(message["text"]) <= MAX_FALLBACK
        assert len(message["blocks"]) <= MAX_BLOCKS
        assert len(json.dumps(message["blocks"], ensure_ascii=False).encode()) <= MAX_BLOCKS_BYTES
        assert message["unfurl_links"] is message["unfurl_media"] is False
        assert mentions(message) == []


@pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS)
def test_fault_39_it_shows_hostile_text_literally_and_calls_nobody(attack: str) -> None:
    article = an_article(f"{attack} title", f"{attack}. Text.", source=attack)
    bullet = a_bullet(attack, citations=[a_citation(article)], change=attack)
    payloads = briefing_messages(a_briefing(a_section(attack, bullet)), attack)
    assert_sendable(payloads)
    assert clean(attack).strip() in words_of(payloads)
    assert {url for message in loaded(payloads) for url in links(message)} == {article.url}


@pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS)
def test_it_shows_hostile_words_of_a_reply_literally(attack: str) -> None:
    line = Line((Span(attack), Span(attack, Style.CODE), Span(attack, Style.BOLD)))
    payloads = reply_messages(Reply(attack, (line, Line((Span(attack),), item=True)), note=(line,)))
    assert_sendable(payloads)
    assert clean(attack) in words_of(payloads)


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "tg://user?id=1",
        "slack://open",
        "http://",
        "//evil.example",
        "https://evil.example/\u202egnp",
        None,
    ],
)
def test_fault_40_it_links_only_to_http(url: str | None) -> None:
    citation = a_citation(an_article(url=url))
    linked = Reply(lines=(Line((Span("here", url=url),)),))
    briefing = a_briefing(a_section("energy", a_bullet(citations=[citation])))
    for payloads in (briefing_messages(briefing, "News"), reply_messages(linked)):
        assert_sendable(payloads)
        assert [url for message in loaded(payloads) for url in links(message)] == []


def test_it_keeps_an_address_from_breaking_out_of_its_link() -> None:
    article = an_article(url="https://news.example/a?b=1&c=<!channel>|x>`*_")
    briefing = a_briefing(a_section("energy", a_bullet(citations=[a_citation(article)])))
    (message,) = loaded(briefing_messages(briefing, "News"))
    assert mentions(message) == []
    assert links(message) == ["https://news.example/a?b=1&amp;c=%3C!channel%3E%7Cx%3E%60*_"]


def test_fault_41_it_cuts_a_long_bullet_between_whole_characters() -> None:
    text = FAMILY * 700
    payloads = briefing_messages(a_briefing(a_section("energy", a_bullet(text))), "News")
    assert_sendable(payloads)
    assert text in words_of(payloads)
    for message in loaded(payloads):
        for part in walk(message):
            if part.get("type") == "text" and FAMILY in part["text"]:
                assert set(clusters(part["text"])) == {FAMILY}


@pytest.mark.parametrize("length", [MAX_TEXT - 1, MAX_TEXT, MAX_TEXT + 1, 20_000])
def test_fault_41_it_sends_a_text_of_any_length(length: int) -> None:
    text = ("power " * length)[: length - 1] + "!"
    payloads = briefing_messages(a_briefing(a_section("energy", a_bullet(text))), "News")
    assert_sendable(payloads)
    assert text in words_of(payloads)


@pytest.mark.parametrize("count", [1, 20, 24, 25, 26, 100])
def test_fault_41_it_splits_between_bullets_and_keeps_each_with_its_sources(count: int) -> None:
    bullets = [a_bullet(f"Bullet number {n} of many.") for n in range(1, count + 1)]
    payloads = briefing_messages(a_briefing(a_section("energy", *bullets)), "News")
    assert_sendable(payloads)
    shown = words_of(payloads)
    assert all(f"{n}. Bullet number {n} of many." in shown for n in range(1, count + 1))
    for message in loaded(payloads):
        kinds = [block["type"] for block in message["blocks"]]
        assert kinds[0] in {"header", "rich_text"} or kinds == ["context", "actions"]
        assert kinds[-1] == "actions"


def test_it_sets_a_heading_in_bold_that_is_too_long_for_a_header() -> None:
    heading = "Very long heading " * 20
    (message,) = loaded(briefing_messages(a_briefing(), heading))
    assert problems(message) == []
    assert message["blocks"][0]["type"] == "rich_text"
    assert heading.strip() in said(message)


def test_it_numbers_bullets_through_all_sections() -> None:
    briefing = a_briefing(
        a_section("energy", a_bullet("First."), a_bullet("Second.")),
        a_section("security", a_bullet("Third.")),
    )
    assert "3. Third." in words_of(briefing_messages(briefing, "News"))


def test_it_marks_what_is_updated_and_what_goes_on() -> None:
    updated = a_bullet("Rescue goes on.", status=BulletStatus.UPDATED, change="31 dead, before 24")
    ongoing = a_bullet("Ships wait.", status=BulletStatus.ONGOING)
    shown = words_of(briefing_messages(a_briefing(a_section("energy", updated, ongoing)), "News"))
    assert "1. Updated: 31 dead, before 24 — Rescue goes on." in shown
    assert "2. Ongoing — Ships wait." in shown


def test_it_names_the_outlets_with_links_and_the_local_time() -> None:
    citations = [a_citation(an_article(source=name)) for name in ("Reuters", "BBC", "Dawn")]
    bullet = a_bullet(citations=citations, sources_count=5)
    briefing = a_briefing(a_section("energy", bullet), timezone="Asia/Karachi")
    (message,) = loaded(briefing_messages(briefing, "News"))
    assert "|Reuters>, <https://" in said(message)
    assert "|BBC> +3 · 5 outlets · published 15:00" in said(message)


def test_it_names_an_outlet_without_its_link_where_the_link_is_too_long() -> None:
    article = an_article(source="Reuters", url="https://news.example/" + "&" * 1900)
    briefing = a_briefing(a_section("energy", a_bullet(citations=[a_citation(article)])))
    (message,) = loaded(briefing_messages(briefing, "News"))
    assert problems(message) == links(message) == []
    assert "Reuters · " in said(message)


def test_it_says_that_a_topic_had_nothing_new() -> None:
    briefing = a_briefing(a_section("security"))
    assert "Nothing new on Security in the last 24 hours." in words_of(
        briefing_messages(briefing, "News")
    )


def test_it_says_in_the_fallback_what_the_blocks_say() -> None:
    (message,) = loaded(briefing_messages(a_briefing(), "News & more"))
    assert message["text"] == (
        "News &amp; more\n1 new story.\n⚡ Energy\n1. A storm cut power to the coast."
    )


@pytest.mark.parametrize(
    ("command", "typed"),
    [
        ("/subscribe energy at 07:30", "/brief subscribe energy at 07:30"),
        ("/help", "/brief help"),
        ("/brief energy 24h", "/brief energy 24h"),
        ("/brief", "/brief"),
        ("/why 2", "/brief why 2"),
    ],
)
def test_it_writes_commands_as_they_are_typed_in_slack(command: str, typed: str) -> None:
    (message,) = loaded(reply_messages(Reply(command, (Line((Span(command, Style.CODE),)),))))
    assert said(message) == f"{typed}\n{typed}"
    assert slash(command) == typed


def test_it_leaves_other_code_and_other_text_alone() -> None:
    line = Line((Span("/etc/passwd and /help "), Span("07:30", Style.CODE)))
    (message,) = loaded(reply_messages(Reply(lines=(line,))))
    assert said(message) == "/etc/passwd and /help 07:30"


def test_it_lists_items_and_parts_paragraphs_at_empty_lines() -> None:
    items = tuple(Line((Span(name),), item=True) for name in ("one", "two"))
    lines = (Line((Span("a"),)), Line((Span("b"),)), Line(()), Line((Span("c"),)), *items)
    (message,) = loaded(reply_messages(Reply("Title", lines)))
    assert said(message) == "Title\na\nb\nc\nonetwo"
    assert message["blocks"][3]["elements"][0]["style"] == "bullet"
    assert message["text"] == "Title\na\nb\nc\n• one\n• two"


def test_it_sends_nothing_for_an_empty_reply() -> None:
    assert reply_messages(Reply()) == ()


def test_it_puts_a_replys_lines_before_and_its_note_after_the_briefing() -> None:
    reply = Reply("Here", (Line((Span("before"),)),), a_briefing(), note=(Line((Span("after"),)),))
    (message,) = loaded(reply_messages(reply))
    shown = said(message)
    assert shown.index("Here") < shown.index("before") < shown.index("1. ") < shown.index("after")


@settings(deadline=None)
@given(text=HOSTILE | LONG, title=HOSTILE, source=HOSTILE, change=st.none() | HOSTILE)
def test_any_briefing_is_sendable_and_loses_nothing(
    text: str, title: str, source: str, change: str | None
) -> None:
    article = an_article(source=source, url=f"https://news.example/{source}")
    bullet = a_bullet(
        text, citations=[a_citation(article)], status=BulletStatus.UPDATED, change=change
    )
    payloads = briefing_messages(a_briefing(a_section(title, bullet, bullet)), title)
    assert_sendable(payloads)
    shown = words_of(payloads)
    assert shown.count(clean(text).strip()) >= 2
    assert clean(title.capitalize()).strip() in shown


@settings(deadline=None)
@given(title=HOSTILE, spans=st.lists(st.tuples(HOSTILE | LONG, st.sampled_from(Style)), max_size=6))
def test_any_reply_is_sendable_and_loses_nothing(
    title: str, spans: list[tuple[str, Style]]
) -> None:
    lines = tuple(
        Line((Span(text, style),), item=at % 2 == 0) for at, (text, style) in enumerate(spans)
    )
    payloads = reply_messages(Reply(title, lines, note=lines[:1]))
    assert_sendable(payloads)
    shown = words_of(payloads)
    for text, _ in spans:
        assert clean(text).removeprefix("/") in shown
