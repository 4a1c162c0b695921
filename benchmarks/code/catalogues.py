"""Writes the texts of the chat surfaces into the catalogues of `bot/languages`.

Translations are kept, new texts are added without one, and what the code no longer says is
dropped. The exit code is 1 where a text has no translation.
"""

from __future__ import annotations

import sys
import tomllib
from functools import cache
from io import BytesIO
from pathlib import Path

from babel.core import Locale
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from bot.languages import ENGLISH, OFFERED

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "bot" / "languages"
TOPICS = ROOT / "config" / "topics.toml"

KEYWORDS = {
    "tr": None,
    "marked": None,
    "sentence": None,
    "spans": None,
    "plural": (2, 3),
    "forms": (1, 2),
}
"""The functions whose first text, or both texts, go into the catalogues."""

OWN = (", ", "{names} and {last}")
"""Texts of `bot.languages` itself."""

TRANSLATED = tuple(each for each in OFFERED if each != ENGLISH)


def texts() -> Catalog:
    """Return every text of the code, without translations."""
    found = Catalog()
    for text in OWN:
        found.add(text)
    for topic in tomllib.loads(TOPICS.read_text(encoding="utf-8"))["topics"].values():
        for text in (topic["title"], topic["description"]):
            found.add(text, context="topic")
    for message in _extracted():
        found.add(message)
    return found


@cache
def _extracted() -> tuple[str | tuple[str, ...], ...]:
    found = []
    for folder in ("bot", "handlers", "summarizer"):
        there = extract_from_dir(ROOT / folder, [("**.py", "python")], keywords=KEYWORDS)
        found += [message for _, _, message, _, _ in sorted(there, key=lambda each: each[:2])]
    return tuple(found)


def stored(language: str) -> Catalog:
    """Return the catalogue of a language as it is stored."""
    return read_po(BytesIO((FOLDER / f"{language}.po").read_bytes()), locale=language)


def written(language: str) -> str:
    """Return the catalogue of a language with the texts of the code, as it should be stored."""
    known, kept = stored(language), Catalog(locale=language)
    for each in texts():
        if each.id:
            before = known.get(each.id, each.context)
            kept.add(each.id, before.string if before else None, context=each.context)
    target = BytesIO()
    write_po(target, kept, width=100, omit_header=True, sort_output=True)
    return f"{_header(language, kept)}\n{target.getvalue().decode()}"


def _header(language: str, catalogue: Catalog) -> str:
    name = Locale.parse(language).english_name
    return (
        f'# {name}\nmsgid ""\nmsgstr ""\n"Language: {language}\\n"\n'
        '"Content-Type: text/plain; charset=utf-8\\n"\n'
        f'"Plural-Forms: {catalogue.plural_forms}\\n"\n'
    )


def untranslated(language: str) -> list[str]:
    """Return the texts of the code that the stored catalogue does not translate."""
    known = stored(language)
    return [str(each.id) for each in texts() if each.id and not _is_said(known, each)]


def _is_said(known: Catalog, text: Message) -> bool:
    found = known.get(text.id, text.context)
    said = (found.string if found else "") or ""
    return all([said] if isinstance(said, str) else said)


def main() -> int:
    """Write every catalogue, and name what is not translated."""
    left = 0
    for language in TRANSLATED:
        (FOLDER / f"{language}.po").write_text(written(language), encoding="utf-8")
        for text in untranslated(language):
            left += 1
            sys.stdout.write(f"{language}: {text}\n")
    return 1 if left else 0


if __name__ == "__main__":
    sys.exit(main())
