"""The dates that sources state, in their spellings, languages, zones and orders."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.models import DatePrecision
from bot.models.identity import EARLIEST
from bot.sources.dates.parser import numeric_order, read_date
from bot.sources.dates.stated import DateHints
from tests.support.builders import NOW
from tests.support.linear import slow

HALF_PAST_SEVEN = datetime(2026, 11, 22, 7, 30, tzinfo=UTC)
MIDNIGHT = datetime(2026, 11, 22, tzinfo=UTC)

STANDARD = [
    ("2026-11-22T07:30:00Z", HALF_PAST_SEVEN),
    ("2026-11-22T12:30:00+05:00", HALF_PAST_SEVEN),
    ("2026-11-22T07:30:00.000Z", HALF_PAST_SEVEN),
    ("2026-11-22T07:30:00.1234567Z", HALF_PAST_SEVEN.replace(microsecond=123456)),
    ("2026-11-22 07:30", HALF_PAST_SEVEN),
    ("2026-11-22 07:30 UTC", HALF_PAST_SEVEN),
    ("2026-11-22 09:30:00 +0200", HALF_PAST_SEVEN),
    ("2026-11-22T08:30:00+01:00[Europe/Berlin]", HALF_PAST_SEVEN),
    ("Sun, 22 Nov 2026 07:30:00 GMT", HALF_PAST_SEVEN),
    ("Sun, 22 Nov 2026 08:30:00 +0100", HALF_PAST_SEVEN),
    ("Sun, 22 Nov 2026 08:30:00 +0100 (CET)", HALF_PAST_SEVEN),
    ("Sun, 22 Nov 2026 02:30:00 EST", HALF_PAST_SEVEN),
    (str(HALF_PAST_SEVEN.timestamp()), HALF_PAST_SEVEN),
    (str(int(HALF_PAST_SEVEN.timestamp() * 1000)), HALF_PAST_SEVEN),
    (str(int(HALF_PAST_SEVEN.timestamp() * 1_000_000)), HALF_PAST_SEVEN),
    ("20261122T073000Z", HALF_PAST_SEVEN),
    ("20261122T093000+0200", HALF_PAST_SEVEN),
    ("20261122073000", HALF_PAST_SEVEN),
    ("22 Nov 2026 07:30", HALF_PAST_SEVEN),
    ("Nov 22, 2026 at 7:30 am", HALF_PAST_SEVEN),
    ("22nd of November, 2026, 7:30 a.m.", HALF_PAST_SEVEN),
    ("Sun Nov 22 08:30:00 CET 2026", HALF_PAST_SEVEN),
    ("Posted on Nov. 22, 2026 at 7:30 a.m.", HALF_PAST_SEVEN),
    ("22/11/2026 07:30", HALF_PAST_SEVEN),
    ("22.11.2026 07:30:00", HALF_PAST_SEVEN),
    ("11/22/2026 07:30 AM", HALF_PAST_SEVEN),
]

DAYS = [
    "2026-11-22", "2026/11/22", "22 November 2026", "November 22, 2026", "Sunday, 22 November 2026",
    "20261122", "2026-W47-7", "2026-326", "22-Nov-2026", "22. November 2026", "22 XI 2026",
    "22nd November 2026", "22.11.2026", "२०२६-११-२२", "٢٢/١١/٢٠٢٦", "２０２６年１１月２２日",
]  # fmt: skip

ZONES = [
    ("Sun, 22 Nov 2026 12:30:00 PKT", "en"),
    ("22 Nov 2026 10:30 MSK", "ru"),
    ("22 ноября 2026 г. в 10:30 МСК", None),
    ("22 ноября 2026 12:30 МСК+2", "ru"),
    ("22 ноября 2026, 09:30 (МСК−1)", "ru"),
    ("22 Nov 2026 19:30:00 MSK+9", None),
    ("22 ноября 2026 МСК+2 12:30", "ru"),
    ("22 ноября 2026 10:30 МСК+0", "ru"),
    ("22 Nov 2026 10:30:00 MSK +0300", "ru"),
    ("22 Nov 2026 10:30:00 MSK+03", "ru"),
    ("22 Nov 2026 08:30 MEZ", "de"),
    ("22 Nov 2026 13:00 IST", None),
    ("22 Nov 2026 09:30 IST", "he"),
    ("22 Nov 2026 15:30 CST", "zh-CN"),
    ("22 Nov 2026 01:30 CST", "en-US"),
    ("22 Nov 2026 02:30 ET", "en-US"),
    ("22 Nov 2026 17:30 GMT+10", None),
    ("22 Nov 2026 17:30 UTC+10:00", None),
    ("22 Nov 2026 04:00 GMT-03:30", None),
    ("Sun, 22 Nov 2026 16:30:00 Asia/Tokyo", None),
    ("Sun, 22 Nov 2026 18:30:00 AEDT", None),
    ("Sun, 22 Nov 2026 18:30:00 Australian Eastern Daylight Time", "en-AU"),
    ("domingo, 22 de novembro de 2026, 04:30:00 Horário Padrão de Brasília", "pt-BR"),
    ("22 November 2026, 08:30:00 Mitteleuropäische Normalzeit", "de"),
]

LANGUAGES = [
    ("dimanche 22 novembre 2026 à 07h30", "fr"),
    ("dim., 22 nov. 2026 07:30:00 +0000", "fr"),
    ("22 de noviembre de 2026, 7:30 a. m.", "es"),
    ("dom, 22 nov 2026 07:30:00 +0000", "es"),
    ("Sonntag, 22. November 2026, 7:30 Uhr", "de"),
    ("domenica 22 novembre 2026 ore 7:30", "it"),
    ("22 de nov. de 2026 07:30", "pt-BR"),
    ("domingo, 22 de novembro de 2026 às 07:30", "pt"),
    ("zondag 22 november 2026 om 07:30", "nl"),
    ("søndag den 22. november 2026 kl. 07.30", "da"),
    ("22 november 2026 kl. 07:30", "sv"),
    ("22. marraskuuta 2026 klo 7.30", "fi"),
    ("Su, 22 Marras 2026 07:30:00 +0000", "fi"),
    ("niedziela, 22 listopada 2026, 07:30", "pl"),
    ("22. listopadu 2026 v 7:30", "cs"),
    ("22. novembra 2026, 7:30", "sk"),
    ("22. studenoga 2026. u 07:30", "hr"),
    ("2026. november 22., vasárnap 7:30", "hu"),
    ("22 noiembrie 2026, 07:30", "ro"),
    ("22 ноември 2026 г., 7:30 ч.", "bg"),
    ("22 ноября 2026 г., 07:30", "ru"),
    ("Вс, 22 ноя 2026 07:30:00 +0000", "ru"),
    ("22 листопада 2026 року, 07:30", "uk"),
    ("22 лістапада 2026 г. 07:30", "be"),
    ("22. новембар 2026. 07:30", "sr"),
    ("ned 22 nov 07:30:00 2026", "hr"),
    ("22 Νοεμβρίου 2026, 7:30 π.μ.", "el"),
    ("22 Kasım 2026 Pazar 07:30", "tr"),
    ("22 noyabr 2026 07:30", "az"),
    ("22 نوفمبر 2026، 7:30 ص", "ar"),
    ("٢٢ تشرين الثاني ٢٠٢٦ ٧:٣٠ ص", "ar"),
    ("۱ آذر ۱۴۰۵، ۰۷:۳۰", "fa"),
    ("۱۴۰۵/۰۹/۰۱ ۰۷:۳۰", "fa"),
    ("22 בנובמבר 2026, 7:30", "he"),
    ("22 नवंबर 2026, 7:30 am", "hi"),
    ("২২ নভেম্বর, ২০২৬ ৭:৩০ AM", "bn"),
    ("22 نومبر، 2026 7:30 AM", "ur"),
    ("22 พฤศจิกายน 2569 เวลา 07:30 น.", "th"),
    ("22 พ.ย. 2569 07:30", "th"),
    ("Chủ Nhật, 22 tháng 11, 2026 07:30", "vi"),
    ("Minggu, 22 November 2026 pukul 07.30", "id"),
    ("2026年11月22日 07:30", "zh"),
    ("2026年11月22日星期日 上午7:30", "zh"),
    ("2026年11月22日(日) 7時30分", "ja"),
    ("令和8年11月22日 07:30", "ja"),
    ("民國115年11月22日 07:30", "zh-TW"),
    ("2026년 11월 22일 일요일 오전 7:30", "ko"),
    ("2026. 11. 22. 오전 7:30", "ko"),
    ("2026 m. lapkričio 22 d. 07:30", "lt"),
    ("2026. gada 22. novembris, 07:30", "lv"),
    ("22. november 2026, kell 7:30", "et"),
]

NONE = [
    None, "", "soon", "24", "nan", "inf", "1e400", "9999-12-31", "1970-01-01", "1989-12-31",
    "2026-11-25", "0001-01-01T00:00:00+14:00", "2026-13-01", "2026-11-22" + " " * 100 + "x",
    "Oil climbs above $84 after producers agree deeper output cut", "x" * 1000,
    "Invalid Date", "yesterday", "2 hours ago", "vor 3 Stunden", "22 November", "Nov 2026", "2026",
    "2026-11", "2026-W47", "30 February 2026", "31/11/2026", "22/13/2026", "07:30", "Sunday",
    "22 Nov 2026 25:00", "22 Nov 2026 07:61", "22 Nov 2026 20:30 AM", "22 Nov 2026 07:30 XQZT",
    "22 Nov 2026 07:30 +2500", "22 Nov 23 Dec 2026", "03/04/2026", "03/04/05", "lis 5 2020",
    "22 Nov 2026 until 23 Nov 2026", "${date}", "{{ date }}", "22 liep. 21",
    "0000-00-00 00:00:00", "-1", "0",
]  # fmt: skip


@pytest.mark.parametrize(("raw", "expected"), STANDARD)
def test_it_reads_the_spellings_that_programs_write(raw: str, expected: datetime) -> None:
    stated = read_date(raw, NOW)
    assert stated is not None
    assert (stated.at, stated.precision) == (expected, DatePrecision.TIME)


@pytest.mark.parametrize("raw", DAYS)
def test_fault_54_a_day_without_a_time_is_a_day(raw: str) -> None:
    stated = read_date(raw, NOW)
    assert stated is not None
    assert (stated.at, stated.precision) == (MIDNIGHT, DatePrecision.DAY)


@pytest.mark.parametrize(("raw", "language"), ZONES)
def test_fault_54_it_honours_the_zone(raw: str, language: str | None) -> None:
    stated = read_date(raw, NOW, DateHints(language))
    assert stated is not None
    assert stated.at == HALF_PAST_SEVEN


@pytest.mark.parametrize(("raw", "language"), LANGUAGES)
def test_fault_54_it_reads_dates_in_other_languages(raw: str, language: str) -> None:
    stated = read_date(raw, NOW, DateHints(language))
    assert stated is not None
    assert stated.at == HALF_PAST_SEVEN


@pytest.mark.parametrize(
    ("raw", "hints", "day"),
    [
        ("03/04/2026", DateHints("en-US"), (3, 4)),
        ("03/04/2026", DateHints("en-GB"), (4, 3)),
        ("03/04/2026", DateHints("fr"), (4, 3)),
        ("03.04.2026", DateHints(), (4, 3)),
        ("Fri, 03/04/2026", DateHints(), (4, 3)),
        ("Wed, 03/04/2026", DateHints(), (3, 4)),
        ("03/04/2026", DateHints("en", "dmy"), (4, 3)),
        ("26. 4. 3.", DateHints("ko"), (4, 3)),
        ("03.04.26", DateHints("de"), (4, 3)),
        ("3/4/26", DateHints("en-US"), (3, 4)),
    ],
)
def test_fault_54_it_keeps_to_the_sources_order(
    raw: str, hints: DateHints, day: tuple[int, int]
) -> None:
    stated = read_date(raw, NOW, hints)
    assert stated is not None
    assert (stated.at.month, stated.at.day) == day


@pytest.mark.parametrize("raw", NONE)
def test_fault_35_what_states_no_single_possible_date_is_no_date(raw: str | None) -> None:
    assert read_date(raw, NOW) is None


def test_fault_54_a_weekday_that_is_spelt_like_a_zone_is_a_weekday() -> None:
    for raw in ("pet 20 nov 07:30:00 2026", "pet, 20. nov 2026. 07:30"):
        stated = read_date(raw, NOW)
        assert stated is not None, raw
        assert stated.at == HALF_PAST_SEVEN.replace(day=20)


def test_fault_54_evening_is_not_morning_and_midnight_is_the_next_day() -> None:
    for raw, hour, day in (
        ("22 Nov 2026 07:30:00 PM", 19, 22),
        ("22 Nov 2026 12:30 AM", 0, 22),
        ("22 Nov 2026 12:30 PM", 12, 22),
        ("Sat, 21 Nov 2026 24:00:00 GMT", 0, 22),
        ("22 нояб. 2026 г., 7:30 вечера", 19, 22),
    ):
        stated = read_date(raw, NOW)
        assert stated is not None, raw
        assert (stated.at.hour, stated.at.day) == (hour, day), raw


@pytest.mark.parametrize(
    ("dates", "order"),
    [
        (["03/04/2026", "27/04/2026"], "dmy"),
        (["03/04/2026 10:00", "04/27/2026 10:00"], "mdy"),
        (["03/04/2026"], None),
        (["27/04/2026", "04/27/2026"], None),
        ([], None),
    ],
)
def test_a_sources_dates_show_its_order(dates: list[str], order: str | None) -> None:
    assert numeric_order(dates) == order


@given(st.one_of(st.text(max_size=60), st.text("0123456789-:TZ+., JanGMTдекабря月日", max_size=40)))
def test_any_text_is_a_date_that_can_be_or_none(raw: str) -> None:
    found = read_date(raw, NOW)
    assert found is None or (found.at.utcoffset() == UTC.utcoffset(None) and found.at >= EARLIEST)


@pytest.mark.parametrize("piece", [" ", "(", "1", "1/", "mar ", "12:00 ", "+1", "à", "月"])
def test_fault_67_long_strings_take_no_time(piece: str) -> None:
    read_date("22 Nov 2026 xq", NOW)
    for raw in (piece * 40_000, piece * (160 // len(piece))):
        assert read_date(raw, NOW) is None
        assert slow(lambda text: read_date(text, NOW), raw, 0.05) is None
