"""The headers of every answer: a browser runs nothing, loads nothing from elsewhere, tells nobody.

https://developer.mozilla.org/docs/Web/HTTP/Guides/CSP
"""

from __future__ import annotations

from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "img-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)

ALWAYS = {
    "content-security-policy": POLICY,
    "referrer-policy": "no-referrer",
    "x-robots-tag": "noindex, nofollow, noarchive",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), browsing-topics=()",
}

_ENCODED = [(name.encode(), value.encode()) for name, value in ALWAYS.items()]
_NOT_KEPT = (b"cache-control", b"no-store")


class Guarded:
    """An application whose every answer carries these headers; no answer is kept unless it says."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = list(message.get("headers", ()))
                kept = any(name.lower() == _NOT_KEPT[0] for name, _ in headers)
                more = _ENCODED if kept else [*_ENCODED, _NOT_KEPT]
                message = {**message, "headers": [*headers, *more]}
            await send(message)

        await self._app(scope, receive, guarded)
