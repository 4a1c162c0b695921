"""A plain-text article: section, title, standfirst, date, title again, paragraphs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.errors import RefusedInput
from bot.models import ParsedArticle
from bot.sources.dates.parser import read_date
from bot.sources.dates.several import FoundDate
from bot.sources.dates.stated import StatedDate
from bot.sources.text.clean import clean_line, clean_lines, clean_text
from bot.sources.text.limits import LONGEST_SUMMARY, LONGEST_TITLE

_LONGEST_SECTION = 60
_HEADER_LINES = 5
"""The maximum number of lines between title and date."""
_DATE_LABEL = re.compile(
    r"^(?:(?:last )?(?:published|updated|posted|date|dated)\b( on| at)?:?)\s*", re.I
)
_AUTHOR = re.compile(r"By ([A-Z]\S*(?:,? (?:and |d[aei] |v[ao]n )?[A-Z]\S*){1,5})(?<![.!?,;:])")
_UNLIKE_TITLE = re.compile(r"[.:;,]$")


@dataclass(frozen=True, slots=True)
class _Header:
    """The lines above the body; `lines` counts them without blank ones."""

    lines: int
    date: StatedDate | None = None
    section: str | None = None
    standfirst: tuple[str, ...] = ()
    unread: str | None = None


def parse_plain(text: str, now: datetime) -> ParsedArticle:
    """Parse one article; raises RefusedInput where title or body is missing."""
    lines = clean_lines(text)
    filled = [line for line in lines if line]
    if not filled:
        raise RefusedInput("is empty")
    top = _top(filled, now)
    rest = filled[top.lines :]
    if not rest:
        raise RefusedInput("has a title but no text")
    header = _header(rest, now)
    author, summary = _author(header.standfirst)
    body_author, body = _author(_body(lines, top.lines + header.lines))
    if not (body or summary):
        raise RefusedInput("has a title but no text")
    return ParsedArticle(
        title=clean_line(rest[0], LONGEST_TITLE if header.lines else 120),
        text="\n\n".join(body or summary),
        summary=clean_line(" ".join(summary), LONGEST_SUMMARY) or None,
        category=top.section,
        author=author or body_author,
        **_fields(header.date or top.date, header.unread),
    )


def _top(filled: list[str], now: datetime) -> _Header:
    """A date or a section above the title."""
    date = read_date(_without_label(filled[0]), now)
    section = _section(filled[1:] if date else filled, now)
    return _Header((date is not None) + (section is not None), date, section)


def _section(lines: list[str], now: datetime) -> str | None:
    """The first line, if it is in capitals and the next line can be the title."""
    if len(lines) < 3 or not lines[0].isupper() or len(lines[0]) > _LONGEST_SECTION:
        return None
    after = lines[1]
    titled = len(after) <= LONGEST_TITLE and not _UNLIKE_TITLE.search(after)
    return lines[0] if titled and not read_date(_without_label(after), now) else None


def _header(rest: list[str], now: datetime) -> _Header:
    """The title, the lines down to the date and the repeated title; 0 lines without a title."""
    title, near = rest[0], rest[1 : _HEADER_LINES + 1]
    if len(title) > LONGEST_TITLE:
        return _Header(0)
    for number, line in enumerate(near, 1):
        if _looks_dated(line, now):
            repeated = number + 1 < len(rest) and _same(rest[number + 1], title)
            standfirst = tuple(each for each in rest[1:number] if not _same(each, title))
            date = read_date(_without_label(line), now)
            unread = None if date else line
            return _Header(number + 1 + repeated, date, standfirst=standfirst, unread=unread)
    for number, line in enumerate(near, 1):
        if _same(line, title):
            return _Header(number + 1, standfirst=tuple(rest[1:number]))
    return _Header(1)


def _fields(date: StatedDate | None, unread: str | None) -> dict[str, Any]:
    return FoundDate(date, None if date else unread and unread[:80]).fields


def _looks_dated(line: str, now: datetime) -> bool:
    bare = _without_label(line)
    return (
        read_date(bare, now) is not None
        or re.fullmatch(r"\d{4}-\d\d-\d\d.{0,20}", bare) is not None
    )


def _without_label(line: str) -> str:
    return _DATE_LABEL.sub("", line) if len(line) <= 100 else line


def _same(line: str, title: str) -> bool:
    return _letters(line) == _letters(title)


def _letters(line: str) -> str:
    return re.sub(r"[\W_]+", "", line).casefold()


def _author(lines: tuple[str, ...]) -> tuple[str | None, tuple[str, ...]]:
    """The name in a byline among the first lines, and the lines without it."""
    for number, line in enumerate(lines[:_HEADER_LINES]):
        if named := _AUTHOR.fullmatch(line):
            return named[1], lines[:number] + lines[number + 1 :]
    return None, lines


def _body(lines: list[str], above: int) -> tuple[str, ...]:
    """The paragraphs below the first `above` lines that are not blank."""
    for number, line in enumerate(lines):
        if line and above == 0:
            return tuple(clean_text("\n".join(lines[number:])).split("\n\n"))
        above -= bool(line)
    return ()
