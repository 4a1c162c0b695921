"""Checks that ask: chat platforms and the language model."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence

from bot.app import adapters
from bot.cli.checks.finding import Finding, fail, note, ok
from bot.errors import BriefbotError
from bot.models import Channel, Command, Platform, Reply
from config.settings import Settings
from handlers.services import Services

MOST_CHATS = 50
"""Chats whose rights are asked for."""


async def check_platforms(
    services: Services, channels: Sequence[Channel] = ()
) -> AsyncIterator[Finding]:
    """Whether each platform accepts the tokens, and what it says about the bot and its chats."""
    found = adapters(services, _silent)
    if not found:
        yield note("no chat platform is configured: the terminal chat is used")
    for adapter in found:
        try:
            yield ok(f"{adapter.name}: connected as {await adapter.check()}")
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


def _chats(channels: Sequence[Channel], platform: Platform) -> list[str]:
    mine = [each for each in channels if each.address.platform is platform and not each.disabled]
    return list(dict.fromkeys(each.address.chat for each in mine))[:MOST_CHATS]


async def _silent(_: Command) -> Reply | None:
    return None
