"""Checks of the pages: whether their public address leads to them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

import aiohttp

from bot.cli.checks.finding import Finding, fail, note, ok
from bot.web.headers import ALWAYS
from config.settings import Settings

ASK_SECONDS = 5.0

_OURS = "x-robots-tag"


def check_web_url(settings: Settings) -> Iterator[Finding]:
    """Whether links to pages are safe from those who read along."""
    if (settings.web_url or "").startswith("http://"):
        yield note(
            f"BRIEFBOT_WEB_URL={settings.web_url} is not https: who reads along sees the links and "
            "opens the pages; put a reverse proxy with TLS before them"
        )


async def check_pages(settings: Settings) -> AsyncIterator[Finding]:
    """Ask the public address for a small file of the pages."""
    base = settings.web_url
    if base is None:
        return
    timeout = aiohttp.ClientTimeout(total=ASK_SECONDS)
    try:
        async with (
            aiohttp.ClientSession(timeout=timeout, trust_env=True) as session,
            session.get(f"{base}/robots.txt", allow_redirects=False) as answer,
        ):
            ours = answer.headers.get(_OURS) == ALWAYS[_OURS]
            status = answer.status
    except (aiohttp.ClientError, TimeoutError, OSError) as error:
        reason = str(error) or "no answer"
        yield fail(f"BRIEFBOT_WEB_URL={base} cannot be reached ({reason}): {_remedy(settings)}")
        return
    if ours and status == 200:
        yield ok(f"the pages answer at {base}")
    else:
        told = f"BRIEFBOT_WEB_URL={base} answers with {status}, but not as the pages"
        yield fail(f"{told}: {_remedy(settings)}")


def _remedy(settings: Settings) -> str:
    where = f"{settings.pages_host}:{settings.pages_port}"
    return f"run `briefbot web`, and let the reverse proxy pass all paths to {where}"
