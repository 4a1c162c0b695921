"""A page of one paragraph and perhaps a link, for a browser that may not run anything."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from hashlib import sha256
from html import escape

from starlette.responses import HTMLResponse

STYLE = (
    "body{font:1rem/1.5 system-ui,sans-serif;max-width:34rem;margin:4rem auto;padding:0 1rem;"
    "color:#1a1a1a;background:#fff}"
    "a{display:inline-block;padding:.6rem 1.2rem;border-radius:.4rem;background:#1f3a5f;"
    "color:#fff;text-decoration:none}"
    "@media(prefers-color-scheme:dark){body{color:#eee;background:#161616}}"
)

HEADERS = {
    "content-security-policy": (
        "default-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'none'; "
        f"style-src 'sha256-{base64.b64encode(sha256(STYLE.encode()).digest()).decode()}'"
    ),
    "cache-control": "no-store",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-robots-tag": "noindex",
}
"""The address of the page holds a code of Slack's: it is told nobody and kept nowhere."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page; `link` is an address and what stands on it."""

    title: str
    text: str
    link: tuple[str, str] | None = None

    def answer(self, status: int = 200) -> HTMLResponse:
        """The page as the answer to a request."""
        more = ""
        if self.link is not None:
            address, label = self.link
            more = f'<p><a href="{escape(address)}">{escape(label)}</a></p>'
        text = (
            '<!doctype html><html lang="en"><head><meta charset="utf-8">'
            '<meta name="viewport" content="width=device-width, initial-scale=1">'
            f"<title>{escape(self.title)}</title><style>{STYLE}</style></head>"
            f"<body><main><h1>{escape(self.title)}</h1><p>{escape(self.text)}</p>{more}</main>"
            "</body></html>"
        )
        return HTMLResponse(text, status, HEADERS)
