"""Forms to be filled in at once: a digest, a watch, the settings, a topic of one's own.

Where a platform has no forms, the reply says what to press or type instead.
"""

from __future__ import annotations

from bot.digests.quiet import NEVER, QuietHours
from bot.models import Button, Channel, Command, Field, FieldKind, Form, Reply, Topic
from handlers.choices import ZONES
from handlers.context import channel_of, topics_of
from handlers.parsing.subscribe import EXAMPLE
from handlers.parsing.topic_definition import EXAMPLE as TOPIC_EXAMPLE
from handlers.parsing.watch import EXAMPLE as WATCH_EXAMPLE
from handlers.parsing.zones import zone_title
from handlers.reply_lines import code, line
from handlers.services import Services
from handlers.subscription_plan import usual_time

WEEKLY = ("Once a week, on Monday, for seven days", "weekly on monday")

DAYS = (("Every day", "daily"), ("Monday to Friday", "weekdays"), ("Weekends", "weekends"))
DAYS_OF_WEEK = tuple(
    (f"{day}s", day.lower())
    for day in ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
)
LENGTHS = (("Short", "short"), ("Five bullets a topic", "5 bullets"), ("Long", "long"))


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
        lines=(line("Type it: ", code(example)),),
        buttons=((Button("Choose with buttons", "setup"),),),
        private=True,
        form=form,
    )


def _digest_form(
    command: Command, topics: tuple[Topic, ...], channel: Channel, services: Services, zone: str
) -> Form:
    chat = Field(FieldKind.CHAT, "Where to", initial=(command.address.chat,))
    return Form(
        title="A daily digest",
        command="subscribe",
        fields=(
            chat,
            Field(
                FieldKind.CHOICES,
                "Topics",
                options=tuple((each.title, each.name) for each in topics),
                initial=(topics[0].name,),
            ),
            Field(
                FieldKind.TEXT,
                "Only about",
                lead="about",
                hint='Countries, "words", and -words to leave out',
                optional=True,
            ),
            Field(
                FieldKind.TIME,
                "Time",
                lead="at",
                initial=(f"{usual_time(channel, services.settings):%H:%M}",),
            ),
            Field(
                FieldKind.CHOICE, "Days", options=(*DAYS, WEEKLY, *DAYS_OF_WEEK), initial=("daily",)
            ),
            _zone_field("Time zone", "in", zone),
            Field(FieldKind.CHOICE, "Length", options=LENGTHS, optional=True),
        ),
        send="Subscribe",
    )


def _watch_form(command: Command) -> Form:
    return Form(
        title="Watch for a story",
        command="watch",
        fields=(
            Field(FieldKind.CHAT, "Where to", initial=(command.address.chat,)),
            Field(
                FieldKind.TEXT,
                "Words, topics, countries",
                hint='Such as "Strait of Hormuz", or energy Iran -oil',
            ),
        ),
        send="Watch",
    )


def _settings_form(channel: Channel, services: Services, zone: str) -> Form:
    hours = QuietHours.of(channel, NEVER)
    quiet = f"{hours.start:%H:%M}-{hours.end:%H:%M}" if hours else ""
    return Form(
        title="Settings",
        command="settings",
        fields=(
            Field(
                FieldKind.TIME,
                "Time of digests",
                lead="time",
                initial=(f"{usual_time(channel, services.settings):%H:%M}",),
            ),
            _zone_field("Time zone", "zone", zone),
            Field(FieldKind.CHOICE, "Length", lead="length", options=_LENGTHS, optional=True),
            Field(
                FieldKind.TEXT,
                "Quiet hours",
                lead="quiet",
                initial=(quiet,) if quiet else (),
                hint="Such as 22:00-07:00, or off",
                optional=True,
            ),
        ),
    )


_LENGTHS = (("Short", "short"), ("Five bullets a topic", "5"), ("Long", "long"))


def _topic_form() -> Form:
    return Form(
        title="A topic of your own",
        command="topics add",
        fields=(
            Field(FieldKind.TEXT, "Name", lead="", hint="One word, such as floods"),
            Field(
                FieldKind.TEXT,
                "Words",
                lead=":",
                hint='Separated by commas: flood, "flash flood", -insurance',
            ),
        ),
        send="Add",
    )


def _zone_field(label: str, lead: str, zone: str) -> Field:
    options = tuple((f"{city} ({name})", name) for city, name in ZONES)
    if zone not in {name for _, name in ZONES}:
        options = ((zone_title(zone), zone), *options)
    return Field(FieldKind.CHOICE, label, lead=lead, options=options, initial=(zone,))


def _zone(command: Command, channel: Channel, services: Services) -> str:
    if channel.timezone == services.settings.timezone and command.user.timezone:
        return command.user.timezone
    return channel.timezone
