"""/watch and /unwatch: new stories that this chat is told at once."""

from __future__ import annotations

from collections.abc import Sequence

from bot.errors import UsageError
from bot.languages import listed, marked, tr
from bot.models import Button, Channel, Command, Line, Place, Reply, Topic, Watch
from bot.render.buttons import alerts_button, digests_button
from bot.render.silence import shortened
from handlers.context import channel_of, titles, topics_of
from handlers.parsing.pause import ENDLESS
from handlers.parsing.watch import EXAMPLE, WatchAsk, parse_numbers, parse_watch
from handlers.reply_lines import code, item, line, sentence
from handlers.services import Services
from handlers.setting_texts import alerts_shown
from handlers.time_format import appointed

MOST = 20
"""Maximum number of watches and followed stories per channel."""

SHOWN = 8
"""Watches with a button of their own."""

NARROWER = marked(
    "Commas mean “or”: one phrase is enough. A country or topic narrows: the story must be about "
    "it too."
)

MARK = "#"
"""Stands before the id of a watch in what a button says."""


async def watch(command: Command, services: Services) -> Reply:
    """Watch for words, or list what is watched and followed."""
    channel = await channel_of(command, services)
    topics = await topics_of(channel, services)
    ask = parse_watch(command.args, topics)
    if not ask:
        return await listing(channel, topics, services)
    known = await services.store.watches.of_channel(channel.id)
    wanted = ask.filter.after(titles(ask.topics, topics))
    if _has(known, ask):
        return Reply(
            lines=(line(tr("This chat has an alert on {wanted} already.", wanted=wanted)),)
        )
    refuse_more(known)
    await services.store.watches.add(channel.id, ask.topics, ask.filter, services.clock())
    stored = await services.store.watches.of_channel(channel.id)
    return Reply(
        title=tr("New alert: {wanted}", wanted=wanted),
        lines=(
            line(tr("A new story about it is sent here within two minutes of its first article.")),
            *alerts_lines(channel, services),
        ),
        changed=True,
        buttons=(
            (
                alerts_button(),
                *(
                    Button(tr("End this alert"), end_command(each))
                    for each in stored
                    if (each.topics, each.filter) == (ask.topics, ask.filter)
                ),
            ),
        ),
        gets_digests=True,
    )


async def check(args: str, channel: Channel, services: Services) -> None:
    """Raise UsageError for what `watch` would refuse; changes nothing."""
    ask = parse_watch(args, await topics_of(channel, services))
    known = await services.store.watches.of_channel(channel.id)
    if ask and not _has(known, ask):
        refuse_more(known)


def _has(known: Sequence[Watch], ask: WatchAsk) -> bool:
    return any((each.topics, each.filter) == (ask.topics, ask.filter) for each in known)


async def unwatch(command: Command, services: Services) -> Reply:
    """End watches and follows by their numbers; without one, ask which.

    A button names the one that it was shown with, which keeps its name when others end.
    """
    channel = await channel_of(command, services)
    topics = await topics_of(channel, services)
    known = await services.store.watches.of_channel(channel.id)
    if not known:
        return Reply(lines=(line(tr("This chat has no alerts.")),))
    if command.pressed and command.args.startswith(MARK):
        ended = [each for each in known if f"{MARK}{each.id}" == command.args]
        if not ended:
            return _over()
    else:
        numbers = parse_numbers(command.args, len(known))
        if not numbers and len(known) > 1:
            return await listing(channel, topics, services)
        ended = [known[number - 1] for number in dict.fromkeys(numbers or (1,))]
    await services.store.watches.remove(channel.id, [each.id for each in ended])
    return Reply(
        title=tr("Alert ended: {names}", names=listed([_said(each, topics) for each in ended])),
        lines=(
            sentence(
                "{count} left: {command}",
                count=str(len(known) - len(ended)),
                command=code("/watch"),
            ),
        ),
        changed=True,
        buttons=((alerts_button(),),),
        place=Place.EDIT,
    )


def end_command(watch: Watch) -> str:
    """Return what a button says that ends this watch and no other, whenever it is pressed."""
    return f"unwatch {MARK}{watch.id}"


def _over() -> Reply:
    return Reply(
        lines=(line(tr("This alert has ended already.")),),
        buttons=((alerts_button(),),),
        place=Place.TOAST,
    )


async def listing(channel: Channel, topics: Sequence[Topic], services: Services) -> Reply:
    """List what a chat watches for and follows, with a button to end each."""
    known = await services.store.watches.of_channel(channel.id)
    if not known:
        return Reply(
            title=tr("This chat has no alerts yet"),
            lines=(
                sentence("An alert at once on a new story: {example}", example=code(EXAMPLE)),
                line(tr(NARROWER)),
                sentence(
                    "An alert when a story changes: {command} after a briefing.",
                    command=code("/follow 1"),
                ),
            ),
            buttons=((digests_button(),),),
            place=Place.EDIT,
        )
    lines = watch_items(known, topics)
    buttons = [
        (
            Button(
                tr("End alert {number}: {words}", number=number, words=_said(each, topics)),
                end_command(each),
            ),
        )
        for number, each in enumerate(known[:SHOWN], 1)
    ]
    return Reply(
        title=tr("Alerts of this chat"),
        lines=(
            *lines,
            *alerts_lines(channel, services),
            sentence("End one: {command}", command=code("/unwatch 1")),
        ),
        buttons=(
            *buttons,
            (
                Button(tr("How many a day"), "settings alerts"),
                digests_button(),
            ),
        ),
        place=Place.EDIT,
    )


def watch_items(known: Sequence[Watch], topics: Sequence[Topic]) -> tuple[Line, ...]:
    """Return a numbered item for each alert of a chat: what a new story, or a change, is about."""
    return tuple(item(f"{number}. {_item(each, topics)}") for number, each in enumerate(known, 1))


def _item(watch: Watch, topics: Sequence[Topic]) -> str:
    said = _said(watch, topics)
    return said if watch.story_id is not None else tr("new stories: {words}", words=said)


def alerts_lines(channel: Channel, services: Services) -> tuple[Line, ...]:
    """Return how many alerts a chat gets and when, and until when they are muted."""
    now, until = services.clock(), channel.alerts_muted_until
    lines = [line(tr("Alerts: {alerts}.", alerts=alerts_shown(channel, services)))]
    if until == ENDLESS:
        lines.append(sentence("Muted until {command}.", command=code("/unmute alerts")))
    elif until is not None and until > now:
        when = appointed(until, channel.timezone, now)
        lines.append(
            sentence(
                "Muted until {when}; {command} ends that.",
                when=when,
                command=code("/unmute alerts"),
            )
        )
    return tuple(lines)


def refuse_more(known: Sequence[Watch]) -> None:
    """Raise UsageError where a chat has as many watches as it may have."""
    if len(known) >= MOST:
        raise UsageError(tr("A chat can have at most {most} alerts.", most=MOST), "/unwatch 1")


def _said(watch: Watch, topics: Sequence[Topic]) -> str:
    if watch.story_id is not None:
        return tr("changes of “{title}”", title=shortened(watch.headline, 60))
    return watch.filter.after(titles(watch.topics, topics))
