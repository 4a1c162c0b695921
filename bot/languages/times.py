"""Days and instants as the language of the chat writes them."""

from __future__ import annotations

import re
from datetime import date, datetime

from bot.languages.catalogues import ENGLISH
from bot.languages.current import code

_FIELD = re.compile(r"E+|c+|M+|d|y|HH|mm")
_IN_ENGLISH = {
    "EEEE": "%A",
    "EEE": "%a",
    "ccc": "%a",
    "MMMM": "%B",
    "MMM": "%b",
    "y": "%Y",
    "HH": "%H",
    "mm": "%M",
}


def dated(moment: date | datetime, pattern: str) -> str:
    """Write a day or an instant, in its own zone, by a CLDR pattern such as "EEE d MMM, HH:mm".

    https://unicode.org/reports/tr35/tr35-dates.html#Date_Format_Patterns
    English is written without Babel, which takes a tenth of a second to load.
    """
    if code() == ENGLISH:
        form = _FIELD.sub(lambda field: _IN_ENGLISH.get(field[0], str(moment.day)), pattern)
        return moment.strftime(form)
    from babel.dates import parse_pattern

    return parse_pattern(pattern).apply(moment, code())
