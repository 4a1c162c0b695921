"""The bot's adapters over the real command core and store, as `briefbot run` joins them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from datetime import datetime
from functools import partial

from bot.app import adapters
from bot.briefing_builder import BriefingBuilder
from bot.models import Platform
from bot.platforms.interfaces import FindChat
from bot.store import Store
from config.settings import load_settings
from handlers import dispatch
from handlers.permissions import FindRole
from handlers.services import Services
from summarizer.extractive.engine import ExtractiveSummarizer
from summarizer.topics.config import load_topics
from summarizer.topics.scorer import TopicScorer

QUICK = {"BRIEFBOT_REQUEST_SECONDS": "5", "BRIEFBOT_COMMANDS_A_MINUTE": "1000"}


def services_of(store: Store, clock: Callable[[], datetime], **environ: str) -> Services:
    """The services behind the command core, with these settings."""
    return Services(
        settings=load_settings(QUICK | environ),
        store=store,
        scorer=TopicScorer(load_topics()),
        builder=BriefingBuilder(store, ExtractiveSummarizer()),
        clock=clock,
    )


@asynccontextmanager
async def running_bot(
    store: Store, clock: Callable[[], datetime], environ: Mapping[str, str], **more: str
) -> AsyncIterator[Services]:
    """The adapters that the settings name, between their start and their stop."""
    services = services_of(store, clock, **environ, **more)
    roles: dict[Platform, FindRole] = {}
    chats: dict[Platform, FindChat] = {}
    found = adapters(services, partial(dispatch.answer, services, roles=roles, chats=chats))
    roles.update({Platform(each.name): each.role_of for each in found})
    chats.update({Platform(each.name): each.find_chat for each in found})
    for each in found:
        await each.start()
    try:
        yield services
    finally:
        for each in found:
            await each.stop()
