"""A digest as one message of headlines, with its details in the thread under it."""

from __future__ import annotations

import json
from collections.abc import Iterator

from bot.languages import tr
from bot.models import Briefing, Span, Style
from bot.render import wording as words
from bot.render.charts.payload import IN_THREAD
from bot.render.day_line import opening_line
from bot.render.slack import actions
from bot.render.slack.blocks import (
    DIVIDER,
    Block,
    context,
    header,
    pack,
    payload,
    plain,
    rich_text,
    shortened,
)
from bot.render.slack.messages import briefing_parts, page_link
from bot.render.times import dateline

HEADLINE = 160
"""Characters of a headline."""


def threaded_messages(briefing: Briefing, heading: str, page: str = "") -> tuple[str, ...]:
    """The headlines in one payload, then the details; one whose headlines need two, as usual.

    `page` is the address of the digest's page, if it has one.
    """
    heads = list(pack([tuple(_headlines(briefing, heading, page))]))
    if len(heads) != 1:
        return ()
    details = pack(unit for part in words.parts(briefing) for unit in briefing_parts(part))
    return (payload(heads[0]), *(_threaded(payload(blocks)) for blocks in details))


def _threaded(message: str) -> str:
    return json.dumps({IN_THREAD: True, **json.loads(message)}, ensure_ascii=False)


def _headlines(briefing: Briefing, heading: str, page: str) -> Iterator[Block]:
    yield from header(words.heading(briefing, heading))
    yield from rich_text([Span(opening_line(briefing))])
    yield from context(plain(dateline(briefing)))
    for part in words.parts(briefing):
        lines = [[Span(f"{part.icon} {part.title}", Style.BOLD)]]
        lines += [
            [Span(f"{each.number}. ", Style.BOLD), Span(shortened(each.text, HEADLINE))]
            for each in part.bullets
        ]
        yield from rich_text(*lines)
    yield DIVIDER
    yield from context(
        plain(tr("The details, sources and buttons of each are in the thread.")), *page_link(page)
    )
    yield actions.about(briefing)
