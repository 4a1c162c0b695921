"""What a section says of stories that it does not tell, and the parts of a digest."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from bot.models import (
    Bullet,
    BulletStatus,
    GoingOn,
    LanguageCount,
    LeftOut,
    Section,
    Untold,
    UntoldReason,
)
from bot.render import wording as words
from bot.render.json import briefing_json
from tests.support.builders import a_briefing, a_bullet, a_section, ago

LESS = Untold("Pump repaired", "Post", "https://post.example/pump", UntoldReason.LESS)
VIEW = Untold("Why oil matters", "Wire", "javascript:x", UntoldReason.NO_NEWS)
LEFT = (LeftOut(UntoldReason.LESS, 12), LeftOut(UntoldReason.NO_NEWS, 1))


def part_of(section: Section, *, digest: bool = True) -> words.Part:
    (part,) = words.parts(replace(a_briefing(section), news_only=digest))
    return part


def told(part: words.Part) -> list[str]:
    return ["".join(span.text for span in line.spans) for line in part.notes]


def test_a_silent_section_says_how_many_and_why_with_links() -> None:
    section = replace(a_section("energy"), untold=(LESS, LESS, VIEW), left_out=LEFT)
    part = part_of(section)
    assert part.empty == "Nothing worth telling on Energy in the last 24 hours."
    (said,) = told(part)
    assert said == (
        "Left out: 12 stories that matter less and 1 that reports no news; "
        "for example “Pump repaired” (Post) and “Why oil matters” (Wire)."
    )
    links = [span.url for line in part.notes for span in line.spans if span.url]
    assert links == ["https://post.example/pump"]


def test_beside_bullets_one_example_is_enough() -> None:
    section = replace(a_section("energy", a_bullet()), untold=(LESS, VIEW), left_out=LEFT)
    assert told(part_of(section))[0].endswith("no news; for example “Pump repaired” (Post).")


def test_the_only_bullet_of_a_section_may_stand_in_another_one() -> None:
    same, other = a_bullet(), a_bullet("A pipeline burst near Vesk.")

    def notes(security: list[Bullet], energy: list[Bullet]) -> list[list[str]]:
        sections = a_section("security", *security), a_section("energy", *energy)
        return [told(part) for part in words.parts(a_briefing(*sections))]

    assert notes([same], [other, same]) == [["This stands under Energy too."], []]
    assert notes([other, same], [same]) == [[], ["This stands under Security too."]]
    assert notes([same], [same]) == [[], ["This stands under Security too."]]
    assert notes([same], [other]) == [[], []]


def test_a_section_whose_events_stand_in_another_one_says_so() -> None:
    empty = replace(a_section("security"), told_under=("energy",))
    made = a_briefing(empty, a_section("energy", a_bullet()))
    silent, _ = words.parts(made)
    assert silent.empty == "What is new on Security stands under Energy."
    assert json.loads(briefing_json(made))["sections"][0]["told_under"] == ["energy"]
    filtered = replace(empty, filtered_out=2)
    silent, _ = words.parts(a_briefing(filtered, a_section("energy", a_bullet())))
    assert silent.empty == (
        "What is new on Security stands under Energy; 2 stories without the filter."
    )
    withdrawn, _ = words.parts(a_briefing(empty, a_section("energy")))
    assert withdrawn.empty == "Nothing new on Security in the last 24 hours."


def test_nothing_new_means_that_there_was_nothing() -> None:
    part = part_of(a_section("energy"))
    assert (part.empty, part.notes) == ("Nothing new on Energy in the last 24 hours.", ())


def test_what_was_not_read_is_counted_by_language() -> None:
    section = replace(
        a_section("floods"), unread=(LanguageCount("ur", 1200), LanguageCount("xx", 1))
    )
    assert told(part_of(section)) == [
        "Not read: 1,200 articles in Urdu and 1 in “xx”; none has a word of this topic."
    ]


def test_stories_without_news_are_named_with_the_day_of_their_telling() -> None:
    going = (
        GoingOn("a", "Ships wait", "Post", "https://post.example/ships", ago(days=3)),
        GoingOn("b", "Talks go on " * 12, "Wire", None),
    )
    part = part_of(replace(a_section("security"), going_on=going, left_out=LEFT))
    assert part.empty == "Nothing new on Security in the last 24 hours."
    assert told(part)[0] == (
        "Still going, nothing new: “Ships wait” (told on Friday); “Talks go on Talks go on Talks "
        "go on Talks go on Talks go on Talks go on Talks go on…”."
    )


def test_a_digest_has_its_new_and_changed_stories_apart() -> None:
    toll = replace(
        a_bullet("31 died.", status=BulletStatus.UPDATED, change="death toll rises to 31"),
        told_at=ago(days=2),
    )
    section = a_section("security", a_bullet("A raid."), toll)
    groups = part_of(section).groups
    assert [(group.label, len(group.bullets)) for group in groups] == [("New", 1), ("Changed", 1)]
    assert groups[1].bullets[0].mark == "Told on Saturday: death toll rises to 31"
    (group,) = part_of(section, digest=False).groups
    assert group.label == ""
    assert group.bullets[1].mark == "Updated, told on Saturday: death toll rises to 31"


def test_a_digest_of_new_stories_alone_needs_no_label() -> None:
    (group,) = part_of(a_section("security", a_bullet("A raid."), a_bullet("A strike."))).groups
    assert group.label == ""


@pytest.mark.parametrize(
    ("outlets", "independent", "trust"),
    [
        (1, 1, "single source"),
        (1, None, "single source"),
        (4, 1, "copies of one report"),
        (4, 3, "3 independent outlets"),
        (4, None, "4 outlets"),
    ],
)
def test_copies_of_one_text_are_one_report(
    outlets: int, independent: int | None, trust: str
) -> None:
    bullet = replace(a_bullet(sources_count=outlets), independent_sources=independent)
    assert part_of(a_section("energy", bullet)).bullets[0].trust == trust
