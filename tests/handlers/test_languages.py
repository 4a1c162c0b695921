"""A chat in German or Arabic: no text of the bot stays English, and names stay as published."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from benchmarks.code.catalogues import TRANSLATED, stored
from bot.briefing_builder import BriefingBuilder
from bot.models import Address, Platform, User
from bot.render.slack.forms import form_view
from bot.render.telegram.messages import reply_messages
from bot.store import Store
from config.settings import load_settings
from handlers.services import Services
from summarizer.extractive.engine import ExtractiveSummarizer
from tests.support.clock import Clock
from tests.support.dialog import PERSON, Chat
from tests.support.news import stored as stored_news
from tests.support.scorer import built_in_scorer

ASKED = (
    *("/start", "/help", "/help brief", "/brief energy 7d", "/why 1", "/story 1", "/more"),
    *("/brief floods", "/brief energy 1h", "/why 99", "/why one two", "/topics", "/status"),
    *("/topics add floods: flood, -insurance", "/topics remove floods", "/topics remove energy"),
    *("/subscribe energy at 7:30 and 18:00, weekly on Monday at 8", "/subscriptions", "/try"),
    *("/subscribe", "/subscribe energy at 25:00", "/setup", "/setup energy", "/setup energy 08:00"),
    *("/pause", "/pause 7d", "/resume", "/resume", "/unsubscribe", "/unsubscribe security"),
    *("/watch", '/watch "Strait of Hormuz"', "/watch", "/unwatch 9", "/follow 1", "/unwatch all"),
    *("/mute", "/mute football", "/mute alerts 3h", "/unmute alerts", "/unmute all", "/like 1"),
    *("/settings", "/settings learning", "/settings quiet 22-7", "/settings zone Karachi"),
    *("/settings time 8", "/settings details", "/settings engine openai", "/settings nothing x"),
    *("/settings who", "/settings length 99", "/settings language klingon", "/settings language"),
    *("/search gas", "/search qqqq", "/search", "/ask How many homes lost power?", "/ask why qqq"),
    *("/sources", "/home", "/form subscribe", "/form settings", "/form watch", "/form topic"),
    *("/stop", "/unsubscribe all", "/stop", "/forget", "/forget yes", "/nonsense", "hello"),
)


def english(language: str) -> list[re.Pattern[str]]:
    """The texts of a catalogue that must not be said: long enough, and not alike in both."""
    found = []
    for text in stored(language):
        first = text.id if isinstance(text.id, str) else text.id[0] if text.id else ""
        said = text.string if isinstance(text.string, str) else " ".join(text.string or ())
        plain = max(re.split(r"\{\w+\}", first), key=len).strip(" .:;,")
        if len(plain) > 10 and " " in plain and plain not in said:
            found.append(re.compile(rf"(?<!\w){re.escape(plain)}(?!\w)"))
    return found


@pytest.fixture
def services(sqlite_store: Store, clock: Clock) -> Services:
    """One engine is enough: what is stored is two names."""
    return Services(
        settings=load_settings({"BRIEFBOT_COMMANDS_A_MINUTE": "1000"}),
        store=sqlite_store,
        scorer=built_in_scorer(),
        builder=BriefingBuilder(sqlite_store, ExtractiveSummarizer()),
        clock=clock,
    )


@pytest.mark.parametrize("language", TRANSLATED)
async def test_no_answer_is_in_english(language: str, chat: Chat, sqlite_store: Store) -> None:
    await stored_news(sqlite_store)
    await chat.say(f"/settings language {language}")
    forbidden = english(language)
    assert len(forbidden) > 300
    for typed in ASKED:
        reply = await chat.ask(typed)
        assert reply is not None, typed
        shown = "\n".join(reply_messages(reply))
        if reply.form is not None:
            shown += str(form_view(reply.form, "C1", reply.language))
        wrong = [each.pattern for each in forbidden if each.search(shown)]
        assert wrong == [], (typed, shown)
        if language != "en" and typed == "/forget yes":
            await chat.say(f"/settings language {language}")


async def test_a_language_is_chosen_and_left_to_the_profile_again(chat: Chat) -> None:
    await chat.hears(
        ("/settings language de", "Einstellung geändert: Sprache (language)…Deutsch; Punkte wie…"),
        ("/settings zone", "Einstellung: Zeitzone (zone)…"),
        ("/settings language العربية", "تغيّر الإعداد…العربية…"),
        ("/settings language ur", "…نموذج لغوي…"),
        ("/settings language English", "Setting changed: language…English; bullets as published"),
        ("/settings language auto", "Setting changed: language…auto (English)…"),
    )


async def test_in_private_the_profile_counts_and_a_choice_before_it(services: Services) -> None:
    private = Address(Platform.TELEGRAM, "", PERSON.id)
    german = User(PERSON.id, "Ada", language="de")
    chat = Chat(services, private, german)
    await chat.hears(("/mute", "In diesem Chat sind keine Wörter stummgeschaltet.…"))
    stored_channel = await services.store.channels.find(private)
    assert stored_channel is not None
    assert stored_channel.speaks("en") == "de"
    await chat.hears(
        ("/settings language ar", "…"),
        ("/mute", "لا كلمات مكتومة…"),
        ("/nonsense", "لا أعرف الأمر…"),
    )


async def test_the_operator_chooses_what_chats_hear_that_chose_nothing(services: Services) -> None:
    settings = services.settings.model_copy(update={"language": "de"})
    chat = Chat(replace(services, settings=settings))
    await chat.hears(("/mute", "In diesem Chat sind keine…"), ("/why x", "In diesem Chat gibt es…"))
