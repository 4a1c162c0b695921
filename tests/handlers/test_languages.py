"""A chat in German or Arabic: no text of the bot stays English, and names stay as published."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from benchmarks.code.catalogues import TRANSLATED, stored
from bot.briefing_builder import BriefingBuilder
from bot.errors import StoreError
from bot.languages import OFFERED, closed
from bot.models import Address, Platform, User
from bot.render.slack.forms import MAX_LABEL, MAX_TITLE, form_view
from bot.render.telegram.messages import reply_messages
from bot.store import Store
from config.settings import load_settings
from handlers.services import Services
from summarizer.extractive.engine import ExtractiveSummarizer
from tests.fakes.openai import honest
from tests.support.clock import Clock
from tests.support.dialog import PERSON, Chat
from tests.support.model_desk import desk
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
    *("/trends", "/trends 30d", "/trends 3d", "/trends 7d 30d", "/trends nothing"),
    *("/settings pictures", "/settings pictures off", "/settings pictures maybe"),
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


@pytest.mark.parametrize("language", OFFERED)
async def test_no_hint_of_a_form_and_no_value_on_a_button_is_cut_off(
    language: str, chat: Chat
) -> None:
    await chat.say(f"/settings language {language}")
    for name in ("subscribe", "settings", "watch", "topic"):
        asked = await chat.ask(f"/form {name}")
        assert asked is not None
        assert asked.form is not None
        hints = [text for each in asked.form.fields for text in (each.hint, each.placeholder)]
        assert max(map(len, hints)) <= MAX_LABEL, hints
        assert max(len(asked.form.title), len(asked.form.send)) <= MAX_TITLE
        view = form_view(asked.form, "C1", asked.language or language)
        shown = [block["hint"]["text"] for block in view["blocks"] if "hint" in block]
        assert all(each.startswith("\u200f\u2067") == (language == "ar") for each in shown)
        assert all(map(closed, shown))
    settings = await chat.ask("/settings")
    assert settings is not None
    labels = [each.label for row in settings.buttons[:8] for each in row]
    assert all(": " in each for each in labels if each.endswith("›")), labels


async def test_a_language_is_chosen_and_left_to_the_profile_again(chat: Chat) -> None:
    await chat.hears(
        ("/settings language de", "Einstellung geändert: Sprache…Sprache: Deutsch"),
        ("/settings zone", "Einstellung: Zeitzone…"),
        ("/settings language العربية", "تغيّر الإعداد…العربية…"),
        ("/settings language ur", "…نموذج لغوي…"),
        ("/settings language English", "Setting changed: language…Language: English"),
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


@pytest.mark.parametrize("bullets", [None, "ur"])
async def test_a_form_sent_as_it_was_opened_leaves_both_languages(
    services: Services, bullets: str | None
) -> None:
    async with desk(services.store, honest) as at:
        builder = replace(services.builder, editor=at.engine)
        chat = Chat(replace(services, builder=builder))
        await chat.say("/settings language de")
        await chat.say(f"/settings language {bullets or 'original'}")
        asked = await chat.ask("/form settings")
        assert asked is not None
        assert asked.form is not None
        filled = " ".join(
            f"{each.lead} {each.initial[0]}" for each in asked.form.fields if each.initial
        )
        assert "language" in filled
        await chat.say(f"/settings {filled}")
        channel = await services.store.channels.find(chat.address)
        assert channel is not None
        assert (channel.interface, channel.language) == ("de", bullets)


async def test_what_only_operators_read_is_wholly_english(services: Services, clock: Clock) -> None:
    clock.forward(hours=3)
    chat = Chat(services, user=replace(PERSON, admin=True))
    await chat.hears(
        ("/settings language de", "…Deutsch…"),
        (
            "/status",
            "Status…Letzte Änderungen:…/settings language de (Ada, Betreiber)…Running for 3 h",
        ),
        ("/resend", "Give the number of the digest…Try /resend 12"),
        ("/withdraw", "Nothing was withdrawn yet. Try /withdraw 2 …"),
        ("/sources add", "Write the address of a feed or page. Try …"),
        ("/mute", "In diesem Chat sind keine…"),
    )
    assert (await Chat(services, chat.address).say("/resend 1")).startswith(
        "Das können nur Betreiber"
    )


async def test_a_chat_hears_of_a_broken_database_in_its_language(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    chat = Chat(services)
    await chat.say("/settings language de")

    async def broken(_: Address) -> None:
        raise StoreError("the disk is full")

    monkeypatch.setattr(services.store.channels, "find", broken)
    monkeypatch.setattr(services.store.channels, "ensure", broken)
    await chat.hears(("/mute", "Das hat leider nicht geklappt…"))
