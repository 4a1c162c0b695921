"""What people write after /subscribe."""

from __future__ import annotations

from datetime import time

import pytest

from bot.errors import UsageError
from handlers.parsing.subscribe import SubscribeAsk, parse_subscribe
from handlers.parsing.weekdays import EVERY_DAY, WORKDAYS
from tests.support.builders import a_topic

TOPICS = (a_topic("security"), a_topic("energy"))


def ask(
    *topics: str,
    at: str | None = None,
    days: frozenset[int] | None = None,
    zone: str | None = None,
    bullets: int | None = None,
) -> SubscribeAsk:
    return SubscribeAsk(topics, time.fromisoformat(at) if at else None, days, zone, bullets)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ask()),
        ("energy", ask("energy")),
        ("energy 08:00", ask("energy", at="08:00")),
        (
            "energy at 7.30 weekdays in Karachi",
            ask("energy", at="07:30", days=WORKDAYS, zone="Asia/Karachi"),
        ),
        (
            "energy, security 8am daily Europe/Berlin",
            ask("energy", "security", at="08:00", days=EVERY_DAY, zone="Europe/Berlin"),
        ),
        (
            "security at 19:05 mon,thu in New York",
            ask("security", at="19:05", days=frozenset({0, 3}), zone="America/New_York"),
        ),
        ("energy every day at 7:30 pm", ask("energy", at="19:30", days=EVERY_DAY)),
        ("  ENERGY   and Security ０８：００", ask("energy", "security", at="08:00")),
        ("energy at ٠٨:٣٠", ask("energy", at="08:30")),
        ("send me the energy news at 8 in the evening", ask("energy", at="20:00")),
        (
            "energy every evening at 8 except saturday and sunday",
            ask("energy", at="20:00", days=WORKDAYS),
        ),
        (
            "energy mon-fri 1900 hrs PKT",
            ask("energy", at="19:00", days=WORKDAYS, zone="Asia/Karachi"),
        ),
        ("energy monday to friday at 9", ask("energy", at="09:00", days=WORKDAYS)),
        ("energy fri - mon 9am", ask("energy", at="09:00", days=frozenset({4, 5, 6, 0}))),
        ("energy 7 pm in Karachi", ask("energy", at="19:00", zone="Asia/Karachi")),
        ("energy 12am", ask("energy", at="00:00")),
        ("energy 12 p.m.", ask("energy", at="12:00")),
        ("energy at midnight utc+5", ask("energy", at="00:00", zone="Etc/GMT-5")),
        ("energy 7h30", ask("energy", at="07:30")),
        ("energy 07h", ask("energy", at="07:00")),
        ("energy at 19h daily", ask("energy", at="19:00", days=EVERY_DAY)),
        ("energy at 12 at night", ask("energy", at="00:00")),
        ("energy 2 at night", ask("energy", at="02:00")),
        ("energy at 5:15 in the night", ask("energy", at="05:15")),
        ("energy at 11 at night", ask("energy", at="23:00")),
        ("energy at 0:30 at night", ask("energy", at="00:30")),
        ("energy at 12 in the evening", ask("energy", at="00:00")),
        ("energy at 12 in the afternoon", ask("energy", at="12:00")),
        ("energy at 12 in the morning", ask("energy", at="00:00")),
        ("energy 8am in Sydney, Australia", ask("energy", at="08:00", zone="Australia/Sydney")),
        ("energy in New York, USA at 7", ask("energy", at="07:00", zone="America/New_York")),
        ("energy 8am London, United Kingdom", ask("energy", at="08:00", zone="Europe/London")),
        ("energy 8am in Urumqi (China)", ask("energy", at="08:00", zone="Asia/Urumqi")),
        ("energy 8am in Karachi, Pakistan", ask("energy", at="08:00", zone="Asia/Karachi")),
        ("energy in the Karachi time zone", ask("energy", zone="Asia/Karachi")),
        ("all 07:30 long", ask("security", "energy", at="07:30", bullets=10)),
        ("sec 7 bullets", ask("security", bullets=7)),
        ("energy weekends", ask("energy", days=frozenset({5, 6}))),
    ],
)
def test_it_understands_what_people_write(text: str, expected: SubscribeAsk) -> None:
    assert parse_subscribe(text, TOPICS) == expected


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("energy 25:00", "“25:00” is not a time of day"),
        ("energy 7:61", "“7:61” is not a time of day"),
        ("energy 13pm", "“13pm” is not a time of day"),
        ("energy 8", "What does “8” stand for?"),
        ("energy weekly on monday and friday", "A weekly digest has one day"),
        ("energy weekly monday at 8, weekly friday at 9", "one day and one time"),
        ("energy at 1am 2am 3am 4am 5am 6am 7am", "at most 6 times"),
        ("energy at half past seven", "“half” after “at”: write a time of day, such as 07:30"),
        ("energy at 7:5", "“7:5” after “at”"),
        ("energy at", "Write a time of day after “at”, such as 07:30."),
        ("energy 24h", "“24h” is not a time of day"),
        ("energy in", "Name a time zone or a city"),
        ("energy in the time zone", "Name a time zone"),
        ("energy in Sydney, Canada", "several time zones"),
        ("energy this evening", "“this”"),
        ("energy in the evening", "Write the hour"),
        ("energy hourly", "“hourly” is not possible"),
        ("energy every other day", "not possible"),
        ("energy 08:00 in Karachee", "Did you mean Asia/Karachi?"),
        ("energy 08:00 Europe/Berln", "Did you mean Europe/Berlin"),
        ("energy 08:00 karachii", "Did you mean Asia/Karachi?"),
        ("energy 08:00 ist", "more than one time zone"),
        ("energy 08:00 in Russia", "several time zones"),
        ("energy 08:00 utc+5:30", "cannot be used as a time zone"),
        ("energy daily except all week", "No day of the week is left"),
        ("energy in Paris and in London", "one time zone"),
        ("enrgy 8am", "Did you mean energy?"),
        ("energy banana", "“banana”"),
        ("energy short long", "one length"),
        ("energy 0 bullets", "1 to 20"),
        ("energy " + "x" * 2_000, "too long"),
    ],
)
def test_it_names_what_it_does_not_understand(text: str, told: str) -> None:
    with pytest.raises(UsageError) as raised:
        parse_subscribe(text, TOPICS)
    assert told in str(raised.value)


def test_a_beginning_that_two_topics_share_is_asked_about() -> None:
    topics = (a_topic("security"), a_topic("securities"))
    with pytest.raises(UsageError, match="security or securities"):
        parse_subscribe("secur 08:00", topics)


def test_a_topic_named_like_a_place_is_a_topic_until_in_stands_before_it() -> None:
    topics = (a_topic("china"),)
    assert parse_subscribe("china 08:00 in China", topics) == ask(
        "china", at="08:00", zone="Asia/Shanghai"
    )


EVERY = frozenset(range(7))


@pytest.mark.parametrize(
    ("text", "slots"),
    [
        ("energy at 07:30 and 18:00", [("07:30", None), ("18:00", None)]),
        ("energy at 7 and 8", [("07:00", None), ("08:00", None)]),
        ("energy at 7 and 5 bullets", [("07:00", None)]),
        ("energy weekdays at 7 and 18h", [("07:00", WORKDAYS), ("18:00", WORKDAYS)]),
        ("energy weekdays at 8, weekends at 10", [("08:00", WORKDAYS), ("10:00", {5, 6})]),
        ("energy at 8 on weekdays and at 10 on sundays", [("08:00", WORKDAYS), ("10:00", {6})]),
        ("energy at 8 in the morning and 6 in the evening", [("08:00", None), ("18:00", None)]),
        ("energy weekly on Monday at 8", [("08:00", {0}, "weekly")]),
        ("energy weekly", [(None, {0}, "weekly")]),
        ("energy at 8 weekly on friday", [("08:00", {4}, "weekly")]),
        ("energy fridays at 8 weekly", [("08:00", {4}, "weekly")]),
        ("energy at 7 and 18h weekly", [("07:00", None), ("18:00", None), (None, {0}, "weekly")]),
        ("energy daily at 7, weekly on sunday", [("07:00", EVERY), (None, {6}, "weekly")]),
        ("energy every week on friday at 9", [("09:00", {4}, "weekly")]),
        ("energy at 7, weekly on sunday at 9", [("07:00", None), ("09:00", {6}, "weekly")]),
        ("energy weekly monday at 8 and daily at 7", [("08:00", {0}, "weekly"), ("07:00", EVERY)]),
    ],
)
def test_it_reads_several_digests(text: str, slots: list[tuple[object, ...]]) -> None:
    found = [
        (f"{each.at:%H:%M}" if each.at else None, each.weekdays, *["weekly"] * each.weekly)
        for each in parse_subscribe(text, TOPICS).slots
    ]
    assert found == slots
