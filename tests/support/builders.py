"""Builders of each noun with default values; a test names only the values that matter to it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta

from bot.models import (
    Address,
    Article,
    Briefing,
    Bullet,
    BulletStatus,
    Channel,
    Citation,
    Command,
    Coverage,
    Delivery,
    Digest,
    Dropped,
    Engine,
    ParsedArticle,
    Platform,
    Section,
    SendState,
    Story,
    Subscription,
    Told,
    Topic,
    TopicScore,
    User,
    Window,
)

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
"""The present in every test that does not choose its own: a Monday, noon."""

TODAY = date(2026, 11, 23)
"""The date of NOW."""

DAY = Window(NOW - timedelta(hours=24), NOW)
"""The day before NOW."""


def ago(*, days: float = 0, hours: float = 0, minutes: float = 0) -> datetime:
    """The instant that many days, hours and minutes before NOW."""
    return NOW - timedelta(days=days, hours=hours, minutes=minutes)


def a_window(*, hours: float = 24, until: datetime = NOW) -> Window:
    return Window(until - timedelta(hours=hours), until)


def a_score(topic: str = "energy", score: float = 0.8, *reasons: str) -> TopicScore:
    return TopicScore(topic, score, reasons or ("power grid ×2",))


def an_article(
    title: str = "Storm cuts power to the coast",
    text: str | None = None,
    *,
    id: str | None = None,  # noqa: A002 - the article's own word
    source: str = "Coast Herald",
    published_at: datetime | None = None,
    fetched_at: datetime = NOW,
    url: str | None = "",
    category: str | None = None,
    author: str | None = None,
    summary: str | None = None,
    language: str | None = "en",
    topics: Iterable[TopicScore | str] = (),
    story_id: str | None = None,
) -> Article:
    """An article whose id and content hash are computed from its source, title and text.

    A topic may be given by its name; `url=""` generates an address.
    """
    body = text if text is not None else f"{title}. It was reported on Monday."
    name = id or _hash(source, title)
    return Article(
        id=name,
        title=title,
        text=body,
        source=source,
        published_at=published_at or ago(hours=2),
        fetched_at=fetched_at,
        content_hash=_hash(title, body),
        url=f"https://news.example/{name}" if url == "" else url,
        category=category,
        author=author,
        summary=summary,
        language=language,
        topics=tuple(a_score(topic) if isinstance(topic, str) else topic for topic in topics),
        story_id=story_id,
    )


def a_parsed_article(
    title: str = "Storm cuts power to the coast",
    text: str = "Storm cuts power to the coast. It was reported on Monday.",
    *,
    url: str | None = "https://news.example/storm",
    key: str | None = None,
    source: str | None = "Coast Herald",
    published_at: datetime | None = None,
) -> ParsedArticle:
    return ParsedArticle(
        title=title,
        text=text,
        url=url,
        key=key,
        source=source,
        published_at=published_at or ago(hours=2),
    )


def a_story(
    *articles: Article,
    id: str = "story-1",  # noqa: A002 - the story's own word
    headline: str | None = None,
) -> Story:
    """A story of these articles (one, when none is given), oldest first."""
    members = tuple(sorted(articles or (an_article(),), key=lambda each: each.published_at))
    return Story(
        id=id,
        headline=headline or members[0].title,
        first_seen=members[0].published_at,
        last_seen=members[-1].published_at,
        articles=members,
    )


def a_topic(
    name: str = "energy",
    *,
    terms: dict[str, float] | None = None,
    exclusions: Sequence[str] = (),
    channel_id: int | None = None,
) -> Topic:
    return Topic(
        name=name,
        title=name.capitalize(),
        description=f"All about {name}.",
        terms=terms or {"power grid": 2.0, "oil": 1.0},
        exclusions=tuple(exclusions),
        channel_id=channel_id,
    )


def a_citation(article: Article | None = None, quote: str | None = None) -> Citation:
    """A citation of an article's first sentence, or of the span `quote`."""
    cited = article or an_article()
    span = quote if quote is not None else cited.text.split(". ")[0]
    start = cited.text.index(span)
    return Citation(
        article_id=cited.id,
        title=cited.title,
        source=cited.source,
        url=cited.url,
        quote=span,
        start=start,
        end=start + len(span),
    )


def a_bullet(
    text: str = "A storm cut power to the coast.",
    *,
    story_id: str = "story-1",
    citations: Sequence[Citation] | None = None,
    status: BulletStatus = BulletStatus.NEW,
    published_at: datetime | None = None,
    sources_count: int = 1,
    change: str | None = None,
    engine: str = "extractive",
) -> Bullet:
    return Bullet(
        text=text,
        story_id=story_id,
        published_at=published_at or ago(hours=2),
        sources_count=sources_count,
        citations=(a_citation(),) if citations is None else tuple(citations),
        status=status,
        engine=engine,
        change=change,
    )


def a_section(topic: str = "energy", *bullets: Bullet) -> Section:
    """A section with these bullets, and an empty one when none is given."""
    return Section(topic=topic, title=topic.capitalize(), bullets=bullets)


def a_briefing(
    *sections: Section,
    id: str = "briefing-1",  # noqa: A002 - the briefing's own word
    created_at: datetime = NOW,
    window: Window = DAY,
    timezone: str = "UTC",
    dropped: Sequence[Dropped] = (),
    coverage: Coverage | None = None,
) -> Briefing:
    """A briefing of these sections, or of one with one bullet."""
    return Briefing(
        id=id,
        created_at=created_at,
        window=window,
        timezone=timezone,
        engine=Engine("extractive", "1"),
        sections=sections or (a_section("energy", a_bullet()),),
        coverage=coverage or Coverage(12, 3, 4, (), ago(hours=1)),
        dropped=tuple(dropped),
    )


def an_address(
    chat: str = "100",
    *,
    platform: Platform = Platform.TELEGRAM,
    workspace: str = "",
    thread: str = "",
) -> Address:
    return Address(platform, workspace, chat, thread)


def a_channel(
    id: int = 1,  # noqa: A002 - the channel's own word
    *,
    address: Address | None = None,
    title: str = "News room",
    timezone: str = "UTC",
    disabled: str | None = None,
) -> Channel:
    return Channel(id, address or an_address(), title, timezone, disabled)


def a_subscription(
    id: int = 1,  # noqa: A002 - the subscription's own word
    *,
    channel_id: int = 1,
    topics: Sequence[str] = ("energy",),
    at: time = time(7, 30),
    weekdays: Iterable[int] = range(7),
    timezone: str = "UTC",
    bullets: int = 5,
    created_at: datetime | None = None,
    next_due: datetime | None = None,
) -> Subscription:
    return Subscription(
        id=id,
        channel_id=channel_id,
        topics=tuple(topics),
        at=at,
        weekdays=frozenset(weekdays),
        timezone=timezone,
        bullets=bullets,
        created_at=created_at or ago(days=7),
        next_due=next_due or NOW,
    )


def a_digest(
    id: int = 1,  # noqa: A002 - the digest's own word
    *,
    subscription_id: int | None = 1,
    channel_id: int = 1,
    local_date: date = TODAY,
    due_at: datetime = NOW,
    state: SendState = SendState.PENDING,
    late: bool = False,
) -> Digest:
    return Digest(id, subscription_id, channel_id, local_date, due_at, state, late=late)


def a_delivery(
    id: int = 1,  # noqa: A002 - the delivery's own word
    *,
    digest_id: int = 1,
    channel_id: int = 1,
    part: int = 1,
    parts: int = 1,
    payload: str = '{"text": "Good morning"}',
    state: SendState = SendState.SENDING,
    token: str | None = "token-1",
) -> Delivery:
    return Delivery(id, digest_id, channel_id, part, parts, payload, state, token)


def a_told(
    story_id: str = "story-1",
    text: str = "A storm cut power to the coast.",
    *,
    at: datetime | None = None,
    by_digest: bool = True,
) -> Told:
    return Told(story_id, text, at or ago(days=1), by_digest)


def a_command(
    name: str = "help",
    args: str = "",
    *,
    address: Address | None = None,
    user: User | None = None,
    channel_title: str = "News room",
) -> Command:
    return Command(name, args, address or an_address(), user or User("7", "Ada"), channel_title)


def _hash(*parts: str) -> str:
    encoded = "\x1f".join(parts).encode("utf-8", "surrogatepass")
    return hashlib.sha256(encoded).hexdigest()[:32]
