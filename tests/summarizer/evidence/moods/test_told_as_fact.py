"""What a source denies, doubts, wishes, asks or plays is no fact, in a headline neither."""

from __future__ import annotations

import time

import pytest

from summarizer.evidence.checker import check
from tests.support.verdicts import assert_proved, assert_refused

FALSE = {
    "denied with a number": (
        "Police deny that nine men were arrested after the attack on the depot in Almery.",
        "Nine arrested after attack on depot in Almery",
    ),
    "claims rejected": (
        "Ildria's navy rejected claims that the strait had been closed to tankers.",
        "Strait closed to tankers",
    ),
    "no evidence that": (
        "There is no evidence that the serum caused the deaths of two nurses in Vesk.",
        "Serum caused the deaths of two nurses in Vesk",
    ),
    "not any sign of": (
        "The inspectors have not found any sign that the mayor burned the letters.",
        "Mayor burned the letters, inspectors find",
    ),
    "hinted that": (
        "The senator hinted that she had voted for the canal.",
        "Senator voted for canal",
    ),
    "wished, without that": (
        "The coach wished the club had sold Dorn in January.",
        "Club sold Dorn in January",
    ),
    "the idea that": (
        "Karsova laughed at the idea that its balloon had spied on silos in Vesk.",
        "Balloon spied on silos in Vesk",
    ),
    "a charge that": (
        "Prosecutors dropped a charge that the coach had bribed two judges.",
        "Coach bribed two judges",
    ),
    "ruled out": (
        "Marenda has ruled out a cut in fuel tax this year.",
        "Cut in fuel tax this year",
    ),
    "in talks to": (
        "Corrin Air is in talks to buy 150 planes from Vesk Works.",
        "Corrin Air buys 150 planes from Vesk Works",
    ),
    "came close to": (
        "Corrin Energy came close to defaulting on its bonds in July, papers show.",
        "Corrin Energy defaults on bonds",
    ),
    "demanded, told by a participle": (
        "Teachers demanded the dismissal of the inspector in Almery.",
        "Inspector in Almery dismissed",
    ),
    "apologised for reporting that": (
        "The station apologised for reporting that Queen Ina had died.",
        "Queen Ina had died",
    ),
    "have yet to": (
        "Scientists have yet to confirm the discovery of water on Kalu.",
        "Discovery of water on Kalu confirmed",
    ),
    "an object told as a verb": (
        "Vesk Works dodged a recall of 120,000 cars in Marenda.",
        "Vesk Works recalls 120,000 cars in Marenda",
    ),
    "an object told as a headline": (
        "Ministers resisted a ban on open fires in Almery.",
        "Ban on open fires in Almery",
    ),
    "in a drill": (
        "In a drill on Tuesday, gunmen took 40 hostages at the airport in Vesk.",
        "Gunmen took 40 hostages at the airport in Vesk on Tuesday.",
    ),
    "in a mock trial": (
        "In a mock trial in Vesk, King Olen was convicted of theft.",
        "King Olen convicted of theft",
    ),
    "a novel tells": (
        "The novel tells how Ildria wins the war and occupies Almery.",
        "Ildria occupies Almery",
    ),
    "a fake letter": (
        "A fake letter announcing the resignation of Bishop Reeve circulated in Vesk.",
        "Resignation of Bishop Reeve in Vesk",
    ),
    "a question": (
        "Is the Halvern glacier melting? Scholars in Almery argue about it.",
        "Halvern glacier melting",
    ),
    "a verb kept in another clause": (
        "The chairman hoped that the new rule would be a model for the ports of Karsova.",
        "The chairman hoped that the new rule was a model for the ports of Karsova.",
    ),
}
TRUE = {
    "a denial told as one": (
        "Police deny that nine men were arrested after the attack on the depot in Almery.",
        "Police deny nine men were arrested after attack on Almery depot",
    ),
    "claims rejected, told so": (
        "Ildria's navy rejected claims that the strait had been closed to tankers.",
        "Ildria's navy rejects claims strait was closed to tankers",
    ),
    "a verb behind what it governs": (
        "Parliament rejected the budget by 12 votes on Wednesday in Vesk.",
        "Budget rejected by parliament",
    ),
    "blocked": (
        "The regulator blocked the merger of Vesk Gas and Corrin Energy on Monday.",
        "Merger of Vesk Gas and Corrin Energy blocked",
    ),
    "a bill's purpose": (
        "A bill that would ban gas boilers in new homes failed in the Senate by three votes.",
        "Bill to ban gas boilers in new homes fails in Senate",
    ),
    "a headline's future": (
        "The court in Almery will decide in May whether the mayor misused city funds.",
        "Court to decide in May whether mayor misused city funds",
    ),
    "an inverted condition": (
        "Had the dam failed, the flood would have destroyed four villages below Orsk.",
        "Flood would have destroyed four villages below Orsk had the dam failed",
    ),
    "a speaker behind a colon": (
        "Mayor Ina Brandt said in Almery that the old bridge of Vesk was safe for lorries.",
        "Old bridge of Vesk was safe for lorries: Mayor Brandt",
    ),
    "a fact beside a denial": (
        "Nine men were arrested after the attack on the depot, police said, denying any beating.",
        "Nine arrested after attack on depot",
    ),
    "who denied something else": (
        "The mayor, who has denied taking bribes, resigned on Monday after a vote in the council.",
        "Mayor resigns after vote in council",
    ),
    "a verb that brings it about": (
        "Two cables tripped on Sunday evening and Karsova suffered a blackout.",
        "Blackout in Karsova after two cables trip",
    ),
    "retired is no office": (
        "Olen Reeve retired on Tuesday after years of speculation about his knee.",
        "Olen Reeve retires",
    ),
    "a real accident in a drill": (
        "A submarine of Marenda ran aground off Almery during an exercise.",
        "Submarine of Marenda runs aground off Almery during exercise",
    ),
    "a quoted question": (
        'Lund closed the mine in Corrin and told the crowd: "What else could we do?"',
        "Lund closed the mine in Corrin",
    ),
}
_MOST_SECONDS = 5


@pytest.mark.parametrize("name", FALSE)
def test_what_a_source_does_not_assert_is_refused(name: str) -> None:
    source, bullet = FALSE[name]
    assert_refused(bullet, source)


@pytest.mark.parametrize("name", TRUE)
def test_what_a_source_asserts_or_the_bullet_keeps_is_proved(name: str) -> None:
    source, bullet = TRUE[name]
    assert_proved(bullet, source)


@pytest.mark.parametrize(
    "words",
    [
        *("deny that he fell ", "no sign that ", "in the film he shows "),
        *("if ", "as long as ", "may ", "fake ", "who said: ", "on 6 May, said, ", "5 "),
    ],
)
def test_a_sentence_without_an_end_is_read_in_linear_time(words: str) -> None:
    start = time.process_time()
    check(words * (300 // len(words)), [words * (50_000 // len(words))])
    assert time.process_time() - start < _MOST_SECONDS
