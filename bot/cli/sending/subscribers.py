"""Who gets digests by mail or webhook: subscribe, unsubscribe. The operator alone decides."""

from __future__ import annotations

from typing import Annotated

import typer

from bot.cli import context
from bot.errors import FetchError, SettingsError, UsageError
from bot.models import Address, Change, Channel, Command, Line, Platform, Reply, Role, Style
from bot.platforms.terminal import USER
from bot.render.text import reply_text
from config.mail_settings import mailbox
from config.settings import Settings
from handlers.services import Services

FORMS = "mail:ana@example.org or webhook:https://example.org/hook"

To = Annotated[str, typer.Argument(metavar="TO", help=FORMS)]


def subscribe(
    to: To,
    words: Annotated[
        list[str] | None,
        typer.Argument(metavar="WORDS", help="as in /subscribe: energy 07:30 Europe/Paris"),
    ] = None,
    new_secret: Annotated[
        bool, typer.Option("--new-secret", help="sign with a new secret, and print it once")
    ] = False,
) -> None:
    """Send a daily digest to a mail address or a webhook; `briefbot run` sends it.

    The words are those of /subscribe in a chat. A webhook's secret is printed once.
    """
    settings = context.settings()

    async def work() -> str:
        address = await recipient(to, settings)
        if new_secret and address.platform is not Platform.WEBHOOK:
            raise UsageError("only a webhook has a secret that you can renew")
        async with context.opened(settings) as services:
            if not words and not new_secret:
                raise UsageError(f"say what to send: briefbot subscribe {to} energy at 07:30")
            lines = [await _subscribed(to, address, words, services)] if words else []
            lines += await _secret(to, address, services, renew=new_secret)
            return "\n".join(lines)

    typer.echo(context.run(work))


def unsubscribe(
    to: To,
    words: Annotated[
        list[str] | None,
        typer.Argument(metavar="TOPIC", help="only these digests; the default is all"),
    ] = None,
    forget: Annotated[
        bool, typer.Option("--forget", help="erase all that is stored about the address")
    ] = False,
) -> None:
    """End the digests to a mail address or a webhook."""
    settings = context.settings()

    async def work() -> str:
        address = _address(to)
        if forget and words:
            named = " ".join(words)
            raise UsageError(f"--forget erases all about {to}: leave out {named!r}, or --forget")
        async with context.opened(settings) as services:
            channel = await services.store.channels.find(address)
            if channel is None:
                raise UsageError(
                    f"nothing is sent to {to}: briefbot digest due lists who gets what"
                )
            if forget:
                await services.store.erasure.erase_chat(address)
                return f"All about {to} is erased"
            from handlers.commands.digests import unsubscribe as command

            typed = " ".join(words or ["all"])
            reply = await command.handle(Command("unsubscribe", typed, address, USER), services)
            await _log(channel, "unsubscribe", typed, services)
            return _told(reply, to)

    typer.echo(context.run(work))


async def recipient(to: str, settings: Settings) -> Address:
    """The address of who can be sent to now; raises UsageError or SettingsError."""
    address = _address(to)
    if address.platform is Platform.MAIL and not settings.mail_on:
        raise SettingsError(
            "no mail server is set: set BRIEFBOT_SMTP_URL and BRIEFBOT_MAIL_FROM (see .env.example)"
        )
    if address.platform is Platform.WEBHOOK:
        await _judge(address.chat, settings)
    return address


async def _judge(url: str, settings: Settings) -> None:
    """Raises UsageError for an address that leads inside; one that is not known now may be."""
    from bot.sources.http.post import GuardedPoster, hook_address  # loads the HTTP client

    try:
        hook_address(url, settings.allowed_networks)
    except FetchError as error:
        raise UsageError(str(error)) from error
    poster = GuardedPoster(
        seconds=settings.request_seconds,
        allowed=settings.allowed_networks,
        proxies=settings.proxies,
    )
    try:
        await poster.judge(url)
    except FetchError as error:
        if error.refused:
            raise UsageError(f"{error}; BRIEFBOT_ALLOWED_NETWORKS allows your own") from error
        typer.echo(f"briefbot: {error}; it is tried all the same", err=True)
    finally:
        await poster.close()


def _address(to: str) -> Address:
    """Whom a text names, whether or not it may be sent to now; raises UsageError."""
    platform, _, name = to.strip().partition(":")
    if platform == Platform.MAIL:
        try:
            return Address(Platform.MAIL, "", mailbox(name))
        except ValueError as error:
            raise UsageError(str(error)) from None
    if platform == Platform.WEBHOOK:
        from bot.sources.http.url import web_address

        try:
            found = web_address(name)
        except FetchError as error:
            raise UsageError(str(error)) from error
        return Address(Platform.WEBHOOK, found.host, found.url)
    raise UsageError(f"{to!r} is neither: write {FORMS}")


async def _subscribed(to: str, address: Address, words: list[str], services: Services) -> str:
    """Store the subscription, and say when it comes; a channel that had stopped starts again."""
    from handlers.commands.digests import subscribe as command

    before = await services.store.channels.find(address)
    typed = " ".join(words)
    reply = await command.handle(Command("subscribe", typed, address, USER), services)
    channel = await services.store.channels.find(address)
    assert channel is not None
    await _log(channel, "subscribe", typed, services)
    said = _told(reply, to)
    if before is not None and before.disabled:
        said += f"\nDigests to {to} had stopped ({before.disabled}); they start again"
    return said


async def _secret(to: str, address: Address, services: Services, *, renew: bool) -> list[str]:
    """A webhook's secret, where it is new: it is shown this once."""
    if address.platform is not Platform.WEBHOOK:
        return []
    keys, now = services.store.channel_keys, services.clock()
    channel = await services.store.channels.find(address)
    if channel is None:
        raise UsageError(f"nothing is sent to {to} yet: briefbot subscribe {to} energy at 07:30")
    if not renew and await keys.find(channel.id):
        return []
    secret = await (keys.renew if renew else keys.ensure)(channel.id, now)
    return [f"The secret that signs its posts, shown only now: {secret}"]


async def _log(channel: Channel, command: str, typed: str, services: Services) -> None:
    at = services.clock()
    change = Change(channel.id, at, USER.id, "", Role.OPERATOR, command, typed)
    await services.store.changes.add(change)


def _told(reply: Reply, to: str) -> str:
    """A chat's answer on the command line: without the commands that can be typed in a chat."""
    lines = tuple(each for each in reply.lines if not _of_a_chat(each))
    text = reply_text(Reply(title=reply.title, lines=lines))
    return text.replace("This chat", to)


def _of_a_chat(line: Line) -> bool:
    return any(each.style is Style.CODE and each.text.startswith("/") for each in line.spans)
