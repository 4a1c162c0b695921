"""A briefing or a reply as plain text for terminals: wrapped, and coloured if requested."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.languages import isolated, speaking, tr
from bot.models import Briefing, Bullet, Line, Reply
from bot.render import wording as words
from bot.render.bullets import NumberedBullet
from bot.render.charts.blocks import block_lines
from bot.render.day_line import opening_line
from bot.render.sanitize import clean, cut, link
from bot.render.times import dateline

WIDTH, NARROWEST = 100, 30
"""Widths of a line in columns: the usual one, and the least; only an address may be longer."""

QUOTES_SHOWN = 2
"""Quotes shown under a bullet; PROOF_COMMAND shows all."""

REPEATED = 0.2
"""A quote with at most this share of words that were not read before only repeats."""


class _Paint(StrEnum):
    """Escape sequences of a line's style."""

    PLAIN = ""
    BOLD = "\x1b[1m"
    DIM = "\x1b[2m"


@dataclass(frozen=True, slots=True)
class _Row:
    """One paragraph; `first` precedes its first line, and the others are indented as far.

    An address is `whole`: it is never wrapped.
    """

    text: str
    paint: _Paint = _Paint.PLAIN
    first: str = ""
    whole: bool = False

    def lines(self, width: int) -> list[str]:
        if self.whole or not self.text:
            return [self.first + self.text]
        parts = [part.strip() for part in cut(self.text, width - len(self.first), _cells)]
        margins = [self.first, *[" " * len(self.first)] * len(parts)]
        return [margin + part for margin, part in zip(margins, parts, strict=False)]


_EMPTY = _Row("")


def briefing_text(
    briefing: Briefing,
    heading: str | None = None,
    *,
    quotes: bool = True,
    colour: bool = False,
    hint: bool = False,
    width: int = WIDTH,
    page: str = "",
) -> str:
    """The whole briefing as text without a final line break.

    `quotes` adds the quotes that differ from their bullet; `hint` adds the command that shows all
    quotes, for a terminal where commands can be typed. `page` is the address of its page, if any.
    """
    rows = [*_briefing(briefing, heading, quotes=quotes, hint=hint)]
    if address := link(page):
        rows += [_Row(words.page_label() + ":", _Paint.DIM), _Row(address, _Paint.DIM, whole=True)]
    return _joined(rows, colour, width)


def reply_text(
    reply: Reply, *, colour: bool = False, width: int = WIDTH, drawn: bool = False
) -> str:
    """A reply as text without a final line break; each address has its own line.

    With `drawn`, its picture is shown as bars of block characters.
    """
    with speaking(reply.language):
        return _joined(_reply(reply, width if drawn else 0), colour, width)


def _reply(reply: Reply, room: int) -> list[_Row]:
    blocks: list[list[_Row]] = []
    if reply.briefing is None:
        blocks.append(_wrapped(reply.title, paint=_Paint.BOLD))
    if reply.picture is not None and room:
        blocks.append([_Row(each, whole=True) for each in block_lines(reply.picture, room)])
    blocks.append([row for line in reply.lines for row in _line(line)])
    if reply.briefing is not None:
        blocks.append(list(_briefing(reply.briefing, reply.title, quotes=True, hint=True)))
    blocks.append([row for line in reply.note for row in _line(line)])
    return list(_separated(blocks))


def _briefing(
    briefing: Briefing, heading: str | None, *, quotes: bool, hint: bool
) -> Iterator[_Row]:
    yield from _wrapped(words.heading(briefing, heading), paint=_Paint.BOLD)
    margin = len(str(len(briefing.bullets))) + 2
    if briefing.alert:
        for bullet in (each for part in words.parts(briefing) for each in part.bullets):
            yield _EMPTY
            yield from _bullet(bullet, briefing.bullets[bullet.number - 1], margin)
        return
    yield from _wrapped(opening_line(briefing))
    yield from _wrapped(dateline(briefing), paint=_Paint.DIM)
    for part in words.parts(briefing):
        yield _EMPTY
        yield from _wrapped(part.title.upper(), paint=_Paint.BOLD)
        if not part.bullets:
            yield from _wrapped(part.empty, " " * margin)
        for group in part.groups:
            if group is not part.groups[0]:
                yield _EMPTY
            yield from _wrapped(group.label, " " * margin, _Paint.BOLD)
            for bullet in group.bullets:
                if bullet is not group.bullets[0]:
                    yield _EMPTY
                proof = briefing.bullets[bullet.number - 1] if quotes else None
                yield from _bullet(bullet, proof, margin)
        if part.notes and part.bullets:
            yield _EMPTY
        for note in part.notes:
            yield from _line(note, " " * margin, _Paint.DIM)
    yield _EMPTY
    yield from _wrapped(f"{words.coverage(briefing)}.", paint=_Paint.DIM)
    if hint and briefing.bullets:
        number = min(2, len(briefing.bullets))
        yield from _wrapped(
            tr("{command} shows the proof", command=f"{words.PROOF_COMMAND} {number}"),
            "",
            _Paint.DIM,
        )


def _bullet(bullet: NumberedBullet, proof: Bullet | None, margin: int) -> Iterator[_Row]:
    said = f"{bullet.mark} — {bullet.text}" if bullet.mark else bullet.text
    yield from _wrapped(said, f"{bullet.number}. ".rjust(margin))
    if proof is not None:
        yield from _quotes(proof, margin)
    names = tr(", ").join(isolated(outlet.name) for outlet in bullet.outlets)
    between = " " if bullet.more else " · "
    sources = f"{names}{between}{bullet.about}" if names else bullet.about
    yield from _wrapped(sources, " " * margin, _Paint.DIM)
    urls = [outlet.url for outlet in bullet.outlets if outlet.url]
    yield from _addresses(urls[:1], margin)


def _quotes(bullet: Bullet, margin: int) -> Iterator[_Row]:
    """The quotes that say more than the bullet and the quotes before them."""
    said, shown = clean(bullet.text).strip(), 0
    known = set(_words(said))
    for quote in dict.fromkeys(clean(each.quote).strip() for each in bullet.citations):
        own = set(_words(quote))
        if said in quote or len(own - known) <= REPEATED * len(own) or shown == QUOTES_SHOWN:
            continue
        yield from _wrapped(f"“{quote}”", " " * margin, _Paint.DIM)
        known |= own
        shown += 1


def _words(text: str) -> list[str]:
    return [word.strip(".,;:!?()“”‘’'\"…").casefold() for word in text.split()]


def _line(line: Line, first: str = "", paint: _Paint = _Paint.PLAIN) -> Iterator[_Row]:
    first += "• " if line.item else ""
    yield from _wrapped("".join(span.text for span in line.spans), first, paint) or [_EMPTY]
    urls = [url for span in line.spans if (url := link(span.url))]
    yield from _addresses(dict.fromkeys(urls), len(first))


def _addresses(urls: Iterable[str], margin: int) -> Iterator[_Row]:
    return (_Row(url, _Paint.DIM, " " * margin, whole=True) for url in urls)


def _wrapped(text: str, first: str = "", paint: _Paint = _Paint.PLAIN) -> list[_Row]:
    """A paragraph of the text; none where it is empty."""
    said = clean(text).strip()
    return [_Row(said, paint, first)] if said else []


def _cells(text: str) -> int:
    """The width of a text in columns: two for wide characters, none for combining ones."""
    return sum(
        0 if unicodedata.combining(char) else 1 + (unicodedata.east_asian_width(char) in "WF")
        for char in text
    )


def _separated(blocks: Sequence[Sequence[_Row]]) -> Iterator[_Row]:
    """The blocks that are not empty, separated by empty lines."""
    said = [block for block in blocks if block]
    for block in said:
        if block is not said[0]:
            yield _EMPTY
        yield from block


def _joined(rows: Iterable[_Row], colour: bool, width: int) -> str:
    width = max(width, NARROWEST)
    return "\n".join(
        f"{row.paint}{line}\x1b[0m" if colour and row.paint else line
        for row in rows
        for line in row.lines(width)
    )
