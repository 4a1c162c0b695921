"""The catalogues: `CODE.po` beside this module, read once when a language is first spoken."""

from __future__ import annotations

from functools import cache
from gettext import GNUTranslations, NullTranslations
from importlib.resources import files
from io import BytesIO

ENGLISH = "en"

OFFERED = {"en": "English", "de": "Deutsch", "ar": "العربية"}
"""The languages that the bot speaks, by code, with their own names."""

RIGHT_TO_LEFT = frozenset({"ar"})


def offered(wanted: str) -> str:
    """Return the offered language of a tag such as "de-AT" or "ar_EG"; "" if there is none."""
    code = wanted.strip().replace("_", "-").partition("-")[0].lower()
    return code if code in OFFERED else ""


def read_catalogues() -> None:
    """Read every catalogue, which takes a tenth of a second, so that no chat waits for it."""
    for language in OFFERED:
        catalogue(language)


@cache
def catalogue(language: str) -> NullTranslations:
    """Return the texts of a language; those of English are the message ids themselves."""
    if language == ENGLISH:
        return NullTranslations()
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    source = files(__package__).joinpath(f"{language}.po").read_bytes()
    compiled = BytesIO()
    write_mo(compiled, read_po(BytesIO(source), locale=language))
    compiled.seek(0)
    return GNUTranslations(compiled)
