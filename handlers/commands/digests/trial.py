"""/try: this chat's digest now, as a test that tells nothing as told."""

from __future__ import annotations

from datetime import datetime

from bot.digests.contents import Contents
from bot.digests.due import next_digest
from bot.errors import UsageError
from bot.languages import marked, tr
from bot.models import Button, Channel, Command, Reply, Subscription
from handlers.context import channel_of, digest_title, topics_of, typed_digest
from handlers.parsing.topics import parse_names
from handlers.reply_lines import line
from handlers.services import Services
from handlers.time_format import next_time, rhythm

EXAMPLE = "/try"

UNCHANGED = marked("This test does not change the next digest.")


async def handle(command: Command, services: Services) -> Reply:
    """Build the digest of the subscription that is named, else of the one that is due first."""
    now = services.clock()
    channel = await channel_of(command, services)
    topics = await topics_of(channel, services)
    names = parse_names(command.args, topics, EXAMPLE)
    known = await services.store.subscriptions.of_channel(channel.id)
    chosen = _chosen(known, names, channel, now)
    if chosen is None:
        raise UsageError(tr("This chat gets no such digest yet."), "/setup")
    builtin = {topic.name: topic for topic in services.scorer.topics}
    contents = Contents(services.store, services.builder, builtin)
    briefing = await contents.preview(chosen.id, now)
    if briefing is None:
        raise UsageError(tr("That digest has just ended."), "/subscriptions")
    what = tr(
        "{digest}, {rhythm}. Next: {when}.",
        digest=digest_title(chosen, topics),
        rhythm=rhythm(chosen),
        when=next_time(chosen, channel, now),
    )
    if not briefing.bullets:
        return Reply(
            title=tr("Test: nothing new"),
            lines=(
                line(what),
                line(tr("A digest now would say that there is nothing new.")),
                line(tr(UNCHANGED)),
            ),
            buttons=((Button(tr("Last 7 days"), f"brief {typed_digest(chosen)} 7d"),),),
        )
    await services.store.briefings.add(briefing, channel.id)
    return Reply(
        title=tr("Test of the digest"),
        lines=(line(what), line(tr(UNCHANGED))),
        briefing=briefing,
        briefing_id=briefing.id,
    )


def _chosen(
    known: list[Subscription], names: tuple[str, ...], channel: Channel, now: datetime
) -> Subscription | None:
    meant = [each for each in known if not names or set(names) <= set(each.topics)]
    return min(meant, key=lambda each: next_digest(each, channel, now), default=None)
