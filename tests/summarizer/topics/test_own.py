"""A channel's own topic, made from a few words that somebody typed."""

from __future__ import annotations

import pytest

from bot.errors import UsageError
from summarizer.topics.config import load_topics
from summarizer.topics.scorer import TopicScorer, own_topic

FILLER = "The council met on Tuesday and spoke of the library, its roof and the chairs. " * 10


def matches(words: str, title: str, text: str = "") -> bool:
    return bool(TopicScorer([own_topic("mine", words, 7)]).score(title, text))


def test_it_reads_words_phrases_and_exclusions() -> None:
    topic = own_topic("Floods", 'Flood, "flash flood", monsoon, -Insurance', 7)
    assert topic.name == "floods"
    assert topic.title == "Floods"
    assert list(topic.terms) == ["flood", "flash flood", "monsoon"]
    assert topic.exclusions == ("insurance",)
    assert topic.description == "flood, flash flood, monsoon, -insurance"
    assert topic.channel_id == 7


@pytest.mark.parametrize(
    ("typed", "wanted", "unwanted"),
    [
        ('flood "flash flood" -insurance', ["flood", "flash flood"], ("insurance",)),
        ("flood -insurance -fire", ["flood"], ("insurance", "fire")),
        ('flood,-"house price"', ["flood"], ("house price",)),
        ("flood; monsoon\nrain", ["flood", "monsoon", "rain"], ()),
        ("“flash flood”, «crue»", ["flash flood", "crue"], ()),
        ('"floods, storms", hail', ["floods, storms", "hail"], ()),
        ("سیلاب، بارش؛ -بیمہ", ["سیلاب", "بارش"], ("بیمہ",)),
        ("洪水、台風，-保険", ["洪水", "台風"], ("保険",)),
        ("climate change, e-commerce", ["climate change", "e-commerce"], ()),
        ("Flood, floods, FLOODED", ["flood"], ()),
        ("IT, US, U.S., AI, NASA", ["IT", "US", "AI", "NASA"], ()),
        ("flood*, monsoon?", ["flood", "monsoon"], ()),
        ("women's rights, rock & roll", ["women's rights", "rock & roll"], ()),
    ],
)
def test_it_reads_what_people_type(
    typed: str, wanted: list[str], unwanted: tuple[str, ...]
) -> None:
    topic = own_topic("mine", typed, 1)
    assert list(topic.terms) == wanted
    assert topic.exclusions == unwanted


@pytest.mark.parametrize(
    ("name", "words", "complaint"),
    [
        ("", "flood", "name"),
        ("a" * 33, "flood", "name"),
        ("two/words", "flood", "name"),
        ("-dash", "flood", "name"),
        ("under_score", "flood", "name"),
        ("x;drop", "flood", "name"),
        ("floods", "", "at least one word"),
        ("floods", " , ,, ", "at least one word"),
        ("floods", "-insurance", "at least one word"),
        ("floods", "flood, !!!", "no letters"),
        ("floods", "flood, -floods", "both wanted and left out"),
        ("floods", "a" * 101, "100 characters"),
        ("floods", ", ".join(f"word{n}" for n in range(51)), "at most 50"),
        ("floods", "flood " * 2000, "too long"),
    ],
)
def test_it_refuses_what_cannot_be_a_topic(name: str, words: str, complaint: str) -> None:
    with pytest.raises(UsageError, match=complaint) as refused:
        own_topic(name, words, 1)
    assert refused.value.example == '/topics add floods: flood, "flash flood", monsoon, -insurance'


@pytest.mark.parametrize(
    "name", ["f", "floods", "covid-19", "überschwemmung", "سیلاب", "洪水", "बाढ़", "a" * 32]
)
def test_it_takes_a_name_in_any_script(name: str) -> None:
    assert own_topic(name, "flood", 1).name == name


@pytest.mark.parametrize(
    "title",
    [
        "Flood hits town",
        "Floods hit town",
        "Town flooded",
        "Flooding closes roads",
        "FLOODING CLOSES ROADS",
        "Rescuers reach flood-hit villages",
        "The flood's victims",
        "Monsoon arrives early",
        "Early monsoons",
    ],
)
def test_it_finds_every_inflection(title: str) -> None:
    assert matches('flood, "flash flood", monsoon, -insurance', title)


@pytest.mark.parametrize(
    ("words", "on", "off"),
    [
        ('"flash flood"', "Flash floods kill six", "A flash of light over the flood plain"),
        ('"flash flood"', "Flash-flood warning", "The flood. Flash photography"),
        ("dam", "Dams overflow", "Damage is small"),
        ("rain", "Heavy rains", "Train delayed"),
        ("climate change", "Climate change study", "Change of climate in politics"),
        ("plane", "Planes grounded", "Plan agreed"),
        ("St. Petersburg", "St Petersburg opens port", "Petersburg"),
        ("st petersburg", "From St. Petersburg", "Petersburg"),
        ("trade", "Trading resumes", "A tradition returns"),
    ],
)
def test_it_keeps_to_whole_words_and_phrases(words: str, on: str, off: str) -> None:
    assert matches(words, on)
    assert not matches(words, off)


@pytest.mark.parametrize(
    ("words", "on", "off"),
    [
        ("IT", "IT firms are hiring", "It rains again"),
        ("US", "US and China talk", "Tell us more"),
        ("US", "U.S. and China talk", "Bus and tram"),
        ("AI", "New AI rules", "Ai Weiwei opens show"),
        ("WHO", "WHO warns of virus", "Who will win?"),
        ("us", "They told us", "A bus ride"),
        ("COVID-19", "Covid-19 returns", "Copper rises"),
    ],
)
def test_it_tells_acronyms_from_ordinary_words(words: str, on: str, off: str) -> None:
    assert matches(words, on)
    assert not matches(words, off)


def test_a_title_all_in_capitals_does_not_make_an_acronym_of_every_word() -> None:
    assert not matches("IT, US", "IT TELLS US NOTHING")
    assert matches("NASA", "NASA LAUNCHES PROBE")


def test_one_mention_in_passing_is_not_enough_but_two_are() -> None:
    assert not matches("flood", "Council meets", f"{FILLER} A flood was mentioned. {FILLER}")
    twice = f"{FILLER} A flood was mentioned. {FILLER} Then flooding again. {FILLER}"
    assert matches("flood", "Council meets", twice)
    assert matches("flood, hail", "Council meets", f"{FILLER} A flood, then hail. {FILLER}")


def test_one_mention_in_the_title_or_the_lead_is_enough() -> None:
    assert matches("flood", "Flood hits town", FILLER)
    assert matches("flood", "Town cut off", f"A flood has cut off the town. {FILLER}")
    assert matches("flood", "", "A flood has cut off the town.")


def test_an_unwanted_word_keeps_an_article_out() -> None:
    words = "flood, -insurance"
    assert not matches(words, "Flood insurance gets dearer")
    assert not matches(words, "Floods", "Insurance premiums rise after last year's floods.")
    assert not matches(
        words, "Floods", f"{FILLER} Insurance rose. {FILLER} Insurers pay insurance."
    )
    assert matches(words, "Floods hit town", f"{FILLER} Few had insurance. {FILLER}")


def test_an_unwanted_phrase_does_not_count_as_the_word_in_it() -> None:
    words = 'flood, -"flood of complaints"'
    assert not matches(words, "Flood of complaints reaches regulator")
    assert matches(words, "Flood reaches town")


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("سیلاب", "سیلابی ریلے نے تباہی مچا دی"),
        ("سیلاب", "سندھ میں سیلابوں کا خطرہ"),
        ("فيضان", "الفيضانات تغرق المدينة"),
        ("فیضان", "فيضان في المدينة"),
        ("наводнение", "Наводнения на юге"),
        ("наводнение", "После наводнением затопленных улиц"),
        ("пожежа", "Пожежі на заході"),
        ("洪水", "大洪水で町が孤立"),
        ("洪水", "南方发生洪水灾害"),
        ("홍수", "남부에 홍수가 났다"),
        ("น้ำท่วม", "เกิดน้ำท่วมหนัก"),
        ("बाढ़", "बिहार में बाढ़ का कहर"),
        ("πλημμύρα", "Μεγάλη πλημμύρα στην πόλη"),
        ("überschwemmung", "Überschwemmung im Süden"),
        ("inundación", "Inundaciones en el sur"),
        ("inondation", "Les inondations font six morts"),
        ("שיטפון", "שיטפון בדרום"),
        ("sel", "Sel felaketi"),
    ],
)
def test_it_works_in_any_script(words: str, title: str) -> None:
    assert matches(words, title)
    assert not matches(words, "Council meets")


def test_accents_and_vowel_points_do_not_matter() -> None:
    assert matches("inundacion", "Inundación en el sur")
    assert matches("énergie", "Energie und Klima")
    assert matches("فيضان", "فَيَضَان")


def test_it_stands_beside_the_built_in_topics() -> None:
    scorer = TopicScorer([*load_topics(), own_topic("dams", "dam", 3)])
    scores = scorer.score("Militants blow up dam and hydropower plant", "")
    assert {score.topic for score in scores} == {"security", "energy", "dams"}
