"""/unsubscribe: end the digests on a topic, or all of them."""

from __future__ import annotations

from collections.abc import Sequence

from bot.languages import listed, tr
from bot.models import Button, Command, Place, Reply, Subscription, Topic
from bot.render.phrases import spans
from handlers.context import channel_of, digest_title, titles, topics_of, typed_end
from handlers.parsing.subscribe import UnsubscribeAsk, parse_unsubscribe
from handlers.reply_lines import code, item, line
from handlers.services import Services
from handlers.time_format import rhythm


async def handle(command: Command, services: Services) -> Reply:
    """End the named topics; without names end the only subscription, or ask which one.

    The exact topics and filter of a subscription end that one; other topics are removed from all.
    """
    channel = await channel_of(command, services)
    topics = await topics_of(channel, services)
    known = await services.store.subscriptions.of_channel(channel.id)
    subscribed = _subscribed(known)
    ask = parse_unsubscribe(command.args, _with_gone(topics, subscribed))
    asked = ask.topics
    if not known:
        return Reply(lines=(line(tr("This chat has no subscriptions.")),))
    if not (asked or ask.filter or ask.one) and len(known) > 1:
        return _which(known, topics)
    meant = [] if ask.every else _meant(ask, known)
    ending = [name for name in subscribed if not asked or name in asked]
    if not ending or ((ask.filter or ask.one) and not meant):
        return _not_subscribed(ask, known, topics)
    for each in meant:
        await services.store.subscriptions.remove_one(each.id)
    if not meant:
        await services.store.subscriptions.remove(channel.id, ending)
    left = await services.store.subscriptions.of_channel(channel.id)
    still = {each.id for each in left}
    gone = [each for each in known if each.id not in still]
    head = line(tr("Still subscribed to:") if left else tr("This chat has no subscriptions now."))
    ended = listed([*dict.fromkeys(digest_title(each, topics) for each in meant)])
    title = tr("Unsubscribed from {topics}", topics=ended or titles(ending, topics))
    return Reply(
        title=title,
        lines=(
            *(
                item(tr("ended: {digest}", digest=_described(e, topics)))
                for e in gone
                if len(gone) > 1
            ),
            head,
            *(item(_described(each, topics)) for each in left),
        ),
        changed=True,
        buttons=((Button(tr("Add a digest"), "setup"), Button(tr("My digests"), "subscriptions")),),
        place=Place.EDIT,
    )


def _described(digest: Subscription, topics: Sequence[Topic]) -> str:
    return f"{digest_title(digest, topics)}: {rhythm(digest)}"


def _meant(ask: UnsubscribeAsk, known: Sequence[Subscription]) -> list[Subscription]:
    """Return the subscriptions on exactly these topics, or with this filter."""
    named = [each for each in known if not ask.topics or set(each.topics) == set(ask.topics)]
    if ask.one:
        named = [e for e in named if e.weekly == ask.weekly and ask.at in (None, e.at)]
    same = [each for each in named if each.filter == ask.filter]
    if same or ask.filter or ask.one:
        return same
    return named if ask.topics else []


def _subscribed(known: Sequence[Subscription]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for each in known for name in each.topics))


def _with_gone(topics: Sequence[Topic], subscribed: Sequence[str]) -> tuple[Topic, ...]:
    """Return the known topics and those that only exist in a subscription."""
    names = {topic.name for topic in topics}
    gone = (Topic(name, name, "", {}) for name in subscribed if name not in names)
    return (*topics, *gone)


def _which(known: Sequence[Subscription], topics: Sequence[Topic]) -> Reply:
    choices = [
        item(
            *spans(
                "{command} ends {digest}",
                command=code(f"/unsubscribe {typed_end(each, known)}"),
                digest=rhythm(each),
            )
        )
        for each in known
    ]
    every = item(*spans("{command} ends all", command=code("/unsubscribe all")))
    buttons = [
        (
            Button(
                tr("End {digest}", digest=digest_title(each, topics)),
                f"unsubscribe {typed_end(each, known)}",
            ),
        )
        for each in known[:8]
    ]
    return Reply(
        title=tr("Which one?"),
        lines=(*choices, every),
        buttons=(
            *buttons,
            (Button(tr("End all"), "unsubscribe all"), Button(tr("Keep them"), "subscriptions")),
        ),
        place=Place.EDIT,
    )


def _not_subscribed(
    ask: UnsubscribeAsk, known: Sequence[Subscription], topics: Sequence[Topic]
) -> Reply:
    about = ask.filter.after(titles(ask.topics, topics))
    subscribed = listed([*dict.fromkeys(digest_title(each, topics) for each in known)])
    if ask.one:
        when = tr("weekly") if ask.weekly else tr("at {time}", time=f"{ask.at:%H:%M}")
        about = f"{about} {when}".strip()
    return Reply(
        lines=(
            line(tr("This chat is not subscribed to {topics}.", topics=about)),
            line(tr("It is subscribed to {topics}.", topics=subscribed)),
        )
    )
