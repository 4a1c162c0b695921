"""Random briefings and replies: neither platform refuses one, and nothing in them comes to life."""

from __future__ import annotations

import pytest

from bot.models import Button, Line, Reply, Span
from bot.render.slack.messages import reply_messages
from bot.render.telegram.messages import briefing_messages
from tests.support.builders import a_briefing, a_bullet, a_section
from tests.support.fuzz import fuzz, slack_faults, telegram_faults


@pytest.mark.parametrize("seed", [0, 100_000, 200_000, 300_000])
def test_20_000_renderings_are_refused_by_neither_platform(seed: int) -> None:
    found = fuzz(5_000, seed)
    assert found.renderings >= 5_000
    assert not found.refused, found.seeds


def test_fault_39_a_topic_that_goes_on_in_the_next_message_calls_nobody() -> None:
    bullets = [a_bullet(f"Town {n} has power again, the mayor said. " * 8) for n in range(30)]
    section = a_section("energy", *bullets)
    briefing = a_briefing(type(section)("x", "@everyone t.me/x", section.bullets))
    messages = briefing_messages(briefing, "Digest")
    assert any("(continued)" in each for each in messages)
    assert list(telegram_faults(messages)) == []


def test_two_buttons_with_one_command_have_ids_of_their_own() -> None:
    same = (Button("Why", "why 1"), Button("Why again", "why 1"))
    reply = Reply(lines=(Line((Span("Choose"),)),), buttons=(same, same))
    assert list(slack_faults(reply_messages(reply))) == []


def test_fault_41_short_words_with_long_links_fit_into_messages() -> None:
    links = tuple(Span(f"word {n} ", url=f"https://news.example/{'x' * 1500}") for n in range(20))
    reply = Reply(lines=(*(Line(links[at : at + 3]) for at in range(18)), Line(links)))
    messages = reply_messages(reply)
    assert list(slack_faults(messages)) == []
    assert sum(each.count("news.example") for each in messages) == 18 * 3 + 20
