"""Sentences: where they begin and end, and which can be read alone."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.language.sentences import GIANT, split
from summarizer.sentence_rules.standalone import fault, stands_alone

ANY_TEXT = st.text(alphabet=st.characters(codec=None), max_size=400)
PIECES = (
    *("He left. ", "Mr. ", "“Go", "” ", '"', "U.S. ", "\n\n", "\n", "Jan. 6. ", "(", ")", "😀 "),
    *("- ", "The mine closed on Monday. ", "? ", "! ", "… ", "\u200b", "\ud800", "a.m. ", "5.3 "),
)
NEWS = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mr. Hale of the U.S. Army paid $3.5 billion.", 1),
        ("The vote is on Jan. 6. The count follows.", 2),
        ("She met Lt. Col. Aldo Brandt. They spoke.", 2),
        ('"Is it over?" said the mayor. "Not yet."', 2),
        ("The dam held.[1] The town slept.", 2),
        ("First part.\n\nSecond part.", 2),
        ("Storm hits coast\nThe storm cut power to the coast on Monday.", 2),
        ("A sentence that a narrow column\nbreaks over two lines. Another.", 2),
        ("Needed now:\n- rice\n- blankets", 3),
        ("The dam broke at 6 a.m. Tuesday in Vesk. It held before.", 2),
        ("Polls open at 6 a.m. They close at noon.", 2),
        ("Approx. 5,000 people left Vesk on Monday.", 1),
        ("", 0),
        (" \n\n\t", 0),
    ],
)
def test_it_finds_the_sentences(text: str, expected: int) -> None:
    assert len(split(text)) == expected


@pytest.mark.parametrize(
    ("text", "second"),
    [
        ("“It is far.” “We walked,” she said.", "“We walked,” she said."),
        ('The mayor spoke. "We walked," she said.', '"We walked," she said.'),
    ],
)
def test_it_leaves_each_quotation_mark_on_its_side(text: str, second: str) -> None:
    assert split(text)[1].text == second


@settings(max_examples=60, deadline=None)
@given(ANY_TEXT | NEWS)
def test_every_sentence_is_a_verbatim_span_in_order(text: str) -> None:
    sentences = split(text)
    assert all(text[each.start : each.end] == each.text for each in sentences)
    assert all(each.text == each.text.strip() != "" for each in sentences)
    assert all(one.end <= two.start for one, two in pairwise(sentences))
    assert [each.index for each in sentences] == list(range(len(sentences)))


@settings(max_examples=100, deadline=None)
@given(ANY_TEXT | NEWS)
def test_no_word_of_a_text_is_lost(text: str) -> None:
    kept = "".join(each.text for each in split(text))
    assert "".join(kept.split()) == "".join(text.split())


@pytest.mark.parametrize("language", [None, "en", "fr", "ur", "xx", "", "en-GB"])
def test_it_splits_whatever_the_language_is_called(language: str | None) -> None:
    assert len(split("The dam held. The town slept.", language)) == 2


@pytest.mark.parametrize(
    "text",
    [
        "Two border guards were killed in a clash on Kestrel Ridge.",
        "Storm cuts power to the coast.",
        '"We will rebuild it," Mayor Ona Reeve said on Monday.',
        "After his arrest, Pavel Dorn told the court that he was innocent.",
        "A student in Vesk says that he was beaten.",
        "Two sisters of the baker of Vesk say that he was beaten.",
        "Both Karsova and Marenda signed the treaty.",
        "The two largest parties of Karsova signed the treaty.",
        "The former energy minister Ona Reeve signed the treaty.",
        "Mayor Hale said on Monday that the dam would hold.",
        "Ona Reeve told the Kestrel Times the dam would hold.",
        "A warning will be added to the label.",
        "Ona Reeve said the dam would hold.",
        "Three of the men who robbed the bank in Vesk were arrested.",
        "Ona Reeve said on Monday the dam would hold.",
        "The army reported two deaths near Vesk.",
        "In response to a query about the dam, Minister Hale denied the report.",
        "Reservoirs stand at 30 per cent of capacity.",
        "Thirty-eight people remain in hospital, most of them miners.",
        "کراچی میں دھماکے سے بارہ افراد ہلاک ہوئے۔",
        "東京で大きな地震がありました。",
    ],
)
def test_a_whole_statement_stands_alone(text: str) -> None:
    assert fault(text) is None


@pytest.mark.parametrize(
    ("text", "because"),
    [
        ("He said that the mine would close in May.", "leans"),
        ("This was the third attack in a month.", "leans"),
        ("But the ministry denied the report on Monday.", "leans"),
        ("The former refused to sign the treaty.", "leans"),
        ("The latter refused to sign the treaty.", "leans"),
        ("It will cost nine billion dollars in all.", "leans"),
        ("They crossed the border before dawn on Monday.", "leans"),
        ("Those killed were mostly farmers from Vesk.", "leans"),
        ("Such attacks have become rarer in the north.", "leans"),
        ("However, the army denied the report.", "leans"),
        ("That plan was given up in the spring.", "leans"),
        ("Neither side gave any figures on Monday.", "leans"),
        ("As he left, the building fell down.", "leans"),
        ("In this, the army failed badly there.", "leans"),
        ('"We are tired," he said on Monday.', "leans"),
        ("The two countries signed the treaty on Monday.", "leans"),
        ("The pair were last seen in a white van.", "leans"),
        ("After the talks he said that the dam was safe.", "he or she"),
        ("Under the contracts he will pay for the dam.", "he or she"),
        ("The second man was arrested near Vesk.", "leans"),
        ("Three of the men were arrested near Vesk.", "leans"),
        ("Five others were taken to a hospital in Vesk.", "leans"),
        ("Police say that she fled with a bag of cash.", "he or she"),
        ("Who will pay for the new pipeline?", "question"),
        ("The army left the town, but why?", "question"),
        ("Storm hits the northern coast", "not closed"),
        ("The minister said that the army would...", "not closed"),
        ("Storm Hits Northern Coast As Thousands Flee Homes.", "heading"),
        ("STORM HITS THE NORTHERN COAST AGAIN.", "heading"),
        ("- Storm hits the northern coast again.", "list"),
        ("1. Storm hits the northern coast again.", "list"),
        ("Oil 81.20 +1.4 | Gas 31.10 -0.2 | 12:30 55.", "table"),
        ("The mayor called it “a disgrace for the town.", "partner"),
        ('The mayor called it "a disgrace for the town.', "partner"),
        ("The mayor (a former miner resigned on Monday.", "partner"),
        ("The blast threw our camera crew to the ground.", "writer"),
        ("Residents say you should never drink the water.", "writer"),
        ('"There is only so much beach in this bay."', "only a quotation"),
        ("Left the town.", "too short"),
        ("A year earlier, Mira Hale had sold the plant in Vesk.", "leans"),
        ("Two days later, the army of Karsova left Vesk.", "leans"),
        ("As for the army, it is busy doing . . . well, nothing.", "closed"),
        ("Democrats met in Almery on Monday to choose who takes him on.", "not named"),
        ("The votes of seven states do not support his claims.", "not named"),
        ("To do this, the army of Karsova will leave Vesk.", "leans"),
        ("How the city of Vesk went dark in less than an hour.", "verb of its own"),
        ("Why Karsova needs gas from Marenda more than ever before.", "verb of its own"),
    ],
)
def test_what_needs_its_neighbours_does_not_stand_alone(text: str, because: str) -> None:
    assert because in (fault(text) or "")
    assert not stands_alone(text)


@settings(max_examples=60, deadline=None)
@given(ANY_TEXT | NEWS)
def test_any_text_is_judged(text: str) -> None:
    assert stands_alone(text) in {True, False}


@pytest.mark.parametrize("sentence", ["Oil fell on Monday. ", "oil ", "ü", "' ", "\ud800 "])
def test_a_giant_paragraph_is_parted_like_a_small_one_and_nothing_is_lost(sentence: str) -> None:
    text = sentence * (3 * GIANT // len(sentence))
    found = split(text)
    assert all(text[each.start : each.end] == each.text for each in found)
    assert "".join(each.text for each in found).replace(" ", "") == text.replace(" ", "")
    if sentence.endswith(". "):
        assert {each.text for each in found} == {sentence.strip()}
