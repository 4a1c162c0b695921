"""The setting "language": what the bot speaks in a chat, and what the bullets are translated to."""

from __future__ import annotations

from dataclasses import replace

from bot.errors import UsageError
from bot.languages import OFFERED, code, language_name, offered, tr
from bot.models import Button, Channel
from bot.models.languages import LANGUAGES
from bot.render.buttons import Rows, rows
from handlers.parsing.setting_values import read_language
from handlers.parsing.tokens import fold
from handlers.services import Services
from summarizer.extractive.engine import NAME as EXTRACTIVE
from summarizer.llm.tasks import NAME as OPENAI

EXAMPLE = "/settings language de"

AS_PUBLISHED = frozenset({"original", "as published", "off", "source", "sources"})
"""Values that switch translation off."""

AUTO = frozenset({"auto", "automatic", "profile"})
"""Values with which the bot speaks the language of a person's profile."""

UNCHANGED = "unchanged"
"""What a form sends whose language nobody touched; a translation stays, too."""

TRANSLATIONS_SHOWN = ("Urdu", "French", "Spanish", "Russian", "Turkish")


def read(text: str, channel: Channel, services: Services) -> Channel:
    """Read a language: the bot speaks it if it can, and a model, if there is one, translates."""
    said = fold(text)
    if said == UNCHANGED:
        return channel
    if said in AUTO:
        return replace(channel, interface=None)
    if said in AS_PUBLISHED:
        return replace(channel, language=None)
    translates = services.builder.editor is not None
    language = read_language(text, EXAMPLE, LANGUAGES if translates else (*OFFERED, "auto"))
    spoken = offered(language.code) or channel.interface
    if translates:
        return replace(channel, interface=spoken, language=language.code)
    if not offered(language.code):
        raise UsageError(needs_model(), "/settings")
    return replace(channel, interface=spoken)


def usual(channel: Channel, _: Services) -> Channel:
    """Return the channel with the profile's language, and bullets as published."""
    return replace(channel, interface=None, language=None)


def shown(channel: Channel, _: Services) -> str:
    """Return the language, and that of translated bullets: "German; bullets in Urdu (ur)"."""
    own = channel.interface
    spoken = _titled(own or code())
    if own is None:
        spoken = tr("auto ({language})", language=spoken)
    if channel.language is None:
        return spoken
    bullets = f"{_titled(channel.language)} ({channel.language})"
    return tr("{language}; bullets in {other}", language=spoken, other=bullets)


def choices(_: Channel, services: Services) -> Rows:
    """Return buttons for the languages that the bot speaks, and for translations."""
    spoken = [Button(name, f"settings language {each}") for each, name in OFFERED.items()]
    first = (Button(tr("Automatic"), "settings language auto"), *spoken)
    if services.builder.editor is None:
        return rows(first, 2)
    others = [Button(each, f"settings language {each}") for each in TRANSLATIONS_SHOWN]
    original = Button(tr("Bullets as published"), "settings language original")
    return (*rows(first, 2), *rows((original, *others), 3))


def note(channel: Channel, services: Services) -> str:
    """Return what a translation leaves as it is, or why there is none; "" where none is wanted."""
    if channel.language is None:
        return ""
    if services.builder.editor is None:
        return needs_model()
    if channel.engine == EXTRACTIVE:
        return tr(
            "The engine {engine} does not translate: until {command} "
            "briefings stay in the language of their sources.",
            engine=EXTRACTIVE,
            command=f"/settings engine {OPENAI}",
        )
    return tr(
        "Titles, quotations and names stay as published. Figures, names and quotations are "
        "checked; the rest of a translation is not. /why N shows the original."
    )


def needs_model() -> str:
    """Return why a value cannot be chosen."""
    return tr(
        "That needs a language model, and none is configured here. Briefings keep the language and "
        "the sentences of their sources. The operator of this bot can configure a model."
    )


def _titled(named: str) -> str:
    return language_name(named, LANGUAGES[named].name)
