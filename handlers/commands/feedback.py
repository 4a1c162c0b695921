"""/like N, /dislike N: what readers want more and less of; what was learned from it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bot.errors import UsageError
from bot.languages import marked, plural, tr
from bot.models import Bullet, Button, Channel, Command, Place, Reply
from bot.render.buttons import WITH_A_WORD, briefing_rows
from handlers.choices import which_bullet
from handlers.context import briefing_asked_for, bullet_asked_for, channel_of
from handlers.reply_lines import code, item, line, sentence
from handlers.services import Services
from summarizer.language.content_words import STOP, words

SHORTEST = 4
"""Letters of a word that a vote is about."""

WORDS = 8
"""Words of a headline that a vote is about."""

SHOWN = 8
"""Sources and words that are listed, those with the most votes first."""

LEARNING = frozenset({"learning", "learned", "feedback", "taste", "tastes", "likes"})
"""Names of the setting that shows what was learned."""

NOTHING_LEARNED = marked(
    "I have learned nothing yet: 👍 and 👎 under briefings tell me what you want."
)


async def like(command: Command, services: Services) -> Reply:
    """Note that stories like a bullet's are wanted."""
    return await _voted(command, services, 1)


async def dislike(command: Command, services: Services) -> Reply:
    """Note that stories like a bullet's are not wanted."""
    return await _voted(command, services, -1)


async def keyboard(command: Command, services: Services) -> Reply:
    """Show the buttons of a briefing again, after those to choose a bullet."""
    channel = await channel_of(command, services)
    briefing = await briefing_asked_for(command, channel, services)
    return Reply(place=Place.KEYBOARD, buttons=briefing_rows(briefing) if briefing else ())


async def learned(channel: Channel, services: Services) -> Reply:
    """List what was learned from the votes of a channel."""
    sources, about = await services.store.votes.sums(channel.id)
    more, less = [*_wanted(sources, about, 1)], [*_wanted(sources, about, -1)]
    if not (more or less):
        back = ((Button(tr("‹ All settings"), "settings"),),)
        return Reply(lines=(line(tr(NOTHING_LEARNED)),), buttons=back, place=Place.EDIT)
    lines = [item(tr("more: "), ", ".join(more))] if more else []
    lines += [item(tr("less: "), ", ".join(less))] if less else []
    return Reply(
        title=tr("Learned from 👍 and 👎 in this chat"),
        lines=(*lines, sentence("Forget it: {command}", command=code("/settings learning reset"))),
        buttons=(
            (
                Button(tr("Forget what was learned"), "settings learning reset"),
                Button(tr("‹ All settings"), "settings"),
            ),
        ),
        place=Place.EDIT,
    )


async def forget(channel: Channel, services: Services) -> Reply:
    """Delete what was learned from the votes of a channel."""
    count = await services.store.votes.reset(channel.id)
    return Reply(
        title=tr("Forgotten what I learned"),
        lines=(line(plural(count, "{count} vote deleted.", "{count} votes deleted.")),),
        changed=count > 0,
        buttons=((Button(tr("‹ All settings"), "settings"),),),
        place=Place.EDIT,
    )


async def _voted(command: Command, services: Services, vote: int) -> Reply:
    channel = await channel_of(command, services)
    briefing = await briefing_asked_for(command, channel, services)
    if briefing is not None and len(briefing.bullets) > 1 and not command.args.strip():
        return _which(len(briefing.bullets), "like" if vote > 0 else "dislike")
    asked = await bullet_asked_for(command, channel, services)
    if not channel.id:
        raise UsageError(tr("I cannot save anything right now."), "/status")
    await services.store.votes.add(
        channel.id,
        command.user.id,
        asked.bullet.story_id,
        vote,
        sources=sorted({each.source for each in asked.bullet.citations}),
        words=_about(asked.bullet),
        now=services.clock(),
    )
    if vote > 0:
        noted = tr(
            "Noted. More like bullet {number} in this chat's briefings.", number=asked.number
        )
    else:
        noted = tr(
            "Noted. Less like bullet {number} in this chat's briefings.", number=asked.number
        )
    return Reply(
        lines=(
            line(noted),
            sentence("What briefbot has learned: {command}", command=code("/settings learning")),
        ),
        briefing_id=asked.briefing.id,
        place=Place.TOAST,
    )


def _which(count: int, name: str) -> Reply:
    if name == "like":
        question, label = (
            tr("Which one should this chat get more of?"),
            marked("👍 More like {number}"),
        )
    else:
        question, label = (
            tr("Which one should this chat get less of?"),
            marked("👎 Less like {number}"),
        )
    buttons = [Button(tr(label, number=each), f"{name} {each}") for each in range(1, count + 1)]
    return which_bullet(question, f"/{name} 2", buttons, WITH_A_WORD)


def _about(bullet: Bullet) -> list[str]:
    """The content words of the headline that the bullet rests on."""
    titles = [each.title for each in bullet.citations[:1]] or [bullet.text]
    found = (each for each in words(titles[0]) if len(each) >= SHORTEST and each not in STOP)
    return [*dict.fromkeys(found)][:WORDS]


def _wanted(sources: Mapping[str, int], about: Mapping[str, int], sign: int) -> Iterator[str]:
    """Name sources and words with votes of this sign, those with the most votes first."""
    found = [(name, votes) for each in (sources, about) for name, votes in each.items()]
    ordered = sorted(found, key=lambda pair: (-sign * pair[1], pair[0]))
    yield from (f"{name} ({votes:+d})" for name, votes in ordered[:SHOWN] if sign * votes > 0)
