"""The values of settings as text for chats."""

from __future__ import annotations

from bot.digests.quiet import NEVER, QuietHours
from bot.languages import plural, tr
from bot.models import Channel
from handlers.parsing.setting_values import EVERYONE
from handlers.parsing.zones import zone_title
from handlers.services import Services
from handlers.subscription_plan import usual_time
from summarizer.extractive.engine import NAME as EXTRACTIVE
from summarizer.llm.tasks import NAME as OPENAI


def shown_who(channel: Channel, _: Services) -> str:
    """Return who may change a chat."""
    return tr("everyone in this chat") if channel.who == EVERYONE else tr("admins of this chat")


def shown_time(channel: Channel, services: Services) -> str:
    """Return the usual time of digests: "07:30"."""
    return f"{usual_time(channel, services.settings):%H:%M}"


def shown_length(channel: Channel, services: Services) -> str:
    """Return the length of a chat's briefings."""
    return up_to(channel.bullets or services.settings.bullets)


def up_to(bullets: int) -> str:
    """Return the length of a briefing: "up to 5 bullets a topic"."""
    return plural(bullets, "up to {count} bullet a topic", "up to {count} bullets a topic")


def shown_quiet(channel: Channel, _: Services) -> str:
    """Return the quiet hours: "from 22:00 until 07:00", or "none"."""
    hours = QuietHours.of(channel, NEVER)
    return (
        tr("from {start} until {end}", start=f"{hours.start:%H:%M}", end=f"{hours.end:%H:%M}")
        if hours
        else tr("none")
    )


def alerts_shown(channel: Channel, services: Services, *, zoned: bool = True) -> str:
    """Return how many alerts a chat gets and when it gets none, with the zone of these hours."""
    settings = services.settings
    most = settings.alerts_a_day if channel.alerts_a_day is None else channel.alerts_a_day
    if not most:
        return tr("none")
    hours = QuietHours.of(channel, QuietHours.parsed(settings.alert_quiet))
    if hours is None:
        return tr("up to {most} a day", most=most)
    start, end = f"{hours.start:%H:%M}", f"{hours.end:%H:%M}"
    if not zoned:
        return tr(
            "up to {most} a day, none from {start} until {end}", most=most, start=start, end=end
        )
    return tr(
        "up to {most} a day, none from {start} until {end} ({zone})",
        most=most,
        start=start,
        end=end,
        zone=zone_title(channel.timezone),
    )


def shown_engine(channel: Channel, services: Services) -> str:
    """Return what writes the bullets, and whether a model could."""
    editor = services.builder.editor
    if editor is None:
        return tr("{engine}; no language model", engine=EXTRACTIVE)
    if channel.engine == EXTRACTIVE:
        return tr(
            "{engine}; the language model {model} is not used",
            engine=EXTRACTIVE,
            model=editor.model,
        )
    return tr("{engine}: the language model {model}", engine=OPENAI, model=editor.model)
