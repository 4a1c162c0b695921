"""The table of settings: how each one is shown, parsed and applied."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial

from bot.digests.quiet import NEVER, QuietHours
from bot.errors import UsageError
from bot.languages import marked, plural, tr
from bot.models import FIRST_SLOT, Button, Channel, Line
from bot.render.buttons import LONG, SHORT, Rows, rows
from handlers.choices import hour_rows, zone_rows
from handlers.commands import language_setting, look_settings
from handlers.parsing.setting_values import (
    read_alerts,
    read_clock,
    read_most,
    read_quiet_hours,
    read_who,
    read_zone_name,
)
from handlers.parsing.tokens import fold, shown
from handlers.parsing.zones import zone_title
from handlers.reply_lines import line
from handlers.services import Services
from handlers.setting_texts import (
    shown_alerts,
    shown_engine,
    shown_length,
    shown_quiet,
    shown_time,
    shown_who,
)
from handlers.subscription_plan import SubscriptionPlan, plan_of, save_plan, usual_time
from handlers.time_format import had_today, soonest_time
from summarizer.extractive.engine import NAME as EXTRACTIVE
from summarizer.llm.tasks import NAME as OPENAI

_LOCAL = frozenset({"extractive", "local", "off", "no", "without"})
_MODEL = frozenset({"openai", "model", "llm", "ai", "on", "yes"})


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting.

    `read` returns the changed channel for a typed value, or raises UsageError; `usual` restores
    the default. `follow` updates what depends on it and reports that; `note` returns a warning.
    `name` is typed; `group`, `title` and `about` are translated where they are shown.
    Some are for `operators_only`: others only see them. `choices` are its values as buttons.
    """

    name: str
    group: str
    title: str
    about: str
    example: str
    shown: Callable[[Channel, Services], str]
    read: Callable[[str, Channel, Services], Channel]
    usual: Callable[[Channel, Services], Channel]
    also: frozenset[str] = frozenset()
    follow: Callable[[Channel, Services], Awaitable[tuple[Line, ...]]] | None = None
    note: Callable[[Channel, Services], str] | None = None
    operators_only: bool = False
    choices: Callable[[Channel, Services], Rows] | None = None


def _read_time(text: str, channel: Channel, _: Services) -> Channel:
    return replace(channel, digest_time=read_clock(text, "/settings time 08:00"))


def _read_zone(text: str, channel: Channel, _: Services) -> Channel:
    return replace(channel, timezone=read_zone_name(text, "/settings zone Karachi"))


def _read_length(text: str, channel: Channel, _: Services) -> Channel:
    return replace(channel, bullets=read_most(text, "/settings length short"))


def _read_engine(text: str, channel: Channel, services: Services) -> Channel:
    said = fold(text)
    if said in _LOCAL:
        return replace(channel, engine=EXTRACTIVE)
    if said not in _MODEL:
        raise UsageError(
            tr(
                "There is no engine {text}. Engines: {names}.",
                text=shown(text),
                names=f"{EXTRACTIVE}, {OPENAI}",
            ),
            "/settings engine extractive",
        )
    if services.builder.editor is None:
        raise UsageError(language_setting.needs_model(), "/settings")
    return replace(channel, engine=OPENAI)


def _read_who(text: str, channel: Channel, _: Services) -> Channel:
    return replace(channel, who=read_who(text, "/settings who everyone"))


def _read_quiet(text: str, channel: Channel, _: Services) -> Channel:
    """The same time twice stands for no quiet hours, not even those that alerts usually have."""
    start, end = read_quiet_hours(text, "/settings quiet 22:00-07:00") or (NEVER.start, NEVER.end)
    return replace(channel, quiet_from=start, quiet_until=end)


def _read_alerts(text: str, channel: Channel, _: Services) -> Channel:
    return replace(channel, alerts_a_day=read_alerts(text, "/settings alerts 3"))


def _quiet_note(channel: Channel, _: Services) -> str:
    hours = QuietHours.of(channel, NEVER)
    return (
        tr("A digest that is due in quiet hours is sent at {time}.", time=f"{hours.end:%H:%M}")
        if hours
        else ""
    )


async def _move(
    change: Callable[[SubscriptionPlan, Channel, Services], SubscriptionPlan],
    channel: Channel,
    services: Services,
) -> tuple[Line, ...]:
    """Apply the change to the chat's subscriptions; returns a line with the next digest."""
    now = services.clock()
    known = await services.store.subscriptions.of_channel(channel.id)
    plans = [(each, change(plan_of(each), channel, services)) for each in known]
    moved = [
        await save_plan(after, each, channel, services, now)
        for each, after in plans
        if after != plan_of(each)
    ]
    if not moved:
        return ()
    return (
        line(
            plural(
                len(moved),
                "This also changed {count} digest of this chat; the next comes {when}.",
                "This also changed {count} digests of this chat; the next comes {when}.",
                when=soonest_time(moved, channel, now),
            )
        ),
        *had_today(moved, now),
    )


def _timed(plan: SubscriptionPlan, channel: Channel, services: Services) -> SubscriptionPlan:
    """The first digest of a day on its topics moves; a second and a weekly one keep their times."""
    if plan.slot != FIRST_SLOT:
        return plan
    return replace(plan, at=usual_time(channel, services.settings))


def _zoned(plan: SubscriptionPlan, channel: Channel, _: Services) -> SubscriptionPlan:
    return replace(plan, timezone=channel.timezone)


def _sized(plan: SubscriptionPlan, channel: Channel, services: Services) -> SubscriptionPlan:
    return replace(plan, bullets=channel.bullets or services.settings.bullets)


def _values(name: str, *values: str) -> Rows:
    return rows((Button(each, f"settings {name} {each}") for each in values), 3)


def _alert_numbers() -> Iterator[Button]:
    for most in ("1", "3", "5", "10"):
        yield Button(tr("up to {most} a day", most=most), f"settings alerts {most}")
    yield Button(tr("none"), "settings alerts off")


def _lengths() -> tuple[Button, ...]:
    """Return buttons for the bullets per topic, the shortest first."""
    return tuple(
        Button(tr("up to {most}", most=most), f"settings length {typed}")
        for most, typed in ((SHORT, "short"), (5, "5"), (LONG, "long"))
    )


def _of_model(services: Services, name: str, *values: str) -> Rows:
    return _values(name, *values) if services.builder.editor is not None else ()


OPERATORS_GROUP = marked("Set by the operator of this bot")
"""The heading of settings without choices: nobody else can change them."""

SETTINGS: tuple[Setting, ...] = (
    Setting(
        name="time",
        group=marked("When"),
        title=marked("time of daily digests"),
        about=marked(
            "A change moves the daily digests that there are, and new ones begin with it. Weekly "
            "digests, and the second of a day on the same topics, keep their times. /subscribe "
            "moves one alone."
        ),
        example="/settings time 08:00",
        choices=lambda channel, services: hour_rows("settings time", shown_time(channel, services)),
        shown=shown_time,
        read=_read_time,
        usual=lambda channel, _: replace(channel, digest_time=None),
        also=frozenset({"hour", "at", "digest"}),
        follow=partial(_move, _timed),
    ),
    Setting(
        name="zone",
        group=marked("When"),
        title=marked("time zone"),
        about=marked(
            "The time zone of this chat: a city, a country or a zone name. "
            "Each button says what time it is there now."
        ),
        example="/settings zone Karachi",
        choices=lambda channel, services: zone_rows("settings zone", services.clock()),
        shown=lambda channel, _: zone_title(channel.timezone),
        read=_read_zone,
        usual=lambda channel, services: replace(channel, timezone=services.settings.timezone),
        also=frozenset({"timezone", "tz", "city"}),
        follow=partial(_move, _zoned),
    ),
    Setting(
        name="quiet",
        group=marked("When"),
        title=marked("quiet hours"),
        about=marked(
            "What is due in these hours, digests and alerts, is sent when they end. Until some are "
            "chosen here, only alerts wait, in the hours that the operator of this bot has set."
        ),
        example="/settings quiet 22:00-07:00",
        choices=lambda _channel, _services: (
            *_values("quiet", "22:00-07:00", "23:00-08:00"),
            (Button(tr("none"), "settings quiet off"),),
        ),
        shown=shown_quiet,
        read=_read_quiet,
        usual=lambda channel, _: replace(channel, quiet_from=None, quiet_until=None),
        also=frozenset({"night", "silence", "silent", "dnd"}),
        note=_quiet_note,
    ),
    Setting(
        name="alerts",
        group=marked("When"),
        title=marked("alerts"),
        about=marked(
            "How many alerts a day /watch and /follow may send. In quiet hours they wait: "
            "/settings quiet."
        ),
        example="/settings alerts 3",
        choices=lambda _channel, _services: rows(_alert_numbers(), 2),
        shown=shown_alerts,
        read=_read_alerts,
        usual=lambda channel, _: replace(channel, alerts_a_day=None),
        also=frozenset({"alert", "watches", "pushes"}),
    ),
    Setting(
        name="length",
        group=marked("What"),
        title=marked("bullets per topic"),
        about=marked("The maximum number of bullets per topic: short, long, or a number."),
        example="/settings length short",
        choices=lambda _channel, _services: (_lengths(),),
        shown=shown_length,
        read=_read_length,
        usual=lambda channel, _: replace(channel, bullets=None),
        also=frozenset({"bullets", "size"}),
        follow=partial(_move, _sized),
    ),
    Setting(
        name="details",
        group=marked("What"),
        title=marked("details in digests"),
        about=marked(
            "shown: digests come with all details. folded: headlines come first; Slack puts the "
            "details into the thread, Telegram the proof under each bullet, where a tap opens it."
        ),
        example="/settings details folded",
        choices=look_settings.layouts,
        shown=look_settings.shown_details,
        read=look_settings.details,
        usual=lambda channel, _: replace(channel, details=None),
        also=frozenset({"detail", "layout", "thread", "threads", "proof", "headlines"}),
    ),
    Setting(
        name="pictures",
        group=marked("What"),
        title=marked("chart in weekly digests"),
        about=marked(
            "Whether a weekly digest comes with a chart of stories a day on its topics: on or off."
        ),
        example="/settings pictures off",
        choices=look_settings.with_chart,
        shown=look_settings.shown_pictures,
        read=look_settings.pictures,
        usual=lambda channel, _: replace(channel, pictures=None),
        also=frozenset({"picture", "chart", "charts", "images"}),
    ),
    Setting(
        name="language",
        group=marked("What"),
        title=marked("language"),
        about=marked(
            "The language that I speak here; with a language model, bullets are translated into "
            "it too: a code or a name. In a private chat, auto is the language of your profile."
        ),
        example=language_setting.EXAMPLE,
        choices=language_setting.choices,
        shown=language_setting.shown,
        read=language_setting.read,
        usual=language_setting.usual,
        also=frozenset({"lang", "translate", "sprache"}),
        note=language_setting.note,
    ),
    Setting(
        name="engine",
        group=marked("What"),
        title=marked("wording"),
        about=marked(
            "Who words the bullets: extractive takes sentences from the articles, openai lets a "
            "language model write them."
        ),
        example="/settings engine extractive",
        choices=lambda _, services: _of_model(services, "engine", EXTRACTIVE, OPENAI),
        shown=shown_engine,
        read=_read_engine,
        usual=lambda channel, _: replace(channel, engine=None),
        also=frozenset({"model", "llm"}),
        note=language_setting.note,
    ),
    Setting(
        name="who",
        group=OPERATORS_GROUP,
        title=marked("who can change this"),
        about=marked(
            "Who can change this chat's settings and digests: admins or everyone. "
            "Only operators of this bot can choose."
        ),
        example="/settings who everyone",
        shown=shown_who,
        read=_read_who,
        usual=lambda channel, _: replace(channel, who=None),
        also=frozenset({"access", "permissions"}),
        operators_only=True,
    ),
)
"""All settings, in display order."""
