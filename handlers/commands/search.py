"""/search: full-text search in the stored articles."""

from __future__ import annotations

from datetime import datetime

from bot.errors import UsageError
from bot.languages import tr
from bot.models import Channel, Command, Line, Reply
from bot.store import SearchHit
from handlers.context import channel_of
from handlers.parsing.tokens import shown
from handlers.reply_lines import GAP, code, line, linked, sentence
from handlers.services import Services
from handlers.time_format import local_time

EXAMPLE = '/search "power grid" blackout -football'

SHOWN = 5


async def handle(command: Command, services: Services) -> Reply:
    """Find articles with all the words; "a phrase" and -not are understood."""
    query = command.args.strip()
    if not any(char.isalnum() for char in query):
        raise UsageError(tr("Write the words to search for."), EXAMPLE)
    now = services.clock()
    channel = await channel_of(command, services)
    hits = await services.store.search.find(query, limit=SHOWN + 1)
    if not hits:
        return Reply(lines=_nothing(query))
    lines = [each for hit in hits[:SHOWN] for each in _entry(hit, channel, now)]
    if len(hits) > SHOWN:
        lines += (
            GAP,
            line(tr("There are more results. Add a word to narrow the search.")),
        )
    return Reply(title=tr("Articles with {text}", text=shown(query, 100)), lines=tuple(lines[1:]))


def _entry(hit: SearchHit, channel: Channel, now: datetime) -> tuple[Line, ...]:
    article = hit.article
    when = local_time(article.published_at, channel.timezone, now)
    head = line(linked(article.title, article.url), f" · {article.source}, {when}")
    return GAP, head, line(hit.snippet)


def _nothing(query: str) -> tuple[Line, ...]:
    return (
        line(tr("No stored article has {text}.", text=shown(query, 100))),
        sentence(
            "An article must contain all the words. Remove one, or try {example}",
            example=code(EXAMPLE),
        ),
    )
