"""The settings of how digests look: details folded or shown, charts or none."""

from __future__ import annotations

from dataclasses import replace

from bot.languages import tr
from bot.models import FOLDED, PICTURES_OFF, Button, Channel
from bot.render.buttons import Rows
from handlers.parsing.setting_values import read_details, read_pictures
from handlers.services import Services


def details(text: str, channel: Channel, _: Services) -> Channel:
    """Read how the details come."""
    return replace(channel, details=read_details(text, "/settings details folded"))


def shown_details(channel: Channel, _: Services) -> str:
    """Say how the details come."""
    return tr("folded, headlines first") if channel.details == FOLDED else tr("shown at once")


def layouts(_: Channel, __: Services) -> Rows:
    """Return buttons for how digests come, by what is seen; the values are typed in English."""
    shown = Button(tr("shown at once"), "settings details shown")
    return ((shown,), (Button(tr("folded, headlines first"), "settings details folded"),))


def pictures(text: str, channel: Channel, _: Services) -> Channel:
    """Read whether weekly digests have a chart."""
    return replace(channel, pictures=read_pictures(text, "/settings pictures off"))


def shown_pictures(channel: Channel, _: Services) -> str:
    """Say whether weekly digests have a chart."""
    return tr("no") if channel.pictures == PICTURES_OFF else tr("yes")


def with_chart(_: Channel, __: Services) -> Rows:
    """Return buttons for weekly digests with a chart and without; on and off are typed."""
    return ((Button(tr("yes"), "settings pictures on"), Button(tr("no"), "settings pictures off")),)
