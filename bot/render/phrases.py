"""Counts, and texts with styled parts, in the language that is spoken now."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.languages import forms, isolated, plural, tr
from bot.models import Span, Style

_PLACE = re.compile(r"\{(\w+)\}")

_NOUNS = {
    "article": forms("{count} article", "{count} articles"),
    "briefing": forms("{count} briefing", "{count} briefings"),
    "bullet": forms("{count} bullet", "{count} bullets"),
    "digest": forms("{count} digest", "{count} digests"),
    "muted word": forms("{count} muted word", "{count} muted words"),
    "own topic": forms("{count} own topic", "{count} own topics"),
    "sent digest": forms("{count} sent digest", "{count} sent digests"),
    "source": forms("{count} source", "{count} sources"),
    "story": forms("{count} story", "{count} stories"),
    "vote": forms("{count} vote", "{count} votes"),
}


def counted(number: int, noun: str) -> str:
    """Return a number and its noun: "1 source", "1,204 articles", "3 stories".

    A noun that is not in the table is one that only operators read, and stays English.
    """
    many = f"{noun[:-1]}ies" if noun.endswith("ry") else f"{noun}s"
    one, some = _NOUNS.get(noun) or (f"{{count}} {noun}", f"{{count}} {many}")
    return plural(number, one, some)


def and_more(hidden: int) -> str:
    """Return the end of a list of which some are not shown: "3 more"."""
    return plural(hidden, "{count} more", "{count} more")


def spans(text: str, /, **values: str | Span) -> tuple[Span, ...]:
    """Return a text with the values, some of them styled or linked, in the places of their names.

    The text is translated: it is found in the catalogues as written here.
    """
    found: list[Span] = []
    for at, piece in enumerate(_PLACE.split(tr(text))):
        value = values[piece] if at % 2 else piece
        if isinstance(value, Span):
            found.append(value)
        elif value:
            found.append(Span(isolated(value) if at % 2 else value))
    return _joined(found)


def apart(span: Span) -> Span:
    """Return a span of its own kind, such as a command or a link, isolated where it must be."""
    own = span.url or span.style in {Style.CODE, Style.COMMAND, Style.BOLD}
    return replace(span, text=isolated(span.text)) if own else span


def _joined(found: list[Span]) -> tuple[Span, ...]:
    """Return the spans, those of plain text that stand together as one."""
    joined: list[Span] = []
    for each in found:
        plain = joined and joined[-1] == Span(joined[-1].text) and each == Span(each.text)
        joined[-1:] = [Span(joined[-1].text + each.text)] if plain else [*joined[-1:], each]
    return tuple(joined)
