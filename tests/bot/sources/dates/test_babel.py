"""Dates as programs write them in 40 locales: exact, or no date, never a wrong one."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.sources.dates.parser import read_date
from bot.sources.dates.stated import DateHints
from tests.support.builders import NOW

babel = pytest.importorskip("babel.dates", reason="Babel writes the dates")

_LOCALES = """
    en_US en_GB de fr es it pt_BR pt nl sv da nb fi pl cs sk hu ro bg hr sr sl lt lv et el ru uk
    be tr ar fa he hi bn ur th vi id zh_Hans zh_Hant ja ko az mk sq ca eu is ms
"""
LOCALES = _LOCALES.split()
_OTHERS = """
    af am bs cy fil ga gl gu hy ka kk km kn ky lb lo ml mn mr mt my ne nn pa si sw ta te tg tk uz zu
    en_AU en_IN de_AT de_CH fr_CA fr_CH es_MX es_AR es_US pt_PT zh_TW ar_EG ar_SA nl_BE it_CH sv_FI
"""
OTHERS = _OTHERS.split()
STYLES = ("short", "medium", "long", "full")
PATTERNS = (
    "EEE, d MMM yyyy HH:mm:ss Z",
    "d MMMM yyyy HH:mm:ss",
    "yyyy-MM-dd HH:mm:ss",
    "d MMM y h:mm:ss a",
)
ZONES = ("UTC", "Europe/Berlin", "America/New_York", "Asia/Tokyo")
OTHER_ZONES = ("Europe/Paris", "Asia/Kolkata", "Australia/Sydney", "America/Sao_Paulo")
FIRST = datetime(2001, 1, 1, tzinfo=UTC)
instants = st.integers(0, 25 * 365 * 86_400).map(lambda seconds: FIRST + timedelta(seconds=seconds))


def written(at: datetime, locale: str, form: str, zone: str) -> tuple[str, datetime]:
    """The instant as Babel writes it, and what of it the text states."""
    if form in PATTERNS or form in TEN[5:] or form in OTHER_TEN[2:]:
        stated = ZoneInfo(zone) if "z" in form.lower() else UTC
        return babel.format_datetime(at, form, tzinfo=stated, locale=locale), at
    if form.startswith("date"):
        text = babel.format_date(at, form[5:], locale=locale)
        return text, at.replace(hour=0, minute=0, second=0)
    stated = ZoneInfo(zone) if form in {"long", "full"} else UTC
    text = babel.format_datetime(at, form, tzinfo=stated, locale=locale)
    return text, at.replace(second=0) if form == "short" else at


FORMS = (*STYLES, *(f"date {style}" for style in STYLES), *PATTERNS)


TEN = (
    "full", "long", "medium", "date full", "date long", "EEE, dd MMM yyyy HH:mm:ss Z",
    "EEEE, d MMMM y HH:mm:ss", "dd.MM.yyyy HH:mm:ss", "d MMM y h:mm:ss a", "MMMM d, y HH:mm:ss",
)  # fmt: skip

OTHER_TEN = (
    "short", "date short", "EEEE d MMMM y, HH:mm zzzz", "EEE dd MMM yyyy HH:mm ZZZZ",
    "EEE, d MMM yy HH:mm:ss Z", "MMM d, y, h:mm a", "HH:mm, d MMMM y", "d-MMM-y HH:mm:ss",
    "yyyy/MM/dd HH:mm:ss", "EEEE dd.MM.yyyy HH.mm",
)  # fmt: skip


def test_fault_54_nor_of_400_in_other_locales_and_patterns() -> None:
    chance = random.Random(67)
    exact, wrong = 0, []
    for locale in chance.sample(OTHERS, 40):
        for form in OTHER_TEN:
            at = FIRST + timedelta(minutes=chance.randrange(25 * 365 * 1_440))
            text, expected = written(at, locale, form, chance.choice(OTHER_ZONES))
            stated = read_date(text, NOW, DateHints(locale.replace("_", "-")))
            exact += stated is not None and stated.at == expected
            wrong += [text] if stated is not None and stated.at != expected else []
    assert wrong == []
    assert exact >= 380


@pytest.mark.parametrize("told", [True, False], ids=["language told", "language not told"])
def test_fault_54_of_400_dates_nearly_all_are_exact_and_none_is_wrong(*, told: bool) -> None:
    chance = random.Random(54 + told)
    exact, wrong = 0, []
    for locale in chance.sample(LOCALES, 40):
        for form in TEN:
            at = FIRST + timedelta(seconds=chance.randrange(25 * 365 * 86_400))
            text, expected = written(at, locale, form, chance.choice(ZONES))
            hints = DateHints(locale.replace("_", "-") if told else None)
            stated = read_date(text, NOW, hints)
            exact += stated is not None and stated.at == expected
            wrong += [text] if stated is not None and stated.at != expected else []
    assert wrong == []
    assert exact >= 380


@settings(max_examples=100, deadline=None)
@given(instants, st.sampled_from(LOCALES), st.sampled_from(FORMS), st.sampled_from(ZONES))
def test_fault_54_no_date_is_read_wrongly(at: datetime, locale: str, form: str, zone: str) -> None:
    text, expected = written(at, locale, form, zone)
    for hints in (DateHints(), DateHints(locale.replace("_", "-"))):
        stated = read_date(text, NOW, hints)
        assert stated is None or stated.at == expected, text


@pytest.mark.parametrize("locale", LOCALES)
def test_fault_54_nearly_all_dates_of_a_locale_are_read(locale: str) -> None:
    at = datetime(2018, 10, 18, 13, 28, 6, tzinfo=UTC)
    hints = DateHints(locale.replace("_", "-"))
    missed = []
    for number, form in enumerate(FORMS * 4):
        day = at + timedelta(days=37 * number, hours=5 * number)
        text, expected = written(day, locale, form, ZONES[number % 4])
        stated = read_date(text, NOW, hints)
        missed += [text] if stated is None or stated.at != expected else []
    assert len(missed) <= 2, missed
