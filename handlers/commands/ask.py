"""/ask QUESTION: an answer from stored articles only, with the sentences that support it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.errors import UsageError
from bot.models import Article, Bullet, Channel, Command, Line, Reply, Window
from handlers.context import channel_of
from handlers.parsing.tokens import shown
from handlers.reply_lines import GAP, code, line, linked
from handlers.services import Services
from handlers.time_format import local_time
from summarizer.answering import Passage, best, closest, question_words
from summarizer.extractive import absolute_dates as dates
from summarizer.extractive.engine import NAME as EXTRACTIVE
from summarizer.sentence_rules.cleaning import plain

EXAMPLE = "/ask How many homes lost power in the storm?"

LOOKS_BACK = timedelta(days=30)
LOOKED_AT = 200
"""Articles that are compared with the question."""

READ = 8
SHOWN = 3
LONGEST = 300


async def handle(command: Command, services: Services) -> Reply:
    """Answer from the articles of the last 30 days, or say that they do not answer it."""
    question = command.args.strip()
    words = question_words(question[: LONGEST + 1])
    if not words:
        raise UsageError("Ask a question about the news.", EXAMPLE)
    if len(question) > LONGEST:
        raise UsageError(f"Ask in {LONGEST} characters at most.", EXAMPLE)
    now = services.clock()
    channel = await channel_of(command, services)
    window = Window(now - LOOKS_BACK, now)
    found = await services.store.search.matching(words, window, limit=LOOKED_AT)
    articles = closest(question, found, READ)
    written = await _written(question, articles, channel, services, now)
    if written is not None:
        return _by_model(written, channel, now) if written else _nothing(question)
    passages = best(question, articles, SHOWN)
    return _by_articles(passages, channel, now) if passages else _nothing(question)


async def _written(
    question: str,
    articles: Sequence[Article],
    channel: Channel,
    services: Services,
    now: datetime,
) -> tuple[Bullet, ...] | None:
    """Return the answer of the language model, empty where there is none; None without a model."""
    editor = services.builder.editor
    if editor is None or not articles or channel.engine == EXTRACTIVE:
        return None
    read_at = now.astimezone(ZoneInfo(channel.timezone))
    written = await editor.answer(question, articles, read_at=read_at, language=channel.language)
    failed = written.dropped or not written.calls or written.calls[-1].fault
    return None if failed and not written.bullets else written.bullets


def _by_model(bullets: Sequence[Bullet], channel: Channel, now: datetime) -> Reply:
    lines = [each for bullet in bullets for each in _entry(bullet, channel, now)]
    note = line("Written by a language model; the quoted sentences support each statement.")
    return Reply(title="Answer", lines=tuple(lines[1:]), note=(note,))


def _entry(bullet: Bullet, channel: Channel, now: datetime) -> Iterator[Line]:
    yield GAP
    yield line(bullet.text)
    yield line(local_time(bullet.published_at, channel.timezone, now))
    for each in bullet.citations:
        yield line(f"“{each.quote}”")
        yield line("— ", linked(each.title, each.url), f" ({each.source})")


def _by_articles(passages: Sequence[Passage], channel: Channel, now: datetime) -> Reply:
    lines = [each for passage in passages for each in _passage(passage, channel, now)]
    return Reply(title="What the stored articles say", lines=tuple(lines[1:]))


def _passage(passage: Passage, channel: Channel, now: datetime) -> Iterator[Line]:
    article = passage.article
    read_at = now.astimezone(ZoneInfo(channel.timezone))
    when = local_time(article.published_at, channel.timezone, now)
    yield GAP
    yield line(dates.absolute(plain(passage.sentence.text), article.published_at, read_at))
    yield line("— ", linked(article.title, article.url), f" ({article.source}, {when})")


def _nothing(question: str) -> Reply:
    return Reply(
        lines=(
            line(f"The articles of the last {LOOKS_BACK.days} days do not answer that."),
            line("Look for its words: ", code(f"/search {shown(question)[1:-1].rstrip('?')}")),
        )
    )
