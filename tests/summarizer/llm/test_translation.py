"""A model writes in the reader's language: what of it is checked, and what is refused."""

from __future__ import annotations

import pytest

from bot.models import Briefing
from bot.models.languages import LANGUAGES
from bot.store import Store
from summarizer.llm.translation import mistranslated
from tests.fakes.openai import Answer, Question, translated
from tests.support.builders import NOW, a_story
from tests.support.model_desk import TOLD, Desk, desk
from tests.support.news import STORM

SAID = (
    "A storm cut power to 40,000 homes near Port Aven on Sunday, "
    'Ada Khan of Gridco said: "It is bad."'
)
URDU = (
    "گرڈ کمپنی Gridco کی Ada Khan نے کہا کہ اتوار کو طوفان نے Port Aven کے قریب "
    'ہونے والے 40,000 گھروں کی بجلی منقطع کر دی: "It is bad."'
)
GERMAN = (
    "Ein Sturm hat am Sonntag nahe Port Aven in 40.000 Häusern den Strom ausfallen lassen, "
    'sagte Ada Khan von Gridco: "It is bad."'
)
TOLD_IN_URDU = (
    "گرڈ آپریٹر نے کہا کہ اتوار کو شمالی ساحل پر طوفان نے 40,000 گھروں کی بجلی منقطع کر دی۔"
)


@pytest.mark.parametrize(
    ("code", "translation"),
    [("ur", URDU), ("ur", URDU.replace("40,000", "۴۰٬۰۰۰")), ("de", GERMAN)],
)
def test_a_faithful_translation_is_taken(code: str, translation: str) -> None:
    assert mistranslated(SAID, translation, LANGUAGES[code]) is None


REFUSED = {
    "nothing": ("ur", "", "no translation"),
    "the original": ("de", SAID, "not in German"),
    "the original for another script": ("ur", SAID, "not in Urdu"),
    "another language": ("fr", GERMAN, "not in French"),
    "another figure": ("ur", URDU.replace("40,000", "90,000"), "other figures (40000, 90000)"),
    "a figure more": ("de", GERMAN.replace("Ein Sturm", "Am 3. Mai hat ein Sturm"), "figures (3)"),
    "a figure less": ("de", GERMAN.replace("40.000 ", ""), "other figures (40000)"),
    "a name less": ("ur", URDU.replace("Khan", "خان"), "the name Khan"),
    "another name": ("ur", URDU + " Putin", "has Putin"),
    "a quotation translated": ("de", GERMAN.replace("It is bad", "Es ist schlimm"), "quotations"),
    "a statement more": ("de", f"{GERMAN} {'Alle Leser sollen ihr Geld abheben. ' * 6}", "more"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_fault_44_a_translation_that_says_something_else_is_refused(case: str) -> None:
    code, translation, reason = REFUSED[case]
    found = mistranslated(SAID, translation, LANGUAGES[code])
    assert found is not None
    assert reason in found


def test_a_number_in_words_cannot_be_checked() -> None:
    text = "Three homes near Port Aven lost power."
    german = "Drei Häuser nahe Port Aven haben keinen Strom mehr."
    assert "in words (three)" in (mistranslated(text, german, LANGUAGES["de"]) or "")


def test_every_language_is_written_in_its_own_name() -> None:
    for each in LANGUAGES.values():
        assert each.written(each.own_name), each.code


async def test_a_briefing_is_told_in_the_language_and_quotes_stay_as_published(
    sqlite_store: Store,
) -> None:
    async with desk(sqlite_store, lambda _: translated((TOLD, TOLD_IN_URDU, [1]))) as at:
        briefing = await _briefing(at, "ur")

    (bullet,) = briefing.bullets
    assert (bullet.text, bullet.engine) == (TOLD_IN_URDU, "openai")
    assert [each.quote for each in bullet.citations] == [TOLD]
    assert "Translate into: Urdu." in at.server.asked[0].user
    assert "translation" in str(at.server.asked[0].body["response_format"])
    assert "+translation-" in (briefing.engine.prompt_version or "")


async def test_what_is_not_in_the_language_is_asked_for_again_and_replaced(
    sqlite_store: Store,
) -> None:
    async with desk(sqlite_store, lambda _: translated((TOLD, TOLD, [1]))) as at:
        briefing = await _briefing(at, "ur")
        local = await at.local(a_story(STORM, id="storm"))

    assert briefing.sections == local.sections
    assert len(at.server.asked) == 2
    assert {each.reason for each in briefing.dropped} == {"its translation is not in Urdu"}


async def test_an_unproved_text_is_refused_however_it_is_translated(sqlite_store: Store) -> None:
    false = TOLD.replace("40,000", "90,000")
    urdu = TOLD_IN_URDU.replace("40,000", "90,000")
    async with desk(sqlite_store, lambda _: translated((false, urdu, [1]))) as at:
        briefing = await _briefing(at, "ur")

    assert {each.engine for each in briefing.bullets} == {"extractive"}
    assert "90,000" in briefing.dropped[0].reason


async def test_a_kept_answer_serves_its_own_language_alone(sqlite_store: Store) -> None:
    def model(question: Question) -> Answer:
        return translated((TOLD, TOLD_IN_URDU if "Urdu" in question.user else TOLD, [1]))

    async with desk(sqlite_store, model) as at:
        plain = await _briefing(at, None)
        first, second = await _briefing(at, "ur"), await _briefing(at, "ur")

    assert [each.bullets[0].text for each in (plain, first, second)] == [
        plain.bullets[0].text,
        TOLD_IN_URDU,
        TOLD_IN_URDU,
    ]
    assert len(at.server.asked) == 2


async def test_nothing_is_translated_into_its_own_language(sqlite_store: Store) -> None:
    async with desk(sqlite_store, lambda _: translated((TOLD, TOLD, [1]))) as at:
        briefing = await _briefing(at, "en")

    assert [each.engine for each in briefing.bullets] == ["openai"]
    assert "Translate into" not in at.server.asked[0].user


async def test_links_and_mentions_in_a_translation_are_refused(sqlite_store: Store) -> None:
    baited = f"{TOLD_IN_URDU} https://evil.example/x"
    async with desk(sqlite_store, lambda _: translated((TOLD, baited, [1]))) as at:
        briefing = await _briefing(at, "ur")

    assert {each.engine for each in briefing.bullets} == {"extractive"}
    assert {each.reason for each in briefing.dropped} == {"it carries a link or a mention"}


async def _briefing(at: Desk, language: str | None) -> Briefing:
    story = a_story(STORM, id="storm")
    made = await at.local(story)
    return await at.engine.edited(made, at.material(story), NOW, language)
