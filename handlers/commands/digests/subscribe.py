"""/subscribe: add or change a daily digest of the channel."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.errors import UsageError
from bot.languages import tr
from bot.models import Button, Channel, Command, Line, Reply, Subscription, Topic
from bot.render.buttons import digests_button
from handlers.choices import brief_button, paired
from handlers.commands.digests.unsubscribe import change_button, end_button
from handlers.context import channel_of, digest_title, timed_digest, topics_of, typed_digest
from handlers.parsing.subscribe import EXAMPLE, SubscribeAsk, parse_subscribe
from handlers.parsing.zones import zone_title
from handlers.reply_lines import code, item, line, sentence
from handlers.services import Services
from handlers.setting_texts import up_to
from handlers.subscription_plan import SeriesPlan, plan_series, save_plan
from handlers.time_format import had_today, rhythm, soonest_time

MOST = 20
"""Maximum number of subscriptions per channel."""


async def handle(command: Command, services: Services) -> Reply:
    """Subscribe the channel, or change the digests that have the same topics and filter.

    The times that are named are those of all daily digests on these topics, unless it says "also".
    """
    now = services.clock()
    channel = await channel_of(command, services)
    topics = await topics_of(channel, services)
    known = await services.store.subscriptions.of_channel(channel.id)
    ask, series, plan = _wanted(command.args, channel, topics, known, services)
    moved = await _prepare_channel(channel, ask, known, services)
    for each in plan.ended:
        await services.store.subscriptions.remove_one(each.id)
    saved = [
        (before, await save_plan(wanted, before, channel, services, now))
        for before, wanted in plan.wanted
    ]
    before, after = saved[0]
    changed = bool(plan.ended) or any(not old or _said(old) != _said(new) for old, new in saved)
    lines = _told(saved, plan.ended, channel, now)
    if moved:
        lines = (*lines, _moved(moved))
    elif before is None and after.timezone == services.settings.timezone and not ask.timezone:
        lines = (*lines, _zone_hint(after))
    return Reply(
        title=_title(series, digest_title(after, topics), changed=changed),
        lines=lines,
        changed=changed,
        buttons=_buttons(after, topics, alone=len(saved) == 1),
        gets_digests=True,
    )


async def check(args: str, channel: Channel, services: Services) -> None:
    """Raise UsageError for what `handle` would refuse; changes nothing."""
    topics = await topics_of(channel, services)
    known = await services.store.subscriptions.of_channel(channel.id)
    _wanted(args, channel, topics, known, services)


def _wanted(
    args: str,
    channel: Channel,
    topics: Sequence[Topic],
    known: Sequence[Subscription],
    services: Services,
) -> tuple[SubscribeAsk, Sequence[Subscription], SeriesPlan]:
    """Return what is asked for, the digests on the same topics, and what becomes of them."""
    ask = _about(parse_subscribe(args, topics), known, topics, services)
    about = (frozenset(ask.topics), ask.filter)
    series = [each for each in known if each.about == about]
    plan = plan_series(ask, series, channel, services.settings)
    if len(known) + plan.added - len(plan.ended) > MOST and plan.added:
        raise UsageError(
            tr("A chat can have at most {most} digests.", most=MOST), "/unsubscribe all"
        )
    return ask, series, plan


def _about(
    ask: SubscribeAsk,
    known: Sequence[Subscription],
    topics: Sequence[Topic],
    services: Services,
) -> SubscribeAsk:
    """Fill in the topics where none is named: all for a filter, else those of the only digest."""
    if ask.topics:
        return ask
    if ask.filter:
        return replace(ask, topics=tuple(topic.name for topic in services.scorer.topics))
    abouts = {each.about for each in known}
    if len(abouts) == 1 and ask != SubscribeAsk((), None, None, None, None):
        return replace(ask, topics=known[0].topics, filter=known[0].filter)
    names = ", ".join(topic.name for topic in topics)
    raise UsageError(tr("Name one or more topics. Topics here: {names}.", names=names), EXAMPLE)


async def _prepare_channel(
    channel: Channel, ask: SubscribeAsk, known: Sequence[Subscription], services: Services
) -> str | None:
    """Set the channel's zone from its first subscription; enable a disabled channel.

    Returns the zone if that is a new one.
    """
    if channel.disabled:
        await services.store.channels.enable(channel.id)
    first = not known or channel.timezone == services.settings.timezone
    if not (ask.timezone and ask.timezone != channel.timezone and first):
        return None
    await services.store.channels.set_timezone(channel.id, ask.timezone)
    return ask.timezone


def _buttons(
    subscription: Subscription, topics: Sequence[Topic], *, alone: bool
) -> tuple[tuple[Button, ...], ...]:
    names = typed_digest(subscription)
    title = digest_title(subscription, topics)
    if not alone:
        end = Button(tr("End {digest} digest", digest=title), f"unsubscribe {names}")
        listing = digests_button()
        return (brief_button(title, names),), *paired([end, listing])
    change = () if subscription.weekly else (change_button(subscription, topics),)
    return (
        (brief_button(title, names),),
        *paired([*change, end_button(subscription, topics, timed_digest(subscription))]),
        (digests_button(),),
    )


def _title(series: Sequence[Subscription], topics: str, *, changed: bool) -> str:
    if not series:
        return tr("New digest: {topics}", topics=topics)
    return (
        tr("Digest changed: {topics}", topics=topics)
        if changed
        else tr("Digest unchanged: {topics}", topics=topics)
    )


def _told(
    saved: Sequence[tuple[Subscription | None, Subscription]],
    ended: Sequence[Subscription],
    channel: Channel,
    now: datetime,
) -> tuple[Line, ...]:
    lines = []
    for before, after in saved:
        lines.append(item(_said(after)))
        if before is not None and _said(before) != _said(after):
            lines.append(item(tr("before: {digest}", digest=_said(before))))
    lines.extend(item(tr("ended: {digest}", digest=rhythm(each))) for each in ended)
    when = soonest_time((after for _, after in saved), channel, now)
    if all(before is None for before, _ in saved):
        return (*lines, line(tr("First digest: {when}.", when=when)))
    had = had_today([after for _, after in saved], now)
    return (*lines, line(tr("Next digest: {when}.", when=when)), *had)


def _said(subscription: Subscription) -> str:
    return f"{rhythm(subscription)}; {up_to(subscription.bullets)}"


def _moved(zone: str) -> Line:
    return sentence(
        "This chat's time zone is now {zone}; {command} changes it.",
        zone=zone_title(zone),
        command=code("/settings zone"),
    )


def _zone_hint(subscription: Subscription) -> Line:
    example = f"/subscribe {subscription.topics[0]} in Karachi"
    return sentence(
        "Times are in {zone}; {command} changes the zone.",
        zone=zone_title(subscription.timezone),
        command=code(example),
    )
