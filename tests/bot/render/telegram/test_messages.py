"""Telegram messages, judged by Telegram's own parser."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.models import Briefing, Line, Reply, Span, Style
from bot.render.sanitize import clean, clusters
from bot.render.telegram import pages as limits
from bot.render.telegram.messages import briefing_messages, reply_messages
from tests.fakes.telegram_rules import Parsed, parse
from tests.support.builders import a_briefing, a_bullet, a_citation, a_section, an_article

FAMILY = "👨‍👩‍👧‍👦"
LIVE = {"mention", "bot_command", "url", "email"}
SNIPPETS = (
    "@ / everyone abc a.co http:// tg://user?id=1 . com <b &lt; </code> \" ' & - _ ( « … , é/x Ａ "
    "#tag $USD 1.1.1.1 x@y.zz t.me/x ton:// 🇩🇪 \u202e \u200b \ud800"
)
HOSTILE = st.lists(st.sampled_from([*SNIPPETS.split(), FAMILY, " ", "\n"]), max_size=25).map(
    "".join
)
ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=200) | HOSTILE
FEW = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def seen(messages: Sequence[str]) -> list[Parsed]:
    """What readers see; raises where Telegram would refuse a message."""
    return [parse(body["text"], body["parse_mode"]) for body in map(json.loads, messages)]


def briefing_of(*texts: str, url: str | None = "https://news.example/1") -> Briefing:
    citation = a_citation(an_article("Title", source="Harbour Wire", url=url))
    return a_briefing(
        a_section("energy", *(a_bullet(text, citations=[citation]) for text in texts))
    )


def live_words(message: Parsed) -> set[str]:
    """The words that Telegram brings to life, except the bot's own commands."""
    live = {message.of(each) for each in message.found if each.kind in LIVE}
    return {each for each in live if not re.fullmatch(r"/[a-z]+(_\d+)?", each)}


def test_it_sends_html_without_previews() -> None:
    (message,) = briefing_messages(briefing_of("One."), "Digest")
    body = json.loads(message)
    assert set(body) == {"text", "parse_mode", "link_preview_options", "reply_markup"}
    assert body["parse_mode"] == "HTML"
    assert body["link_preview_options"] == {"is_disabled": True}


@FEW
@given(st.lists(ANY_TEXT, min_size=1, max_size=5), ANY_TEXT, ANY_TEXT)
def test_fault_39_any_text_is_accepted_and_stays_dead(
    texts: list[str], name: str, heading: str
) -> None:
    citation = a_citation(an_article("Title", source=name, url="https://news.example/?a=1&b=<c>"))
    bullets = [a_bullet(text, citations=[citation], change=name) for text in texts]
    messages = seen(briefing_messages(a_briefing(a_section("energy", *bullets)), heading))
    whole = " ".join(" ".join(message.text for message in messages).split())
    for text in texts:
        assert " ".join(clean(text).split()) in whole
    for message in messages:
        assert live_words(message) == set()
        assert len(message.entities) <= limits.ENTITIES


@FEW
@given(st.lists(st.tuples(ANY_TEXT, st.sampled_from(Style), ANY_TEXT), max_size=8), ANY_TEXT)
def test_fault_39_any_reply_is_accepted_and_stays_dead(
    spans: list[tuple[str, Style, str]], title: str
) -> None:
    line = Line(tuple(Span(text, style, url) for text, style, url in spans), item=True)
    folded = replace(line, item=False, quoted=True)
    lines = (line, folded, folded, line)
    for message in seen(reply_messages(Reply(title=title, lines=lines, note=(line,)))):
        assert live_words(message) == set()
        assert all((entity.url or "http").startswith("http") for entity in message.entities)


def test_a_quotation_and_its_source_stand_together() -> None:
    told, quote, source = (Line((Span(text),)) for text in ("Told.", "“It is so.”", "— Wire"))
    folded = [replace(each, quoted=True) for each in (quote, source)]
    (message,) = seen(reply_messages(Reply(lines=(told, *folded, told))))
    (quotation,) = [each for each in message.entities if each.kind == "block_quote"]
    assert message.of(quotation).strip() == "“It is so.”\n— Wire"


def test_a_long_quotation_is_folded_and_a_short_one_is_shown_whole() -> None:
    long = Line((Span("It is so. " * 50),), quoted=True)
    (message,) = seen(reply_messages(Reply(lines=(long,))))
    assert [each.kind for each in message.entities if "quote" in each.kind] == [
        "expandable_block_quote"
    ]


def test_a_folded_digest_has_the_proof_under_each_bullet() -> None:
    texts = [f"Town {n} has power again." for n in range(30)]
    (plain, *_), folded = (
        seen(briefing_messages(briefing_of(*texts), "Digest", folded=each))
        for each in (False, True)
    )
    assert not [each for each in plain.entities if each.kind == "expandable_block_quote"]
    folds = [
        message.of(each)
        for message in folded
        for each in message.entities
        if each.kind == "expandable_block_quote"
    ]
    assert len(folds) == 30
    assert all("“" in each and "Harbour Wire" in each for each in folds)


def test_fault_41_a_quotation_longer_than_a_message_is_folded_in_each() -> None:
    quote = Line((Span("It is so, he said. " * 600),), quoted=True)
    messages = seen(reply_messages(Reply(lines=(quote,))))
    assert len(messages) > 2
    for message in messages:
        assert "expandable_block_quote" in {each.kind for each in message.entities}
    whole = "".join(message.text.removeprefix("… ") for message in messages)
    assert "".join(whole.split()) == "Itisso,hesaid." * 600


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "data:text/html,x", "tg://user?id=42", "http://a\\@b/", "x", None],
)
def test_fault_40_it_links_nothing_but_web_addresses(url: str | None) -> None:
    (message,) = seen(briefing_messages(briefing_of("One.", url=url), "Digest"))
    assert "Harbour Wire" in message.text
    assert not {"text_link", "text_mention"} & {entity.kind for entity in message.entities}


def test_it_links_outlets_to_the_stored_addresses() -> None:
    url = "https://news.example/?q=\"a\"&b='c'"
    (message,) = seen(briefing_messages(briefing_of("One.", url=url), "Digest"))
    (link,) = [entity for entity in message.entities if entity.kind == "text_link"]
    assert message.of(link) == "Harbour Wire"
    assert link.url == "https://news.example/?q=%22a%22&b='c'"


@pytest.mark.parametrize(
    "word", ["@everyone", "/forget", "t.me/x", "Booking.com", "tg://user?id=1", "a@b.example"]
)
def test_it_sets_words_that_telegram_would_bring_to_life_as_code(word: str) -> None:
    (message,) = seen(briefing_messages(briefing_of(f"They said ({word}), twice."), "Digest"))
    assert word in [message.of(one) for one in message.entities if one.kind == "code"]


@pytest.mark.parametrize(
    "text", ["U.S.-led", "and/or", "24/7", "3.5bn", "$71", "e.g.", "No.10", "@ 5"]
)
def test_it_leaves_ordinary_words_alone(text: str) -> None:
    (message,) = seen(briefing_messages(briefing_of(f"So {text} it is."), "Digest"))
    codes = [message.of(entity) for entity in message.entities if entity.kind == "code"]
    assert codes == []


def test_fault_41_it_splits_between_bullets() -> None:
    texts = [f"Bullet {n} says this. " * 20 for n in range(20)]
    messages = seen(briefing_messages(briefing_of(*texts), "Digest"))
    assert len(messages) > 1
    assert sum(message.text.count("Harbour Wire") for message in messages) == 20
    for text in texts:
        assert sum(clean(text).strip() in message.text for message in messages) == 1
    for earlier, later in pairwise(messages):
        assert earlier.text.endswith("12:00") or earlier.text.endswith("10:00")
        assert later.text.startswith("⚡ Energy (continued)\n")


def test_fault_41_it_splits_at_one_hundred_entities() -> None:
    texts = [f"@name{n} " * 7 for n in range(40)]
    messages = seen(briefing_messages(briefing_of(*texts), "Digest"))
    assert len(messages) > 1
    assert all(len(message.entities) <= 100 for message in messages)
    assert not any(entity.kind == "mention" for message in messages for entity in message.found)


def test_fault_41_it_splits_where_addresses_weigh_too_much() -> None:
    url = "https://news.example/" + "a" * 1900
    messages = seen(briefing_messages(briefing_of(*["One."] * 20, url=url), "Digest"))
    assert len(messages) == 5
    assert sum(message.text.count(". One.") for message in messages) == 20


@pytest.mark.parametrize(
    "unit", ["word ", f"{FAMILY}", "🇩🇪", "e\u0301", "@a ", "x", "<&> ", "東京"]
)
def test_fault_41_an_endless_bullet_is_cut_and_nothing_is_lost(unit: str) -> None:
    text = unit * 3000
    messages = seen(briefing_messages(briefing_of(text, "Next one."), "Digest"))
    bodies = [message.text.removeprefix("⚡ Energy (continued)\n") for message in messages]
    whole = "".join(part.strip().removeprefix("… ") + " " for part in bodies)
    assert "".join(clean(text).split()) in "".join(whole.split())
    assert "Next one." in whole
    known = set(clusters(unit.strip()))
    for body in bodies[1:-1]:
        assert set(clusters(body.strip().removeprefix("… "))) <= known | {" "}


def test_a_heading_moves_on_with_its_first_bullet() -> None:
    long = "Long text. " * 330
    sections = [a_section("security", a_bullet(long)), a_section("energy", a_bullet(f"{long}End."))]
    briefing = a_briefing(*sections)
    first, second = seen(briefing_messages(briefing, "Digest"))
    assert "Energy" not in first.text
    assert second.text.startswith("⚡ Energy\n2. Long text.")


def test_an_empty_reply_is_no_message() -> None:
    assert reply_messages(Reply()) == ()
    assert reply_messages(Reply(title=" \u200b", lines=(Line((Span("\ufe0f"),)),))) == ()


def test_a_reply_of_a_thousand_lines_arrives_whole() -> None:
    lines = tuple(Line((Span(f"Line {n}"),), item=True) for n in range(1000))
    messages = seen(reply_messages(Reply(title="Lines", lines=lines)))
    shown = [line for message in messages for line in message.text.splitlines()]
    assert [line for line in shown if line.startswith("•")] == [f"• Line {n}" for n in range(1000)]
