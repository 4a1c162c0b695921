"""Time zones that are suggested for a misspelt one."""

from __future__ import annotations

from handlers.parsing.zones import like


def test_a_misspelt_city_gets_its_zone() -> None:
    assert like("Karahci", cutoff=75)[0] == "Asia/Karachi"


def test_at_most_three_zones_are_suggested() -> None:
    assert len(like("San", cutoff=0)) == 3


def test_nothing_is_suggested_for_what_looks_like_no_city() -> None:
    assert like("xqzvw", cutoff=85) == ()
