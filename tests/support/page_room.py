"""A store of invented news with digests that were sent, and the links that open their pages."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

from bot.ingest.pipeline import IngestPipeline
from bot.models import Briefing, Channel, CitedField, ParsedArticle, Topic
from bot.page_links import new_token
from bot.sources.files.samples import sample_articles
from bot.store import Store
from tests.bot.delivery.test_sender import ALL_DAYS, DUE, Desk
from tests.fakes.messenger import ScriptedMessenger
from tests.support.builders import an_address
from tests.support.scorer import built_in_scorer

PASSWORD = "correct horse battery staple"
ZONE = "Europe/Berlin"
BASE = "https://news.example.org"
LINK = re.compile(rf"{BASE}/d/([\w-]{{22}})")

RIGHT_TO_LEFT = ParsedArticle(
    title="بندرگاہ مارینڈا میں بجلی بحال، چالیس ہزار گھر روشن",
    text=(
        "بندرگاہ مارینڈا میں بجلی پیر کی صبح بحال کر دی گئی، گرڈ کے سربراہ نے بتایا۔ چالیس ہزار "
        "گھر دو دن تک تاریکی میں رہے۔\n\nانجینئر ابھی شمالی لائن (Line 7) کی مرمت کر رہے ہیں۔"
    ),
    url="https://roznama.example/bijli",
    source="روزنامہ ساحل",
    language="ur",
)


class Linking(ScriptedMessenger):
    """Shows the address of the page alone, and counts what it renders."""

    rendered = 0

    def parts(
        self, briefing: Briefing, heading: str, *, folded: bool = False, page: str = ""
    ) -> tuple[str, ...]:
        self.rendered += 1
        return (f"{heading} {page}",)


def linking(desk: Desk, web_url: str = BASE) -> Linking:
    """Let the digests of a desk end with links to pages below this address."""
    messenger = Linking()
    preparer = desk.digests.preparer
    object.__setattr__(preparer, "web_url", web_url)
    object.__setattr__(preparer, "messengers", dict.fromkeys(preparer.messengers, messenger))
    return messenger


@dataclass(frozen=True, slots=True)
class PageRoom:
    """What was sent last, and the tokens that open its page and the archive."""

    store: Store
    desk: Desk
    channel: Channel
    briefing: Briefing
    digest: str
    archive: str
    now: datetime


async def furnished(
    store: Store, *, days: int = 1, more: tuple[ParsedArticle, ...] = ()
) -> PageRoom:
    """The sample articles, and a daily digest of security and energy on each of some days."""
    desk = Desk(store)
    linking(desk)
    last = DUE + timedelta(days=days - 1)
    channel = await store.channels.ensure(
        an_address("-100200"), title="Morning desk", timezone=ZONE
    )
    await store.subscriptions.add(
        channel.id, ["security", "energy"], time(8, 30), ALL_DAYS, ZONE, 5, desk.clock(), DUE
    )
    late = replace(RIGHT_TO_LEFT, published_at=last - timedelta(hours=4))
    waiting = sorted(
        [*sample_articles(last), late, *more], key=lambda each: each.published_at or last
    )
    pipeline = IngestPipeline(store, built_in_scorer())
    for day in range(days):
        due = DUE + timedelta(days=day)
        while waiting and (waiting[0].published_at or last) <= due:
            article = waiting.pop(0)
            at = article.published_at or due
            await pipeline.add(article, source=None, now=max(at, desk.clock()))
        await desk.tick_at(due)
    digest = LINK.findall(desk.telegram.sent[-1][1])[0]
    archive = new_token()
    scope = await store.page_links.open(digest, DUE - timedelta(days=9))
    assert scope is not None
    assert scope.briefing_id is not None
    briefing = await store.briefings.get(scope.briefing_id)
    assert briefing is not None
    await store.page_links.open_archive(channel.id, archive, last)
    return PageRoom(store, desk, channel, briefing, digest, archive, last)


def topics() -> dict[str, Topic]:
    """The built-in topics by name."""
    return {topic.name: topic for topic in built_in_scorer().topics}


def paths_of(room: PageRoom) -> dict[str, str]:
    """The path of one page of each kind, by its name."""
    digest, archive = f"/d/{room.digest}", f"/c/{room.archive}"
    bullet = max(room.briefing.bullets, key=lambda each: each.sources_count)
    cited = [citation for each in room.briefing.bullets for citation in each.citations]
    citation = next(each for each in cited if each.field is CitedField.TEXT)
    marked = f"{citation.article_id}?start={citation.start}&end={citation.end}"
    return {
        "digest": digest,
        "story": f"{digest}/stories/{bullet.story_id}",
        "article": f"{digest}/articles/{marked}",
        "topic": f"{digest}/topics/energy",
        "archive": archive,
        "topics": f"{archive}/topics",
        "search": f"{archive}/search?q=power",
        "nothing": "/d/none",
    }


OPERATOR_PATHS = {
    "login": "/operator/login",
    "overview": "/operator",
    "sources": "/operator/sources",
    "digests": "/operator/digests",
    "channels": "/operator/channels",
    "corrections": "/operator/corrections",
    "changes": "/operator/changes",
}
"""The operator's pages by name."""
