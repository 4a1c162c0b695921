"""/ask QUESTION: an answer from stored articles only, with the sentences that support it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.errors import UsageError
from bot.languages import marked, tr
from bot.models import Article, Bullet, Channel, CitedField, Command, Line, Reply, Window
from bot.render.phrases import spans
from handlers.context import channel_of
from handlers.reply_lines import GAP, bold, code, item, line, linked, sentence
from handlers.services import Services
from handlers.time_format import local_time, month_day
from summarizer.answering import Answer, Passage, answer, closest, question_words, search_words
from summarizer.answering.truth import Verdict
from summarizer.extractive import absolute_dates as dates
from summarizer.extractive.engine import NAME as EXTRACTIVE
from summarizer.sentence_rules.cleaning import plain
from summarizer.withdrawn import sound_articles

EXAMPLE = "/ask How many homes lost power?"

LOOKS_BACK = timedelta(days=30)
LOOKED_AT = 100
"""Articles that are compared with the question."""

ANSWERED = marked("What the stored articles say")
UNANSWERED = marked("No stored article answers that. Closest sentences:")

READ = 8
"""Articles that a language model reads."""

SHOWN = 3
LONGEST = 300


async def handle(command: Command, services: Services) -> Reply:
    """Answer from the articles of the last 30 days, or say that they do not answer it."""
    question = command.args.strip()
    if len(question) > LONGEST:
        raise UsageError(tr("Ask in {longest} characters at most.", longest=LONGEST), EXAMPLE)
    if not question_words(question):
        raise UsageError(tr("Ask a question about the news."), EXAMPLE)
    now = services.clock()
    channel = await channel_of(command, services)
    window = Window(now - LOOKS_BACK, now)
    near = await services.store.search.closest(search_words(question), window, limit=LOOKED_AT)
    quotes = await services.store.withdrawals.quotes()
    found = await asyncio.to_thread(sound_articles, near, quotes)
    written = await _written(question, found, channel, services, now)
    if written is not None:
        return _by_model(written, channel, now) if written else _nothing(question)
    passages = await asyncio.to_thread(answer, question, found, SHOWN)
    return _by_articles(question, passages, channel, now)


async def _written(
    question: str,
    found: Sequence[Article],
    channel: Channel,
    services: Services,
    now: datetime,
) -> tuple[Bullet, ...] | None:
    """Return the answer of the language model, empty where there is none; None without a model."""
    editor = services.builder.editor
    if editor is None or not found or channel.engine == EXTRACTIVE:
        return None
    read_at = now.astimezone(ZoneInfo(channel.timezone))
    articles = closest(question, found, READ)
    if not articles:
        return None
    written = await editor.answer(question, articles, read_at=read_at, language=channel.language)
    failed = written.dropped or not written.calls or written.calls[-1].fault
    return None if failed and not written.bullets else written.bullets


def _by_model(bullets: Sequence[Bullet], channel: Channel, now: datetime) -> Reply:
    lines = [each for bullet in bullets for each in _entry(bullet, channel, now)]
    note = line(tr("Written by a language model; the quoted sentences support each statement."))
    return Reply(title=tr("Answer"), lines=tuple(lines[1:]), note=(note,))


def _entry(bullet: Bullet, channel: Channel, now: datetime) -> Iterator[Line]:
    yield GAP
    yield line(bullet.text)
    yield line(local_time(bullet.published_at, channel.timezone, now))
    for each in bullet.citations:
        yield line(f"“{each.quote}”")
        yield line("— ", linked(each.title, each.url), f" ({each.source})")


def _by_articles(question: str, found: Answer, channel: Channel, now: datetime) -> Reply:
    """The passages that answer, or the closest ones, which are said to be no answer."""
    if not found.passages:
        return _nothing(question)
    lines = [each for passage in found.passages for each in _passage(passage, channel, now)]
    if not found.answered:
        return Reply(lines=(line(tr(UNANSWERED)), *lines))
    first = found.passages[0]
    head = [*_short(found, first, channel, now)]
    earlier = [_figure(tr("earlier"), each, channel, now) for each in found.earlier]
    earlier += [_figure(tr("another event"), each, channel, now) for each in found.others]
    body = [*lines, GAP, *earlier] if earlier else lines
    return Reply(title=tr(ANSWERED), lines=tuple([*head, *body][0 if head else 1 :]))


def _short(found: Answer, first: Passage, channel: Channel, now: datetime) -> Iterator[Line]:
    """The figure with its date, or what the first passage says to a yes-or-no question."""
    if first.figure:
        when = _day(first.article.published_at, channel, now)
        yield line(bold(first.figure), f" ({when})")
    elif found.verdict in _VERDICTS:
        yield line(bold(tr(_VERDICTS[found.verdict])))


_VERDICTS = {
    Verdict.YES: marked("Yes, by this report."),
    Verdict.NO: marked("No, by this report."),
    Verdict.PLANNED: marked("Planned, expected or claimed; not reported as done."),
}


def _figure(label: str, passage: Passage, channel: Channel, now: datetime) -> Line:
    """A figure beside the first one: "earlier: 26 on 9 May"."""
    when = _day(passage.article.published_at, channel, now)
    source = linked(passage.article.source, passage.article.url)
    return item(
        *spans(
            "{label}: {figure} on {day} ({source})",
            label=label,
            figure=passage.figure or "",
            day=when,
            source=source,
        )
    )


def _passage(passage: Passage, channel: Channel, now: datetime) -> Iterator[Line]:
    article = passage.article
    read_at = now.astimezone(ZoneInfo(channel.timezone))
    when = local_time(article.published_at, channel.timezone, now)
    others = (
        tr("; also {names}", names=tr(", ").join(passage.outlets[:3])) if passage.outlets else ""
    )
    yield GAP
    if passage.field is CitedField.TITLE:
        yield line(linked(passage.text, article.url), f" ({article.source}, {when}{others})")
        return
    yield line(dates.absolute(plain(passage.text), article.published_at, read_at))
    yield line("— ", linked(article.title, article.url), f" ({article.source}, {when}{others})")


def _nothing(question: str) -> Reply:
    return Reply(
        lines=(
            line(
                tr("No stored article of the last {days} days answers that.", days=LOOKS_BACK.days)
            ),
            sentence(
                "Look for its words: {command}",
                command=code(f"/search {' '.join(question_words(question)[:6])}"),
            ),
        )
    )


def _day(instant: datetime, channel: Channel, now: datetime) -> str:
    """Return "9 May" in the channel's zone; another year is included."""
    return month_day(instant, channel.timezone, now)
