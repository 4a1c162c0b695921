"""Found alerts → stored parts of a message; nothing is sent here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.briefing_builder import BriefingBuilder
from bot.digests.quiet import QuietHours, is_paused, quiet_until
from bot.errors import BriefbotError, StoreError
from bot.languages import ENGLISH, speaking, tr
from bot.log import get_logger
from bot.models import Address, Alert, Briefing, Channel, Platform, Story, Told, Topic
from bot.platforms.interfaces import Messenger
from bot.store import AlertState, Store
from summarizer.filters import subject
from summarizer.stories.muted_words import without_muted

STALE = timedelta(hours=14)
"""An alert that waited longer, as over a night, is dropped."""

log = get_logger(__name__)


@dataclass(frozen=True, slots=True)
class AlertWriter:
    """Writes waiting alerts, each as one proved bullet; calls `on_ready` when parts were stored.

    `a_day` is how many alerts a channel gets on one of its days, if it does not say; `language`
    the one that the bot speaks in a channel that has none.
    """

    store: Store
    builder: BriefingBuilder
    topics: Mapping[str, Topic]
    messengers: Mapping[Platform, Messenger]
    a_day: int
    quiet: QuietHours
    on_ready: Callable[[], None] = lambda: None
    allowed: Callable[[Address], bool] = lambda _: True
    language: str = ENGLISH

    async def write(self, now: datetime) -> int:
        """Write all alerts that may be sent now; returns how many were."""
        written = last = 0
        settled: set[int] = set()
        while waiting := await self.store.alerts.waiting(now, tuple(self.messengers), after=last):
            for alert in waiting:
                if alert.channel.id not in settled:
                    written += await self._guarded(alert, now, settled)
            self.on_ready()
            last = waiting[-1].id
        return written

    async def _guarded(self, alert: Alert, now: datetime, settled: set[int]) -> bool:
        """Write an alert, or drop it with the reason if it cannot be made."""
        try:
            if await self._settled(alert.channel, now):
                settled.add(alert.channel.id)
                return False
            return await self._write(alert, now)
        except StoreError:
            raise
        except BriefbotError as error:
            log.warning("an alert was not made", alert=alert.id, error=str(error))
            await self._drop(alert, str(error))
        except Exception:
            log.exception("an alert could not be made", alert=alert.id)
            await self._drop(alert, "it could not be made; the log has the details")
        return False

    async def _settled(self, channel: Channel, now: datetime) -> bool:
        """Drop or put off all alerts of a channel that gets none now; False if it may get some."""
        alerts = self.store.alerts
        if reason := self._refused(channel, now):
            await alerts.drop_all(channel.id, reason)
        elif until := quiet_until(channel, self.quiet, now):
            await alerts.put_off_all(channel.id, until)
        elif await alerts.sent_on(channel.id, _today(channel, now)) >= self._most(channel):
            await alerts.drop_all(channel.id, f"there were {self._most(channel)} alerts that day")
        else:
            return False
        return True

    async def _write(self, alert: Alert, now: datetime) -> bool:
        channel = alert.channel
        if now - alert.found_at > STALE:
            await self._drop(alert, "it waited too long")
            return False
        briefing = await self._told(alert, now)
        if briefing is None:
            return False
        day, most = _today(channel, now), self._most(channel)
        with speaking(channel.speaks(self.language)):
            messenger = self.messengers[channel.address.platform]
            payloads = messenger.parts(briefing, heading(alert))
        return await self.store.alerts.send(alert, briefing, payloads, day, most=most, now=now)

    def _refused(self, channel: Channel, now: datetime) -> str:
        """Return why a channel gets no alerts at all; "" if it does."""
        if not self.allowed(channel.address):
            return "this chat may not use the bot"
        if is_paused(channel, now):
            return "the chat is paused"
        until = channel.alerts_muted_until
        return "alerts are muted" if until is not None and now < until else ""

    def _most(self, channel: Channel) -> int:
        return self.a_day if channel.alerts_a_day is None else channel.alerts_a_day

    async def _told(self, alert: Alert, now: datetime) -> Briefing | None:
        """Return the briefing of an alert; None, with its end stored, where there is none."""
        watch, told = alert.watch, None
        story = await self._story(alert)
        if story is None:
            await self._drop(alert, "the story is gone or muted")
            return None
        if watch.story_id is not None and watch.told_at is not None:
            told = Told(story.id, watch.told, watch.told_at, by_digest=True)
        elif reason := await self._known(alert, story):
            await self._drop(alert, reason)
            return None
        topic = await self._topic(alert, story)
        briefing = await self.builder.tell(story, topic, alert.channel, now, told)
        if not briefing.bullets:
            reason = "nothing of it is news that can be proved"
            await self.store.alerts.end(alert.id, AlertState.UNTOLD, reason)
            return None
        return briefing

    async def _story(self, alert: Alert) -> Story | None:
        """Return the story of an alert without what its channel has muted."""
        found = await self.store.stories.get(alert.story_id)
        words = await self.store.mutes.of_channel(alert.channel.id)
        kept = without_muted((found,), words) if found and found.articles else ()
        return kept[0] if kept else None

    async def _known(self, alert: Alert, story: Story) -> str:
        """Return why a story is not new to a channel; "" if it is."""
        if min(each.fetched_at for each in story.articles) < alert.watch.created_at:
            return "the story is older than the watch"
        told = await self.store.told.of_channel(alert.channel.id, [story.id])
        return "a digest told it" if told else ""

    async def _topic(self, alert: Alert, story: Story) -> Topic:
        """Return the watched topic that the story is about, else one of what is watched for."""
        about = {each.topic for article in story.articles for each in article.topics}
        for name in alert.watch.topics or tuple(self.topics):
            if name in about and name in self.topics:
                return self.topics[name]
        own = await self.store.topics.of_channel(alert.channel.id)
        for topic in own:
            if topic.name in alert.watch.topics:
                return topic
        if alert.watch.filter.wanted:
            return subject(alert.watch.filter)
        return next(iter(self.topics.values()))

    async def _drop(self, alert: Alert, reason: str) -> None:
        await self.store.alerts.end(alert.id, AlertState.DROPPED, reason)


def _today(channel: Channel, now: datetime) -> date:
    return now.astimezone(ZoneInfo(channel.timezone)).date()


def heading(alert: Alert) -> str:
    """The first line of an alert: what was watched for or followed."""
    watch = alert.watch
    if watch.story_id is not None:
        return tr("🔔 Changed: {headline}", headline=watch.headline)
    wanted = (tr(" and ").join(watch.topics), watch.filter.described)
    return tr("🔔 New: {wanted}", wanted=tr(", ").join(filter(None, wanted)))
