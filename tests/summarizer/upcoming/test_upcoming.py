"""Which days to come a sentence names, counted from the day of its article."""

from __future__ import annotations

from datetime import date

import pytest

from summarizer.upcoming.reading import ahead_in

TUESDAY = date(2026, 6, 9)


def days(text: str, written: date = TUESDAY) -> list[str]:
    """Each day with how it bounds what is ahead."""
    return [f"{each.coming.bound} {each.coming.day}" for each in ahead_in(text, "en", written)]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("The parliament of the island will vote on the budget on Thursday.", ["on 2026-06-11"]),
        ("Talks between the two sides are due to begin tomorrow in Geneva.", ["on 2026-06-10"]),
        ("The court is expected to rule on the merger on June 23.", ["on 2026-06-23"]),
        ("The ministry will publish the list by the end of the month.", ["by 2026-06-30"]),
        ("The ministry will publish the list by the end of next month.", ["by 2026-07-31"]),
        ("Bidders will have to submit their offers by Friday at the latest.", ["by 2026-06-12"]),
        ("The airspace will stay closed to all flights until July 3.", ["until 2026-07-03"]),
        ("The final hearing is scheduled for 8th September 2026.", ["on 2026-09-08"]),
        ("The summit of the union will be held next Monday in Tarn.", ["on 2026-06-15"]),
        ("The tariff will take effect on January 2, the agency said.", []),
        ("The fair will be held from July 5 to July 15 in Tarn.", ["from 2026-07-05"]),
        (
            "The airspace will be closed from July 5 until July 15.",
            ["from 2026-07-05", "until 2026-07-15"],
        ),
        ("The committee of five is due to meet in Tarn on Friday.", ["on 2026-06-12"]),
        ("Trains will run from 15 July (Wednesday) in view of the fair.", ["from 2026-07-15"]),
        ("He said that the next hearing was scheduled for June 23.", ["on 2026-06-23"]),
        ("Bids will be opened not later than July 3 in the capital.", ["by 2026-07-03"]),
    ],
)
def test_a_named_day_becomes_a_date(sentence: str, expected: list[str]) -> None:
    assert days(sentence) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "The parliament of the island voted on the budget on Thursday.",
        "The minister said on Friday that the talks would go on next week.",
        "The agreement was signed on June 23 and will be reviewed.",
        "The parliament will probably vote on the budget next week.",
        "The parliament will vote on the budget on Tuesday, officials said.",
        "The parliament might vote on the budget on Thursday, officials said.",
        "The summit that was to be held on June 23 has been cancelled by the hosts.",
        "The summit of the union will be held next Friday in the town of Tarn.",
        "The summit planned for June 23 was scrapped by its two hosts.",
        "The strike, due to begin on Friday, was suspended after talks.",
        "The election, scheduled for June 20, has been moved to July 14.",
        "The ministry extended the deadline of June 15 to June 30.",
        "The minister was expected to testify on Thursday but died in Tarn.",
        "The flight, scheduled to leave on Friday, crashed into a hill.",
        "The bill, which would ban the sale from June 18, was rejected.",
        "The bridges were due by the end of 2026 but were delayed until 2028.",
        "The concert of the band set for June 16 was a failure, said its owner.",
        "The company denied that it plans to close its plant on June 25.",
        "The speaker has no plan to hold the vote of members on June 18.",
        "It is doubtful that the vote planned for June 18 will take place.",
        "Officials feared that the vote scheduled for June 19 would be lost.",
        "If the talks in the capital fail, the strike will begin on June 19.",
        "The parliament of the island will meet on 20 or 21 June in Tarn.",
        "The launch of the probe is set to slip from June 15 to June 30.",
        "The court will rule on the merger between June 15 and June 20.",
        "Armed men set fire to many cars in an attack on Thursday in the north.",
        "This is the text of a peace plan released by the palace on Friday.",
        "The roof of the school collapsed due to rain in Tarn on Sunday night.",
        "Two brothers are expected to be freed on bail on Monday after talks.",
        "Schools of the province will have five days, from Wednesday to Sunday.",
        "The prime minister was scheduled to arrive in the capital on Friday.",
        "The decision was previously expected to be delivered on June 23.",
        "There will be no meeting of the assembly of the union on June 22.",
        "The talks will take place on Thursday, but the hosts have not confirmed.",
        "The party should protest on any day other than June 23, he said.",
        "The president is holding off on the attack planned for Thursday.",
        "Opening the hall on June 3, he said that it would help the leaders of tomorrow.",
    ],
)
def test_past_vague_and_ambiguous_days_stay_out(sentence: str) -> None:
    assert days(sentence) == []


def test_of_a_day_that_is_unsure_only_what_holds_anyway_is_told() -> None:
    sentence = "Talks will begin tomorrow, and the list will be published by the end of June."
    nights = (TUESDAY, date(2026, 6, 10))
    assert [str(each.coming.day) for each in ahead_in(sentence, "en", *nights)] == ["2026-06-30"]
    dated = "TARN, June 09 (AP) — The two sides will hold further talks tomorrow in Geneva."
    assert [str(each.coming.day) for each in ahead_in(dated, "en", *nights)] == ["2026-06-10"]


def test_the_dateline_says_from_which_day_an_article_counts() -> None:
    sentence = "TARN, June 08 (AP) — The two sides will hold further talks tomorrow in Geneva."
    assert days(sentence) == ["on 2026-06-09"]
