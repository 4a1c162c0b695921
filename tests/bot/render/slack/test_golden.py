"""Slack messages kept whole: a change of what people see shows as a change of a file.

BRIEFBOT_WRITE_GOLDEN=1 writes the files again.
"""

from __future__ import annotations

import json
import os
from datetime import timedelta

import pytest

from bot.models import BulletStatus, Coverage, Line, Reply, Span, Style
from bot.render.slack.messages import briefing_messages, reply_messages
from tests.support import paths
from tests.support.builders import NOW, a_briefing, a_bullet, a_citation, a_section, ago, an_article

GOLDEN = paths.GOLDEN / "slack"


def digest() -> tuple[str, ...]:
    reuters = a_citation(
        an_article("Storm cuts power", source="Reuters", published_at=ago(hours=2))
    )
    bbc = a_citation(an_article("Coast without power", source="BBC"))
    storm = a_bullet(
        "A storm left 40,000 homes on the coast without power on Monday.",
        citations=[reuters, bbc],
        sources_count=3,
        status=BulletStatus.UPDATED,
        change="40,000 homes, before 25,000",
    )
    oil = a_bullet("Oil rose 2% to $71 a barrel.", published_at=ago(hours=20))
    ships = a_bullet("Two ships wait outside the port.", status=BulletStatus.ONGOING)
    coverage = Coverage(412, 9, 14, ("Coast Herald", "Port News"), NOW - timedelta(hours=1))
    briefing = a_briefing(
        a_section("energy", storm, oil),
        a_section("security", ships),
        timezone="Asia/Karachi",
        coverage=coverage,
    )
    page = "https://news.example.org/d/Xr0pB4m2Jd8-QzK_v1LwTg"
    return briefing_messages(briefing, "Your digest: Energy and Security", page=page)


def hostile() -> tuple[str, ...]:
    text = "<!channel> <@U1> <http://x|bank> @everyone *b* _i_ ~s~ `c` AT&T &lt; \u202ex\u200b :x:"
    article = an_article(text, f"{text}. Text.", source=text, url="https://x.example/?a=1&b=<|>")
    linked = a_bullet(text, citations=[a_citation(article)], change=text)
    unlinked = a_bullet(text, citations=[a_citation(an_article(url="javascript:alert(1)"))])
    return briefing_messages(a_briefing(a_section(text, linked, unlinked)), text)


def overflow() -> tuple[str, ...]:
    bullets = [a_bullet(f"Bullet {n}: " + "no power on the coast " * 12) for n in range(1, 31)]
    return briefing_messages(a_briefing(a_section("energy", *bullets)), "Everything")


def nothing() -> tuple[str, ...]:
    coverage = Coverage(0, 0, 0, (), None)
    return briefing_messages(a_briefing(a_section("security"), coverage=coverage), "Security")


def reply() -> tuple[str, ...]:
    lines = (
        Line((Span("daily at 07:30 in "), Span("Asia/Karachi", Style.BOLD)), item=True),
        Line((Span("source: "), Span("Reuters", url="https://reuters.example/")), item=True),
        Line((Span("First digest: tomorrow."),)),
        Line(()),
        Line((Span("/unsubscribe energy", Style.CODE), Span(" ends it", Style.ITALIC))),
    )
    return reply_messages(Reply("Subscribed to Energy", lines))


CASES = {each.__name__: each for each in (digest, hostile, overflow, nothing, reply)}


@pytest.mark.parametrize("name", CASES)
def test_it_shows_what_the_golden_file_shows(name: str) -> None:
    messages = [json.loads(payload) for payload in CASES[name]()]
    shown = json.dumps(messages, indent=1, ensure_ascii=False) + "\n"
    path = GOLDEN / f"{name}.json"
    if os.environ.get("BRIEFBOT_WRITE_GOLDEN") == "1":
        path.write_text(shown, encoding="utf-8")
    assert shown == path.read_text(encoding="utf-8")
