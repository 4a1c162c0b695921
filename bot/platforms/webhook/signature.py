"""The signature of a webhook: who posts it, and when.

The form is that of Stripe: `t=1764403200,v1=…`, where v1 is the HMAC-SHA256, in hex, of the time, a
dot and the body. https://docs.stripe.com/webhooks#verify-manually
"""

from __future__ import annotations

import hashlib
import hmac
from datetime import datetime

HEADER = "Briefbot-Signature"


def signature(secret: str, body: bytes, now: datetime) -> str:
    """The value of the header for a body that is posted now."""
    stamp = int(now.timestamp())
    signed = hmac.new(secret.encode(), f"{stamp}.".encode() + body, hashlib.sha256)
    return f"t={stamp},v1={signed.hexdigest()}"
