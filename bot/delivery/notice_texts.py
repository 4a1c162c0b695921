"""The words of notices to operators: which digest, of which chat, what happened, what to do."""

from __future__ import annotations

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from bot.models import OPERATORS_OWN, Address, DigestName

ONE_EACH = 3
"""Up to this many digests get a notice each; more are gathered into one."""


def chat_name(address: Address, title: str) -> str:
    """A chat by its name and its address."""
    place = [address.platform.value, address.workspace, address.chat]
    where = " ".join(each for each in place if each)
    thread = f", thread {address.thread}" if address.thread else ""
    return f"“{title}” ({where}{thread})" if title else f"{where}{thread}"


def digest_name(digest: DigestName) -> str:
    """A digest by its number, topics, chat and due time in the chat's zone."""
    topics = " on " + ", ".join(digest.topics) if digest.topics else ""
    due = digest.due_at.astimezone(ZoneInfo(digest.timezone))
    when = f"{due:%a} {due.day} {due:%b %H:%M} {digest.timezone}"
    return f"digest {digest.id}{topics} for {chat_name(digest.address, digest.title)}, due {when}"


def not_sent(digests: Sequence[DigestName], count: int, happened: str, reason: str) -> list[str]:
    """Notices about digests that were not sent: one each, or one for all if they are many."""
    if count <= ONE_EACH:
        return [
            f"The {digest_name(each)}, {happened}: {reason}. To send it now: /resend {each.id}"
            for each in digests
        ]
    lines = [f"{count} digests {happened.replace('was', 'were')}: {reason}."]
    lines += [f"• {digest_name(each)}" for each in digests]
    more = count - len(digests)
    lines += [f"… and {more} more: see briefbot digest history"] if more else []
    return ["\n".join([*lines, "To send them all now: /resend all"])]


def may_be_missing(digest: DigestName, part: int, parts: int, reason: str) -> str:
    """The notice about a part that may not have arrived."""
    which = f"Part {part} of {parts} of the" if parts > 1 else "The"
    return (
        f"{which} {digest_name(digest)}, may not have arrived: {reason}. "
        f"If it is missing: /resend {digest.id}. If it arrived: /resend {digest.id} arrived"
    )


def stopped(address: Address, title: str, reason: str) -> str:
    """The notice about a chat that gets no digests any more."""
    again = "when somebody there types /resume"
    if address.platform in OPERATORS_OWN:
        again = f"after `briefbot subscribe {address.platform}:{address.chat}` with its topics"
    return (
        f"Digests to {chat_name(address, title)} have stopped: {reason}. They start again {again}"
    )
