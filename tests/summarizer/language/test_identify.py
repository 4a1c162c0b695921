"""The language of an article, told from its own words."""

from __future__ import annotations

import pytest

from summarizer.language.identify import language_of, stated_or_told


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("The ferry to the island was late, and the port was closed for a day.", "en"),
        ("Der Hafen war für einen Tag geschlossen und die Fähre kam mit dem Sturm.", "de"),
        ("Le port est fermé pour la journée et les bateaux sont dans la baie.", "fr"),
        ("El puerto de la isla se cerró el lunes por la tormenta y no hay barcos.", "es"),
        ("O porto da ilha foi fechado na segunda e não há barcos para os passageiros.", "pt"),
        ("بندرگاہ پیر کے روز طوفان کی وجہ سے بند رہی ہے۔", "ur"),
        ("بندر امروز به دلیل توفان بسته شد و کشتی‌ها پهلو گرفتند.", "fa"),
        ("أغلق الميناء يوم الاثنين بسبب العاصفة.", "ar"),
        ("Порт закрыли в понедельник из-за шторма.", "ru"),
        ("Порт закрили в понеділок через шторм, повідомили рятувальники.", "uk"),
        ("由于风暴，港口星期一关闭，渡轮全部停航。", "zh"),
        ("嵐のため、港は月曜日に閉鎖されました。", "ja"),
        ("폭풍 때문에 항구가 월요일에 폐쇄되었다.", "ko"),
        ("तूफ़ान के कारण सोमवार को बंदरगाह बंद रहा।", "hi"),
    ],
)
def test_it_tells_a_language(text: str, code: str) -> None:
    assert language_of(text) == code


@pytest.mark.parametrize("text", ["", "42", "Oil", "Xqzt Brvk Plmn Wrtz Kjhg", "\ud800 \x00 !!!"])
def test_where_there_is_too_little_it_says_nothing(text: str) -> None:
    assert language_of(text) is None


@pytest.mark.parametrize(
    ("stated", "text", "kept"),
    [
        (None, "Порт закрыли в понедельник из-за шторма.", "ru"),
        ("en", "Порт закрыли в понедельник из-за шторма.", "ru"),
        ("bg", "Порт закрыли в понедельник из-за шторма.", "bg"),
        ("en-GB", "The port was closed on Monday and it is to open in a day.", "en-GB"),
        ("nb", "Port closed", "nb"),
    ],
)
def test_a_stated_language_is_doubted_only_by_its_script(
    stated: str | None, text: str, kept: str
) -> None:
    assert stated_or_told(stated, text) == kept
