"""Inline mode: `@bot energy` in any chat shows bullets to send there.

Telegram sends such queries only where inline mode is switched on in BotFather, one for every few
letters that a person types: the last one is answered, once that person pauses.
https://core.telegram.org/bots/inline
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace

from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQuery,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
    LinkPreviewOptions,
)
from telegram.constants import ParseMode
from telegram.error import TelegramError

from bot.languages import speaking, tr
from bot.log import get_logger
from bot.models import Address, Command, Opens, Platform, Reply
from bot.platforms.admission import Admit
from bot.platforms.interfaces import Answer
from bot.platforms.telegram.deep_links import link, payload
from bot.platforms.telegram.errors import plain
from bot.platforms.telegram.updates import person
from bot.render.telegram.inline import InlineResult, inline_results

COMMAND = "bullets"
"""The command by which the core makes bullets that are stored nowhere."""

TYPING_SECONDS = 0.4
"""The pause after which a query counts as typed to its end."""

ANSWER_SECONDS = 10.0
"""Telegram drops later answers."""

CACHE_SECONDS = 30
"""How long Telegram may show an answer again to the same person."""

MOST_AT_ONCE = 50
"""Queries that are answered at once; further ones are left out."""

log = get_logger(__name__)


class InlineAnswers:
    """Answers inline queries, the latest of each person."""

    def __init__(self, bot: Bot, answer: Answer, admit: Admit, admins: Sequence[str]) -> None:
        self._bot = bot
        self._answer = answer
        self._admit = admit
        self._admins = admins
        self._running: dict[int, asyncio.Task[None]] = {}

    def take(self, query: InlineQuery) -> None:
        """Answer a query in a moment, instead of an earlier one of the same person."""
        person = query.from_user.id
        earlier = self._running.pop(person, None)
        if earlier is not None:
            earlier.cancel()
        if not self._bot.supports_inline_queries or len(self._running) >= MOST_AT_ONCE:
            return
        task = asyncio.create_task(self._answered(query))
        self._running[person] = task
        task.add_done_callback(lambda done: self._forget(person, done))

    async def stop(self) -> None:
        """End the answers in progress: nobody waits for them for long."""
        tasks = list(self._running.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _forget(self, person: int, done: asyncio.Task[None]) -> None:
        if self._running.get(person) is done:
            del self._running[person]

    async def _answered(self, query: InlineQuery) -> None:
        await asyncio.sleep(TYPING_SECONDS)
        asked = self._command(query)
        if not self._admit(asked).admitted:
            return
        try:
            async with asyncio.timeout(ANSWER_SECONDS):
                reply = await self._answer(asked)
                await self._show(query, reply)
        except TelegramError as error:
            log.info("inline query not answered", error=plain(error))
        except TimeoutError:
            log.info("inline query not answered in time")
        except Exception:
            log.exception("inline query failed")

    def _command(self, query: InlineQuery) -> Command:
        user = replace(person(query.from_user, self._admins, private=True), name="")
        text = query.query.encode("utf-8", "ignore").decode()
        return Command(COMMAND, text, Address(Platform.TELEGRAM, "", user.id), user)

    async def _show(self, query: InlineQuery, reply: Reply | None) -> None:
        with speaking(reply.language if reply else ""):
            await self._show_spoken(query, reply)

    async def _show_spoken(self, query: InlineQuery, reply: Reply | None) -> None:
        briefing = reply.briefing if reply else None
        results: list[InlineQueryResultArticle] = []
        start = "topics"
        if briefing is not None and briefing.bullets:
            results = [self._article(*each) for each in inline_results(briefing)]
            topics = [section.topic for section in briefing.sections]
            start = payload(f"setup {topics[0]}" if len(topics) == 1 else "setup") or "setup"
        more = tr("Get this every day") if results else tr("Nothing found: see my topics")
        await self._bot.answer_inline_query(
            query.id,
            results,
            cache_time=CACHE_SECONDS,
            is_personal=True,
            button=InlineQueryResultsButton(more, None, start),
        )

    def _article(self, result: InlineResult, story: str) -> InlineQueryResultArticle:
        url = link(self._bot.username, f"story {story}", Opens.HERE)
        label = tr("The story, with its sources")
        button = InlineKeyboardMarkup.from_button(InlineKeyboardButton(label, url)) if url else None
        return InlineQueryResultArticle(
            result.id,
            result.title,
            InputTextMessageContent(
                result.html, ParseMode.HTML, link_preview_options=LinkPreviewOptions(True)
            ),
            button,
            description=result.description,
        )
