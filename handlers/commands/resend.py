"""/resend: what of a digest is not known to have arrived goes out again; for operators."""

from __future__ import annotations

from bot.errors import UsageError
from bot.models import Command, Reply
from bot.render.wording import counted
from handlers.reply_lines import line
from handlers.services import Services

EXAMPLE = "/resend 12"


async def handle(command: Command, services: Services) -> Reply:
    """Let the digest go again; it leaves with the next look at what is ready."""
    if not command.user.admin:
        return Reply(lines=(line("Only the bot's operators may send a digest again."),))
    number = command.args.strip().removeprefix("#")
    if not (number.isascii() and number.isdigit()):
        raise UsageError("Say which digest, by the number in the notice.", EXAMPLE)
    parts = await services.store.digests.send_again(int(number), services.clock())
    if parts is None:
        told = f"Digest {number} has arrived whole, is under way, or does not exist."
    elif parts == 0:
        told = f"Digest {number} is built and sent now."
    else:
        told = f"{counted(parts, 'part')} of digest {number} will be sent again."
    return Reply(lines=(line(told),))
