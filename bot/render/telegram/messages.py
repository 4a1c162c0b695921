"""Briefings and replies as Telegram messages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain, groupby

from bot.languages import isolated, speaking, tr
from bot.models import Briefing, Bullet, BulletStatus, Line, Reply, Span, Style
from bot.render import wording as words
from bot.render.bullets import NumberedBullet
from bot.render.buttons import briefing_rows
from bot.render.day_line import opening_line
from bot.render.phrases import apart, spans
from bot.render.sanitize import clean, link
from bot.render.telegram.keyboards import with_keyboard
from bot.render.telegram.pages import GAP, Block, messages
from bot.render.times import dateline

MARKS = {BulletStatus.UPDATED: "🔄", BulletStatus.ONGOING: "⏳"}


_TAPPABLE = re.compile(r"(/[a-z]{1,31})(?: (\d{1,3}))?", re.ASCII)


def briefing_messages(
    briefing: Briefing, heading: str, *, folded: bool = False, page: str = ""
) -> tuple[str, ...]:
    """A digest as payloads (JSON text) for sendMessage, in the order to send.

    With `folded`, each bullet is followed by its proof, of which a tap shows all. `page` is the
    address of the digest's page, if it has one.
    """
    blocks = [*_briefing_blocks(briefing, heading, folded=folded), *_page_block(page)]
    return with_keyboard(messages(blocks), briefing_rows(briefing))


def reply_messages(reply: Reply) -> tuple[str, ...]:
    """A reply as payloads (JSON text) for sendMessage; none where there is nothing to say."""
    with speaking(reply.language):
        return _reply_messages(reply)


def _reply_messages(reply: Reply) -> tuple[str, ...]:
    if reply.briefing is None:
        heading, rest = _title_block(reply.title), []
    else:
        heading, *rest = _briefing_blocks(reply.briefing, reply.title)
    found = messages([heading, *_line_blocks(reply.lines), *rest, *_line_blocks(reply.note)])
    rows = reply.buttons or (briefing_rows(reply.briefing) if reply.briefing else ())
    return with_keyboard(found, rows)


def notice_text(reply: Reply) -> str:
    """A reply as a short plain notice, as the answer to a pressed button."""
    with speaking(reply.language):
        lines = ["".join(clean(span.text) for span in line.spans) for line in reply.lines]
        return "\n".join(filter(None, [clean(reply.title).strip(), *lines]))


def _title_block(title: str) -> Block:
    return Block((Span(clean(title).strip(), Style.BOLD),), leads=True)


def _briefing_blocks(briefing: Briefing, heading: str, *, folded: bool = False) -> Iterator[Block]:
    title = Span(words.heading(briefing, heading), Style.BOLD)
    if briefing.alert:
        yield Block((title,), leads=True)
        yield from (Block(_bullet(each)) for part in words.parts(briefing) for each in part.bullets)
        return
    when = Span(dateline(briefing), Style.ITALIC)
    yield Block((title, Span("\n"), Span(opening_line(briefing)), Span("\n"), when), leads=True)
    for part in words.parts(briefing):
        title_line = f"{part.icon} {part.title}"
        yield Block((Span(title_line, Style.BOLD),), leads=True)
        if not part.bullets:
            yield Block((Span(part.empty, Style.ITALIC),), gap="\n")
        for group in part.groups:
            under = f"{title_line}: {group.label}" if group.label else title_line
            if group.label:
                yield Block((Span(group.label, Style.BOLD),), leads=True, under=title_line)
            for bullet in group.bullets:
                yield Block(_bullet(bullet), under=under)
                if folded:
                    yield _proof(briefing.bullets[bullet.number - 1])
        for note in part.notes:
            gap = GAP if note is part.notes[0] and part.bullets else "\n"
            yield Block(tuple(Span(each.text, Style.ITALIC, each.url) for each in note.spans), gap)
    yield Block(_footer(briefing))


def quoted_bullet(bullet: NumberedBullet) -> Block:
    """A bullet to be shown elsewhere, without its number."""
    return Block(_told(bullet))


def _page_block(page: str) -> Iterator[Block]:
    if address := link(page):
        yield Block((Span(words.page_label(), url=address),), gap="\n")


def _proof(bullet: Bullet) -> Block:
    """The quotations behind a bullet, each with its source, folded."""
    spans: list[Span] = []
    for each in bullet.citations:
        lead = "\n" if spans else ""
        spans.append(Span(f"{lead}“{clean(each.quote).strip()}”\n— "))
        spans.append(Span(clean(each.title).strip(), url=link(each.url)))
        spans.append(Span(f" ({clean(each.source).strip()})"))
    return Block(tuple(spans), gap="\n", folded=True)


def _bullet(bullet: NumberedBullet) -> tuple[Span, ...]:
    return (Span(f"{bullet.number}.", Style.BOLD), Span(" "), *_told(bullet))


def _told(bullet: NumberedBullet) -> tuple[Span, ...]:
    icon = f"{MARKS[bullet.status]} " if bullet.status in MARKS else ""
    mark = (Span(icon), Span(bullet.mark, Style.ITALIC), Span("\n"))
    return (
        *(mark if bullet.mark else ()),
        Span(bullet.text),
        Span("\n"),
        *_sources(bullet),
    )


def _sources(bullet: NumberedBullet) -> Iterator[Span]:
    for outlet in bullet.outlets:
        if outlet is not bullet.outlets[0]:
            yield Span(tr(", "), Style.ITALIC)
        yield Span(isolated(outlet.name), Style.ITALIC, outlet.url)
    between = "" if not bullet.outlets else " " if bullet.more else " · "
    yield Span(f"{between}{bullet.about}", Style.ITALIC)


def _footer(briefing: Briefing) -> tuple[Span, ...]:
    coverage = Span(f"{words.coverage(briefing)}.", Style.ITALIC)
    if not briefing.bullets:
        return (coverage,)
    count = len(briefing.bullets)
    first, last = (
        Span(tappable(f"{words.PROOF_COMMAND} {each}"), Style.COMMAND) for each in (1, count)
    )
    if count == 1:
        proof = spans("{command} shows the proof", command=first)
    else:
        proof = spans(words.proofs(count), first=first, last=last)
    return coverage, Span("\n"), *map(apart, proof)


def _line_blocks(lines: Sequence[Line]) -> Iterator[Block]:
    """One block a line, or a quotation; an empty line becomes a wider gap."""
    gap = GAP
    for quoted, group in groupby(lines, key=lambda line: line.quoted):
        if quoted:
            spans = [(*map(_cleaned, line.spans), Span("\n")) for line in group]
            yield Block(tuple(chain.from_iterable(spans))[:-1], gap=gap, quoted=True)
            gap = "\n"
            continue
        for line in group:
            if not any(span.text for span in line.spans):
                gap = GAP
                continue
            mark = (Span("• "),) if line.item else ()
            yield Block((*mark, *map(_cleaned, line.spans)), gap=gap)
            gap = "\n"


def _cleaned(span: Span) -> Span:
    if span.style is Style.CODE and (tapped := tappable(span.text)):
        return apart(Span(tapped, Style.COMMAND))
    return apart(Span(clean(span.text), span.style, link(span.url)))


def tappable(command: str) -> str:
    """The form of a command that runs at a tap, such as "/help" or "/why_2"; "" if it has none.

    A tap on code copies it instead.
    """
    found = _TAPPABLE.fullmatch(command)
    return "" if found is None else "_".join(filter(None, found.groups()))
