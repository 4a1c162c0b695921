"""Forms to be filled in at once: a digest, a watch, the settings, a topic of one's own.

Where a platform has no forms, the reply says what to press or type instead.
"""

from __future__ import annotations

from bot.digests.quiet import NEVER, QuietHours
from bot.languages import OFFERED, marked, topic_text, tr
from bot.models import Button, Channel, Command, Field, FieldKind, Form, Reply, Topic
from handlers.choices import ZONES
from handlers.commands.language_setting import UNCHANGED
from handlers.commands.settings import choices
from handlers.commands.settings_table import SETTINGS, Setting
from handlers.context import channel_of, topics_of
from handlers.parsing.bullet_count import LONG, SHORT
from handlers.parsing.subscribe import EXAMPLE
from handlers.parsing.topic_definition import EXAMPLE as TOPIC_EXAMPLE
from handlers.parsing.watch import EXAMPLE as WATCH_EXAMPLE
from handlers.parsing.zones import zone_title
from handlers.reply_lines import code, sentence
from handlers.services import Services
from handlers.setting_texts import shown_quiet
from handlers.subscription_plan import usual_time

WEEKLY = (marked("Once a week, on Monday, for seven days"), "weekly on monday")

DAYS = (
    (marked("Every day"), "daily"),
    (marked("Monday to Friday"), "weekdays"),
    (marked("Weekends"), "weekends"),
    WEEKLY,
    (marked("Mondays"), "monday"),
    (marked("Tuesdays"), "tuesday"),
    (marked("Wednesdays"), "wednesday"),
    (marked("Thursdays"), "thursday"),
    (marked("Fridays"), "friday"),
    (marked("Saturdays"), "saturday"),
    (marked("Sundays"), "sunday"),
)
LENGTHS = (SHORT, 5, LONG)
"""Bullets per topic that a form offers."""

CHOSEN = frozenset({"alerts", "length", "details", "pictures"})
"""The settings whose values the form offers as their buttons do."""


async def handle(command: Command, services: Services) -> Reply:
    """Return the form that is named: subscribe, watch, topic or settings."""
    channel = await channel_of(command, services)
    topics = await topics_of(channel, services)
    zone = _zone(command, channel, services)
    match command.args.strip():
        case "topic":
            return _reply(_topic_form(), TOPIC_EXAMPLE)
        case "watch":
            return _reply(_watch_form(command), WATCH_EXAMPLE)
        case "settings":
            return _reply(_settings_form(channel, services, zone), "/settings")
        case _:
            return _reply(_digest_form(command, topics, channel, services, zone), EXAMPLE)


def _reply(form: Form, example: str) -> Reply:
    return Reply(
        lines=(sentence("Type it: {command}", command=code(example)),),
        buttons=((Button(tr("Choose with buttons"), "setup"),),),
        private=True,
        form=form,
    )


def _digest_form(
    command: Command, topics: tuple[Topic, ...], channel: Channel, services: Services, zone: str
) -> Form:
    return Form(
        title=tr("Add a digest"),
        command="subscribe",
        fields=(
            _chat_field(command),
            Field(
                FieldKind.CHOICES,
                tr("Topics"),
                options=tuple((topic_text(each.title), each.name) for each in topics),
                initial=(topics[0].name,),
            ),
            Field(
                FieldKind.TEXT,
                tr("Only stories about"),
                lead="about",
                hint=tr(
                    'A country, or words in quotes: Iran "gas price" (both must fit), -football '
                    "(not this). Empty: every story on the topics."
                ),
                optional=True,
            ),
            Field(
                FieldKind.TIME,
                tr("Time"),
                lead="at",
                initial=(f"{usual_time(channel, services.settings):%H:%M}",),
            ),
            Field(
                FieldKind.CHOICE,
                tr("Days"),
                options=_options(DAYS),
                initial=("daily",),
            ),
            _zone_field(tr("Time zone of this digest"), "in", zone),
            Field(
                FieldKind.CHOICE,
                tr("Bullets per topic"),
                options=tuple((tr("up to {most}", most=n), f"{n} bullets") for n in LENGTHS),
                hint=tr("No choice: as in the settings of the chat."),
                optional=True,
            ),
        ),
        send=tr("Add this digest"),
    )


def _watch_form(command: Command) -> Form:
    return Form(
        title=tr("Add an alert"),
        command="watch",
        fields=(
            _chat_field(command),
            Field(
                FieldKind.TEXT,
                tr("An alert on each new story about"),
                placeholder=tr("Example: {example}", example="Strait of Hormuz, tanker, -oil"),
                hint=tr(
                    "Commas mean “or”: one phrase is enough. A country or topic narrows: the story "
                    "must be about it too. -oil leaves out oil."
                ),
            ),
        ),
        send=tr("Add this alert"),
    )


def _chat_field(command: Command) -> Field:
    return Field(
        FieldKind.CHAT,
        tr("Send to"),
        initial=(command.address.chat,),
        hint=tr("A channel, or briefbot for a direct message to you alone."),
    )


def _settings_form(channel: Channel, services: Services, zone: str) -> Form:
    hours = QuietHours.of(channel, NEVER)
    quiet = f"{hours.start:%H:%M}-{hours.end:%H:%M}" if hours else ""
    return Form(
        title=tr("Change settings"),
        command="settings",
        fields=(
            Field(
                FieldKind.TIME,
                tr("Time of daily digests"),
                lead="time",
                initial=(f"{usual_time(channel, services.settings):%H:%M}",),
                hint=tr(
                    "A new time moves daily digests, and new ones start with it. Weekly digests, "
                    "and the second of a day, keep theirs."
                ),
            ),
            _zone_field(tr("Time zone"), "zone", zone),
            _language_field(channel),
            Field(
                FieldKind.TEXT,
                tr("Quiet hours"),
                lead="quiet",
                initial=(quiet,) if quiet else (),
                placeholder=shown_quiet(channel, services),
                hint=_quiet_hint(shown=bool(quiet)),
                optional=True,
            ),
            *(_setting_field(each, channel, services) for each in SETTINGS if each.name in CHOSEN),
        ),
        send=tr("Save"),
    )


def _quiet_hint(*, shown: bool) -> str:
    """Return how to write quiet hours; to empty a field that shows some ends them."""
    if shown:
        return tr(
            "For example 22:00-07:00. Digests and alerts wait until they end. To end quiet hours, "
            "empty this field."
        )
    return tr(
        "Digests and alerts wait in hours written here, such as 22:00-07:00. For no "
        "quiet hours, write off. Empty: no change."
    )


def _setting_field(setting: Setting, channel: Channel, services: Services) -> Field:
    """Return the field of a setting that is chosen; what it is now comes first."""
    known = [each for row in choices(setting, channel, services) for each in row]
    title, now = tr(setting.title), setting.shown(channel, services)
    others = ((each.label, each.command.split(maxsplit=2)[2]) for each in known)
    return Field(
        FieldKind.CHOICE,
        title[:1].upper() + title[1:],
        lead=setting.name,
        options=(
            (now, UNCHANGED),
            *((label, value) for label, value in others if not label.startswith("✓")),
        ),
        initial=(UNCHANGED,),
    )


def _language_field(channel: Channel) -> Field:
    """Return the field: the language that is spoken already is no choice of a new one."""
    now = channel.interface or "auto"
    known = ((tr("Automatic"), "auto"), *((name, each) for each, name in OFFERED.items()))
    options = tuple((label, UNCHANGED if each == now else each) for label, each in known)
    return Field(
        FieldKind.CHOICE,
        tr("Language"),
        lead="language",
        options=options,
        initial=(UNCHANGED,),
    )


def _topic_form() -> Form:
    return Form(
        title=tr("Make a topic of your own"),
        command="topics add",
        fields=(
            Field(
                FieldKind.TEXT, tr("Name"), lead="", hint=tr("Such as floods, or Red Sea shipping")
            ),
            Field(
                FieldKind.TEXT,
                tr("Words to look for"),
                lead=":",
                hint=tr(
                    'One of them is enough: flood, "flash flood". A minus leaves articles out, '
                    "such as -insurance."
                ),
            ),
        ),
        send=tr("Make this topic"),
    )


def _options(choices: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    return tuple((tr(label), value) for label, value in choices)


def _zone_field(label: str, lead: str, zone: str) -> Field:
    options = tuple((f"{tr(city)} ({name})", name) for city, name in ZONES)
    if zone not in {name for _, name in ZONES}:
        options = ((zone_title(zone), zone), *options)
    return Field(FieldKind.CHOICE, label, lead=lead, options=options, initial=(zone,))


def _zone(command: Command, channel: Channel, services: Services) -> str:
    if channel.timezone == services.settings.timezone and command.user.timezone:
        return command.user.timezone
    return channel.timezone
