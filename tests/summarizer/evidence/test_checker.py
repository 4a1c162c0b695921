"""One checker says whether a bullet is proved by the texts that it cites, and why not."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.evidence.checker import Verdict, check

PIPELINE = """Ildria will pay $18 billion for the Amberline gas pipeline, energy minister Petra Lund
said on Tuesday, 3 March 2026. Output at the Corrin Bay terminal rose by 12 percent to 4.2 million
tonnes last year. "We will not be held to ransom by anyone," Lund told reporters in Merrowby. The
European Grid Agency (EGA) has not approved the route. Marenda did not sign the contract."""

BOMBING = """At least 24 people were killed and 61 injured when a bomb exploded in a market in
Brannock on Monday, police said. Two men were arrested near the border. President Ilse Corvane
condemned the attack and ordered the army to guard every market in the city. The Redmoor Front
denied any role. The United States offered help to Karsova. It was the deadliest attack in the
country since 2019, when gunmen shot dead 31 worshippers in Vesk. Power prices fell sharply after
the reactor at Halvern was restarted before the winter."""


def judged(text: str, *sources: str) -> Verdict:
    return check(text, sources or (PIPELINE, BOMBING))


PROVED = {
    "word for word": "Two men were arrested near the border.",
    "a number in words": (
        "At least twenty-four people were killed when a bomb exploded in a market."
    ),
    "an amount written short": "Lund said Ildria will pay $18bn for the Amberline gas pipeline.",
    "an amount written long": (
        "Petra Lund said Ildria will pay 18 billion dollars for the Amberline gas pipeline."
    ),
    "a percent sign": "Output at the Corrin Bay terminal rose by 12% to 4.2 million tonnes.",
    "rounded up to": "Output at the Corrin Bay terminal rose to about 4 million tonnes last year.",
    "a day in another form": "Petra Lund said on March 3 that Ildria will pay $18 billion.",
    "an acronym for a name": "The US offered help to Karsova.",
    "an acronym with stops": "The U.S. offered help to Karsova.",
    "a name for its acronym": "The EGA has not approved the route.",
    "another inflection": "A bomb exploding in a market in Brannock killed at least 24 people.",
    "a word of the same meaning": "Output at the Corrin Bay terminal climbed by 12 percent.",
    "two sentences put together": (
        "A bomb killed at least 24 people in a market in Brannock; two men were arrested near the "
        "border."
    ),
    "a quotation as it stands": 'Lund said: "We will not be held to ransom by anyone."',
    "a quotation in other marks": "“We will not be held to ransom by anyone,” Lund told reporters.",
    "a denial kept": "The European Grid Agency has not approved the route.",
    "a denial contracted": "Marenda didn't sign the contract.",
}

UNPROVED = {
    "another number": ("At least 34 people were killed when a bomb exploded in a market.", "34"),
    "another amount": ("Ildria will pay $19 billion for the Amberline gas pipeline.", "19 billion"),
    "another scale": ("Ildria will pay $18 million for the Amberline gas pipeline.", "18 million"),
    "another currency": ("Ildria will pay €18 billion for the Amberline gas pipeline.", "18"),
    "another unit": ("Output at the Corrin Bay terminal rose by 12 tonnes.", "12"),
    "another day": ("Petra Lund said on 5 March 2026 that Ildria will pay $18 billion.", "5 March"),
    "another weekday": ("A bomb exploded in a market in Brannock on Friday.", "Friday"),
    "another year": ("It was the deadliest attack in the country since 2012.", "2012"),
    "a name that nobody has": ("President Ilse Tarn condemned the attack.", "Tarn"),
    "a place that nobody has": ("A bomb exploded in a market in Hallgrim on Monday.", "Hallgrim"),
    "a country that nobody has": ("France offered help to Karsova.", "France"),
    "a changed quotation": (
        '"We will be held to ransom by someone," Lund told reporters.',
        "quoted",
    ),
    "an invented quotation": ('Lund said: "This is a great day for Ildria."', "quoted"),
    "up for down": ("Output at the Corrin Bay terminal fell by 12 percent last year.", '"fell"'),
    "down for up": ("Power prices rose sharply after the reactor was restarted.", '"rose"'),
    "killed for injured": ("At least 24 people were injured when a bomb exploded.", "24 injured"),
    "freed for arrested": ("Two men were released near the border.", '"released"'),
    "a denial dropped": ("Marenda did sign the contract.", '"not"'),
    "a denial added": ("Two men were not arrested near the border.", '"not"'),
    "a turned word": ("The reactor at Halvern was restarted after the winter.", '"after"'),
    "nothing of it": ("A choir of schoolchildren sang carols beneath the old clock.", "none"),
}


@pytest.mark.parametrize("name", PROVED)
def test_what_a_source_says_in_any_form_is_proved(name: str) -> None:
    verdict = judged(PROVED[name])
    assert verdict.proved, verdict.reason
    assert verdict.score >= 0.5


@pytest.mark.parametrize("name", UNPROVED)
def test_what_no_source_says_is_not_proved_and_the_reason_names_it(name: str) -> None:
    text, named = UNPROVED[name]
    verdict = judged(text)
    assert not verdict.proved
    assert verdict.score < 0.5
    assert named in verdict.reason


@pytest.mark.parametrize("name", PROVED)
def test_the_sentence_that_proves_it_is_pointed_out(name: str) -> None:
    verdict = judged(PROVED[name])
    assert verdict.source is not None
    sentence = (PIPELINE, BOMBING)[verdict.source][verdict.start : verdict.end]
    said = {word.strip(".,;:“”\"'").lower() for word in PROVED[name].split()}
    shared = said & {word.strip(".,;:“”\"'").lower() for word in sentence.split()}
    assert len(shared) >= 3


def test_each_part_may_be_proved_by_another_source() -> None:
    text = "Lund said Ildria will pay $18 billion for the pipeline. Two men were arrested."
    assert judged(text).proved
    assert not judged(text, PIPELINE).proved
    assert not judged(text, BOMBING).proved


def test_who_did_it_to_whom_counts_where_the_words_are_the_source_s() -> None:
    source = "Rebels of the Redmoor Front shot two soldiers near Vesk, the army said."
    assert judged("Rebels shot two soldiers near Vesk, the army said.", source).proved
    turned = judged("Soldiers shot two rebels near Vesk, the army said.", source)
    assert not turned.proved


def test_a_number_behind_a_date_is_no_part_of_it() -> None:
    source = "On 3 March, 18 men left the village of Vesk for the coast."
    assert judged(source, source).proved
    assert judged("18 men left the village of Vesk for the coast on 3 March.", source).proved
    assert not judged("18 men left the village of Vesk for the coast on 18 March.", source).proved


def test_without_words_or_sources_nothing_is_proved() -> None:
    assert not judged("").proved
    assert not judged("…!?").proved
    assert not check("Two men were arrested.", []).proved
    assert not check("Two men were arrested.", [""]).proved


def test_what_cannot_be_seen_does_not_hide_a_change() -> None:
    hidden = "At least 3\u200b4 people were killed when a bomb exploded in a market."
    assert not judged(hidden).proved
    assert not judged("At least ３４ people were killed when a bomb exploded.").proved


def test_a_text_too_long_for_a_bullet_is_refused_for_that() -> None:
    verdict = check("Two men were arrested near the border. " * 200, [BOMBING])
    assert not verdict.proved
    assert "longer than 5,000 characters" in verdict.reason


def test_what_stands_far_down_in_a_long_source_is_refused_with_the_reason() -> None:
    far = f"{PIPELINE} " * 200 + BOMBING
    verdict = check("Two men were arrested near the border.", [far])
    assert not verdict.proved
    assert "only 50,000 characters are read" in verdict.reason
    assert judged("Marenda did not sign the contract.", far).proved


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=200), st.lists(st.text(max_size=300), max_size=3))
def test_any_text_gets_a_verdict(text: str, sources: list[str]) -> None:
    verdict = check(text, sources)
    assert 0 <= verdict.score <= 1
    assert verdict.proved == (verdict.score >= 0.5)
    if verdict.source is not None:
        assert 0 <= (verdict.start or 0) <= (verdict.end or 0) <= len(sources[verdict.source])


@settings(max_examples=100, deadline=None)
@given(st.sampled_from([PIPELINE, BOMBING]), st.data())
def test_a_sentence_of_the_source_is_always_proved(source: str, data: st.DataObject) -> None:
    sentence = data.draw(st.sampled_from([each for each in source.split(". ") if each]))
    assert judged(sentence, source).proved
