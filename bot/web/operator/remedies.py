"""What to do about a source or a digest that is not well."""

from __future__ import annotations

from bot.models import SendState, Standing
from bot.store import DigestState

FOR_SOURCES = {
    Standing.NEW: "Nothing: it is polled soon.",
    Standing.HEALTHY: "",
    Standing.STALE: "Look whether it still publishes; if it moved, add its new address.",
    Standing.FAILING: "Nothing yet: it is tried again. Open its address if it stays so.",
    Standing.GIVEN_UP: "Open its address. If it moved, add the new one; if it is gone, remove it.",
    Standing.ENDED: "Add its new address, or remove it.",
}
"""By the health of a source."""

_FOR_DIGESTS = {
    SendState.PENDING: "Nothing: it is prepared when it is due.",
    SendState.SENDING: "Nothing: it is on its way.",
    SendState.SENT: "",
    SendState.SKIPPED: "Send it again if readers still want it.",
    SendState.FAILED: "Mend the reason, then send it again.",
    SendState.UNCERTAIN: "Look into the chat. Send it again only if it is not there.",
}

_ENDED = {SendState.SKIPPED, SendState.FAILED, SendState.UNCERTAIN}


def for_digest(digest: DigestState) -> str:
    """What to do about a digest; "" for nothing."""
    return _FOR_DIGESTS[digest.state]


def may_resend(digest: DigestState) -> bool:
    """Whether a digest can be sent again: it has ended, and is not known to have arrived."""
    return digest.state in _ENDED
