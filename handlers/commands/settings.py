"""/settings: show and change the settings of a chat."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby, pairwise

from bot.errors import UsageError
from bot.languages import code as language_code
from bot.languages import isolated, speaking, tr, without_marks
from bot.models import Button, Channel, Command, Line, Place, Reply, Role
from bot.render.buttons import Rows, back_to_digests
from handlers.choices import INSTEAD, OTHER, paired, ticked
from handlers.commands import feedback
from handlers.commands.language_setting import UNCHANGED
from handlers.commands.settings_table import OPERATORS_GROUP, SETTINGS, Setting
from handlers.context import channel_of
from handlers.parsing.tokens import did_you_mean, first_and_rest, fold, nearest, shown
from handlers.reply_lines import GAP, bold, code, item, line, sentence
from handlers.services import Services

EXAMPLE = "/settings time 08:00"

LONGEST_ALONE = 40
"""Characters of a button in a row of its own."""

_NAMES = frozenset(each.name for each in SETTINGS)

USUAL = frozenset({"default", "reset", "usual", "none", "normal", "standard"})
"""Values that restore the default."""


def _back() -> Button:
    return Button(tr("‹ All settings"), "settings")


async def handle(command: Command, services: Services) -> Reply:
    """Show all settings of the chat, describe one, or change it."""
    channel = await channel_of(command, services)
    name, value = _split(command.args)
    if not name:
        return _all(channel, services)
    if fold(name) in feedback.LEARNING:
        known = feedback.forget if value else feedback.learned
        return await known(channel, services)
    if len(several := _several(command.args)) > 1:
        return await _all_changed(several, command, services)
    setting = _named(name)
    if not value:
        return _one(setting, channel, services)
    if value == OTHER:
        return _typed(setting)
    if setting.operators_only and command.user.role is not Role.OPERATOR:
        raise UsageError(tr("Sorry, only operators of this bot can change that."), "/settings who")
    return await _changed(setting, value, channel, services)


def changes(args: str) -> bool:
    """Return whether the arguments of /settings change one."""
    return bool(_split(args)[1])


def _split(args: str) -> tuple[str, str]:
    name, value = first_and_rest(args)
    return name, value.strip().lstrip(":=").strip()


def _several(args: str) -> list[str]:
    """Split "time 08:00 zone Karachi" before each name of a setting that has a value."""
    words = args.split()
    starts = [at for at, word in enumerate(words) if fold(word) in _NAMES]
    if starts[:1] != [0] or any(
        later - each < 2 for each, later in pairwise([*starts, len(words)])
    ):
        return []
    return [" ".join(words[each:later]) for each, later in pairwise([*starts, len(words)])]


async def check(args: str, channel: Channel, services: Services) -> None:
    """Raise UsageError for a value that `handle` would refuse; changes nothing."""
    for each in _several(args) or [args]:
        name, value = _split(each)
        if value not in ("", UNCHANGED, OTHER) and fold(name) not in feedback.LEARNING:
            _after(_named(name), value, channel, services)


def _after(setting: Setting, value: str, channel: Channel, services: Services) -> Channel:
    """Return the channel with a setting changed to what was typed; raises UsageError."""
    if fold(value) in USUAL:
        return setting.usual(channel, services)
    return setting.read(value, channel, services)


def _stays(args: str, channel: Channel, services: Services) -> bool:
    """Return whether a form leaves a setting as it is; then digests with their own time keep it."""
    name, value = _split(args)
    setting = _named(name)
    if value == UNCHANGED:
        return True
    if setting.follow is None or fold(value) in USUAL:
        return False
    after = setting.read(value, channel, services)
    return setting.shown(after, services) == setting.shown(channel, services)


async def _all_changed(several: Sequence[str], command: Command, services: Services) -> Reply:
    """Change several settings, as a form does; if one is wrong, none is changed."""
    channel = await channel_of(command, services)
    await check(command.args, channel, services)
    touched = [each for each in several if not _stays(each, channel, services)]
    replies = [await handle(replace(command, args=each), services) for each in touched]
    changed = [each for each in replies if each.changed]
    names = (_named(_split(each)[0]) for each in several)
    told = tuple(each for reply in changed or replies for each in reply.lines)
    return Reply(
        title=tr("Settings changed") if changed else tr("Settings unchanged"),
        lines=told or tuple(_entry(each, channel, services) for each in names),
        changed=bool(changed),
        buttons=((_back(),),),
        place=Place.EDIT,
    )


def _all(channel: Channel, services: Services) -> Reply:
    more = (
        line(tr("A button opens the choices of its setting.")),
        sentence("Or type a change: {example}", example=code(EXAMPLE)),
        sentence("Learned from 👍 and 👎: {command}", command=code("/settings learning")),
    )
    buttons = [
        Button(_label(each, channel, services), f"settings {each.name}")
        for each in SETTINGS
        if each.choices and each.choices(channel, services)
    ]
    learned = Button(tr("What briefbot learned from 👍 👎"), "settings learning")
    return Reply(
        title=tr("Settings of this chat"),
        lines=(*_grouped(channel, services), *more),
        buttons=(
            *paired([*buttons, learned]),
            (back_to_digests(),),
        ),
        place=Place.EDIT,
    )


def _grouped(channel: Channel, services: Services) -> Iterator[Line]:
    """The settings with what they are about as headings; last, those without a button."""

    def group_of(setting: Setting) -> str:
        return setting.group if choices(setting, channel, services) else OPERATORS_GROUP

    for group, some in groupby(SETTINGS, key=group_of):
        yield line(bold(tr(group)))
        yield from (_entry(each, channel, services) for each in some)
        yield GAP


def _label(setting: Setting, channel: Channel, services: Services) -> str:
    """Return the name of a setting with its value, or alone where a phone would cut it.

    The arrow says that the button opens a choice, and changes nothing yet.
    """
    title = _titled(setting)
    value = setting.shown(channel, services)
    whole = f"{title}: {isolated(value)} ›"
    return whole if len(without_marks(whole)) <= LONGEST_ALONE else f"{title} ›"


def _one(setting: Setting, channel: Channel, services: Services) -> Reply:
    back = f"/settings {setting.name} default"
    return Reply(
        title=tr("Setting: {name}", name=tr(setting.title)),
        lines=(
            _entry(setting, channel, services),
            line(tr(setting.about)),
            sentence(
                "Change it: {example}; restore the default: {command}",
                example=code(setting.example),
                command=code(back),
            ),
        ),
        buttons=(
            *choices(setting, channel, services),
            (Button(_default(setting, channel, services), back.removeprefix("/")),),
            (_back(),),
        ),
        place=Place.EDIT,
    )


def _default(setting: Setting, channel: Channel, services: Services) -> str:
    usual = setting.shown(setting.usual(channel, services), services)
    whole = tr("Default: {value}", value=usual)
    return whole if len(without_marks(whole)) <= LONGEST_ALONE else tr("Default")


def _typed(setting: Setting) -> Reply:
    """Say how to type a value that has no button."""
    return Reply(
        title=tr("Setting: {name}", name=tr(setting.title)),
        lines=(sentence(INSTEAD, command=code(setting.example)),),
        buttons=((Button(tr("‹ Back"), f"settings {setting.name}"),),),
        place=Place.EDIT,
    )


def choices(setting: Setting, channel: Channel, services: Services) -> Rows:
    """Return the values of a setting as buttons; what it is now has a tick."""
    found = setting.choices(channel, services) if setting.choices else ()
    now = setting.shown(channel, services)

    def marked_now(button: Button) -> Button:
        value = button.command.split(maxsplit=2)[2]
        same = value != OTHER and setting.shown(setting.read(value, channel, services), services)
        return replace(button, label=ticked(button.label, same == now))

    return tuple(tuple(map(marked_now, row)) for row in found)


async def _changed(setting: Setting, value: str, channel: Channel, services: Services) -> Reply:
    after = _after(setting, value, channel, services)
    await services.store.channels.change(channel, after)
    await services.store.digests.bring_forward(channel.id, services.clock())
    told = await setting.follow(after, services) if setting.follow else ()
    same = after.interface == channel.interface
    spoken = "" if same else after.speaks(services.settings.language)
    if spoken:
        services.languages[channel.address] = spoken
    with speaking(spoken):
        return _answer(setting, channel, after, told, services)


def _answer(
    setting: Setting, before: Channel, after: Channel, told: tuple[Line, ...], services: Services
) -> Reply:
    return Reply(
        title=tr("Setting changed: {name}", name=tr(setting.title))
        if after != before
        else tr("Setting unchanged: {name}", name=tr(setting.title)),
        lines=(_entry(setting, after, services), *told, *_notes(setting, after, services)),
        changed=after != before,
        buttons=((_back(),),),
        place=Place.EDIT,
        language=language_code(),
    )


def _entry(setting: Setting, channel: Channel, services: Services) -> Line:
    return item(f"{_titled(setting)}: ", bold(setting.shown(channel, services)))


def _titled(setting: Setting) -> str:
    title = tr(setting.title)
    return title[:1].upper() + title[1:]


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
    hint = did_you_mean(close)
    raise UsageError(
        tr(
            "There is no setting {text}.{hint} Settings: {names}.",
            text=shown(name),
            hint=hint,
            names=", ".join(names),
        )
    )
