"""/resend N, N arrived, all: send again what is missing of digests; operators only."""

from __future__ import annotations

from datetime import timedelta

from bot.errors import UsageError
from bot.models import Command, Reply
from bot.render.phrases import counted
from handlers.reply_lines import line
from handlers.services import Services

EXAMPLE = "/resend 12"

LATELY = timedelta(hours=48)
"""How far back `/resend all` looks."""


async def handle(command: Command, services: Services) -> Reply:
    """Mark the parts of a digest to be sent again."""
    number, *rest = command.args.strip().removeprefix("#").lower().split() or [""]
    if number == "all" and not rest:
        return Reply(lines=(line(await _resend_all(services)),))
    if not (number.isascii() and number.isdigit()) or rest not in ([], ["arrived"]):
        raise UsageError(
            "Give the number of the digest, as in the notice: alone to send it again, with "
            "“arrived” if it has arrived, or “all” for all that were not sent lately.",
            EXAMPLE,
        )
    now = services.clock()
    if rest:
        noted = await services.store.digests.mark_arrived(int(number), now)
        told = "is noted as sent" if noted else "is not uncertain, or does not exist"
        return Reply(lines=(line(f"Digest {number} {told}."),))
    parts = await services.store.digests.send_again(int(number), now)
    if parts is None:
        told = f"Digest {number} was sent completely, is being sent, or does not exist."
    elif parts == 0:
        told = f"Digest {number} will be built and sent now."
    else:
        told = f"{counted(parts, 'part')} of digest {number} will be sent again."
    return Reply(lines=(line(told),))


async def _resend_all(services: Services) -> str:
    """Send again every recent digest that failed, was skipped or may be missing."""
    now = services.clock()
    found = await services.store.digests.not_arrived(now - LATELY)
    again = [
        each for each in found if await services.store.digests.send_again(each, now) is not None
    ]
    hours = LATELY // timedelta(hours=1)
    if not again:
        return f"Nothing of the last {hours} hours is missing."
    return f"{counted(len(again), 'digest')} of the last {hours} hours will be sent again."
