"""The catalogues: whole, as the code has it, and right where they are filled in."""

from __future__ import annotations

import re

import pytest
from babel.messages.catalog import Message

from benchmarks.code.catalogues import FOLDER, TRANSLATED, stored, texts, untranslated, written
from bot.languages import OFFERED, dated, number, plural, speaking, tr
from config.setting_fields import Settings

PLACE = re.compile(r"\{(\w+)\}")


def _forms(text: Message, part: str) -> list[str]:
    found = text.id if part == "id" else text.string
    return [found] if isinstance(found, str) else list(found or ())


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_text_of_the_code_is_translated(language: str) -> None:
    assert len([each for each in texts() if each.id]) > 500
    assert untranslated(language) == []
    path = FOLDER / f"{language}.po"
    assert path.read_text("utf-8") == written(language), "run `make docs`"


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_translation_has_the_places_of_its_text(language: str) -> None:
    for text in stored(language):
        if not text.id:
            continue
        wanted = set(PLACE.findall(_forms(text, "id")[-1]))
        for said in _forms(text, "string"):
            allowed = [wanted, wanted - {"count"}] if not isinstance(text.id, str) else [wanted]
            assert set(PLACE.findall(said)) in allowed, said


def test_arabic_counts_in_six_ways() -> None:
    with speaking("ar"):
        said = [
            plural(count, "{count} story", "{count} stories") for count in (0, 1, 2, 3, 11, 100)
        ]
    assert said == ["0 خبر", "خبر واحد", "خبران", "3 أخبار", "11 خبرًا", "100 خبر"]


def test_arabic_counts_hundreds_in_the_genitive() -> None:
    for text in stored("ar"):
        if text.id and not isinstance(text.id, str):
            hundred = _forms(text, "string")[4]
            assert not re.search(r"\{count\} \w+ًا\b", hundred), hundred


def test_numbers_and_days_are_written_as_the_language_does() -> None:
    from datetime import date

    day = date(2026, 11, 24)
    said = {}
    for language in OFFERED:
        with speaking(language):
            said[language] = (number(1204), number(0.5, 2), dated(day, tr("EEE d MMM y")))
    assert said["en"] == ("1,204", "0.50", "Tue 24 Nov 2026")
    assert said["de"] == ("1.204", "0,50", "Di, 24. Nov. 2026")
    assert said["ar"] == ("1,204", "0.50", "الثلاثاء 24 نوفمبر 2026")


def test_the_setting_takes_what_is_offered() -> None:
    for language in OFFERED:
        assert Settings.model_validate({"BRIEFBOT_LANGUAGE": language}).language == language
