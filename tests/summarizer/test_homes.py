"""An event that two sections could tell is told where it is surest to belong."""

from __future__ import annotations

import pytest

from bot.models import BulletStatus
from summarizer.homes import at_home, tells, with_pointers
from summarizer.ranking import Ranked
from tests.support.builders import a_bullet, a_citation, a_section, a_story, an_article


def event(name: str, sure: float, *others: str) -> Ranked:
    """An event told by the article of that name, and by others."""
    best = an_article(f"Report on {name}", id=name)
    about = (best, *(an_article(f"Report on {each}", id=each) for each in others))
    return Ranked(a_story(*about), 1.0, best=best, about=about, sure=sure)


def names(sections: list[tuple[Ranked, ...]]) -> list[list[str]]:
    return [[each.best.id for each in events if each.best] for events in sections]


@pytest.mark.parametrize(
    ("security", "energy", "homes"),
    [
        ([("strike", 0.6)], [("strike", 0.9)], [[], ["strike"]]),
        ([("strike", 0.9)], [("strike", 0.6)], [["strike"], []]),
        ([("strike", 0.9)], [("strike", 0.9)], [["strike"], []]),
        ([("talks", 0.9)], [("prices", 0.9)], [["talks"], ["prices"]]),
        (
            [("a", 0.9), ("b", 0.9), ("strike", 0.9)],
            [("strike", 0.6)],
            [["a", "b"], ["strike"]],
        ),
        (
            [("strike", 0.6)],
            [("a", 0.9), ("b", 0.9), ("strike", 0.9)],
            [["strike"], ["a", "b"]],
        ),
    ],
    ids=["surer later", "surer first", "even", "apart", "no place first", "no place later"],
)
def test_one_section_tells_an_event(
    security: list[tuple[str, float]], energy: list[tuple[str, float]], homes: list[list[str]]
) -> None:
    sections = [tuple(event(*each) for each in one) for one in (security, energy)]
    assert names(at_home(sections, 2, [False, False])) == homes


def test_events_are_the_same_that_share_the_best_article_of_one() -> None:
    sections = [(event("first", 0.5, "second"),), (event("second", 0.9),)]
    assert names(at_home(sections, 5, [False] * len(sections))) == [[], ["second"]]
    sections = [(event("first", 0.5, "third"),), (event("second", 0.9, "third"),)]
    assert names(at_home(sections, 5, [False] * len(sections))) == [["first"], ["second"]]


def test_with_an_own_topic_the_place_in_a_section_counts() -> None:
    security = (event("strike", 0.7), event("talks", 0.7))
    own = (event("talks", 0.95), event("strike", 0.95))
    homes = at_home([security, own], 5, [False, True])
    assert names(homes) == [["strike"], ["talks"]]


def test_of_three_sections_one_tells_it() -> None:
    sections = [(event("strike", sure),) for sure in (0.5, 0.7, 0.6)]
    assert names(at_home(sections, 5, [False] * len(sections))) == [[], ["strike"], []]


def test_a_section_without_bullets_names_those_that_tell_its_events() -> None:
    strike, talks = event("strike", 0.9), event("talks", 0.9)
    assert strike.best is not None
    bullet = a_bullet(citations=[a_citation(strike.best)])
    energy, empty, own = a_section("energy", bullet), a_section("security"), a_section("floods")
    sections = with_pointers([empty, energy, own], [(strike,), (strike, talks), (talks,)])
    assert [each.told_under for each in sections] == [("energy",), (), ()]


def test_what_only_goes_on_elsewhere_is_not_pointed_to_as_new() -> None:
    strike = event("strike", 0.9)
    assert strike.best is not None
    bullet = a_bullet(citations=[a_citation(strike.best)], status=BulletStatus.ONGOING)
    energy, empty = a_section("energy", bullet), a_section("security")
    assert with_pointers([energy, empty], [(strike,), (strike,)])[1].told_under == ()


def test_a_bullet_tells_the_event_that_it_cites() -> None:
    strike = event("strike", 0.9)
    assert strike.best is not None
    bullet = a_bullet(citations=[a_citation(strike.best)])
    assert tells([bullet, a_bullet()], strike) == [bullet]
