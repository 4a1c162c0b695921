"""The time, days and length of a subscription, and how it is stored."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time

from bot.digests.calendar import next_occurrence
from bot.models import NO_FILTER, Channel, NewsFilter, Subscription
from config.settings import Settings
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


def plan_of(subscription: Subscription) -> SubscriptionPlan:
    """Return the plan of a stored subscription."""
    return SubscriptionPlan(
        topics=subscription.topics,
        at=subscription.at,
        weekdays=subscription.weekdays,
        timezone=subscription.timezone,
        bullets=subscription.bullets,
        filter=subscription.filter,
    )


def usual_time(channel: Channel, settings: Settings) -> time:
    """Return the default digest time of a channel."""
    return channel.digest_time or time.fromisoformat(settings.digest_time)


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
        now=now,
        next_due=_first_due(plan, had, now),
    )


def _first_due(plan: SubscriptionPlan, had: Collection[date], now: datetime) -> datetime:
    """Return the first occurrence on a local date that has had no digest yet."""
    found = next_occurrence(plan.at, plan.weekdays, plan.timezone, now)
    while found.local_date in had:
        found = next_occurrence(plan.at, plan.weekdays, plan.timezone, found.at)
    return found.at
