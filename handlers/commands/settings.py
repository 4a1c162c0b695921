"""/settings: show and change the settings of a chat."""

from __future__ import annotations

from bot.errors import UsageError
from bot.models import Channel, Command, Line, Reply, Role
from handlers.commands.settings_table import SETTINGS, Setting
from handlers.context import channel_of
from handlers.parsing.tokens import either, fold, nearest, shown
from handlers.reply_lines import GAP, bold, code, item, line
from handlers.services import Services

EXAMPLE = "/settings time 08:00"

USUAL = frozenset({"default", "reset", "usual", "none", "normal", "standard"})
"""Values that restore the default."""


async def handle(command: Command, services: Services) -> Reply:
    """Show all settings of the chat, describe one, or change it."""
    channel = await channel_of(command, services)
    name, value = _split(command.args)
    if not name:
        return _all(channel, services)
    setting = _named(name)
    if not value:
        return _one(setting, channel, services)
    if setting.operators_only and command.user.role is not Role.OPERATOR:
        raise UsageError("Sorry, only operators of this bot can change that.", "/settings who")
    return await _changed(setting, value, channel, services)


def changes(args: str) -> bool:
    """Return whether the arguments of /settings change one."""
    return bool(_split(args)[1])


def _split(args: str) -> tuple[str, str]:
    name, value = (*args.split(maxsplit=1), "", "")[:2]
    return name, value.strip().lstrip(":=").strip()


def _all(channel: Channel, services: Services) -> Reply:
    lines = [_entry(each, channel, services) for each in SETTINGS]
    more = line("Change one: ", code(EXAMPLE), "; more about one: ", code("/settings language"))
    return Reply(title="Settings of this chat", lines=(*lines, GAP, more))


def _one(setting: Setting, channel: Channel, services: Services) -> Reply:
    back = f"/settings {setting.name} default"
    return Reply(
        title=f"Setting: {setting.name}",
        lines=(
            _entry(setting, channel, services),
            line(setting.about),
            line("Change it: ", code(setting.example), "; restore the default: ", code(back)),
        ),
    )


async def _changed(setting: Setting, value: str, channel: Channel, services: Services) -> Reply:
    usual = fold(value) in USUAL
    after = setting.usual(channel, services) if usual else setting.read(value, channel, services)
    await services.store.channels.change(channel, after)
    await services.store.digests.bring_forward(channel.id, services.clock())
    told = await setting.follow(after, services) if setting.follow else ()
    return Reply(
        title=f"Setting changed: {setting.name}"
        if after != channel
        else f"Setting unchanged: {setting.name}",
        lines=(_entry(setting, after, services), *told, *_notes(setting, after, services)),
        changed=after != channel,
    )


def _entry(setting: Setting, channel: Channel, services: Services) -> Line:
    return item(bold(setting.name), f": {setting.shown(channel, services)}")


def _notes(setting: Setting, channel: Channel, services: Services) -> tuple[Line, ...]:
    note = setting.note(channel, services) if setting.note else ""
    return (line(note),) if note else ()


def _named(name: str) -> Setting:
    key = fold(name).strip(":=")
    for each in SETTINGS:
        if key == each.name or key in each.also:
            return each
    names = [each.name for each in SETTINGS]
    close = nearest(name, names)
    hint = f" Did you mean {either(close)}?" if close else ""
    raise UsageError(f"There is no setting {shown(name)}.{hint} Settings: {', '.join(names)}.")
