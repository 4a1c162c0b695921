"""Checks of the installation; each fault comes with its remedy."""

from __future__ import annotations

import zoneinfo
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Annotated

import typer

from bot.app import adapters
from bot.cli import context
from bot.cli.source_output import with_remedy
from bot.errors import BriefbotError
from bot.models import Command, Reply, Standing
from bot.render.sanitize import clean
from config.private_files import open_to_others
from config.settings import private_paths
from handlers.commands.sources import describe
from handlers.services import Services
from handlers.source_health import summary

FAILING = frozenset({Standing.FAILING, Standing.GIVEN_UP})
STALE_AFTER = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Finding:
    """The result of one check: whether it passed, and a line that explains it."""

    ok: bool
    text: str


def doctor(
    quick: Annotated[bool, typer.Option("--quick", help="only settings and database")] = False,
) -> None:
    """Check settings, database, articles, clock, tokens and model; say how to fix each problem."""
    settings = context.settings()

    async def work() -> list[Finding]:
        async with context.opened(settings) as services:
            await services.store.check()
            found = [Finding(True, "settings and database are in order"), *_files(services)]
            if not quick:
                found += [_zones(), await _articles(services), *await _undated(services)]
                found += await _sources(services)
                found += [*await _platforms(services), *await _model(services)]
            return found

    findings = context.run(work)
    for finding in findings:
        typer.echo(f"{'ok  ' if finding.ok else 'FAIL'}  {finding.text}")
    if not all(finding.ok for finding in findings):
        raise typer.Exit(1)


def _files(services: Services) -> list[Finding]:
    """Whether only the bot's user may use the database and the secrets."""
    lines = open_to_others((*services.store.files, *private_paths()))
    return [Finding(False, each) for each in lines]


def _zones() -> Finding:
    known = len(zoneinfo.available_timezones())
    return Finding(
        known > 400, f"{known} time zones are known; it is {datetime.now(UTC):%H:%M} UTC"
    )


async def _articles(services: Services) -> Finding:
    newest = await services.store.articles.newest_at()
    if newest is None:
        return Finding(False, "no article is stored: add some with `briefbot ingest PATH`")
    age = services.clock() - newest
    hours = f"the newest article is {age / timedelta(hours=1):.0f} h old"
    return Finding(
        age <= STALE_AFTER, hours if age <= STALE_AFTER else f"{hours}: ingest newer ones"
    )


async def _sources(services: Services) -> list[Finding]:
    """The sources counted by health, and why the first ones fail."""
    now, sources = services.clock(), await services.store.sources.all()
    if not sources:
        return []
    failing = [each for each in sources if each.state.standing(now) in FAILING]
    polled = [each for each in sources if each.state.standing(now) is not Standing.NEW]
    reasons = [
        Finding(True, f"{clean(each.name)}: {clean(with_remedy(describe(each, now)))}")
        for each in failing[:3]
    ]
    return [Finding(not polled or len(failing) < len(polled), summary(sources, now)), *reasons]


async def _model(services: Services) -> list[Finding]:
    """Whether the configured model answers; what its server said if it does not."""
    editor = services.builder.editor
    if editor is None:
        return []
    from summarizer.llm.probe import probe  # only where a model is configured

    call = await probe(editor.calls, services.clock())
    if call.fault:
        return [Finding(False, f"model {call.model}: {call.fault} (see docs/models.md)")]
    used = f"{call.input_tokens} tokens in, {call.output_tokens} out"
    how = f"asked with {call.parameters}, JSON by {editor.calls.server.shape.form}"
    return [Finding(True, f"model {call.model}: answered in {call.seconds:.1f} s, {used}; {how}")]


async def _undated(services: Services) -> list[Finding]:
    """The sources whose articles have no known date, and why."""
    found = []
    for each in (await services.store.articles.undated_counts())[:5]:
        why = f"states no date in {each.total - each.unreadable}"
        if each.unreadable:
            why += f", and one that cannot be read in {each.unreadable} (“{each.example}”)"
        text = f"{each.source} brought {each.total} articles without a date: it {why}"
        found.append(Finding(True, f"{clean(text)}; see `briefbot articles --undated`"))
    return found


async def _platforms(services: Services) -> list[Finding]:
    found = []
    for adapter in adapters(services, _silent):
        try:
            name = await adapter.check()
        except BriefbotError as error:
            found.append(Finding(False, f"{adapter.name}: {error}"))
        else:
            found.append(Finding(True, f"{adapter.name}: connected as {name}"))
    return found or [Finding(True, "no chat platform is configured: the terminal chat is used")]


async def _silent(_: Command) -> Reply | None:
    return None
