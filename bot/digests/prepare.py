"""Opened digests → stored parts; nothing is sent here."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.build_cache import BuildCache
from bot.delivery.notice_texts import not_sent
from bot.delivery.operator_notices import NoticeWriter
from bot.digests.contents import Contents
from bot.digests.due import MARKED_LATE_AFTER, too_late
from bot.digests.quiet import NEVER, is_paused, quiet_until
from bot.digests.weekly_picture import has_picture
from bot.errors import BriefbotError, StoreError
from bot.languages import ENGLISH, dated, marked, speaking, tr
from bot.log import get_logger
from bot.models import FOLDED, Address, Briefing, Digest, Platform, SendState, Subscription
from bot.page_links import digest_address, new_token
from bot.platforms.interfaces import Messenger
from bot.render.charts.payload import UNDRAWN
from bot.store import PREPARING, DigestRequest, Store

AT_ONCE = 50
"""Digests that are claimed together and built concurrently; replicas share the rest."""

NOT_ALLOWED = marked("this chat may not use the bot")

PAUSED = marked("paused")

log = get_logger(__name__)


@dataclass(frozen=True, slots=True)
class _Look:
    """What digests have in common that are rendered once."""

    platform: Platform
    language: str
    title: str
    folded: bool
    briefing: Briefing


@dataclass(frozen=True, slots=True)
class _Work:
    """One run of preparation: its instant, and what its digests have in common.

    `stand_in` takes the place of a link's token where equal digests are rendered once.
    """

    now: datetime
    shared: BuildCache = field(default_factory=BuildCache)
    rendered: dict[_Look, tuple[str, ...]] = field(default_factory=dict)
    stand_in: str = field(default_factory=new_token)


@dataclass(frozen=True, slots=True)
class Preparer:
    """Builds and renders due digests; calls `on_ready` when parts were stored.

    With a `web_url` each digest ends with the link to its page there. `language` is the bot's usual
    one, where a channel has none.
    """

    store: Store
    contents: Contents
    messengers: Mapping[Platform, Messenger]
    late_limit: timedelta
    clock: Callable[[], datetime]
    notices: NoticeWriter
    on_ready: Callable[[], None] = lambda: None
    allowed: Callable[[Address], bool] = lambda _: True
    web_url: str = ""
    language: str = ENGLISH

    async def prepare_pending(self, now: datetime) -> int:
        """Store the parts of every opened digest; returns how many digests are ready.

        Digests with the same content are built and rendered once.
        """
        ready, work = 0, _Work(now)
        while claimed := await self._claim(now):
            ids = {each.subscription_id for each in claimed if each.subscription_id is not None}
            requests = await self.store.digest_requests.for_subscriptions(ids)
            pairs = ((each, requests.get(each.subscription_id or 0)) for each in claimed)
            ready += sum(await asyncio.gather(*(self._prepare(*each, work) for each in pairs)))
            self.on_ready()
        return ready

    async def _claim(self, now: datetime) -> list[Digest]:
        """Claim digests from the real time on, because a run for `now` may take long."""
        return await self.store.digests.claim(
            now,
            AT_ONCE,
            platforms=tuple(self.messengers),
            overdue=now - self.late_limit,
            held_until=self.clock() + PREPARING,
        )

    async def _prepare(self, digest: Digest, wanted: DigestRequest | None, work: _Work) -> bool:
        try:
            return await self._prepare_or_fail(digest, wanted, work)
        except StoreError as error:
            log.warning("a digest waits for the database", digest=digest.id, error=str(error))
            return False

    async def _prepare_or_fail(
        self, digest: Digest, wanted: DigestRequest | None, work: _Work
    ) -> bool:
        """Prepare a digest, or store why it failed; raises only StoreError."""
        try:
            return await self._prepare_one(digest, wanted, work)
        except StoreError:
            raise
        except BriefbotError as error:
            await self._end(digest, SendState.FAILED, str(error))
        except Exception:
            log.exception("a digest could not be built", digest=digest.id)
            reason = marked("it could not be built; the log has the details")
            await self._end(digest, SendState.FAILED, reason)
        return False

    async def _prepare_one(self, digest: Digest, wanted: DigestRequest | None, work: _Work) -> bool:
        messenger = self.messengers.get(wanted.channel.address.platform) if wanted else None
        if wanted is None or wanted.channel.disabled or not self._may_receive(wanted):
            await self._skip(digest, wanted)
            return False
        if messenger is None:
            if work.now - digest.due_at > self.late_limit:
                reason = f"{wanted.channel.address.platform} is not running"
                await self._end(digest, SendState.SKIPPED, reason)
            return False
        if is_paused(wanted.channel, work.now):
            await self.store.digests.finish(
                digest.id, SendState.SKIPPED, reason=PAUSED, now=self.clock()
            )
            return False
        if until := quiet_until(wanted.channel, NEVER, work.now):
            await self.store.digests.put_off(digest.id, until)
            return False
        behind = work.now - digest.wanted_at
        if behind > self.late_limit:
            await self._end(digest, SendState.SKIPPED, too_late(behind, self.late_limit))
            return False
        briefing = await self.contents.briefing_for(wanted, work.now, work.shared)
        late = digest.late or behind > MARKED_LATE_AFTER
        rendered = self._rendered(replace(digest, late=late), wanted, briefing, messenger, work)
        token = new_token() if self.web_url else ""
        parts = [each.replace(work.stand_in, token) for each in rendered]
        if messenger.shows_pictures and has_picture(wanted):
            parts.append(UNDRAWN)
        await self.store.briefings.add(briefing, wanted.channel.id, token=token)
        return await self.store.digests.add_parts(digest.id, briefing.id, parts)

    def _rendered(
        self,
        digest: Digest,
        wanted: DigestRequest,
        briefing: Briefing,
        messenger: Messenger,
        work: _Work,
    ) -> tuple[str, ...]:
        channel, language = wanted.channel, wanted.channel.speaks(self.language)
        with speaking(language):
            title, folded = heading(digest, wanted.subscription), channel.details == FOLDED
            look = _Look(
                channel.address.platform, language, title, folded, replace(briefing, id="")
            )
            if look not in work.rendered:
                page = digest_address(self.web_url, work.stand_in) if self.web_url else ""
                work.rendered[look] = messenger.parts(briefing, title, folded=folded, page=page)
        return work.rendered[look]

    def _may_receive(self, wanted: DigestRequest) -> bool:
        return self.allowed(wanted.channel.address)

    async def _skip(self, digest: Digest, wanted: DigestRequest | None) -> None:
        """Skip a digest whose subscription ended or whose channel is disabled, without a notice."""
        reason = marked("the subscription has ended")
        if wanted is not None:
            disabled = wanted.channel.disabled
            reason = f"the channel is disabled: {disabled}" if disabled else NOT_ALLOWED
        now = self.clock()
        await self.store.digests.finish(digest.id, SendState.SKIPPED, reason=reason, now=now)

    async def _end(self, digest: Digest, state: SendState, reason: str) -> None:
        """End a digest without sending it, with a notice to the operators."""
        name = await self.store.digests.describe(digest.id)
        ended = "was not sent" if state is SendState.FAILED else "was skipped"
        lines = not_sent([name] if name else [], 1, ended, reason)
        notices = [
            each
            for line in lines
            for each in self.notices.notices_for(line, digest.channel_id, kind=state.value)
        ]
        await self.store.digests.finish(
            digest.id, state, reason=reason, now=self.clock(), notices=notices
        )


def heading(digest: Digest, subscription: Subscription) -> str:
    """The title of a digest with its local date, and its due time if it is late."""
    day = dated(digest.local_date, tr("EEEE d MMMM y"))
    due = digest.due_at.astimezone(ZoneInfo(subscription.timezone))
    kind = tr("Weekly digest") if subscription.weekly else tr("Daily digest")
    late = tr(" (late: due at {time})", time=dated(due, tr("HH:mm"))) if digest.late else ""
    return f"{kind} · {day}{late}"
