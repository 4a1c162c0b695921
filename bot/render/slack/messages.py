"""Briefings and replies as Slack messages: JSON payloads of Block Kit within Slack's limits."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from bot.languages import isolated, speaking, tr
from bot.models import Briefing, Line, Reply, Span, Style
from bot.render import wording as words
from bot.render.bullets import NumberedBullet, Outlet
from bot.render.buttons import alert_row
from bot.render.day_line import opening_line
from bot.render.phrases import apart
from bot.render.sanitize import clean, link
from bot.render.slack import actions
from bot.render.slack.blocks import (
    DIVIDER,
    Block,
    context,
    header,
    link_markup,
    marked,
    pack,
    payload,
    plain,
    rich_list,
    rich_text,
    shortened,
)
from bot.render.times import dateline

SLASH = "/brief"
"""The usual slash command of the app; every other command is its first word."""

MAX_OUTLET = 80
"""Characters of an outlet's name."""

MAX_OUTLET_LINK = 1300
"""Characters of an outlet with its link as markup; a longer one is named without the link."""

MAX_SMALL_PRINT = 500
"""Characters of the line that says what a briefing was made from."""

Unit = tuple[Block, ...]


def briefing_messages(
    briefing: Briefing, heading: str | None = None, *, command: str = SLASH, page: str = ""
) -> tuple[str, ...]:
    """One payload for each message that the briefing takes; `command` is the app's.

    `page` is the address of the digest's page, if it has one.
    """
    return _messages(_briefing(briefing, heading, (), command, page))


def reply_messages(reply: Reply, *, command: str = SLASH) -> tuple[str, ...]:
    """One payload for each message that the reply takes; none for an empty reply."""
    with speaking(reply.language):
        if reply.briefing is None:
            return _messages([*reply_units(reply, command), *actions.rows(reply.buttons)])
        body = _briefing(reply.briefing, reply.title or None, reply.lines, command)
        return _messages([*body, *_lines(reply.note, command), *actions.rows(reply.buttons)])


def reply_units(reply: Reply, command: str = SLASH) -> Iterator[Unit]:
    """The blocks of a reply's title and lines, in units that stay together."""
    yield from _titled(reply.title, command)
    yield from _lines((*reply.lines, *reply.note), command)


def _messages(units: Iterator[Unit] | list[Unit]) -> tuple[str, ...]:
    return tuple(payload(blocks) for blocks in pack(units))


def _briefing(
    briefing: Briefing, heading: str | None, lines: Sequence[Line], command: str, page: str = ""
) -> Iterator[Unit]:
    title, day = words.heading(briefing, heading), rich_text([Span(opening_line(briefing))])
    if briefing.alert:
        yield tuple(header(title))
        yield from (tuple(_bullet(e)) for part in words.parts(briefing) for e in part.bullets)
        yield from actions.rows((alert_row(),))
        return
    yield (*header(title), *day, *context(plain(dateline(briefing))))
    yield from _lines(lines, command)
    for part in words.parts(briefing):
        yield from briefing_parts(part)
    yield (
        DIVIDER,
        *context(*_footer(briefing, command), *page_link(page)),
        actions.about(briefing),
    )


def page_link(page: str) -> Iterator[Block]:
    """The link to a digest's page, as small print; nothing where it has none."""
    if address := link(page):
        yield marked(link_markup(words.page_label(), address))


def briefing_parts(part: words.Part) -> Iterator[Unit]:
    """The blocks of one part of a briefing, in units that stay together."""
    opening = (DIVIDER, *rich_text([Span(f"{part.icon} {part.title}", Style.BOLD)]))
    if not part.bullets:
        yield (*opening, *rich_text([Span(part.empty, Style.ITALIC)]))
    for group in part.groups:
        label = tuple(rich_text([Span(group.label, Style.BOLD)])) if group.label else ()
        for bullet in group.bullets:
            yield (*opening, *label, *_bullet(bullet))
            opening = label = ()
    if part.notes:
        lines = (tuple(replace(s, style=Style.ITALIC) for s in note.spans) for note in part.notes)
        yield tuple(rich_text(*lines))


def _bullet(bullet: NumberedBullet) -> Iterator[Block]:
    mark = [Span(f"{bullet.mark} — ", Style.ITALIC)] if bullet.mark else []
    yield from rich_text([Span(f"{bullet.number}. ", Style.BOLD), *mark, Span(bullet.text)])
    yield from context(*_sources(bullet))
    yield actions.of_bullet(bullet.number)


def _sources(bullet: NumberedBullet) -> Iterator[Block]:
    if not bullet.outlets:
        yield plain(bullet.about)
        return
    *others, last = bullet.outlets
    about = f"{' ' if bullet.more else ' · '}{bullet.about}"
    links = [_link(each) for each in bullet.outlets]
    if all(links):  # in one element, as Slack puts wide gaps between several
        yield marked(tr(", ").join(links) + about)
        return
    yield from (_outlet(outlet, ",") for outlet in others)
    yield _outlet(last, about)


def _link(outlet: Outlet) -> str:
    """An outlet as a link; "" where it has none or that is too long."""
    name = isolated(shortened(outlet.name, MAX_OUTLET))
    linked = link_markup(name, outlet.url) if outlet.url else ""
    return linked if len(linked) <= MAX_OUTLET_LINK else ""


def _outlet(outlet: Outlet, after: str) -> Block:
    """An outlet and what follows it; linked where its link is not too long."""
    if linked := _link(outlet):
        return marked(linked + after)
    return plain(isolated(shortened(outlet.name, MAX_OUTLET)) + after)


def _footer(briefing: Briefing, command: str) -> Iterator[Block]:
    yield plain(shortened(words.coverage(briefing), MAX_SMALL_PRINT))
    if briefing.bullets:
        count = len(briefing.bullets)
        first, last = (f"`{slash(words.PROOF_COMMAND, command)} {each}`" for each in (1, count))
        if count == 1:
            yield marked(tr("{command} shows the proof", command=first))
        else:
            yield marked(tr(words.proofs(count), first=first, last=last))


def _titled(title: str, command: str) -> Iterator[Unit]:
    shown = slash(title, command) if title.startswith("/") else title
    yield tuple(rich_text([Span(shown, Style.BOLD)]))


def _lines(lines: Sequence[Line], command: str) -> Iterator[Unit]:
    """One unit for each list and each paragraph; an empty line parts paragraphs."""
    for (item, said), group in groupby(lines, key=lambda line: (line.item, bool(line.spans))):
        spans = [[_typed(span, command) for span in line.spans] for line in group if said]
        yield tuple(rich_list(spans) if item else rich_text(*spans))


def _typed(span: Span, command: str) -> Span:
    """A command to type, as it is typed in Slack."""
    if span.style is Style.CODE and span.text.startswith("/"):
        return apart(Span(slash(span.text, command), span.style, span.url))
    return apart(replace(span, text=clean(span.text)))


def slash(line: str, command: str = SLASH) -> str:
    """A command line of the core for Slack: "/subscribe energy" → "/brief subscribe energy".

    A briefing needs no word after the app's own `command`: "/brief energy" → "/news energy".
    """
    name, space, rest = line.partition(" ")
    word = "" if name == SLASH else f"{name.removeprefix('/')}{space}"
    return f"{command} {word}{rest}".rstrip()
