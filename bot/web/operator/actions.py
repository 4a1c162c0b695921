"""What the operator can do: send a digest again, renew or end the links of a channel."""

from __future__ import annotations

from starlette.responses import HTMLResponse, RedirectResponse, Response

from bot.models import Change, Channel, Role
from bot.page_links import archive_address, new_token
from bot.web.layout import rendered
from bot.web.operator.look import Look, channel_name
from bot.web.visits import NotThere, number_of


async def resend(look: Look) -> Response:
    """Queue again what of a digest is not known to have arrived; the bot sends it."""
    digest = await look.store.digests.get(number_of(look.path["digest"]))
    if digest is None:
        raise NotThere
    parts = await look.store.digests.send_again(digest.id, look.now)
    if parts is not None:
        await _log(look, digest.channel_id, "resend", f"digest {digest.id}")
    if parts is None:
        text = "It was sent completely, or is being sent already. Nothing was changed."
    elif parts:
        text = f"Parts that the bot sends again: {parts}."
    else:
        text = "The bot builds it again and sends it."
    return _told(look, f"Digest {digest.id}", text, "/operator/digests")


async def renew_link(look: Look) -> Response:
    """End every link of a channel and show a new one to its archive, this once."""
    channel = await _channel(look)
    token = new_token()
    await look.store.page_links.renew(channel.id, token, look.now)
    await _log(look, channel.id, "link", "renewed")
    name = channel_name(channel.title, channel.address.platform, channel.address.chat)
    text = "It opens all digests of this channel. It is shown only now: copy it. Older links ended."
    address = archive_address(look.settings, token)
    return _told(look, f"New link of {name}", text, "/operator/channels", address)


async def end_links(look: Look) -> Response:
    """End every link of a channel."""
    channel = await _channel(look)
    await look.store.page_links.end(channel.id)
    await _log(look, channel.id, "link", "ended")
    return RedirectResponse("/operator/channels", 303)


async def _channel(look: Look) -> Channel:
    found = await look.store.channels.get(number_of(look.path["channel"]))
    if found is None:
        raise NotThere
    return found


def _told(look: Look, title: str, text: str, back: str, address: str = "") -> Response:
    page = rendered(
        "operator/done.html", look=look, title=title, text=text, back=back, address=address
    )
    return HTMLResponse(page)


async def _log(look: Look, channel_id: int, command: str, args: str) -> None:
    change = Change(
        channel_id=channel_id,
        at=look.now,
        user_id="operator",
        user_name="Operator's page",
        role=Role.OPERATOR,
        command=command,
        args=args,
    )
    await look.store.changes.add(change)
