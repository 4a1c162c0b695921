"""Everything that is stored; the only package that contains SQL."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import cached_property
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from bot.errors import StoreError
from bot.models import StoryCandidate
from bot.store.db.engine import Database, side_files
from bot.store.db.migrate import bring_up_to_date, is_current
from config.lazy_names import lazy_names

if TYPE_CHECKING:
    from bot.store.articles.arrivals import Arrivals
    from bot.store.articles.reading import PieceWish, Reading, StoryHead, TextPiece
    from bot.store.articles.records import Articles
    from bot.store.articles.search import Search, SearchHit
    from bot.store.articles.stories import Stories
    from bot.store.articles.story_placement import StoryPlacement
    from bot.store.chats.briefing_messages import BriefingMessages
    from bot.store.chats.briefings import Briefings
    from bot.store.chats.change_log import ChangeLog
    from bot.store.chats.channel_keys import ChannelKeys
    from bot.store.chats.channels import Channels
    from bot.store.chats.erasure import Erased, Erasure
    from bot.store.chats.inbox import Inbox, Unanswered
    from bot.store.chats.installations import WorkspaceInstallations
    from bot.store.chats.mutes import Mutes
    from bot.store.chats.operator_notices import (
        NoticesFor,
        OperatorNotice,
        OperatorNotices,
        no_notices,
    )
    from bot.store.chats.page_links import LinkCount, PageLinks, PageScope
    from bot.store.chats.subscriptions import Subscriptions
    from bot.store.chats.told import ToldStories, news_of
    from bot.store.chats.topics import Topics
    from bot.store.chats.votes import Votes
    from bot.store.chats.watches import Watches
    from bot.store.chats.withdrawals import Withdrawals
    from bot.store.db.leader_lock import LeaderLock
    from bot.store.delivery.alerts import Alerts, AlertState
    from bot.store.delivery.archive import DigestArchive, DigestState, PastDigest, Troubled
    from bot.store.delivery.button_commands import ButtonCommands
    from bot.store.delivery.claims import Claim, Claimed
    from bot.store.delivery.corrections import Corrections
    from bot.store.delivery.deliveries import Deliveries
    from bot.store.delivery.digest_requests import DigestRequest, DigestRequests
    from bot.store.delivery.digests import PREPARING, Digests
    from bot.store.delivery.measures import Measured, Measures
    from bot.store.delivery.new_digests import NewDigest
    from bot.store.delivery.outages import Outage, Outages
    from bot.store.delivery.rate_limits import WHOLE_LANE, Lane, Limits, Pace, Paces
    from bot.store.llm.answer_cache import Answers
    from bot.store.llm.spending import Spending, SpendingShare, Spent
    from bot.store.retention import Ages, Pruned, Retention
    from bot.store.sources.records import Sources

__all__ = [
    "PREPARING",
    "WHOLE_LANE",
    "Ages",
    "AlertState",
    "Claim",
    "Claimed",
    "DigestRequest",
    "DigestState",
    "Erased",
    "Lane",
    "Limits",
    "LinkCount",
    "Measured",
    "NewDigest",
    "NoticesFor",
    "OperatorNotice",
    "Outage",
    "Pace",
    "PageScope",
    "PastDigest",
    "PieceWish",
    "Pruned",
    "SearchHit",
    "SpendingShare",
    "Spent",
    "Store",
    "StoryCandidate",
    "StoryHead",
    "StoryPlacement",
    "TextPiece",
    "Troubled",
    "Unanswered",
    "news_of",
    "no_notices",
]

if not TYPE_CHECKING:
    __getattr__ = lazy_names(
        __name__,
        {
            "articles.reading": "PieceWish StoryHead TextPiece",
            "articles.search": "SearchHit",
            "articles.story_placement": "StoryPlacement",
            "chats.erasure": "Erased",
            "chats.inbox": "Unanswered",
            "chats.operator_notices": "NoticesFor OperatorNotice no_notices",
            "chats.page_links": "LinkCount PageScope",
            "chats.told": "news_of",
            "delivery.alerts": "AlertState",
            "delivery.archive": "DigestState PastDigest Troubled",
            "delivery.claims": "Claim Claimed",
            "delivery.digest_requests": "DigestRequest",
            "delivery.digests": "PREPARING",
            "delivery.measures": "Measured",
            "delivery.new_digests": "NewDigest",
            "delivery.outages": "Outage",
            "delivery.rate_limits": "Lane Limits Pace WHOLE_LANE",
            "llm.spending": "SpendingShare Spent",
            "retention": "Ages Pruned",
        },
    )

COMPARISONS = 3


def _part(place: str) -> Any:
    """A part of the store, imported and made when it is first used."""
    return cached_property(lambda store: store.part(place))


class Store:
    """The database, one attribute per noun. Every fault is a StoreError with a readable text.

    Each part is imported when it is first used: most commands use a few.
    """

    articles: Articles = _part("articles.records:Articles")
    stories: Stories = _part("articles.stories:Stories")
    reading: Reading = _part("articles.reading:Reading")
    search: Search = _part("articles.search:Search")
    arrivals: Arrivals = _part("articles.arrivals:Arrivals")
    sources: Sources = _part("sources.records:Sources")
    channels: Channels = _part("chats.channels:Channels")
    topics: Topics = _part("chats.topics:Topics")
    subscriptions: Subscriptions = _part("chats.subscriptions:Subscriptions")
    briefings: Briefings = _part("chats.briefings:Briefings")
    briefing_messages: BriefingMessages = _part("chats.briefing_messages:BriefingMessages")
    changes: ChangeLog = _part("chats.change_log:ChangeLog")
    mutes: Mutes = _part("chats.mutes:Mutes")
    page_links: PageLinks = _part("chats.page_links:PageLinks")
    channel_keys: ChannelKeys = _part("chats.channel_keys:ChannelKeys")
    votes: Votes = _part("chats.votes:Votes")
    watches: Watches = _part("chats.watches:Watches")
    alerts: Alerts = _part("delivery.alerts:Alerts")
    withdrawals: Withdrawals = _part("chats.withdrawals:Withdrawals")
    corrections: Corrections = _part("delivery.corrections:Corrections")
    erasure: Erasure = _part("chats.erasure:Erasure")
    digests: Digests = _part("delivery.digests:Digests")
    digest_requests: DigestRequests = _part("delivery.digest_requests:DigestRequests")
    archive: DigestArchive = _part("delivery.archive:DigestArchive")
    deliveries: Deliveries = _part("delivery.deliveries:Deliveries")
    button_commands: ButtonCommands = _part("delivery.button_commands:ButtonCommands")
    paces: Paces = _part("delivery.rate_limits:Paces")
    outages: Outages = _part("delivery.outages:Outages")
    told: ToldStories = _part("chats.told:ToldStories")
    notices: OperatorNotices = _part("chats.operator_notices:OperatorNotices")
    inbox: Inbox = _part("chats.inbox:Inbox")
    installations: WorkspaceInstallations = _part("chats.installations:WorkspaceInstallations")
    spending: Spending = _part("llm.spending:Spending")
    answers: Answers = _part("llm.answer_cache:Answers")
    measures: Measures = _part("delivery.measures:Measures")
    retention: Retention = _part("retention:Retention")
    leader_lock: LeaderLock = _part("db.leader_lock:LeaderLock")

    def __init__(self, database: Database) -> None:
        self._database = database

    def part(self, place: str) -> Any:
        """The part whose class is at `module:name` within this package."""
        module, _, name = place.partition(":")
        return getattr(import_module(f"{__name__}.{module}"), name)(self._database)

    @classmethod
    def open(cls, url: str) -> Store:
        """The store at `sqlite:///file`, `sqlite://` (in memory) or `postgresql://…`.

        Does not connect yet. Raises StoreError if the address cannot be parsed.
        """
        return cls(Database(url))

    async def ahead_of(self, own: Callable[[], datetime]) -> tuple[timedelta, timedelta] | None:
        """How far the server's clock is ahead of this one, and the shortest round trip.

        None for SQLite, which has no server.
        """
        if self._database.sqlite:
            return None
        compared = []
        async with self._database.reading() as connection:
            for _ in range(COMPARISONS):
                asked = own()
                server = await connection.execute(select(self._database.clock(asked)))
                took = own() - asked
                compared.append((took, server.scalar_one() - asked - took / 2))
        took, ahead = min(compared)
        return ahead, took

    @property
    def files(self) -> tuple[Path, ...]:
        """The files of a SQLite database and their folder; none for PostgreSQL."""
        file = self._database.file
        return () if file is None else (file.parent, *side_files(file))

    @property
    def file(self) -> Path | None:
        """The SQLite file; None for PostgreSQL and for a database in memory."""
        return self._database.file

    @property
    def in_one_file(self) -> bool:
        """Whether this is SQLite, on which only one process runs the bot."""
        return self._database.sqlite

    async def migrate(self) -> None:
        """Create or migrate the tables; several processes may do so concurrently."""
        if not await is_current(self._database):
            await bring_up_to_date(self._database)

    async def downgrade(self, revision: str) -> None:
        """Take the tables back to a revision such as 0012; raises StoreError."""
        from bot.store.db.migrate_process import (
            downgrade,
        )  # loads Alembic, which nothing else needs

        await downgrade(self._database, revision)

    async def check(self) -> None:
        """Raises StoreError with the remedy if the database does not answer."""
        await self._database.check()

    async def copy_from(self, url: str, on_table: Callable[[str, int], None]) -> None:
        """Copy everything from the database at `url`; this one must be migrated and empty.

        `on_table` is called with the name and row count of each table. Raises StoreError, and
        copies nothing, if that is not possible.
        """
        from bot.store.db.copy import copy

        source = Database(url)
        if source.file is not None and not source.file.exists():
            raise StoreError(f"There is no database {source.file} to copy from")
        try:
            await Store(source).migrate()
            await copy(source, self._database, on_table)
        finally:
            await source.close()

    async def back_up(self, path: Path, on_table: Callable[[str, int], None]) -> None:
        """Write everything to a new SQLite file while others read and write; raises StoreError."""
        from bot.store.db import backup

        await backup.back_up(self._database, path, on_table)

    async def restore(self, path: Path, on_table: Callable[[str, int], None]) -> None:
        """Copy a backup into this database, which must be migrated and empty; the file stays."""
        from bot.store.db import backup
        from bot.store.db.copy import copy

        async with backup.opened(path) as source:
            await copy(source, self._database, on_table)

    async def rows_in(self, path: Path) -> dict[str, int]:
        """The number of rows of each table in a backup."""
        from bot.store.db import backup

        async with backup.opened(path) as source:
            return await backup.rows_of(source)

    @property
    def bytes_on_disk(self) -> int:
        """The size of a SQLite database; 0 for PostgreSQL."""
        found = [each for each in self.files[1:] if each.exists()]
        return sum(each.stat().st_size for each in found)

    async def row_counts(self) -> dict[str, int]:
        """The number of rows of each table."""
        from bot.store.db import backup

        return await backup.rows_of(self._database)

    async def close(self) -> None:
        await self._database.close()
