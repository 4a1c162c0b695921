"""/subscribe: add or change a daily digest of the channel."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.digests.calendar import DAILY
from bot.errors import UsageError
from bot.models import Button, Channel, Command, Line, Reply, Subscription, Topic
from bot.render.phrases import counted
from config.settings import Settings
from handlers.context import channel_of, digest_title, topics_of, typed_digest
from handlers.parsing.subscribe import EXAMPLE, SubscribeAsk, parse_subscribe
from handlers.parsing.zones import zone_title
from handlers.reply_lines import code, item, line
from handlers.services import Services
from handlers.subscription_plan import SubscriptionPlan, plan_of, save_plan, usual_time
from handlers.time_format import next_time, rhythm

MOST = 20
"""Maximum number of subscriptions per channel."""


async def handle(command: Command, services: Services) -> Reply:
    """Subscribe the channel, or change the subscription that has the same topics."""
    now = services.clock()
    channel = await channel_of(command, services)
    topics = await topics_of(channel, services)
    known = await services.store.subscriptions.of_channel(channel.id)
    ask = parse_subscribe(command.args, topics)
    if ask.filter and not ask.topics:
        ask = replace(ask, topics=tuple(topic.name for topic in services.scorer.topics))
    before = _meant(ask, known, topics)
    plan = _planned(ask, before, channel, services.settings)
    await _prepare_channel(channel, ask, known, services)
    after = await save_plan(plan, before, channel, services, now)
    lines = _told(before, after, now)
    if before is None and plan.timezone == services.settings.timezone and not ask.timezone:
        lines = (*lines, _zone_hint(after))
    changed = before is None or _said(before) != _said(after)
    title = _title(before, after, digest_title(after, topics))
    return Reply(
        title=title, lines=lines, changed=changed, buttons=_buttons(after), gets_digests=True
    )


def _meant(
    ask: SubscribeAsk, known: Sequence[Subscription], topics: Sequence[Topic]
) -> Subscription | None:
    """Return the subscription with the same topics, or the only one if no topic was named."""
    if ask.topics:
        about = (set(ask.topics), ask.filter)
        same = [each for each in known if (set(each.topics), each.filter) == about]
        if not same and len(known) >= MOST:
            raise UsageError(f"A chat can have at most {MOST} subscriptions.", "/unsubscribe all")
        return same[0] if same else None
    if len(known) == 1 and ask != SubscribeAsk((), None, None, None, None):
        return known[0]
    names = ", ".join(topic.name for topic in topics)
    raise UsageError(f"Name one or more topics. Topics here: {names}.", EXAMPLE)


def _planned(
    ask: SubscribeAsk, before: Subscription | None, channel: Channel, settings: Settings
) -> SubscriptionPlan:
    """Combine the typed values with the previous ones, else with the channel's and the defaults."""
    if before is None:
        return SubscriptionPlan(
            topics=ask.topics,
            at=usual_time(channel, settings) if ask.at is None else ask.at,
            weekdays=ask.weekdays or DAILY,
            timezone=ask.timezone or channel.timezone,
            bullets=ask.bullets or channel.bullets or settings.bullets,
            filter=ask.filter,
        )
    return replace(
        plan_of(before),
        at=before.at if ask.at is None else ask.at,
        weekdays=ask.weekdays or before.weekdays,
        timezone=ask.timezone or before.timezone,
        bullets=ask.bullets or before.bullets,
    )


async def _prepare_channel(
    channel: Channel, ask: SubscribeAsk, known: Sequence[Subscription], services: Services
) -> None:
    """Set the channel's zone from its first subscription; enable a disabled channel."""
    first = not known or channel.timezone == services.settings.timezone
    if ask.timezone and ask.timezone != channel.timezone and first:
        await services.store.channels.set_timezone(channel.id, ask.timezone)
    if channel.disabled:
        await services.store.channels.enable(channel.id)


def _buttons(subscription: Subscription) -> tuple[tuple[Button, ...], ...]:
    names = typed_digest(subscription)
    change = Button("Another hour", f"setup {names}")
    return (
        (
            Button("Brief me now", f"brief {names}"),
            change,
            Button("End it", f"unsubscribe {names}"),
        ),
    )


def _title(before: Subscription | None, after: Subscription, topics: str) -> str:
    if before is None:
        return f"Subscribed to {topics}"
    same = _said(before) == _said(after)
    return f"Already subscribed to {topics}" if same else f"Subscription updated: {topics}"


def _told(before: Subscription | None, after: Subscription, now: datetime) -> tuple[Line, ...]:
    lines = [item(_said(after))]
    if before is not None and _said(before) != _said(after):
        lines.append(item(f"before: {_said(before)}"))
    ordinal = "First" if before is None else "Next"
    return (*lines, line(f"{ordinal} digest: {next_time(after, now)}."))


def _said(subscription: Subscription) -> str:
    return f"{rhythm(subscription)}; up to {counted(subscription.bullets, 'bullet')} a topic"


def _zone_hint(subscription: Subscription) -> Line:
    example = f"/subscribe {subscription.topics[0]} in Karachi"
    return line(
        f"Times are in {zone_title(subscription.timezone)}; ",
        code(example),
        " changes the zone.",
    )
