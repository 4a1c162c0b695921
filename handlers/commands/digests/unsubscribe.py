"""/unsubscribe: end the digests on a topic, or all of them."""

from __future__ import annotations

from collections.abc import Sequence

from bot.models import Button, Command, Place, Reply, Subscription, Topic
from handlers.context import channel_of, titles, topics_of
from handlers.parsing.topics import parse_names, says_all
from handlers.reply_lines import code, item, line
from handlers.services import Services
from handlers.time_format import rhythm

EXAMPLE = "/unsubscribe energy"


async def handle(command: Command, services: Services) -> Reply:
    """End the named topics; without names end the only subscription, or ask which one.

    The exact topics of a subscription end that one; others are removed from all.
    """
    channel = await channel_of(command, services)
    topics = await topics_of(channel, services)
    known = await services.store.subscriptions.of_channel(channel.id)
    subscribed = _subscribed(known)
    asked = parse_names(command.args, _with_gone(topics, subscribed), EXAMPLE)
    if not known:
        return Reply(lines=(line("This chat has no subscriptions."),))
    if not asked and len(known) > 1:
        return _which(known, topics)
    ending = [name for name in subscribed if not asked or name in asked]
    if not ending:
        return _not_subscribed(asked, subscribed, topics)
    same = [each.id for each in known if set(each.topics) == set(asked)]
    if same and not says_all(command.args):
        await services.store.subscriptions.remove_one(same[0])
    else:
        await services.store.subscriptions.remove(channel.id, ending)
    left = await services.store.subscriptions.of_channel(channel.id)
    lines = [item(f"{titles(each.topics, topics)}: {rhythm(each)}") for each in left]
    head = line("Still subscribed to:" if left else "This chat has no subscriptions now.")
    title = f"Unsubscribed from {titles(ending, topics)}"
    return Reply(
        title=title,
        lines=(head, *lines),
        changed=True,
        buttons=((Button("Add a digest", "setup"), Button("My digests", "subscriptions")),),
        place=Place.EDIT,
    )


def _subscribed(known: Sequence[Subscription]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for each in known for name in each.topics))


def _with_gone(topics: Sequence[Topic], subscribed: Sequence[str]) -> tuple[Topic, ...]:
    """Return the known topics and those that only exist in a subscription."""
    names = {topic.name for topic in topics}
    gone = (Topic(name, name, "", {}) for name in subscribed if name not in names)
    return (*topics, *gone)


def _which(known: Sequence[Subscription], topics: Sequence[Topic]) -> Reply:
    choices = [
        item(code(f"/unsubscribe {' '.join(each.topics)}"), f" ends {rhythm(each)}")
        for each in known
    ]
    every = item(code("/unsubscribe all"), " ends all")
    buttons = [
        (Button(f"End {titles(each.topics, topics)}", f"unsubscribe {' '.join(each.topics)}"),)
        for each in known[:8]
    ]
    return Reply(
        title="Which one?",
        lines=(*choices, every),
        buttons=(
            *buttons,
            (Button("End all", "unsubscribe all"), Button("Keep them", "subscriptions")),
        ),
        place=Place.EDIT,
    )


def _not_subscribed(
    asked: Sequence[str], subscribed: Sequence[str], topics: Sequence[Topic]
) -> Reply:
    return Reply(
        lines=(
            line(f"This chat is not subscribed to {titles(asked, topics)}."),
            line(f"It is subscribed to {titles(subscribed, topics)}."),
        )
    )
