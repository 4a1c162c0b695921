"""Days told relative to the article's own, for the reader of another day."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.extractive.absolute_dates import absolute, still_relative

WRITTEN = datetime(2024, 9, 4, 9, 0, tzinfo=UTC)  # a Wednesday
NEXT_DAY = WRITTEN + timedelta(days=1)
NEXT_MONTH = datetime(2024, 10, 10, tzinfo=UTC)
NEXT_YEAR = datetime(2025, 1, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They met on Tuesday in Vesk.", "They met on Tuesday, 3 September, in Vesk."),
        ("They met on Wednesday.", "They met on Wednesday, 4 September."),
        ("They met on Thursday.", "They met on Thursday, 29 August."),
        ("Hale said Tuesday that it fell.", "Hale said Tuesday, 3 September, that it fell."),
        (
            "On Tuesday night, 17-year-old Dorn shot three in Vesk.",
            "On Tuesday night, 3 September, 17-year-old Dorn shot three in Vesk.",
        ),
        ("Banks cut rates on Monday.", "Banks cut rates on Monday, 2 September."),
        ("Hale announced on Monday a truce.", "Hale announced on Monday, 2 September, a truce."),
        (
            "Hale warned in Vesk on Monday of floods.",
            "Hale warned in Vesk on Monday, 2 September, of floods.",
        ),
        (
            "The Senate confirmed Judge Mira Hale to the High Court on Monday.",
            "The Senate confirmed Judge Mira Hale to the High Court on Monday, 2 September.",
        ),
        ("Talks will resume on Friday.", "Talks will resume on Friday, 6 September."),
        ("Talks are to resume on Friday.", "Talks are to resume on Friday, 6 September."),
        ("Voters on Tuesday will choose.", "Voters on Tuesday, 10 September, will choose."),
        ("Talks would resume on Friday.", "Talks would resume on Friday."),
        ("Hale flies to Vesk on Friday.", "Hale flies to Vesk on Friday."),
        (
            "Banks plan to sue, after Karsova on Tuesday narrowly killed a rule.",
            "Banks plan to sue, after Karsova on Tuesday, 3 September, narrowly killed a rule.",
        ),
        ("Hale shut the Vesk plant on Monday.", "Hale shut the Vesk plant on Monday, 2 September."),
        ("A plane fell on Monday near Vesk.", "A plane fell on Monday, 2 September, near Vesk."),
        ("A planet was found on Monday.", "A planet was found on Monday, 2 September."),
        ("Hale went to court on Monday.", "Hale went to court on Monday, 2 September."),
        ("Two froze to death on Monday.", "Two froze to death on Monday, 2 September."),
        ("Hale said Osten had left on Monday.", "Hale said Osten had left on Monday, 2 September."),
        (
            "Hale died on Tuesday after she was shot on Monday.",
            "Hale died on Tuesday, 3 September, after she was shot on Monday, 2 September.",
        ),
        (
            "Talks will resume on Friday after they failed on Monday.",
            "Talks will resume on Friday, 6 September, after they failed on Monday, 2 September.",
        ),
        ("A bomb killed 3 on Monday night.", "A bomb killed 3 on Monday night, 2 September."),
        ("The dam broke yesterday.", "The dam broke on Tuesday, 3 September."),
        ("Vesk was dark since yesterday.", "Vesk was dark since Tuesday, 3 September."),
        ("They stay until tomorrow.", "They stay until Thursday, 5 September."),
        (
            "Dorn was arrested on Tuesday and is to appear on Thursday.",
            "Dorn was arrested on Tuesday, 3 September, and is to appear on Thursday, 5 September.",
        ),
        (
            "Hale told reporters in Vesk on Tuesday that it fell.",
            "Hale told reporters in Vesk on Tuesday, 3 September, that it fell.",
        ),
        (
            "Hale told a court of appeal on Tuesday it fell.",
            "Hale told a court of appeal on Tuesday, 3 September, it fell.",
        ),
        ("Yesterday, the dam broke.", "On Tuesday, 3 September, the dam broke."),
        ("Hale on Tuesday laid out a plan.", "Hale on Tuesday, 3 September, laid out a plan."),
        ("Vesk, where 42 died two days ago.", "Vesk, where 42 died on Monday, 2 September."),
        ("Two days ago Hale left.", "On Monday, 2 September, Hale left."),
        ("Two days ago, Hale left.", "On Monday, 2 September, Hale left."),
        ("Yesterday Hale left.", "On Tuesday, 3 September, Hale left."),
        ("Last night Hale left.", "On the night of Tuesday, 3 September, Hale left."),
        ("TODAY, the dam broke.", "On Wednesday, 4 September, the dam broke."),
        ("The dam broke today.", "The dam broke on Wednesday, 4 September."),
        ("The vote is tomorrow.", "The vote is on Thursday, 5 September."),
        ("The dam broke last night.", "The dam broke on the night of Tuesday, 3 September."),
        ("The dam broke this morning.", "The dam broke on the morning of Wednesday, 4 September."),
    ],
)
def test_it_names_the_day_to_the_reader_of_the_next(text: str, expected: str) -> None:
    assert absolute(text, WRITTEN, NEXT_DAY) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They met on Tuesday in Vesk.", "They met on 3 September in Vesk."),
        ("Hale said Tuesday evening that it fell.", "Hale said on 3 September that it fell."),
        ("The dam broke yesterday.", "The dam broke on 3 September."),
        ("The dam broke today in Vesk.", "The dam broke on 4 September in Vesk."),
        ("The dam broke last night.", "The dam broke on the night of 3 September."),
    ],
)
def test_it_names_the_day_in_few_words(text: str, expected: str) -> None:
    assert absolute(text, WRITTEN, NEXT_DAY, brief=True) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("attacks in Vesk last month", "attacks in Vesk in August"),
        ("Last month, prices fell.", "In August, prices fell."),
        ("since last month", "since August"),
        ("last month's attacks", "August's attacks"),
        ("earlier this month", "earlier in September"),
        ("earlier this week", "earlier in the week of 2 September"),
        ("over the last month", "over the last month"),
        ("Last month was hot.", "Last month was hot."),
        ("last year's deal", "last year's deal"),
    ],
)
def test_it_names_the_month_to_the_reader_of_the_next(text: str, expected: str) -> None:
    assert absolute(text, WRITTEN, NEXT_MONTH) == expected


def test_it_tells_the_year_to_the_reader_of_the_next() -> None:
    text = "They met on Tuesday, after a deal last year."
    expected = "They met on Tuesday, 3 September 2024, after a deal in 2023."
    assert absolute(text, WRITTEN, NEXT_YEAR) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Tuesday's vote failed.",
        "They met on Tuesday and Wednesday.",
        "They met on Tuesday, 3 September.",
        "They met on Tuesday, Sept. 3.",
        "Black Friday sales fell.",
        "The Sunday Times said so.",
        "They must leave by Friday.",
        "They met last Tuesday.",
        '"We met on Tuesday," said Hale.',
        "They met in 2019.",
        "Hale said sanctions on Marenda take effect on Monday.",
        "Hale said banks open on Monday.",
        "Hale said the prices double on Monday.",
        "Hale said banks cut rates on Monday.",
        "Officials say that rebels hit Vesk on Monday.",
        "Officials warned the dam bursts on Monday.",
        "Unions called a strike on Friday.",
        "Hale announced a ceasefire on Monday.",
        "Hale, who was sacked, sails on Monday.",
        "Ten years ago this morning, the dam broke.",
        "Hale said Monday will be dry.",
        "Karsova announced Friday afternoon Mayor Hale had quit.",
        "Hale was asked at her Friday press conference.",
        "Hale quit after Karsova's Friday vote.",
        "The ceasefire starts on Saturday, Karsova said.",
        "The court set a hearing for Friday.",
        "Ministers of the league are in Vesk and meet on Monday after prices fell.",
        "Voters go to the polls on Sunday after a campaign that was short.",
        "Prices fell ahead of a vote on Thursday.",
        "Polls open in the United Isles on Sunday.",
        "Crowds gathered after Friday prayers.",
        "Oil fell in Tuesday trading.",
        "Hale told USA Today that it fell.",
        "Hale left more than two days ago.",
        "Hale left one or two days ago.",
        "Hale left twenty-two days ago.",
        "Strikes that were to start on Monday were called off.",
        "Strikes to start on Monday were called off.",
        "A vote expected in Vesk on Monday was put off.",
        "Talks to be held in Vesk on Monday were moved.",
        "Hearings set to open in Vesk on Monday were delayed.",
        "A strike planned for the port on Monday was banned.",
        "Hale told parliament on Thursday that Osten had left on Wednesday.",
        "Hale told parliament on Thursday Osten left on Wednesday.",
        "Hale said Osten had left on Wednesday.",
        "Hale died on Thursday after she was shot on Monday.",
        "Hale was arrested on Monday and freed on Thursday.",
    ],
)
def test_it_leaves_what_is_plain_or_unclear(text: str) -> None:
    assert absolute(text, WRITTEN, NEXT_DAY) == text


def test_it_changes_nothing_on_the_article_s_own_day_where_it_is_read() -> None:
    text = "The dam broke today, after a storm on Tuesday."
    evening = WRITTEN.astimezone(ZoneInfo("Asia/Karachi")).replace(hour=23)
    assert absolute(text, WRITTEN, evening) == text


@pytest.mark.parametrize(
    ("text", "relative"),
    [("The dam broke today.", True), ("The dam broke on Monday.", False), ("tonight", True)],
)
def test_it_knows_what_still_misleads(text: str, relative: bool) -> None:
    assert still_relative(text) is relative


@given(
    st.text(max_size=200),
    st.timedeltas(timedelta(days=-19_000), timedelta(days=2_900_000)),
    st.timedeltas(timedelta(days=-19_000), timedelta(days=2_900_000)),
)
def test_any_text_and_day_will_do(text: str, written: timedelta, read: timedelta) -> None:
    told = f"{text} fell on Friday {text} last month"
    assert isinstance(absolute(told, WRITTEN + written, WRITTEN + read), str)
