"""Links that open the bot with a command: https://core.telegram.org/bots/features#deep-linking

Anybody can make such a link, so only commands that change nothing are opened by one.
"""

from __future__ import annotations

import re
from urllib.parse import quote

from bot.models import Opens

PAYLOAD_LENGTH = 64
"""Characters of a payload, of `A-Za-z0-9_-`."""

OPENED = frozenset({"brief", "setup", "story", "topics", "help"})
"""The commands that a link may open: one that would change something is dropped later."""

ASKS = "setup"
"""The command that asks for what is missing: one topic leaves the hour to the person."""

_WORDS = re.compile(r"[A-Za-z0-9-]+(?: [A-Za-z0-9-]+)*", re.ASCII)
_PAYLOAD = re.compile(r"[A-Za-z0-9_-]{1,64}", re.ASCII)


def payload(line: str) -> str:
    """Return a command line as a payload, "setup energy" as "setup_energy"; "" if it has none."""
    fits = len(line) <= PAYLOAD_LENGTH and _WORDS.fullmatch(line)
    return line.replace(" ", "_") if fits else ""


def opened(text: str) -> str:
    """Return the command line of a payload; "" where it names no command that may be opened."""
    if not _PAYLOAD.fullmatch(text):
        return ""
    name, *words = text.replace("_", " ").split() or [""]
    kept = words[:1] if name == ASKS else words
    return " ".join([name, *kept]) if name in OPENED else ""


def link(bot: str, line: str, opens: Opens) -> str:
    """Return the link of a button to the bot of this name; "" if its command has no payload."""
    start, there = payload(line), f"https://t.me/{bot}"
    if not (start and bot):
        return ""
    match opens:
        case Opens.GROUP:
            return f"{there}?startgroup={start}"
        case Opens.CHANNEL:
            return f"{there}?startchannel&admin=post_messages"
        case Opens.SHARE:
            shared = quote(f"{there}?start={start}", safe="")
            return f"https://t.me/share/url?url={shared}"
        case Opens.HERE:
            return f"{there}?start={start}"
