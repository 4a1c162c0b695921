"""Which briefing a message in a chat shows, so that "/why 2" under it means its bullet 2."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete, or_, select

from bot.models import Address
from bot.store.chats.channels import at_address
from bot.store.db.engine import Database
from bot.store.db.schema import briefing_messages, channels, deliveries, digests

KEPT = timedelta(days=30)


class BriefingMessages:
    """The messages that show a briefing or answer a question about one."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(
        self,
        address: Address,
        message_id: str,
        briefing_id: str,
        *,
        thread: str = "",
        now: datetime,
    ) -> None:
        """Store which briefing a sent message shows, and the Slack thread that it is in.

        Messages older than KEPT are deleted. An unknown channel is ignored.
        """
        table = briefing_messages
        channel = select(channels.c.id).where(at_address(address))
        async with self._database.writing() as connection:
            await connection.execute(delete(table).where(table.c.sent_at < now - KEPT))
            channel_id = (await connection.execute(channel)).scalar_one_or_none()
            if channel_id is not None:
                row = {"briefing_id": briefing_id, "thread": thread, "sent_at": now}
                query = self._database.insert(table).values(
                    channel_id=channel_id, message_id=message_id, **row
                )
                await connection.execute(
                    query.on_conflict_do_update(
                        index_elements=["channel_id", "message_id"], set_=row
                    )
                )

    async def find(self, channel_id: int, message_id: str) -> str | None:
        """Return the id of the briefing that a message shows, or the latest one in its thread."""
        table = briefing_messages.c
        answers = (
            select(table.briefing_id)
            .where(
                table.channel_id == channel_id,
                or_(table.message_id == message_id, table.thread == message_id),
            )
            .order_by(table.sent_at.desc(), table.id.desc())
            .limit(1)
        )
        parts = (
            select(digests.c.briefing_id)
            .join(deliveries, deliveries.c.digest_id == digests.c.id)
            .where(deliveries.c.channel_id == channel_id, deliveries.c.message_id == message_id)
            .limit(1)
        )
        async with self._database.reading() as connection:
            for query in (answers, parts):
                found: str | None = (await connection.execute(query)).scalar_one_or_none()
                if found is not None:
                    return found
        return None
