"""/resend N: send the missing parts of a digest again; operators only."""

from __future__ import annotations

from bot.errors import UsageError
from bot.models import Command, Reply
from bot.render.wording import counted
from handlers.reply_lines import line
from handlers.services import Services

EXAMPLE = "/resend 12"


async def handle(command: Command, services: Services) -> Reply:
    """Mark the parts of a digest to be sent again."""
    number = command.args.strip().removeprefix("#")
    if not (number.isascii() and number.isdigit()):
        raise UsageError("Give the number of the digest, as in the notice.", EXAMPLE)
    parts = await services.store.digests.send_again(int(number), services.clock())
    if parts is None:
        told = f"Digest {number} was sent completely, is being sent, or does not exist."
    elif parts == 0:
        told = f"Digest {number} will be built and sent now."
    else:
        told = f"{counted(parts, 'part')} of digest {number} will be sent again."
    return Reply(lines=(line(told),))
