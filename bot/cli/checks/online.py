"""Checks that ask: chat platforms and the models."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Collection, Sequence
from dataclasses import replace

from bot.app import adapters, senders
from bot.cli.checks.finding import Finding, fail, note, ok
from bot.cli.checks.settings import check_entailment_files
from bot.errors import BriefbotError
from bot.models import Address, Channel, Command, Platform, Reply
from bot.platforms.interfaces import ChatPlatform, SendingPlatform
from config.settings import Settings
from handlers.services import Services

Checked = ChatPlatform | SendingPlatform

MOST_CHATS = 50
"""Chats whose rights are asked for."""


async def check_platforms(
    services: Services, channels: Sequence[Channel] = ()
) -> AsyncIterator[Finding]:
    """Whether each platform accepts the tokens, and what it says about the bot and its chats."""
    used = {each.address.platform for each in channels}
    sending = [each for each in senders(services) if _in_use(each.name, used, services.settings)]
    chatting = adapters(services, _silent)
    if not chatting and not sending:
        yield note("no chat platform is configured: the terminal chat is used")
    found: list[Checked] = [*chatting, *sending]
    for adapter in found:
        try:
            said = await adapter.check()
            yield ok(f"{adapter.name}: {said if adapter in sending else f'connected as {said}'}")
            for line in await adapter.diagnose(_chats(channels, Platform(adapter.name))):
                yield fail(f"{adapter.name}: {line}")
        except BriefbotError as error:
            yield fail(f"{adapter.name}: {error}")


async def check_model(services: Services, settings: Settings) -> AsyncIterator[Finding]:
    """Whether the configured model answers; what its server said if it does not."""
    editor = services.builder.editor
    if editor is None:
        return
    from summarizer.llm.probe import probe  # only where a model is configured

    call = await probe(editor.calls, services.clock())
    if call.fault:
        where = settings.openai_base_url or "OpenAI"
        yield fail(f"model {call.model}: {call.fault} (at {where}; see docs/models.md)")
        return
    used = f"{call.input_tokens} tokens in, {call.output_tokens} out"
    how = f"asked with {call.parameters}, JSON by {editor.calls.server.shape.form}"
    yield ok(f"model {call.model}: answered in {call.seconds:.1f} s, {used}; {how}")


async def check_entailment(services: Services, settings: Settings) -> AsyncIterator[Finding]:
    """Whether the configured entailment model loads and tells a sentence from its denial."""
    reader = services.builder.reader
    if reader is None:
        return
    from summarizer.entailment.model_files import EntailmentFault

    if any(check_entailment_files(settings)):
        return  # told with the settings
    began = time.monotonic()
    try:
        await asyncio.to_thread(reader.model)
    except EntailmentFault as fault:
        yield fail(f"{fault} (see docs/models.md)")
    else:
        yield ok(f"entailment model: loaded and tried in {time.monotonic() - began:.1f} s")


def _in_use(name: str, used: Collection[Platform], settings: Settings) -> bool:
    """Whether a platform that only sends has something to send, or somewhere to send it."""
    return Platform(name) in used or (name == Platform.MAIL and settings.mail_on)


def _chats(channels: Sequence[Channel], platform: Platform) -> list[Address]:
    mine = [each for each in channels if each.address.platform is platform and not each.disabled]
    chats = (replace(each.address, thread="") for each in mine)
    return list(dict.fromkeys(chats))[:MOST_CHATS]


async def _silent(_: Command) -> Reply | None:
    return None
