"""One text in the language of the task that says it, whatever runs beside it."""

from __future__ import annotations

import asyncio

import pytest

from bot.languages import closed, isolated, listed, offered, speaking, tr
from bot.models import Span, Style
from bot.render.phrases import apart, spans
from bot.render.sanitize import clean

FSI, PDI = "\u2068", "\u2069"
OPENS = f"\u200f{FSI}"


async def test_tasks_that_run_beside_each_other_keep_their_languages() -> None:
    gate = asyncio.Barrier(3)

    async def said(language: str) -> str:
        with speaking(language):
            await gate.wait()
            return tr("Settings")

    assert await asyncio.gather(*map(said, ("en", "de", "ar"))) == [
        *("Settings", "Einstellungen", "الإعدادات")
    ]
    assert tr("Settings") == "Settings"


@pytest.mark.parametrize(
    ("tag", "language"), [("de-AT", "de"), ("ar_EG", "ar"), ("EN", "en"), ("ur", ""), ("", "")]
)
def test_a_tag_names_an_offered_language_or_none(tag: str, language: str) -> None:
    assert offered(tag) == language


def test_what_runs_the_other_way_is_isolated_in_arabic_alone() -> None:
    assert isolated("Energy (Iran)") == "Energy (Iran)"
    with speaking("ar"):
        assert isolated("Energy (Iran)") == f"{OPENS}Energy (Iran){PDI}"
        assert (isolated("07:30"), isolated("الطاقة")) == ("07:30", "الطاقة")
        assert listed(["BBC", "الجزيرة"]) == f"{OPENS}BBC{PDI} والجزيرة"
        typed = spans("Try {example}", example=Span("/help", Style.CODE))
        assert typed == (Span("جرّب "), Span("/help", Style.CODE))
        assert apart(typed[1]) == Span(f"{OPENS}/help{PDI}", Style.CODE)


def test_a_value_cannot_end_the_isolate_that_it_stands_in() -> None:
    with speaking("ar"):
        assert isolated(f"evil{PDI}text") == f"{OPENS}eviltext{PDI}"
    assert not closed(f"a{PDI}{FSI}b")


def test_hidden_characters_are_removed_in_every_language() -> None:
    text = f"a\u202eb{FSI}c{PDI}"
    assert clean(text) == "abc"
    with speaking("ar"):
        assert clean(text) == f"ab{FSI}c{PDI}"
        assert clean(f"{PDI}a{FSI}") == "a"
        assert clean(f"\u200f{isolated('a')}\u200fb") == f"{isolated('a')}b"
