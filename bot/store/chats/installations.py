"""The app in the workspaces that have installed it, and the visits to its install page."""

from __future__ import annotations

from dataclasses import fields
from datetime import datetime

from sqlalchemy import ColumnElement, Executable, RowMapping, delete, func, or_, select, update

from bot.models import Installation, Platform
from bot.page_links import fingerprint
from bot.store.db.engine import Database
from bot.store.db.schema import install_states, installations

MOST_STATES = 1_000
"""Visits that are remembered; whoever floods the install page makes the oldest forgotten."""

_FIELDS = tuple(each.name for each in fields(Installation))
_KEY = ("platform", "workspace")


class WorkspaceInstallations:
    """The stored installations, of Slack alone: no other platform has workspaces."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def get(self, workspace: str) -> Installation | None:
        """Return the installation in a workspace."""
        query = select(installations).where(_in(workspace))
        async with self._database.reading() as connection:
            row = (await connection.execute(query)).mappings().one_or_none()
            return _installation(row) if row else None

    async def all(self) -> list[Installation]:
        """Return all installations, the oldest first."""
        order = installations.c.installed_at, installations.c.workspace
        async with self._database.reading() as connection:
            rows = await connection.execute(select(installations).order_by(*order))
            return [_installation(row) for row in rows.mappings()]

    async def save(self, installation: Installation) -> None:
        """Store an installation in the place of an earlier one in the same workspace."""
        values = _values(installation) | {"platform": Platform.SLACK, "renewing_until": None}
        changes = [name for name in values if name not in _KEY]
        query = self._database.upsert(installations, _KEY, changes).values(values)
        async with self._database.writing() as connection:
            await connection.execute(query)

    async def renew(self, old: Installation, new: Installation) -> bool:
        """Store new tokens; false if the old ones are not stored any more."""
        query = update(installations).where(_unchanged(old))
        values = _values(new) | {"renewing_until": None}
        return await self._changes(query.values(values).returning(installations.c.workspace))

    async def claim_renewal(self, old: Installation, *, now: datetime, until: datetime) -> bool:
        """Reserve the renewal of a token; false if another process renews it, or has done so."""
        table = installations.c
        free = or_(table.renewing_until.is_(None), table.renewing_until <= now)
        query = update(installations).where(_unchanged(old), free)
        return await self._changes(query.values(renewing_until=until).returning(table.workspace))

    async def delete(self, workspace: str, *, before: datetime) -> bool:
        """Delete an installation that is older than an instant; false if there is none."""
        older = installations.c.installed_at <= before
        query = delete(installations).where(_in(workspace), older)
        return await self._changes(query.returning(installations.c.workspace))

    async def begin(self, state: str, *, now: datetime, until: datetime) -> None:
        """Store the state of a visit to the install page, and forget old ones."""
        table = install_states.c
        latest = select(table.fingerprint).order_by(table.expires_at.desc()).limit(MOST_STATES)
        async with self._database.writing(durable=False) as connection:
            row = {"fingerprint": fingerprint(state), "expires_at": until}
            await connection.execute(self._database.insert(install_states).values(row))
            await connection.execute(delete(install_states).where(table.expires_at <= now))
            counted = await connection.execute(select(func.count()).select_from(install_states))
            if counted.scalar_one() > MOST_STATES:
                surplus = table.fingerprint.not_in(latest.scalar_subquery())
                await connection.execute(delete(install_states).where(surplus))

    async def finish(self, state: str, *, now: datetime) -> bool:
        """Use up a state; false if it is unknown, used or expired."""
        table = install_states.c
        mine = table.fingerprint == fingerprint(state)
        query = delete(install_states).where(mine).returning(table.expires_at)
        async with self._database.writing() as connection:
            expires_at = (await connection.execute(query)).scalar_one_or_none()
            return expires_at is not None and now < expires_at

    async def _changes(self, query: Executable) -> bool:
        """Carry out a statement that returns the rows it changes; false if there are none."""
        async with self._database.writing() as connection:
            return (await connection.execute(query)).first() is not None


def _in(workspace: str) -> ColumnElement[bool]:
    table = installations.c
    return (table.platform == Platform.SLACK) & (table.workspace == workspace)


def _unchanged(old: Installation) -> ColumnElement[bool]:
    return _in(old.workspace) & (installations.c.token == old.token)


def _values(installation: Installation) -> dict[str, object]:
    return {name: getattr(installation, name) for name in _FIELDS}


def _installation(row: RowMapping) -> Installation:
    return Installation(**{name: row[name] for name in _FIELDS})
