"""The time, days and length of a subscription, and how it is stored."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time

from bot.digests.calendar import DAILY, next_occurrence
from bot.models import FIRST_SLOT, NO_FILTER, WEEKLY, Channel, NewsFilter, Subscription
from config.settings import Settings
from handlers.parsing.rhythm import Slot
from handlers.parsing.subscribe import SubscribeAsk
from handlers.services import Services

_DIGESTS_LOOKED_AT = 50


@dataclass(frozen=True, slots=True)
class SubscriptionPlan:
    """The complete values of a subscription to be stored."""

    topics: tuple[str, ...]
    at: time
    weekdays: frozenset[int]
    timezone: str
    bullets: int
    filter: NewsFilter = NO_FILTER
    slot: str = FIRST_SLOT


def plan_of(subscription: Subscription) -> SubscriptionPlan:
    """Return the plan of a stored subscription."""
    return SubscriptionPlan(
        topics=subscription.topics,
        at=subscription.at,
        weekdays=subscription.weekdays,
        timezone=subscription.timezone,
        bullets=subscription.bullets,
        filter=subscription.filter,
        slot=subscription.slot,
    )


def usual_time(channel: Channel, settings: Settings) -> time:
    """Return the default digest time of a channel."""
    return channel.digest_time or time.fromisoformat(settings.digest_time)


@dataclass(frozen=True, slots=True)
class SeriesPlan:
    """The digests on the same topics: each with what it was before, and those that end."""

    wanted: tuple[tuple[Subscription | None, SubscriptionPlan], ...]
    ended: tuple[Subscription, ...] = ()

    @property
    def added(self) -> int:
        """How many digests are new."""
        return sum(before is None for before, _ in self.wanted)


def plan_series(
    ask: SubscribeAsk, series: Sequence[Subscription], channel: Channel, settings: Settings
) -> SeriesPlan:
    """Combine what was typed with the digests on the same topics, else with the defaults.

    Times replace those of all daily digests, unless they come beside them; a weekly digest is
    another one. Where no time is named, the other values are those of all.
    """
    daily = sorted((each for each in series if not each.weekly), key=lambda each: each.at)
    weekly = next((each for each in series if each.weekly), None)
    if series and not ask.slots:
        every = (*daily, weekly) if weekly else tuple(daily)
        return SeriesPlan(
            tuple(
                (each, _combined(ask, Slot(), each, channel, settings, each.slot)) for each in every
            )
        )
    untimed = [each for each in ask.slots if not each.weekly and each.at is None]
    pairs: list[tuple[Slot, Subscription | None]] = []
    if untimed and daily:
        pairs = [(untimed[0], each) for each in daily]
    else:
        wanted = [each for each in ask.slots if not each.weekly] or ([] if ask.slots else [Slot()])
        pairs = _paired(wanted, daily, also=ask.also)
    pairs += [(each, weekly) for each in ask.slots if each.weekly]
    kept = {before.id for _, before in pairs if before}
    replaced = not ask.also and any(not slot.weekly for slot, _ in pairs)
    ended = tuple(each for each in daily if replaced and each.id not in kept)
    taken = {each.slot for each in daily if each not in ended}
    plans: list[tuple[Subscription | None, SubscriptionPlan]] = []
    for slot, before in pairs:
        name = WEEKLY if slot.weekly else _free(taken)
        if before is None and not slot.weekly:
            taken.add(name)
        plans.append((before, _combined(ask, slot, before, channel, settings, name)))
    return SeriesPlan(tuple(plans), ended)


def _paired(
    wanted: Sequence[Slot], daily: Sequence[Subscription], *, also: bool
) -> list[tuple[Slot, Subscription | None]]:
    """Give each wanted digest the present one at its time, else another that would end."""
    at = {each.at: each for each in daily}
    same = {slot: at[slot.at] for slot in wanted if slot.at in at}
    spare = [] if also else [each for each in daily if each not in same.values()]
    return [
        (slot, same[slot] if slot in same else (spare.pop(0) if spare else None)) for slot in wanted
    ]


def _combined(
    ask: SubscribeAsk,
    slot: Slot,
    before: Subscription | None,
    channel: Channel,
    settings: Settings,
    name: str,
) -> SubscriptionPlan:
    if before is None:
        return SubscriptionPlan(
            topics=ask.topics,
            at=usual_time(channel, settings) if slot.at is None else slot.at,
            weekdays=slot.weekdays or DAILY,
            timezone=ask.timezone or channel.timezone,
            bullets=ask.bullets or channel.bullets or settings.bullets,
            filter=ask.filter,
            slot=name,
        )
    return replace(
        plan_of(before),
        at=before.at if slot.at is None else slot.at,
        weekdays=slot.weekdays or before.weekdays,
        timezone=ask.timezone or before.timezone,
        bullets=ask.bullets or before.bullets,
    )


def _free(taken: Collection[str]) -> str:
    """Return the first name of a daily digest that is free: "1", "2", "3"."""
    return next(name for name in map(str, range(1, 100)) if name not in taken)


async def save_plan(
    plan: SubscriptionPlan,
    before: Subscription | None,
    channel: Channel,
    services: Services,
    now: datetime,
) -> Subscription:
    """Store a plan: replace the subscription `before`, or add a new one."""
    digests = await services.store.digests.history(channel.id, limit=_DIGESTS_LOOKED_AT)
    had = {each.local_date for each in digests if before and each.subscription_id == before.id}
    return await services.store.subscriptions.add(
        channel.id,
        plan.topics,
        plan.at,
        plan.weekdays,
        plan.timezone,
        plan.bullets,
        given=plan.filter,
        slot=plan.slot,
        now=now,
        next_due=_first_due(plan, had, now),
    )


def _first_due(plan: SubscriptionPlan, had: Collection[date], now: datetime) -> datetime:
    """Return the first occurrence on a local date that has had no digest yet."""
    found = next_occurrence(plan.at, plan.weekdays, plan.timezone, now)
    while found.local_date in had:
        found = next_occurrence(plan.at, plan.weekdays, plan.timezone, found.at)
    return found.at
