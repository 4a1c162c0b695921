"""/unsubscribe: end the digests on a topic, or all of them; a button asks before."""

from __future__ import annotations

from collections.abc import Sequence

from bot.languages import listed, plural, tr
from bot.models import Button, Channel, Command, Place, Reply, Subscription, Topic
from bot.render.buttons import digests_button
from bot.render.phrases import spans
from bot.render.silence import shortened
from handlers.context import (
    channel_of,
    digest_title,
    timed_digest,
    titles,
    topics_of,
    typed_digest,
    typed_end,
)
from handlers.parsing.subscribe import UnsubscribeAsk, parse_unsubscribe
from handlers.parsing.tokens import first_and_rest
from handlers.reply_lines import code, item, line
from handlers.services import Services
from handlers.time_format import rhythm, soonest_time

LONGEST_TITLE = 19
"""Characters of a digest's title on a button, behind which its time must be seen."""

SURE = "yes"
"""The first word of what the button of a question says; then, for several digests, how many."""

_COUNTS = frozenset(map(str, range(2, 100)))


async def handle(command: Command, services: Services) -> Reply:
    """End the named topics; without names end the only subscription, or ask which one.

    The exact topics and filter of a subscription end that one; other topics are removed from all,
    but only where they are typed: a pressed button is about digests that it was shown with.
    """
    channel = await channel_of(command, services)
    topics = await topics_of(channel, services)
    known = await services.store.subscriptions.of_channel(channel.id)
    subscribed = _subscribed(known)
    sure, args = _sure_of(command)
    ask = parse_unsubscribe(args, _with_gone(topics, subscribed))
    asked = ask.topics
    if not known:
        return Reply(lines=(line(tr("This chat gets no digests.")),))
    if not (asked or ask.filter or ask.one) and len(known) > 1:
        return _which(known, topics)
    meant = [] if ask.every else _meant(ask, known, exactly=command.pressed)
    ending = [name for name in subscribed if not asked or name in asked]
    whole = ask.filter or ask.one or (command.pressed and not ask.every)
    if not ending or (whole and not meant):
        return _not_subscribed(ask, known, topics)
    if command.pressed and not (sure if ask.every else sure == len(meant)):
        typed = timed_digest(meant[0]) if len(meant) == 1 else f"{len(meant)} {args}"
        return _sure_question(
            meant or known, "all" if ask.every else typed, channel, topics, services
        )
    for each in meant:
        await services.store.subscriptions.remove_one(each.id)
    if not meant:
        await services.store.subscriptions.remove(channel.id, ending)
    left = await services.store.subscriptions.of_channel(channel.id)
    still = {each.id for each in left}
    gone = [each for each in known if each.id not in still]
    head = line(tr("Digests that stay:") if left else tr("This chat gets no digests now."))
    ended = listed([*dict.fromkeys(digest_title(each, topics) for each in meant)])
    return Reply(
        title=tr("Digest ended: {topics}", topics=ended or titles(ending, topics)),
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
        buttons=(
            (
                Button(tr("Add a digest"), "setup"),
                digests_button(),
            ),
        ),
        place=Place.EDIT,
    )


def end_button(digest: Subscription, topics: Sequence[Topic], names: str) -> Button:
    """Return the button that asks whether to end a digest, which is `names` among the others."""
    when = tr("weekly") if digest.weekly else f"{digest.at:%H:%M}"
    label = tr("End {digest} digest, {when}", digest=_short(digest, topics), when=when)
    return Button(label, f"unsubscribe {names}")


def change_button(digest: Subscription, topics: Sequence[Topic]) -> Button:
    """Return the button that asks for another time of the only daily digest on its topics."""
    label = tr("{digest}: change time", digest=_short(digest, topics))
    return Button(label, f"setup {typed_digest(digest)}")


def _short(digest: Subscription, topics: Sequence[Topic]) -> str:
    return shortened(digest_title(digest, topics), LONGEST_TITLE)


def _sure_of(command: Command) -> tuple[int, str]:
    """Return how many digests a pressed button ends at once, and the other words of the command.

    Only the answer to a question does; 0 is every other command, also each that is typed.
    """
    first, rest = first_and_rest(command.args)
    if not (command.pressed and rest and first == SURE):
        return 0, command.args
    count, others = first_and_rest(rest)
    return (int(count), others) if others and count in _COUNTS else (1, rest)


def _sure_question(
    ending: Sequence[Subscription],
    typed: str,
    channel: Channel,
    topics: Sequence[Topic],
    services: Services,
) -> Reply:
    """Ask whether to end these digests, which are `typed` so; nothing is changed."""
    now = services.clock()
    named = listed([*dict.fromkeys(digest_title(each, topics) for each in ending)])
    yes = plural(len(ending), "Yes, end this digest", "Yes, end these {count} digests")
    return Reply(
        title=plural(
            len(ending),
            "End this digest: {topics}?",
            "End these {count} digests: {topics}?",
            topics=named,
        ),
        lines=(
            *(item(_described(each, topics)) for each in ending),
            line(tr("The next would come {when}.", when=soonest_time(ending, channel, now))),
        ),
        buttons=(
            (
                Button(yes, f"unsubscribe {SURE} {typed}"),
                Button(tr("No, keep it"), "subscriptions"),
            ),
        ),
        place=Place.EDIT,
    )


def _described(digest: Subscription, topics: Sequence[Topic]) -> str:
    return f"{digest_title(digest, topics)}: {rhythm(digest)}"


def _meant(
    ask: UnsubscribeAsk, known: Sequence[Subscription], *, exactly: bool
) -> list[Subscription]:
    """Return the subscriptions on exactly these topics, or with this filter.

    Topics without a filter mean those with one too, where there are no others, unless `exactly`.
    """
    named = [each for each in known if not ask.topics or set(each.topics) == set(ask.topics)]
    if ask.one:
        named = [e for e in named if e.weekly == ask.weekly and ask.at in (None, e.at)]
    same = [each for each in named if each.filter == ask.filter]
    whole = ask.filter or ask.one or (exactly and ask.topics)
    return same if same or whole else named


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
    buttons = [(end_button(each, topics, typed_end(each, known)),) for each in known[:8]]
    return Reply(
        title=tr("End which digest?"),
        lines=(*choices, every),
        buttons=(
            *buttons,
            (
                Button(tr("End all digests"), "unsubscribe all"),
                Button(tr("Keep all digests"), "subscriptions"),
            ),
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
            line(tr("This chat gets no digest on {topics}.", topics=about)),
            line(tr("Its digests are on {topics}.", topics=subscribed)),
        )
    )
