"""An article joins the story on its event, or starts one; looked up as the store does it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.stories.clustering import StoryFeatures, StoryIndex, features, headline

DAY = datetime(2026, 11, 20, 8, tzinfo=UTC)

BLAST = (
    "Bomb kills 24 at market in Brannock",
    (
        "At least 24 people were killed when a bomb went off at the old market in Brannock on "
        "Friday, police said. The blast tore the roof off the fish hall, and rescuers were "
        "digging for people under the rubble. No group has claimed the attack. President Ilse "
        "Corvane cut short a visit."
    ),
)
BLAST_ELSEWHERE = (
    "Two dozen dead after explosion in Brannock market hall",
    (
        "An explosion in the fish hall of Brannock's old market killed at least 24 people on "
        "Friday, according to police. Part of the roof came down. Hospitals asked for blood "
        "donors, and President Corvane flew home early. Nobody has said that they were behind "
        "the bomb."
    ),
)
TOLL = (
    "Death toll in Brannock market bombing rises to 31",
    (
        "The number of people killed by the bomb in Brannock's old market has risen to 31, the "
        "interior ministry said, after rescuers found more bodies under the roof of the fish "
        "hall. Police have arrested two suspects."
    ),
)
CORRECTION = (
    "Correction: Brannock market bomb killed 24, not 42",
    (
        "An earlier version of our report on the bomb at the old market in Brannock gave the "
        "number of people killed as 42. Police said that at least 24 people were killed in the "
        "fish hall."
    ),
)
RATE = (
    "Ildria's central bank lowers its rate to 3.25%",
    (
        "The central bank of Ildria cut its main interest rate to 3.25 per cent on Friday, the "
        "third cut this year. Governor Anselm Rook said that inflation had come down faster "
        "than expected."
    ),
)
LIVE = (
    "Friday live: bomb in Brannock, rate cut, floods, election and cup final",
    (
        "Follow the day as it happens. A bomb has killed at least 24 people at the old market "
        "in Brannock. The central bank of Ildria has cut its interest rate to 3.25 per cent. "
        "Floods have closed roads in the Merrowby valley. Polls have opened in Tervane. "
        "Estermouth Rovers play for the cup tonight."
    ),
)
CITIES = ("Kolvitz", "Dunmarrow", "Vesk", "Quarrin", "Halvern")


def an_attack(city: str) -> tuple[str, str]:
    """Reports that differ in hardly more than where it was and who was hurt."""
    number = 3 + CITIES.index(city)
    return (
        f"Gunmen kill {number} police officers at checkpoint in {city}",
        (
            f"Gunmen opened fire on a police checkpoint in {city} and killed {number} officers, "
            f"the police chief of {city} said. The attackers fled on motorcycles towards the "
            "hills. No group has claimed the attack, which follows a series of raids on police "
            "posts."
        ),
    )


def told(*articles: tuple[tuple[str, str], float]) -> list[str]:
    """The story of each article, given in the order in which they come with their hours."""
    index = StoryIndex()
    return [
        index.add(features(title, text, DAY + timedelta(hours=hours)), str(number))
        for number, ((title, text), hours) in enumerate(articles)
    ]


def test_two_outlets_on_one_event_are_one_story() -> None:
    assert told((BLAST, 0), (RATE, 1), (BLAST_ELSEWHERE, 2)) == ["0", "1", "0"]


def test_a_story_grows_over_days() -> None:
    assert told((BLAST, 0), (RATE, 3), (TOLL, 30)) == ["0", "1", "0"]


def test_a_syndicated_copy_joins_its_original() -> None:
    copy = (f"{BLAST[0]} - The Evening Mail", BLAST[1])
    assert told((BLAST, 0), (RATE, 1), (copy, 5)) == ["0", "1", "0"]


def test_a_correction_joins_what_it_corrects() -> None:
    assert told((BLAST, 0), (RATE, 1), (CORRECTION, 9)) == ["0", "1", "0"]


def test_an_article_that_comes_in_late_finds_its_story() -> None:
    assert told((BLAST, 6), (RATE, 7), (TOLL, 30), (BLAST_ELSEWHERE, 2)) == ["0", "1", "0", "0"]


def test_five_attacks_in_five_cities_are_five_stories() -> None:
    found = told(*((an_attack(city), number) for number, city in enumerate(CITIES)))
    assert len(set(found)) == 5


def test_a_second_report_finds_the_right_one_of_five_attacks() -> None:
    first = [(an_attack(city), float(number)) for number, city in enumerate(CITIES)]
    again = (
        "Funerals held for policemen shot in Vesk",
        (
            "Hundreds came to the funerals of the five officers who were shot at a police "
            "checkpoint in Vesk by gunmen on motorcycles. The police chief of Vesk said that "
            "the search goes on."
        ),
    )
    assert told(*first, (again, 20))[-1] == str(CITIES.index("Vesk"))


@pytest.mark.parametrize("at", [0, 1, 2, 3])
def test_a_live_blog_of_five_events_does_not_bring_them_together(at: int) -> None:
    articles = [(BLAST, 0.0), (RATE, 1.0), (BLAST_ELSEWHERE, 2.0)]
    articles.insert(at, (LIVE, float(at)))
    found = dict(zip([each for (each, _), _ in articles], told(*articles), strict=True))
    assert found[BLAST[0]] == found[BLAST_ELSEWHERE[0]] != found[RATE[0]]


def test_a_story_ages_out() -> None:
    later = (TOLL[0].replace("31", "32"), TOLL[1].replace("31", "32"))
    assert told((BLAST, 0), (later, 24 * 12)) == ["0", "1"]


def test_an_attack_is_not_the_accident_at_the_same_company() -> None:
    failure = (
        "Transformer failure leaves Velmar without power",
        (
            "A transformer failed in the capital Velmar and left 800,000 homes without power, "
            "the grid operator Karsgrid said. Trams stood still in Velmar and hospitals ran on "
            "generators."
        ),
    )
    sabotage = (
        "Attackers blow up transformers at Ashmere substation",
        (
            "Attackers blew up two transformers at a substation in Ashmere and cut the power to "
            "40,000 homes, police and the grid operator Karsgrid said. A letter was found at "
            "the fence."
        ),
    )
    assert told((failure, 0), (sabotage, 10)) == ["0", "1"]


def test_articles_without_words_stay_alone() -> None:
    assert told((("", ""), 0), (("!!!", "…"), 0), (("", ""), 0)) == ["0", "1", "2"]


def test_a_headline_is_what_most_titles_say_and_no_round_up() -> None:
    titles = [
        LIVE[0],
        "What happened in Brannock?",
        BLAST[0],
        "Bomb kills 31 at market in Brannock",
    ]
    assert headline(titles) == "Bomb kills 31 at market in Brannock"
    assert headline([]) == ""
    assert headline(["", "  "]) == ""


@settings(max_examples=80, deadline=None)
@given(st.text(max_size=60), st.text(max_size=400), st.datetimes() | st.none())
def test_any_text_has_features_that_survive_storage(
    title: str, text: str, at: datetime | None
) -> None:
    made = features(title, text, at.replace(tzinfo=UTC) if at else None)
    assert StoryFeatures.from_bytes(made.to_bytes()) == made


def test_short_texts_on_one_company_are_two_stories() -> None:
    fire, breach, again = (
        features(title, text, DAY)
        for title, text in (
            (
                "Depot blaze shuts two ferry lines",
                "Nine boats burned on Friday in Hessel, the operator Lakeways said.",
            ),
            (
                "Data theft at lake company",
                "Thieves copied the passenger lists of operator Lakeways on Friday, it said.",
            ),
            (
                "Ferry lines shut after depot blaze",
                "The blaze in Hessel burned nine boats, Lakeways said on Friday.",
            ),
        )
    )
    index = StoryIndex()
    assert [index.add(each, name) for each, name in ((fire, "a"), (breach, "b"), (again, "c"))] == [
        "a",
        "b",
        "a",
    ]
