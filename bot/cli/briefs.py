"""Briefings on the command line: brief, audit."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from bot.briefing_builder import BriefingBuilder
from bot.cli import context, times
from bot.cli.times import Until
from bot.errors import BriefbotError, SettingsError, UsageError
from bot.models import Briefing, Bullet, Change, ModelCall, Topic
from bot.render.sanitize import clean
from config.settings import Settings
from config.terminal_style import colour, width
from handlers.parsing.brief import BriefAsk, parse_brief
from handlers.parsing.time_window import Spans
from summarizer.briefing import BriefingRequest

if TYPE_CHECKING:
    from bot.briefing_reasons import Lines

CHANGES_SHOWN = 200
"""Entries of the audit log that `audit changes` lists."""


class Output(StrEnum):
    """The format in which a briefing is printed."""

    TEXT = "text"
    JSON = "json"
    TELEGRAM = "telegram"
    SLACK = "slack"
    HTML = "html"
    MARKDOWN = "markdown"


class EngineName(StrEnum):
    """Which engine writes the bullets."""

    EXTRACTIVE = "extractive"
    OPENAI = "openai"


def brief(
    topics: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="TOPIC",
            help="or a country, words, a span, a length: energy Iran 7d short; the default is all",
        ),
    ] = None,
    since: Annotated[
        str | None,
        typer.Option(help="24h, 7d, a date, or a date and time; the default is 24h"),
    ] = None,
    until: Until = None,
    bullets: Annotated[int | None, typer.Option(min=1, max=20, help="bullets per topic")] = None,
    engine: Annotated[
        EngineName | None,
        typer.Option(help="what writes the bullets; openai if configured"),
    ] = None,
    output: Annotated[
        Output,
        typer.Option(
            "--format",
            help="telegram and slack print a JSON array of the messages that would be sent",
        ),
    ] = Output.TEXT,
) -> None:
    """Print a briefing, on security and energy unless topics are named.

    The words are those of /brief in a chat: `brief energy Iran "power grid" not oil 7d short`.
    """
    settings = context.settings()
    window = times.window(since or "24h", until, settings.timezone)

    async def work() -> Briefing:
        async with context.opened(settings) as services:
            known = services.scorer.topics
            ask = _asked(topics or (), known, Spans(services.clock(), settings.timezone))
            if ask.window and (since or until):
                raise UsageError("name the span once: in words, or by --since and --until")
            if ask.bullets and bullets:
                raise UsageError("name the length once: in words, or by --bullets")
            request = BriefingRequest(
                topics=context.topics_named(ask.topics, known) if ask.topics else tuple(known),
                filter=ask.filter,
                window=ask.window or window,
                bullets=ask.bullets or bullets or settings.bullets,
                timezone=settings.timezone,
            )
            builder = _with_engine(services.builder, engine)
            return await builder.build(request, channel_id=None, now=services.clock())

    typer.echo(rendered(context.run(work), output))


def audit(
    briefing_id: Annotated[str, typer.Argument(metavar="BRIEFING_ID|last|changes")],
) -> None:
    """Show how a briefing was made: engine, articles, proof, and what was dropped and why.

    `audit last` takes the latest briefing. `audit changes` lists who changed what in which chat,
    the newest first.
    """
    from bot.briefing_reasons import of_briefing

    settings = context.settings()
    if briefing_id == "changes":
        _print_changes(settings)
        return

    async def work() -> tuple[Briefing, Mapping[str, Lines]]:
        async with context.opened(settings) as services:
            stored = services.store.briefings
            wanted = await stored.newest_id() or "" if briefing_id == "last" else briefing_id
            found = await stored.get(wanted)
            if found is None:
                raise BriefbotError(f"no briefing has the id {briefing_id!r}")
            return found, await of_briefing(found, services.store)

    typer.echo("\n".join(_audit_lines(*context.run(work))))


def _print_changes(settings: Settings) -> None:
    async def work() -> list[Change]:
        async with context.opened(settings) as services:
            return await services.store.changes.latest(CHANGES_SHOWN)

    for each in context.run(work):
        who = clean(f"{each.user_name} ({each.user_id}), {each.role}".strip())
        where = clean(f"{each.platform} {each.channel}".strip())
        what = clean(f"/{each.command} {each.args}".strip())
        typer.echo(f"{each.at:%Y-%m-%d %H:%M:%S}Z  {where}  {who}: {what}")


def rendered(briefing: Briefing, output: Output) -> str:
    """The briefing in one of the formats, whose renderer alone is imported."""
    if output is Output.TELEGRAM:
        from bot.render.telegram import messages as telegram

        return _array(telegram.briefing_messages(briefing, "Briefing"))
    if output is Output.SLACK:
        from bot.render.slack import messages as slack

        return _array(slack.briefing_messages(briefing, "Briefing"))
    if output is Output.JSON:
        from bot.render.json import briefing_json

        return briefing_json(briefing)
    if output is Output.HTML:
        from bot.render.html import briefing_html

        return briefing_html(briefing)
    if output is Output.MARKDOWN:
        from bot.render.markdown import briefing_markdown

        return briefing_markdown(briefing)
    from bot.render.text import briefing_text

    return briefing_text(briefing, colour=colour(sys.stdout), width=width(sys.stdout))


def _with_engine(builder: BriefingBuilder, engine: EngineName | None) -> BriefingBuilder:
    if engine is EngineName.OPENAI and builder.editor is None:
        raise SettingsError(
            "no language model is configured: set OPENAI_MODEL, and OPENAI_API_KEY or "
            "OPENAI_BASE_URL"
        )
    return replace(builder, editor=None) if engine is EngineName.EXTRACTIVE else builder


def _asked(words: Sequence[str], known: Sequence[Topic], spans: Spans) -> BriefAsk:
    """What the words ask for, as in /brief; UsageError where they name nothing."""
    line = " ".join(f'"{word}"' if " " in word and '"' not in word else word for word in words)
    ask = parse_brief(line, known, spans)
    if words and not (ask.topics or ask.filter or ask.window or ask.bullets):
        context.topics_named(words, known)
    return ask


def _array(payloads: Sequence[str]) -> str:
    return "[\n" + ",\n".join(payloads) + "\n]"


def _audit_lines(briefing: Briefing, reasons: Mapping[str, Lines]) -> list[str]:
    engine, coverage = briefing.engine, briefing.coverage
    lines = [
        f"briefing {briefing.id}, made {briefing.created_at:%Y-%m-%d %H:%M:%S}Z",
        f"engine {engine.name} {engine.version}",
        f"model {engine.model or '–'}, prompt {engine.prompt_version or '–'}",
        f"articles {coverage.articles_considered} considered, {coverage.articles_used} used",
    ]
    told = [(section.topic, bullet) for section in briefing.sections for bullet in section.bullets]
    for number, (topic, bullet) in enumerate(told, 1):
        lines.append(f"{number}. [{bullet.engine}, {bullet.status}] {clean(bullet.text)}")
        lines += _quotes(bullet)
        first = bullet.citations[0].article_id
        lines += [f"     {topic}: {line}" for line in reasons.get(topic, {}).get(first, ())]
    if briefing.lead is not None:
        lines += [f"leading: {clean(briefing.lead.text)}", *_quotes(briefing.lead)]
    lines += [f"dropped: {clean(each.text)}  ({each.reason})" for each in briefing.dropped]
    for number, call in enumerate(briefing.calls, 1):
        lines += _call_lines(number, call)
    return lines


def _quotes(bullet: Bullet) -> list[str]:
    return [
        f'     {each.article_id} [{each.start}:{each.end}] "{clean(each.quote)}"'
        for each in bullet.citations
    ]


def _call_lines(number: int, call: ModelCall) -> list[str]:
    paid = "kept answer, $0" if call.cached else f"${call.cost / 1e6:.6f}, {call.seconds:.1f} s"
    model = f"{clean(call.model)}, prompt {call.prompt_version}, parameters {call.parameters}"
    ended = f"; {call.fault}" if call.fault else ""
    return [
        f"call {number} on {clean(call.subject)}: {model}",
        f"     {call.input_tokens} tokens in, {call.output_tokens} out, {paid}{ended}",
        *([f"     answer: {clean(call.answer)}"] if call.answer else []),
    ]
