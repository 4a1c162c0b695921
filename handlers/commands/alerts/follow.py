"""/follow N: an alert, once, for each change of the story of bullet N."""

from __future__ import annotations

from bot.languages import tr
from bot.models import Button, Command, Place, Reply
from bot.render.buttons import WITH_A_WORD
from bot.render.silence import shortened
from handlers.choices import which_bullet
from handlers.commands.alerts.watch import alerts_lines, refuse_more
from handlers.context import briefing_asked_for, bullet_asked_for, channel_of
from handlers.reply_lines import code, line, sentence
from handlers.services import Services


async def handle(command: Command, services: Services) -> Reply:
    """Follow the story of a bullet; without a number, ask which."""
    channel = await channel_of(command, services)
    briefing = await briefing_asked_for(command, channel, services)
    if briefing is not None and len(briefing.bullets) > 1 and not command.args.strip():
        return _which(len(briefing.bullets))
    asked = await bullet_asked_for(command, channel, services)
    bullet, now = asked.bullet, services.clock()
    title = bullet.citations[0].title if bullet.citations else bullet.text
    known = await services.store.watches.of_channel(channel.id)
    followed = next((each for each in known if each.story_id == bullet.story_id), None)
    headline = followed.headline or title if followed else title
    if followed is None:
        refuse_more(known)
        said = [e.text for e in asked.briefing.bullets if e.story_id == bullet.story_id]
        await services.store.watches.follow(
            channel.id,
            bullet.story_id,
            headline=title,
            told="\n".join(said),
            told_at=asked.briefing.created_at,
            now=now,
        )
    return Reply(
        lines=(
            line(_told(shortened(headline), again=followed is not None)),
            *alerts_lines(channel, services),
            sentence("End it: {command}", command=code("/unwatch")),
        ),
        briefing_id=asked.briefing.id,
        changed=followed is None,
        place=Place.TOAST,
        gets_digests=True,
    )


def _told(title: str, *, again: bool) -> str:
    if again:
        return tr("There is an alert already for each change of “{title}”.", title=title)
    return tr("New alert: each change of “{title}”, once.", title=title)


def _which(count: int) -> Reply:
    question = tr("An alert when which story changes?")
    buttons = [
        Button(tr("🔔 Story {number}", number=each), f"follow {each}")
        for each in range(1, count + 1)
    ]
    return which_bullet(question, "/follow 2", buttons, WITH_A_WORD)
