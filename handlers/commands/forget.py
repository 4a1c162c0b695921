"""/forget: erase all that is stored about a chat, after a question."""

from __future__ import annotations

from bot.languages import tr
from bot.log import get_logger
from bot.models import Button, Command, Line, Place, Platform, Reply
from bot.render.phrases import counted
from bot.store import Erased
from handlers.parsing.tokens import fold
from handlers.reply_lines import code, item, line, sentence
from handlers.services import Services

CONFIRMED = "/forget yes"

_YES = frozenset({"yes", "y", "ja", "oui", "si", "confirm"})

_NOUNS = {
    "subscriptions": "digest",
    "topics": "own topic",
    "mutes": "muted word",
    "briefings": "briefing",
    "digests": "sent digest",
}

log = get_logger(__name__)


async def handle(command: Command, services: Services) -> Reply:
    """Ask first and list what is stored; with "yes", erase it and list what was erased."""
    if fold(command.args.strip().rstrip(".!")) in _YES:
        erased = await services.store.erasure.erase_chat(command.address)
        if command.address.platform is not Platform.TERMINAL:
            log.info("chat erased", platform=command.address.platform, digests=erased.digests)
        done = Reply(title=tr("Erased"), lines=_listed(erased), place=Place.EDIT)
        return done if erased.anything else _nothing()
    stored = await services.store.erasure.stored(command.address)
    if not stored.anything:
        return _nothing()
    return Reply(
        title=tr("Erase all data of this chat?"),
        lines=(
            *_listed(stored),
            sentence("This cannot be undone. To confirm: {command}", command=code(CONFIRMED)),
        ),
        buttons=(
            (Button(tr("Erase everything"), "forget yes"), Button(tr("Keep it"), "subscriptions")),
        ),
        place=Place.EDIT,
    )


def erased_text(erased: Erased) -> str:
    """Return what was erased as one phrase: "3 digests, 2 sent digests, …"."""
    return ", ".join(
        counted(getattr(erased, name), noun)
        for name, noun in _NOUNS.items()
        if getattr(erased, name)
    )


def _listed(erased: Erased) -> tuple[Line, ...]:
    counts = [
        item(counted(getattr(erased, name), noun))
        for name, noun in _NOUNS.items()
        if getattr(erased, name)
    ]
    return (*counts, item(tr("the settings of this chat and the log of their changes")))


def _nothing() -> Reply:
    return Reply(lines=(line(tr("Nothing is stored about this chat.")),))
