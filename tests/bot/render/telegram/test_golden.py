"""Telegram messages kept whole: a change of what people see shows as a change of a file.

BRIEFBOT_WRITE_GOLDEN=1 writes the files again.
"""

from __future__ import annotations

import json
import os

import pytest

from bot.models import BulletStatus, Coverage, Line, Reply, Span, Style
from bot.render.telegram.messages import briefing_messages, reply_messages
from tests.fakes.telegram_rules import parse
from tests.support import paths
from tests.support.builders import a_briefing, a_bullet, a_citation, a_section, ago, an_article

GOLDEN = paths.GOLDEN / "telegram"
COVERAGE = Coverage(412, 9, 14, ("Coast Herald",), ago(hours=1))


def digest() -> tuple[str, ...]:
    wire = a_citation(an_article("Storm", source="Harbour Wire", url="https://wire.example/storm"))
    post = a_citation(
        an_article("Coast", source="Border Post", url="https://post.example/a?b=1&c=2")
    )
    storm = a_bullet(
        "A storm left 40,000 homes on the coast without power on Monday.",
        citations=[wire, post],
        sources_count=3,
        status=BulletStatus.UPDATED,
        change="40,000 homes, before 25,000",
    )
    oil = a_bullet("Oil rose 2% to $71 a barrel.", citations=[post], published_at=ago(hours=20))
    ships = a_bullet("Two ships wait outside.", citations=[wire], status=BulletStatus.ONGOING)
    briefing = a_briefing(
        a_section("energy", storm, oil),
        a_section("security", ships),
        timezone="Asia/Karachi",
        coverage=COVERAGE,
    )
    page = "https://news.example.org/d/Xr0pB4m2Jd8-QzK_v1LwTg"
    return briefing_messages(briefing, "Your daily digest", page=page)


def empty() -> tuple[str, ...]:
    briefing = a_briefing(a_section("energy"), a_section("security"), coverage=COVERAGE)
    return briefing_messages(briefing, "")


def hostile() -> tuple[str, ...]:
    bad = a_citation(an_article("x", source='<b>"Bank" & @admin', url="javascript:alert(1)"))
    odd = a_citation(an_article("y", source="evil.example", url='https://a.example/"><b>'))
    texts = (
        "</b> <script>alert('x')</script> &lt;b&gt; <a href=\"tg://user?id=1\">x</a>",
        "@everyone must /forget at http://bank.example, or \u202eetirw\u202c to a@b.example.",
        "Zero\u200bwidth, tag\U000e0041s, \x00controls, 👨‍👩‍👧 and \ud800 stay or go.",
    )
    bullets = [a_bullet(text, citations=[bad, odd], sources_count=2) for text in texts]
    return briefing_messages(a_briefing(a_section("security", *bullets)), "<Digest> & more")


def overflow() -> tuple[str, ...]:
    wire = a_citation(an_article("Storm", source="Harbour Wire", url="https://wire.example/storm"))
    texts = ["A storm cut power. " * 90, "👨‍👩‍👧‍👦" * 500, "Short."]
    bullets = [a_bullet(text, citations=[wire]) for text in texts]
    return briefing_messages(a_briefing(a_section("energy", *bullets)), "Digest")


def reply() -> tuple[str, ...]:
    return reply_messages(
        Reply(
            title="Proof of bullet 2",
            lines=(
                Line((Span("Oil rose 2% to $71 a barrel."),)),
                Line(()),
                Line(
                    (Span("“Oil rose 2%,” said "), Span("the board", Style.ITALIC), Span(".")),
                    item=True,
                ),
                Line((Span("— "), Span("Oil up", url="https://wire.example/oil")), item=True),
                Line((Span("— "), Span("Not a link", url="tg://user?id=1")), item=True),
            ),
            note=(Line((Span("/story 2", Style.CODE), Span(" tells its story."))),),
        )
    )


def reply_with_briefing() -> tuple[str, ...]:
    briefing = a_briefing(a_section("energy", a_bullet()), coverage=COVERAGE)
    return reply_messages(
        Reply(
            title="Energy, short",
            lines=(Line((Span("Only what is new since this morning."),)),),
            briefing=briefing,
            note=(Line((Span("/subscribe energy 07:30", Style.CODE), Span(" sends it daily."))),),
        )
    )


CASES = {
    "digest": digest,
    "empty": empty,
    "hostile": hostile,
    "overflow": overflow,
    "reply": reply,
    "reply_with_briefing": reply_with_briefing,
}


@pytest.mark.parametrize("name", CASES)
def test_it_looks_as_it_did(name: str) -> None:
    texts = [json.loads(message)["text"] for message in CASES[name]()]
    for text in texts:
        parse(text, "HTML")
    shown = "\n\n=== next message ===\n\n".join(texts) + "\n"
    path = GOLDEN / f"{name}.html"
    if os.environ.get("BRIEFBOT_WRITE_GOLDEN") == "1":
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(shown, encoding="utf-8")
    assert shown == path.read_text(encoding="utf-8")
