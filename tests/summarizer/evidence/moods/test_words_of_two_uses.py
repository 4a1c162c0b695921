"""A word may weaken in one use and not in another: "provided", "may", "former", "press"."""

from __future__ import annotations

import pytest

from summarizer.evidence.checker import check

TRUE = {
    "provided is gave": (
        "Corrin Energy provided 20 trucks to the army of Karsova on Monday.",
        "Corrin Energy gave 20 trucks to the army of Karsova on Monday.",
    ),
    "providing is giving": (
        "Hale came to Almery and began working for the police after providing names of smugglers.",
        "Hale came to Almery and began working for the police.",
    ),
    "providing is giving what a clause describes": (
        "The couple sued the owner of Vesk Photos for providing a booth that printed insults.",
        "The couple sued the owner of Vesk Photos.",
    ),
    "once in a place": (
        "Once in the capital, they were beaten by guards at the barracks of Almery.",
        "They were beaten by guards at the barracks of Almery.",
    ),
    "whether or not": (
        "At this point it is not clear whether or not the ferry has hit the pier.",
        "It is not clear whether the ferry has hit the pier.",
    ),
    "a month in small letters": (
        "for the grand prix of almery in may, the flight costs $8,835 from vesk.",
        "the flight to the grand prix of almery costs $8,835 from vesk.",
    ),
    "a condition of a clause with which": (
        "Hale has six months to apply for a visa, which, if granted, will bring him to Almery.",
        "Hale has six months to apply for a visa.",
    ),
    "who somebody was is left out": (
        "Former child actress Mara Hale is accused of kicking a guard in Almery on Thursday.",
        "Mara Hale is accused of kicking a guard in Almery.",
    ),
    "who somebody was for a club is left out": (
        "Former Dorn striker Mara Hale was not included in the Vesk squad for Sunday's game.",
        "Mara Hale was not included in the Vesk squad.",
    ),
    "a press conference asks for nothing": (
        "Dorn explained at his press conference on Friday that Hale is not yet fit to play.",
        "Dorn said that Hale is not yet fit to play.",
    ),
    "another noun's that": (
        "His name was made secret by a court order despite his admission that he is a smuggler.",
        "He is a smuggler.",
    ),
    "a claim in another tense": (
        "Karsova claimed it controlled part of the largest refinery of Ildria on Sunday.",
        "Karsova claims it controlled part of the largest refinery of Ildria.",
    ),
    "the second of two futures": (
        "Mara Hale will join Dorn on the second row and will be looking for another win in Almery.",
        "Hale will be looking for another win in Almery.",
    ),
}
FALSE = {
    "provided with its own verb": (
        "Corrin Energy will build the port of Almery provided the council agrees to the price.",
        "Corrin Energy will build the port of Almery.",
    ),
    "provided that": (
        "Corrin Energy will build the port of Almery, provided that the council agrees.",
        "Corrin Energy will build the port of Almery.",
    ),
    "once something happens": (
        "Once parliament has agreed, Karsova will open the port of Almery to grain ships.",
        "Karsova will open the port of Almery to grain ships.",
    ),
    "a verb that may": (
        "The port that they work in may close to grain ships from Ildria.",
        "The port that they work in closed to grain ships from Ildria.",
    ),
    "a condition in its own clause": (
        "Hale applied for a visa, which, if granted, will bring him to Almery.",
        "Hale applied for a visa, which will bring him to Almery.",
    ),
    "an office that somebody had": (
        "Former minister Mara Hale is accused of kicking a guard in Almery on Thursday.",
        "Minister Mara Hale is accused of kicking a guard in Almery on Thursday.",
    ),
    "an office in capitals that somebody had": (
        "Former President Mara Hale is accused of kicking a guard in Almery on Thursday.",
        "President Mara Hale is accused of kicking a guard in Almery on Thursday.",
    ),
    "pressed to do": (
        "Karsova pressed Ildria to open the port of Almery to grain ships.",
        "Ildria opened the port of Almery to grain ships.",
    ),
    "ordered that": (
        "The order that Ildria close the port of Almery was read in court.",
        "Ildria closed the port of Almery, a court read.",
    ),
    "claimed it": (
        "Karsova claimed it controlled the largest refinery of Ildria on Sunday.",
        "Karsova controlled the largest refinery of Ildria on Sunday.",
    ),
    "one of two futures": (
        "The port of Almery may close in March and will reopen to grain ships in June.",
        "The port of Almery will close in March.",
    ),
    "not behind or": (
        "Hale will apologise or not play for Dorn United in the final.",
        "Hale will play for Dorn United in the final.",
    ),
}


@pytest.mark.parametrize("name", TRUE)
def test_the_use_that_weakens_nothing_is_proved(name: str) -> None:
    source, bullet = TRUE[name]
    verdict = check(bullet, [source])
    assert verdict.proved, verdict.reason


@pytest.mark.parametrize("name", FALSE)
def test_the_use_that_weakens_is_refused(name: str) -> None:
    source, bullet = FALSE[name]
    assert not check(bullet, [source]).proved
