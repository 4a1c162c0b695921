"""Numbers, and the names of languages and countries, as the language of the chat writes them."""

from __future__ import annotations

from bot.languages.catalogues import ENGLISH
from bot.languages.current import code


def number(value: float, places: int = 0) -> str:
    """Return a number, with separators: "1,204" in English, "1.204" in German."""
    language = code()
    if language == ENGLISH:
        return f"{value:,.{places}f}"
    from babel.numbers import format_decimal

    pattern = "#,##0" + (f".{'0' * places}" if places else "")
    return format_decimal(value, format=pattern, locale=language)


def language_name(named: str, english: str) -> str:
    """Return the name of a language, given by its code and its English name."""
    if code() == ENGLISH:
        return english
    from babel.core import Locale

    return str(Locale.parse(code()).languages.get(named, english))


def country_name(named: str, english: str) -> str:
    """Return the name of a country, given by its code (ISO 3166) and its English name."""
    if code() == ENGLISH:
        return english
    from babel.core import Locale

    return str(Locale.parse(code()).territories.get(named, english))
