"""A store in which everything that others write is hostile, and a digest of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import time, timedelta

from bot.models import (
    Change,
    Channel,
    FetchState,
    Role,
    SendState,
    Source,
    SourceKind,
    Told,
    withdrawal_of,
)
from bot.page_links import new_token
from bot.store import Store
from tests.bot.delivery.test_sender import ALL_DAYS, DUE, Desk
from tests.support.builders import (
    a_briefing,
    a_bullet,
    a_citation,
    a_section,
    an_address,
    an_article,
)
from tests.support.page_room import PageRoom

MARKUP = (
    '</title></style></textarea><script>alert("ran")</script>'
    '<img src="https://evil.example/a.png" onerror="alert(1)">'
    "<svg onload=alert(2)><style>@import 'https://evil.example/x.css'</style>"
    "<base href=https://evil.example/><meta http-equiv=refresh content='0;url=https://evil.example'>"
    '" onmouseover="alert(3)" style="background:url(https://evil.example)" {{ 7*7 }} {% raw %}'
)
BIDI = "\u202egnp.exe\u202c \u2067abc\u2069 \u200f\u200b\u2066 \U000e0041\ufeff\u061c"
LONG = "x" * 1_000_000
LINKS = ("javascript:alert(4)", "data:text/html,<script>alert(5)</script>", "vbscript:x", "//evil")
TEXTS = (MARKUP, BIDI, LONG, f"{MARKUP} {BIDI} " * 40, "&" * 5_000, "\u0000\u0007 \ud7ff")


async def hostile_room(store: Store) -> PageRoom:
    """Articles, names and reasons that are all hostile; a digest of six bullets on them."""
    await store.migrate()
    articles = [
        an_article(
            text,
            f"{text[:2000]} Nine people were killed, {MARKUP} said.\n\n{text}",
            id=f"hostile-{number}",
            source=text,
            url=LINKS[number % len(LINKS)],
            language='en" onload="alert(6)',
            published_at=DUE - timedelta(hours=number + 1),
            topics=["energy"],
            story_id="hostile",
        )
        for number, text in enumerate(TEXTS)
    ]
    for article in articles:
        await store.articles.add(article)
    channel = await store.channels.ensure(an_address("-1"), title=MARKUP, timezone="UTC")
    bullets = [
        a_bullet(
            article.text[:3000],
            story_id="hostile",
            citations=[replace(a_citation(article, article.text[:900]), affiliation=MARKUP)],
            change=MARKUP,
        )
        for article in articles
    ]
    briefing = a_briefing(replace(a_section("energy", *bullets), title=MARKUP), id="hostile")
    briefing = replace(briefing, created_at=DUE)
    digest, archive = new_token(), new_token()
    await store.briefings.add(briefing, channel.id, token=digest)
    await store.page_links.open_archive(channel.id, archive, DUE)
    await _operators(store, channel)
    desk = Desk(store)
    return PageRoom(store, desk, channel, briefing, digest, archive, DUE)


async def _operators(store: Store, channel: Channel) -> None:
    """What the operator sees: a failed digest, a broken source, a change."""
    subscription = await store.subscriptions.add(
        channel.id, ["energy"], time(7, 30), ALL_DAYS, "UTC", 5, DUE, DUE
    )
    await store.digests.open(
        subscription,
        DUE.date(),
        DUE,
        DUE + timedelta(days=1),
        late=False,
        state=SendState.FAILED,
        reason=f"{MARKUP} {LONG}",
        now=DUE,
    )
    state = FetchState(error=f"{MARKUP} {LONG}", failures=3, next_at=DUE)
    url = f"https://{MARKUP}.example/{LONG}"
    await store.sources.add(Source(MARKUP, SourceKind.FEED, url, "evil", state=state))
    await store.channels.disable(channel.id, MARKUP, now=DUE)
    person = {"user_id": MARKUP, "user_name": BIDI + MARKUP, "role": Role.ADMIN}
    change = Change(channel_id=channel.id, at=DUE, command=MARKUP, args=LONG, **person)  # type: ignore[arg-type]
    await store.changes.add(change)
    await store.told.remember(channel.id, [Told("hostile", MARKUP, DUE, by_digest=True)])
    bullet = a_bullet(TEXTS[0][:3000], story_id="hostile", citations=[])
    await store.withdrawals.add(withdrawal_of(bullet, f"{MARKUP} {LONG}", DUE))
