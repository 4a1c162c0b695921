"""/sources: list the sources with their health, or add one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.errors import BriefbotError, UsageError
from bot.ingest.source_admin import EXAMPLE, Probed
from bot.languages import tr
from bot.models import Command, Line, Reply, Source, SourceKind, Span, Standing
from bot.render.phrases import and_more, counted
from bot.sources.text.urls import without_keys
from handlers.parsing.tokens import first_and_rest
from handlers.reply_lines import GAP, bold, code, item, line, linked, sentence
from handlers.services import Services
from handlers.source_health import ORDER, summary
from handlers.time_format import length, until

SHOWN = 15
"""Maximum number of unhealthy sources, and of healthy ones, shown in a chat."""


async def handle(command: Command, services: Services) -> Reply:
    """List the sources and their health; operators can add one by its address."""
    verb, rest = _split(command.args)
    match verb:
        case "" | "list":
            return _list(await services.store.sources.all(), services.clock())
        case "add":
            return await _add(rest, services)
    raise UsageError(tr("I do not understand “{verb}” here.", verb=verb[:40]), "/sources")


def adds(args: str) -> bool:
    """Return whether the arguments of /sources add a source."""
    return _split(args)[0] not in ("", "list")


def _split(args: str) -> tuple[str, str]:
    """Return the verb in small letters, and what follows it."""
    verb, rest = first_and_rest(args)
    return verb.lower(), rest.strip()


def describe(source: Source, now: datetime) -> str:
    """Describe a source's health and next poll: "newest 2 h old, next in 35 min"."""
    state = source.state
    how = source.state.standing(now)
    if how is Standing.ENDED:
        return tr("no longer polled: {reason}", reason=state.ended)
    next_look = (
        tr("next {when}", when=until(state.next_at, now)) if state.next_at else tr("never again")
    )
    if state.error:
        times = tr(" ({count} times)", count=state.failures) if state.failures > 1 else ""
        return f"{state.error}{times}; {next_look}"
    if how is Standing.NEW:
        return tr("not polled yet; {next}", next=next_look)
    if how is Standing.FAILING and state.last_ok_at:
        return tr(
            "not polled for {age}; {next}",
            age=length(now - state.last_ok_at),
            next=next_look,
        )
    newest = (
        tr("newest {age} old", age=length(now - state.last_new_at))
        if state.last_new_at
        else tr("empty")
    )
    silent = (
        tr("answers, but {newest}, much older than usual", newest=newest)
        if how is Standing.STALE
        else newest
    )
    return f"{silent}; {next_look}"


def ordered(sources: Sequence[Source], now: datetime) -> list[Source]:
    """Sort sources, those that need attention first."""
    return sorted(
        sources, key=lambda each: (ORDER.index(each.state.standing(now)), each.name.lower())
    )


def _list(sources: Sequence[Source], now: datetime) -> Reply:
    if not sources:
        return Reply(
            lines=(
                line(tr("There are no sources yet.")),
                sentence(
                    "The operator of this bot adds one with {example}.", example=code(EXAMPLE)
                ),
            )
        )
    calm = {Standing.HEALTHY, Standing.NEW}
    troubled = [each for each in ordered(sources, now) if each.state.standing(now) not in calm]
    well = [each for each in ordered(sources, now) if each.state.standing(now) in calm]
    lines = [*_entries(troubled, now), *([GAP] if troubled and well else []), *_entries(well, now)]
    return Reply(title=summary(sources, now), lines=tuple(lines))


def _entries(sources: Sequence[Source], now: datetime) -> list[Line]:
    shown = [
        item(*_named(each), f" – {tr(each.state.standing(now).value)}: {describe(each, now)}")
        for each in sources[:SHOWN]
    ]
    hidden = len(sources) - len(shown)
    return [*shown, *([line(tr("… and {more}", more=and_more(hidden)))] if hidden > 0 else [])]


def _named(source: Source) -> tuple[str | Span, ...]:
    """Return its name, linked unless its address contains a secret key."""
    if source.kind is SourceKind.FOLDER:
        return (source.name,)
    shown = without_keys(source.url)
    if shown == source.url.partition("?")[0]:
        return (linked(source.name, shown),)
    return (f"{source.name} ({shown})",)


async def _add(url: str, services: Services) -> Reply:
    if not url or any(char.isspace() for char in url):
        raise UsageError(tr("Write the address of a feed or page."), EXAMPLE)
    if services.ingest is None:
        raise BriefbotError(tr("sources cannot be added here"))
    source, probed = await services.ingest.admin.add(url)
    what = found(probed, services.clock()) if probed else tr("not polled yet")
    return Reply(
        title=tr("Source added: {name}", name=source.name),
        lines=(
            line(bold(source.kind.value.capitalize()), f": {what}"),
            line(without_keys(source.url)),
        ),
    )


def found(probed: Probed, now: datetime) -> str:
    """Describe what was found at an address: "30 items, newest 2 h old"."""
    if probed.feed is None:
        return tr("one article, “{title}”; the page names no feed", title=probed.title)
    newest = max(probed.feed.dates, default=None)
    age = tr(", newest {age} old", age=length(now - newest)) if newest else ""
    return f"{counted(probed.feed.total, 'item')}{age}"
