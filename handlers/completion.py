"""How a line that is being typed may go on: with a command, then with topics."""

from __future__ import annotations

from bot.models import Address, Topic
from bot.platforms.interfaces import Suggestion
from handlers.commands import COMMANDS, CommandSpec
from handlers.services import Services


async def suggestions(services: Services, address: Address, typed: str) -> list[Suggestion]:
    """The words that may stand where the last word of a line is: commands first, then topics.

    A slash before the command is kept or left out, as it was typed.
    """
    line = typed.lstrip()
    first, space, _ = line.partition(" ")
    begun = line.rpartition(" ")[2]
    if not space:
        slash = "/" if first.startswith("/") else ""
        return _beginning(begun, [(slash + each.name, each.summary) for each in _listed()])
    if first.lstrip("/").casefold() == "help":
        return _beginning(begun, [(each.name, each.summary) for each in _listed()])
    own: tuple[Topic, ...] = ()
    if channel := await services.store.channels.find(address):
        own = tuple(await services.store.topics.of_channel(channel.id))
    topics = (*services.scorer.topics, *own)
    return _beginning(begun, [(each.name, each.description) for each in topics])


def _listed() -> list[CommandSpec]:
    return [each for each in COMMANDS if each.listed]


def _beginning(begun: str, words: list[tuple[str, str]]) -> list[Suggestion]:
    return [
        Suggestion(word, len(begun), says)
        for word, says in words
        if word.startswith(begun.casefold())
    ]
