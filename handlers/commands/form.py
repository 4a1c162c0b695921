"""Forms to be filled in at once: a digest, a watch, the settings, a topic of one's own.

Where a platform has no forms, the reply says what to press or type instead.
"""

from __future__ import annotations

from bot.digests.quiet import NEVER, QuietHours
from bot.languages import OFFERED, marked, topic_text, tr
from bot.models import Button, Channel, Command, Field, FieldKind, Form, Reply, Topic
from handlers.choices import ZONES
from handlers.commands.language_setting import UNCHANGED
from handlers.context import channel_of, topics_of
from handlers.parsing.subscribe import EXAMPLE
from handlers.parsing.topic_definition import EXAMPLE as TOPIC_EXAMPLE
from handlers.parsing.watch import EXAMPLE as WATCH_EXAMPLE
from handlers.parsing.zones import zone_title
from handlers.reply_lines import code, sentence
from handlers.services import Services
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
LENGTHS = (
    (marked("Short"), "short"),
    (marked("Five bullets a topic"), "5 bullets"),
    (marked("Long"), "long"),
)


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
    chat = Field(FieldKind.CHAT, tr("Where to"), initial=(command.address.chat,))
    return Form(
        title=tr("A daily digest"),
        command="subscribe",
        fields=(
            chat,
            Field(
                FieldKind.CHOICES,
                tr("Topics"),
                options=tuple((topic_text(each.title), each.name) for each in topics),
                initial=(topics[0].name,),
            ),
            Field(
                FieldKind.TEXT,
                tr("Only about"),
                lead="about",
                hint=tr('Countries, "words", and -words to leave out'),
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
            _zone_field(tr("Time zone"), "in", zone),
            Field(FieldKind.CHOICE, tr("Length"), options=_options(LENGTHS), optional=True),
        ),
        send=tr("Subscribe"),
    )


def _watch_form(command: Command) -> Form:
    return Form(
        title=tr("Watch for a story"),
        command="watch",
        fields=(
            Field(FieldKind.CHAT, tr("Where to"), initial=(command.address.chat,)),
            Field(
                FieldKind.TEXT,
                tr("Words, topics, countries"),
                hint=tr('Such as "Strait of Hormuz", or energy Iran -oil'),
            ),
        ),
        send=tr("Watch"),
    )


def _settings_form(channel: Channel, services: Services, zone: str) -> Form:
    hours = QuietHours.of(channel, NEVER)
    quiet = f"{hours.start:%H:%M}-{hours.end:%H:%M}" if hours else ""
    return Form(
        title=tr("Settings"),
        command="settings",
        fields=(
            Field(
                FieldKind.TIME,
                tr("Time of digests"),
                lead="time",
                initial=(f"{usual_time(channel, services.settings):%H:%M}",),
            ),
            _zone_field(tr("Time zone"), "zone", zone),
            _language_field(channel),
            Field(
                FieldKind.CHOICE,
                tr("Length"),
                lead="length",
                options=_options(LENGTHS),
                optional=True,
            ),
            Field(
                FieldKind.TEXT,
                tr("Quiet hours"),
                lead="quiet",
                initial=(quiet,) if quiet else (),
                hint=tr("Such as 22:00-07:00, or off"),
                optional=True,
            ),
        ),
        send=tr("Save"),
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
        title=tr("A topic of your own"),
        command="topics add",
        fields=(
            Field(FieldKind.TEXT, tr("Name"), lead="", hint=tr("One word, such as floods")),
            Field(
                FieldKind.TEXT,
                tr("Words"),
                lead=":",
                hint=tr('Separated by commas: flood, "flash flood", -insurance'),
            ),
        ),
        send=tr("Add"),
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
