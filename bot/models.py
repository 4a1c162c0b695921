"""The nouns of the bot, as frozen values; standard library only.

Every instant is an aware UTC `datetime`. Character offsets count Python code points.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum

STALE_AFTER = 10
"""A source is stale when it has been silent for so many times its usual pause, ..."""
STALE_AT_LEAST = timedelta(days=2)
"""... and at least for so long."""


class Platform(StrEnum):
    """Where a channel lives."""

    TERMINAL = "terminal"
    TELEGRAM = "telegram"
    SLACK = "slack"


class BulletStatus(StrEnum):
    """What a bullet is to the channel that reads it, against what it received before."""

    NEW = "new"
    UPDATED = "updated"
    ONGOING = "ongoing"


class SendState(StrEnum):
    """Where a digest, or one delivery of it, stands; all but the first two are final."""

    PENDING = "pending"
    SENDING = "sending"
    SENT = "sent"
    SKIPPED = "skipped"
    FAILED = "failed"
    UNCERTAIN = "uncertain"


class Stored(StrEnum):
    """What storing an article did."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class Window:
    """A span of time, `since` included and `until` not."""

    since: datetime
    until: datetime

    def __contains__(self, instant: datetime) -> bool:
        return self.since <= instant < self.until


@dataclass(frozen=True, slots=True)
class Topic:
    """What people ask about. `terms` maps a word or phrase to its weight.

    A word of 2 to 4 capitals ("IT", "US") matches in capitals alone; all others match in any case
    and inflection. `exclusions` are phrases whose words count for nothing ("social security"); in a
    channel's own topic they keep an article out. `channel_id` is None for a built-in topic;
    `threshold` is the share of the usual evidence that it asks for.
    """

    name: str
    title: str
    description: str
    terms: dict[str, float]
    exclusions: tuple[str, ...] = ()
    channel_id: int | None = None
    threshold: float = 1.0


@dataclass(frozen=True, slots=True)
class TopicScore:
    """How much an article is about a topic: `score` in 0..1, and why, in words for a reader.

    Only scores that reach the topic's threshold are ever stored on an article.
    """

    topic: str
    score: float
    reasons: tuple[str, ...] = ()


class SourceKind(StrEnum):
    """What a source is: a feed, a web page that is one article, a folder of files."""

    FEED = "feed"
    PAGE = "page"
    FOLDER = "folder"


@dataclass(frozen=True, slots=True)
class FetchState:
    """What the last looks at a source have taught; `every` is the seconds between two articles.

    error        why the last look failed, or None
    failures     how many looks have failed in a row
    given_up_at  since when it is only tried once a day, or None
    ended        why it is never tried again, or None; `next_at` is None then
    body_hash    of the last answer, for servers that know neither ETag nor Last-Modified
    """

    next_at: datetime | None = None
    every: float | None = None
    etag: str | None = None
    last_modified: str | None = None
    body_hash: str | None = None
    error: str | None = None
    failures: int = 0
    given_up_at: datetime | None = None
    ended: str | None = None
    last_ok_at: datetime | None = None
    last_new_at: datetime | None = None

    def is_stale(self, now: datetime) -> bool:
        """Whether it answers well but has been silent for far longer than it used to be."""
        if self.error or self.ended or not (self.every and self.last_new_at):
            return False
        usual = timedelta(seconds=self.every)
        return now - self.last_new_at > max(STALE_AT_LEAST, STALE_AFTER * usual)


@dataclass(frozen=True, slots=True)
class Source:
    """Where articles come from by themselves; `url` is an address, or a folder's path.

    `host` names what may be asked only once at a time.
    """

    name: str
    kind: SourceKind
    url: str
    host: str
    category: str | None = None
    weight: float = 1.0
    state: FetchState = FetchState()


@dataclass(frozen=True, slots=True)
class ParsedArticle:
    """One text as a file, feed or page gave it; cleaned, but neither scored nor stored.

    `key` is what its publisher calls it (an id or GUID), where it has a name of its own; `origin`
    is the file that it was read from, which tells apart articles that have neither key nor address.
    """

    title: str
    text: str
    url: str | None = None
    key: str | None = None
    summary: str | None = None
    source: str | None = None
    category: str | None = None
    author: str | None = None
    language: str | None = None
    published_at: datetime | None = None
    origin: str | None = None


@dataclass(frozen=True, slots=True)
class Article:
    """One text as published.

    `id` is a stable hash of where it was published; `content_hash` changes with title or text.
    `text` is plain, NFC, paragraphs parted by one blank line; citations count its code points.
    """

    id: str
    title: str
    text: str
    source: str
    published_at: datetime
    fetched_at: datetime
    content_hash: str
    url: str | None = None
    category: str | None = None
    author: str | None = None
    summary: str | None = None
    language: str | None = None
    topics: tuple[TopicScore, ...] = ()
    story_id: str | None = None


@dataclass(frozen=True, slots=True)
class Story:
    """The articles on one event, oldest first; `headline` is the title that speaks for it."""

    id: str
    headline: str
    first_seen: datetime
    last_seen: datetime
    articles: tuple[Article, ...]


@dataclass(frozen=True, slots=True)
class StoryCandidate:
    """A story that a new article may belong to; `features` are those of its newest articles."""

    story_id: str
    first_seen: datetime
    last_seen: datetime
    features: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """What a channel was last told of a story, and when."""

    story_id: str
    text: str
    at: datetime
    by_digest: bool


@dataclass(frozen=True, slots=True)
class Citation:
    """The proof of a bullet: `article.text[start:end] == quote`, always."""

    article_id: str
    title: str
    source: str
    url: str | None
    quote: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Bullet:
    """One or two sentences on a story, proved by its citations.

    `change` says what an updated story adds ("death toll rises to 31 from 24"), where it is known.
    """

    text: str
    story_id: str
    published_at: datetime
    sources_count: int
    citations: tuple[Citation, ...]
    status: BulletStatus = BulletStatus.NEW
    engine: str = "extractive"
    change: str | None = None


@dataclass(frozen=True, slots=True)
class Dropped:
    """A bullet that was not sent, and why."""

    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Section:
    """One topic's bullets, most important first."""

    topic: str
    title: str
    bullets: tuple[Bullet, ...]


@dataclass(frozen=True, slots=True)
class Engine:
    """What wrote the bullets, and the code of the language that they were to be in, if any."""

    name: str
    version: str
    model: str | None = None
    prompt_version: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Coverage:
    """What the briefing was made from."""

    articles_considered: int
    articles_used: int
    sources: int
    sources_failing: tuple[str, ...]
    newest_article_at: datetime | None


@dataclass(frozen=True, slots=True)
class Reservation:
    """Millionths of a dollar put aside in these periods for a call, until it is settled."""

    periods: tuple[str, ...]
    amount: int


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """A model's answer as it came, and the tokens that it took."""

    answer: str
    input_tokens: int
    output_tokens: int


@dataclass(frozen=True, slots=True)
class ModelCall:
    """One question put to a language model: what came back as it came, and what it cost.

    `parameters` is JSON; `cost` is in millionths of a dollar; a `cached` answer cost nothing now.
    `fault` says why there is no answer, or None.
    """

    subject: str
    model: str
    prompt_version: str
    parameters: str
    answer: str
    input_tokens: int = 0
    output_tokens: int = 0
    cost: int = 0
    seconds: float = 0.0
    cached: bool = False
    fault: str | None = None


@dataclass(frozen=True, slots=True)
class Briefing:
    """Sections of bullets for topics and a window; stored whole and never changed."""

    id: str
    created_at: datetime
    window: Window
    timezone: str
    engine: Engine
    sections: tuple[Section, ...]
    coverage: Coverage
    dropped: tuple[Dropped, ...] = ()
    calls: tuple[ModelCall, ...] = ()

    @property
    def bullets(self) -> tuple[Bullet, ...]:
        """Every bullet in reading order: bullet N of a chat is `bullets[N - 1]`."""
        return tuple(bullet for section in self.sections for bullet in section.bullets)


@dataclass(frozen=True, slots=True)
class Address:
    """Where messages go: `workspace` is a Slack team, `thread` a forum topic or thread, or ""."""

    platform: Platform
    workspace: str
    chat: str
    thread: str = ""


@dataclass(frozen=True, slots=True)
class Channel:
    """A stored address with its own settings; `disabled` holds the reason where it is.

    A setting that is None is as the bot's settings have it; `language` is a code such as "ur".
    From `quiet_from` until `quiet_until`, in its own zone, no digest is built for it.
    """

    id: int
    address: Address
    title: str
    timezone: str
    disabled: str | None = None
    digest_time: time | None = None
    bullets: int | None = None
    language: str | None = None
    engine: str | None = None
    quiet_from: time | None = None
    quiet_until: time | None = None


@dataclass(frozen=True, slots=True)
class Subscription:
    """A channel's daily digest: topics, local time, weekdays (Monday is 0), bullets a topic."""

    id: int
    channel_id: int
    topics: tuple[str, ...]
    at: time
    weekdays: frozenset[int]
    timezone: str
    bullets: int
    created_at: datetime
    next_due: datetime


@dataclass(frozen=True, slots=True)
class Digest:
    """A briefing due to a channel for one local date; unique per subscription and local date."""

    id: int
    subscription_id: int | None
    channel_id: int
    local_date: date
    due_at: datetime
    state: SendState
    reason: str | None = None
    late: bool = False
    briefing_id: str | None = None
    finished_at: datetime | None = None
    resent_at: datetime | None = None

    @property
    def wanted_at(self) -> datetime:
        """When it was to come: as its subscription says, or when somebody asked for it again."""
        return self.resent_at or self.due_at


@dataclass(frozen=True, slots=True)
class Delivery:
    """One part of one digest on its way. `payload` is the platform's own message, as JSON text.

    Only the holder of `token` may change a delivery in `sending`.
    """

    id: int
    digest_id: int
    channel_id: int
    part: int
    parts: int
    payload: str
    state: SendState
    token: str | None = None
    attempts: int = 0
    not_before: datetime | None = None
    reason: str | None = None
    message_id: str | None = None


@dataclass(frozen=True, slots=True)
class Receipt:
    """The platform's own name for a message that it accepted."""

    message_id: str


@dataclass(frozen=True, slots=True)
class User:
    """Who typed; `admin` is true for those named in the settings as the bot's operators."""

    id: str
    name: str = ""
    admin: bool = False


@dataclass(frozen=True, slots=True)
class Command:
    """What a person typed: `name` without slash, lower case; `args` as typed, trimmed."""

    name: str
    args: str
    address: Address
    user: User
    channel_title: str = ""


class Style(StrEnum):
    """How a span of a reply looks on a platform that can show it."""

    PLAIN = "plain"
    BOLD = "bold"
    ITALIC = "italic"
    CODE = "code"


@dataclass(frozen=True, slots=True)
class Span:
    """A run of untrusted plain text in one style; renderers escape it. `url` makes it a link."""

    text: str
    style: Style = Style.PLAIN
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a reply; `item` puts a list mark before it."""

    spans: tuple[Span, ...]
    item: bool = False


@dataclass(frozen=True, slots=True)
class Reply:
    """What goes back: a title, lines, and a briefing where one was asked for.

    `note` lines come after the briefing. Any of them may be empty.
    """

    title: str = ""
    lines: tuple[Line, ...] = ()
    briefing: Briefing | None = None
    note: tuple[Line, ...] = field(default=())
