"""The composition root: puts the parts together, starts them, and stops them in reverse."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping
from contextlib import AsyncExitStack
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from bot import self_checks
from bot.delivery.dispatcher import POLL_SECONDS, Dispatcher
from bot.delivery.installations import Installations
from bot.delivery.operator_notices import NoticeWriter, operators
from bot.delivery.outcomes import Outcomes, Policy
from bot.delivery.recovery import Recovery
from bot.delivery.sender import Sender
from bot.digests.contents import Contents
from bot.digests.prepare import Preparer
from bot.digests.quiet import QuietHours
from bot.digests.service import DigestLoops, Digests
from bot.digests.weekly_picture import WeeklyPictures
from bot.errors import PlatformError
from bot.health import Health
from bot.inbox import StoredInbox, UnansweredCommands
from bot.ingest.polling import POLLING, SourcePolling, polling_patience
from bot.ingest.schedule import SourceNotice
from bot.languages import read_catalogues
from bot.log import get_logger
from bot.loop_watch import LoopWatch
from bot.metrics import Metrics
from bot.models import Platform
from bot.platforms.admission import Admit, InstallationFaults, admit_all
from bot.platforms.interfaces import Answer, FindChat, Messenger, SendingPlatform
from bot.platforms.kept_commands import KeptCommands
from bot.scheduler import Ticker
from bot.store import Ages
from bot.watching.alerts import AlertWriter
from bot.watching.arrivals import ArrivalMatcher
from bot.watching.corrections import CorrectionWriter
from bot.watching.service import CLEAN_UP_SECONDS, Watching
from bot.watching.service import SECONDS as WATCH_SECONDS
from handlers import dispatch
from handlers.chat_events import StoredChatEvents
from handlers.commands import COMMANDS, menu
from handlers.permissions import FindRole, allowed
from handlers.services import Services

if TYPE_CHECKING:  # these libraries take memory: they are loaded where a setting asks for them
    from bot.platforms.slack.adapter import SlackPlatform
    from bot.platforms.telegram.adapter import TelegramPlatform

SETTLE_TIMES = 3
"""Request timeouts to wait before a send without an answer is looked up or given up."""

APOLOGY_SECONDS, REPORT_SECONDS = 60.0, 15.0

STOP_SECONDS = 9.0
"""The longest time that stopping takes: after SIGTERM a supervisor often waits 10 s."""

log = get_logger(__name__)


class App:
    """Everything that `briefbot run` runs, in one event loop."""

    def __init__(self, services: Services) -> None:
        self.services = services
        self.health = Health()
        self._watch = LoopWatch(self.health)
        self._metrics = Metrics(services, self.health, self._watch)
        self._stack = AsyncExitStack()
        self._running: dict[Platform, Messenger] = {}
        self.digests = digests_for(services, self._running, self.health)
        self.watching = watching_for(services, self._running, self.digests)
        roles: dict[Platform, FindRole] = {}
        chats: dict[Platform, FindChat] = {}
        self._adapters = adapters(
            services,
            partial(dispatch.carry_out, services, roles=roles, chats=chats),
            admit=partial(dispatch.admit, services),
            health=self.health,
            faults=self.digests.installations,
        )
        self._senders = senders(services)
        roles.update({Platform(each.name): each.role_of for each in self._adapters})
        chats.update({Platform(each.name): each.find_chat for each in self._adapters})

    async def start(self) -> None:
        """Start every configured platform and the clock; raises PlatformError if none starts.

        A platform that cannot start is logged and left out; the others run. Webhooks are always on.
        """
        await asyncio.to_thread(read_catalogues)
        self._watch.start()
        self._stack.push_async_callback(self._watch.stop)
        await self._start_platforms()
        seconds = self.services.settings.tick_seconds
        loops = DigestLoops(self.digests, seconds, *self._tickers(), health=self.health)
        loops.start()
        self._stack.push_async_callback(loops.stop)
        polling = source_polling_for(self.services, self.digests, self.health)
        polling.start()
        self._stack.push_async_callback(polling.stop)

    def _tickers(self) -> Iterator[Ticker]:
        """The tickers that run beside the digests."""
        services, health = self.services, self.health
        alone, language = services.store.in_one_file, services.settings.language
        apologies = UnansweredCommands(
            services.store, self._running, services.clock, alone=alone, language=language
        )
        yield Ticker(apologies.apologise, APOLOGY_SECONDS, "apologies", health)
        yield from alert_tickers(self.watching, services.settings.tick_seconds, health)
        yield Ticker(self._report, REPORT_SECONDS, "health reports", health)
        yield from self_checks.tickers(services.store, services.clock, health)

    async def _report(self) -> None:
        """Tell the operators what has failed for a while, and what works again."""
        for line in self.health.reports():
            await self.digests.notices.add(line, kind="health")

    async def stop(self) -> None:
        """Stop taking commands and digests, finish running work, disconnect.

        Takes at most STOP_SECONDS. A delivery that is cut off is left to recovery.
        """
        try:
            async with asyncio.timeout(STOP_SECONDS):
                await self._stack.aclose()
        except TimeoutError:
            log.warning("stopped before all work was finished")

    async def _start_platforms(self) -> None:
        running = self._running
        faults: list[str] = []
        for adapter in (*self._adapters, *self._senders):
            try:
                await adapter.start()
            except PlatformError as error:
                log.error("platform not started", platform=adapter.name, error=str(error))  # noqa: TRY400 - the text says it all
                faults.append(f"{adapter.name}: {error}")
            else:
                self._stack.push_async_callback(adapter.stop)
                running[Platform(adapter.name)] = adapter
                log.info("platform started", platform=adapter.name)
        if faults and not running.keys() - {Platform.WEBHOOK}:
            raise PlatformError("\n".join(faults))
        await self._start_web()

    async def _start_web(self) -> None:
        """Serve webhooks and health; only webhooks are worth failing for."""
        settings = self.services.settings
        from bot.platforms.web_server import WebServer

        routes = [route for adapter in self._adapters for route in adapter.routes]
        metrics = self._metrics.text if settings.metrics else None
        server = WebServer(settings.web_host, settings.web_port, routes, self.health, metrics)
        try:
            await server.start()
        except PlatformError as error:
            if settings.web_on:
                raise
            log.warning("health is not served", error=str(error))
            return
        self._stack.push_async_callback(server.stop)


def adapters(
    services: Services,
    answer: Answer,
    *,
    admit: Admit = admit_all,
    health: Health | None = None,
    faults: InstallationFaults | None = None,
) -> list[TelegramPlatform | SlackPlatform]:
    """One adapter for each platform that the settings name."""
    settings, events = services.settings, StoredChatEvents(services)
    names = [each.name for each in COMMANDS]
    kept = KeptCommands(services.store.button_commands, services.clock)
    found: list[TelegramPlatform | SlackPlatform] = []
    if settings.telegram_on:
        from bot.platforms.telegram.adapter import TelegramPlatform

        found.append(
            TelegramPlatform(
                settings,
                answer,
                menu=menu(),
                inbox=StoredInbox(services.store, services.clock, Platform.TELEGRAM),
                commands=names,
                turn=partial(services.store.leader_lock.hold, f"poll {settings.telegram_bot_id}"),
                admit=admit,
                health=health,
                faults=faults,
                events=events,
                reads_only=dispatch.reads_only,
                understand=dispatch.understand,
                language_of=partial(dispatch.language_of, services),
                kept=kept,
            )
        )
    if settings.slack_on:
        from bot.platforms.slack.adapter import SlackPlatform

        found.append(
            SlackPlatform(
                settings,
                answer,
                StoredInbox(services.store, services.clock, Platform.SLACK),
                names,
                admit=admit,
                health=health,
                faults=faults,
                events=events,
                reads_only=dispatch.reads_only,
                understand=dispatch.understand,
                fault_of=partial(dispatch.fault_of, services),
                installations=services.store.installations,
                clock=services.clock,
                language_of=partial(dispatch.language_of, services),
                kept=kept,
            )
        )
    return found


def senders(services: Services) -> list[SendingPlatform]:
    """The platforms that only send: mail, if the settings name a server, and webhooks."""
    from bot.platforms.webhook.adapter import WebhookPlatform
    from bot.sources.http.post import GuardedPoster

    settings, clock = services.settings, services.clock

    async def key_of(channel_id: int) -> str:
        return await services.store.channel_keys.ensure(channel_id, clock())

    poster = GuardedPoster(
        seconds=settings.request_seconds,
        allowed=settings.allowed_networks,
        contact=settings.contact,
        proxies=settings.proxies,
    )
    found: list[SendingPlatform] = [WebhookPlatform(poster, key_of, clock)]
    if settings.mail_on:
        from bot.platforms.mail.adapter import MailPlatform

        found.append(MailPlatform(settings, key_of, clock))
    return found


def digests_for(
    services: Services, messengers: Mapping[Platform, Messenger], health: Health | None = None
) -> Digests:
    """The daily digests, sent through these platforms."""
    store, clock, settings = services.store, services.clock, services.settings
    late_limit = timedelta(hours=settings.late_hours)
    policy = Policy(
        give_up_after=late_limit,
        settle_after=timedelta(seconds=SETTLE_TIMES * settings.request_seconds),
        prefer_duplicate=settings.prefer_duplicate,
        thread_to_chat=settings.thread_gone == "chat",
    )
    notices = NoticeWriter(store, messengers, operators(settings.admins), clock)
    installations = Installations(store, messengers, notices, clock)
    outcomes = Outcomes(store, clock, policy, notices, installations)
    poll = min(POLL_SECONDS, settings.tick_seconds)
    lanes = Dispatcher(store, Sender(outcomes, messengers), clock, poll_seconds=poll, health=health)
    contents = Contents(store, services.builder, {one.name: one for one in services.scorer.topics})
    pictures = WeeklyPictures(store, contents, services.trends, clock, settings.language)
    lanes.pictures.make = pictures.payload
    preparer = Preparer(
        store=store,
        contents=contents,
        messengers=messengers,
        late_limit=late_limit,
        clock=clock,
        notices=notices,
        on_ready=lanes.wake,
        allowed=partial(allowed, settings=settings),
        web_url=settings.web_url or "",
        language=settings.language,
    )
    recovery = Recovery(outcomes, messengers)
    kept = Ages(*(timedelta(days=days) if days else None for days in settings.kept_days))
    return Digests(store, preparer, recovery, lanes, notices, clock, late_limit, kept)


def watching_for(
    services: Services, messengers: Mapping[Platform, Messenger], digests: Digests
) -> Watching:
    """The alerts, sent as the digests are."""
    settings, store = services.settings, services.store
    topics = {topic.name: topic for topic in services.scorer.topics}
    may_receive = partial(allowed, settings=settings)
    writer = AlertWriter(
        store=store,
        builder=services.builder,
        topics=topics,
        messengers=messengers,
        a_day=settings.alerts_a_day,
        quiet=QuietHours.parsed(settings.alert_quiet),
        on_ready=digests.lanes.wake,
        allowed=may_receive,
        language=settings.language,
    )
    clock, wake = services.clock, digests.lanes.wake
    corrections = CorrectionWriter(store, messengers, clock, wake, may_receive, settings.language)
    watching = Watching(store, ArrivalMatcher(store, topics), writer, clock, corrections)
    digests.lanes.postpone_by(watching.held_until)
    return watching


def alert_tickers(
    watching: Watching, tick_seconds: float, health: Health | None = None
) -> Iterator[Ticker]:
    """The tickers that find and write alerts, and forget old ones."""
    yield Ticker(watching.tick, min(WATCH_SECONDS, tick_seconds), "alerts", health)
    yield Ticker(watching.correct, min(WATCH_SECONDS, tick_seconds), "corrections", health)
    yield Ticker(watching.clean_up, CLEAN_UP_SECONDS, "old alerts", health)


def source_polling_for(
    services: Services, digests: Digests, health: Health | None = None
) -> SourcePolling:
    """The polling of sources, which reports to the operators through the digests' notices."""

    async def notify(notice: SourceNotice) -> None:
        log.warning("source " + notice.kind, source=notice.source, text=notice.text)
        await digests.notices.add(f"Source {notice.source} {notice.text}", kind="source")

    settings, ingest = services.settings, services.ingest
    health = health or Health()
    alive = partial(health.working, POLLING, within=polling_patience(settings.tick_seconds))
    polls = ingest is not None and settings.refresh
    poller = ingest.poller(notify=notify, heartbeat=alive) if ingest and polls else None
    return SourcePolling(poller, settings.tick_seconds, health)
