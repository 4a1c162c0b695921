"""/withdraw N: a bullet is withdrawn; every channel that got it is told once."""

from __future__ import annotations

from dataclasses import replace

from bot.errors import UsageError
from bot.models import Command, Reply, withdrawal_of
from bot.render.phrases import counted
from handlers.context import bullet_asked_for, channel_of
from handlers.reply_lines import bold, item, line
from handlers.services import Services
from handlers.time_format import local_day

EXAMPLE = "/withdraw 2 the agency has taken its report back"

LONGEST_REASON = 300
"""Characters of a reason, which every channel reads."""

SHOWN = 10


async def handle(command: Command, services: Services) -> Reply:
    """Withdraw the bullet; without a number, list what was withdrawn."""
    number, _, reason = command.args.strip().partition(" ")
    if not number:
        return await _listed(command, services)
    reason = " ".join(reason.split())
    if len(reason) > LONGEST_REASON:
        raise UsageError(f"Give a reason of at most {LONGEST_REASON} characters.", EXAMPLE)
    channel = await channel_of(command, services)
    asked = await bullet_asked_for(replace(command, args=number), channel, services)
    now = services.clock()
    new = await services.store.withdrawals.add(withdrawal_of(asked.bullet, reason, now))
    stored = await services.store.withdrawals.find(asked.bullet.story_id, asked.bullet.text)
    readers = await services.store.withdrawals.note_readers(stored) if stored else 0
    return Reply(
        title=f"Withdrawn: bullet {asked.number}" if new else "That bullet was withdrawn before",
        lines=(
            asked.line(channel, now),
            line(asked.bullet.text),
            line(f"{counted(readers, 'chat')} got it; each is told once that it is withdrawn."),
            line("Nothing that it rests on is told again."),
        ),
        briefing_id=asked.briefing.id,
        changed=new,
        private=True,
    )


async def _listed(command: Command, services: Services) -> Reply:
    channel = await channel_of(command, services)
    found = await services.store.withdrawals.latest(SHOWN)
    if not found:
        raise UsageError("Nothing was withdrawn yet.", EXAMPLE)
    lines = [
        item(bold(local_day(each.at, channel.timezone)), f": {each.text} ", f"({each.reason})")
        if each.reason
        else item(bold(local_day(each.at, channel.timezone)), f": {each.text}")
        for each in found
    ]
    return Reply(title="Withdrawn bullets", lines=tuple(lines), private=True)
