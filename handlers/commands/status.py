"""/status: the state of the news and the digests; operators also see internals."""

from __future__ import annotations

import platform
from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from importlib.metadata import version

from bot.languages import ENGLISH, dated, marked, number, plural, speaking, tr
from bot.model_budget import budget_for
from bot.models import Channel, Command, Digest, Line, Reply, SendState, Subscription
from handlers.context import channel_of
from handlers.parsing.tokens import nothing_more
from handlers.permissions import MAY_CHANGE
from handlers.reply_lines import GAP, bold, item, line
from handlers.services import Services
from handlers.source_health import newest_line, sources_lines
from handlers.time_format import appointed, length, soonest_time

DAY = timedelta(hours=24)
LATELY = timedelta(days=7)

FINAL = (SendState.SENT, SendState.SKIPPED, SendState.FAILED, SendState.UNCERTAIN)

_DIGESTS_LOOKED_AT = 200
_FAULTS_SHOWN = 3
_CHANGES_SHOWN = 5


async def handle(command: Command, services: Services) -> Reply:
    """Report the age of the news and this chat's next digest; operators also see internals."""
    nothing_more(command.args, "/status")
    now = services.clock()
    channel = await channel_of(command, services)
    lines = [*await _news(channel, services, now), *await _digests(channel, services, now)]
    lines += await _shares(command, services, now)
    if command.user.role in MAY_CHANGE:
        lines += await _changes(channel, services, now)
    if command.user.admin:
        with speaking(ENGLISH):
            lines += await _works(services, now)
    return Reply(title=tr("Status"), lines=tuple(lines))


async def _news(channel: Channel, services: Services, now: datetime) -> list[Line]:
    stored = await services.store.articles.count()
    newest = await services.store.articles.newest_at()
    sources = await services.store.sources.all()
    return [
        *(
            [line(plural(stored, "{count} article stored.", "{count} articles stored."))]
            if stored
            else []
        ),
        newest_line(newest, channel.timezone, now),
        *sources_lines(sources, now),
    ]


async def _digests(channel: Channel, services: Services, now: datetime) -> list[Line]:
    subscriptions = await services.store.subscriptions.of_channel(channel.id)
    history = await services.store.digests.history(channel.id, limit=_DIGESTS_LOOKED_AT)
    return [_next(channel, subscriptions, now), *_troubles(history, now)]


def _next(channel: Channel, subscriptions: Sequence[Subscription], now: datetime) -> Line:
    if channel.disabled:
        return line(tr("Digests to this chat have stopped: {reason}.", reason=tr(channel.disabled)))
    if not subscriptions:
        return line(tr("This chat gets no digests."))
    when = soonest_time(subscriptions, channel, now)
    return line(tr("This chat's next digest: {when}.", when=when))


def _troubles(history: Sequence[Digest], now: datetime) -> list[Line]:
    lately = [each for each in history if each.state in FINAL[1:] and each.due_at > now - LATELY]
    return [
        item(
            tr(
                "The digest of {day}: {state}, {reason}.",
                day=dated(each.local_date, tr("EEE d MMM")),
                state=tr(str(each.state)),
                reason=tr(each.reason or marked("reason unknown")),
            )
        )
        for each in lately[:_FAULTS_SHOWN]
    ]


async def _changes(channel: Channel, services: Services, now: datetime) -> list[Line]:
    """Return the latest changes to this chat, which its admins see."""
    found = await services.store.changes.latest(_CHANGES_SHOWN, channel.id)
    return [
        *([line(tr("Latest changes:"))] if found else []),
        *(
            item(
                tr(
                    "{when}: {command} ({who}, {role})",
                    when=appointed(each.at, channel.timezone, now),
                    command=f"/{each.command} {each.args[:80]}".strip(),
                    who=each.user_name or each.user_id,
                    role=tr(str(each.role)),
                )
            )
            for each in found
        ),
    ]


async def _works(services: Services, now: datetime) -> list[Line]:
    """Return what only operators see: database, queue, versions, uptime; no chat texts."""
    store = services.store
    waiting, sending = await store.digests.pending(), await store.digests.sending()
    lately = await store.digests.history(limit=_DIGESTS_LOOKED_AT)
    ended = Counter(each.state for each in lately if each.due_at > now - DAY)
    final = ", ".join(f"{ended[state]} {state}" for state in FINAL)
    engine = "PostgreSQL" if services.settings.database_url.startswith("postgres") else "SQLite"
    return [
        GAP,
        line(bold("For operators")),
        item(f"Digests: {len(waiting)} to build, {len(sending)} being sent; last day: {final}"),
        item(f"Database: {engine}"),
        *await _model(services, now),
        item(f"Versions: briefbot {version('briefbot')}, Python {platform.python_version()}"),
        item(f"Running for {length(now - services.started_at)}"),
    ]


async def _shares(command: Command, services: Services, now: datetime) -> list[Line]:
    """Return what the sender and the chat have spent of the model's money."""
    settings = services.settings
    if services.builder.editor is None:
        return []
    budget = budget_for(settings, services.store)
    day, month = settings.llm_day_cap, settings.llm_month_cap
    caps = {"day_cap": round(day * 1e6), "month_cap": round(month * 1e6)}
    found = await budget.spent(command, **caps, now=now)
    return [
        item(
            tr(
                "The model's money, {whose}: ${today} of ${day_cap} today, "
                "${month} of ${month_cap} this month",
                whose=whose,
                today=number(each.spent.day / 1e6, 2),
                day_cap=number(each.day_cap / 1e6, 2),
                month=number(each.spent.month / 1e6, 2),
                month_cap=number(each.month_cap / 1e6, 2),
            )
        )
        for whose, each in zip((tr("your share"), tr("this chat's share")), found, strict=True)
    ]


async def _model(services: Services, now: datetime) -> list[Line]:
    """Return the state and the cost of the language model, where there is one."""
    editor, settings = services.builder.editor, services.settings
    if editor is None:
        return []
    spent = await services.store.spending.spent(now)
    return [
        item(
            f"Model: {editor.model} {editor.calls.breaker.state}; "
            f"spent ${spent.day / 1e6:.2f} of ${settings.llm_day_cap:.2f} today, "
            f"${spent.month / 1e6:.2f} of ${settings.llm_month_cap:.2f} this month"
        )
    ]
