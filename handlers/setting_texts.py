"""The values of settings as text for chats."""

from __future__ import annotations

from bot.digests.quiet import QuietHours
from bot.languages import plural, tr
from bot.models import Channel, Platform
from handlers.parsing.setting_values import EVERYONE
from handlers.parsing.zones import zone_title
from handlers.services import Services
from handlers.subscription_plan import usual_time
from summarizer.extractive.engine import NAME as EXTRACTIVE


def shown_who(channel: Channel, _: Services) -> str:
    """Return who may change a chat, in the words of its platform."""
    in_slack = channel.address.platform is Platform.SLACK
    if channel.who == EVERYONE:
        return tr("everyone in this channel") if in_slack else tr("everyone in this chat")
    if in_slack:
        return tr("workspace admins and the creator of this channel")
    return tr("admins of this chat")


def shown_time(channel: Channel, services: Services) -> str:
    """Return the usual time of digests: "07:30"."""
    return f"{usual_time(channel, services.settings):%H:%M}"


def shown_length(channel: Channel, services: Services) -> str:
    """Return the length of a chat's briefings, in bullets per topic: "up to 5"."""
    return tr("up to {most}", most=channel.bullets or services.settings.bullets)


def up_to(bullets: int) -> str:
    """Return the length of a briefing: "up to 5 bullets per topic"."""
    return plural(bullets, "up to {count} bullet per topic", "up to {count} bullets per topic")


def shown_quiet(channel: Channel, services: Services) -> str:
    """Return the quiet hours: "from 22:00 until 07:00", or "none".

    In those of a chat, digests and alerts wait; one without its own has those of the bot, in which
    only alerts do.
    """
    hours = _silent(channel, services)
    if hours is None:
        return tr("none")
    start, end = f"{hours.start:%H:%M}", f"{hours.end:%H:%M}"
    if channel.quiet_from is None:
        return tr("for alerts {start} to {end}", start=start, end=end)
    return tr("from {start} until {end}", start=start, end=end)


def shown_alerts(channel: Channel, services: Services) -> str:
    """Return how many alerts a chat gets."""
    most = _most_alerts(channel, services)
    return tr("up to {most} a day", most=most) if most else tr("none")


def alerts_shown(channel: Channel, services: Services) -> str:
    """Return how many alerts a chat gets and when they wait, with the zone of these hours."""
    most, hours = _most_alerts(channel, services), _silent(channel, services)
    if not most or hours is None:
        return shown_alerts(channel, services)
    return tr(
        "up to {most} a day; from {start} until {end} ({zone}) they wait",
        most=most,
        start=f"{hours.start:%H:%M}",
        end=f"{hours.end:%H:%M}",
        zone=zone_title(channel.timezone),
    )


def _most_alerts(channel: Channel, services: Services) -> int:
    usual = services.settings.alerts_a_day
    return usual if channel.alerts_a_day is None else channel.alerts_a_day


def _silent(channel: Channel, services: Services) -> QuietHours | None:
    return QuietHours.of(channel, QuietHours.parsed(services.settings.alert_quiet))


def shown_engine(channel: Channel, services: Services) -> str:
    """Return what writes the bullets, and whether a model could."""
    editor = services.builder.editor
    if editor is None:
        return tr("sentences from the articles")
    if channel.engine == EXTRACTIVE:
        return tr("sentences from the articles, without the model {model}", model=editor.model)
    return tr("by the language model {model}", model=editor.model)
