"""A briefing as the results of an inline query: one article for each bullet.

https://core.telegram.org/bots/api#inlinequeryresultarticle
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

from bot.models import Briefing
from bot.render import wording as words
from bot.render.bullets import NumberedBullet
from bot.render.sanitize import cut, utf16
from bot.render.telegram.messages import quoted_bullet
from bot.render.telegram.pages import messages

MOST = 20
"""Results of one query; Telegram shows 50."""

TITLE_UNITS, DESCRIPTION_UNITS = 120, 160


@dataclass(frozen=True, slots=True)
class InlineResult:
    """One result: what the list shows of it, and the HTML that is sent when it is chosen."""

    id: str
    title: str
    description: str
    html: str


def inline_results(briefing: Briefing) -> Iterator[tuple[InlineResult, str]]:
    """Each result with the id of its story; a bullet that needs several messages is left out."""
    shown = [each for part in words.parts(briefing) for each in part.bullets]
    for bullet in shown[:MOST]:
        texts = messages([quoted_bullet(bullet)])
        if len(texts) == 1:
            story = briefing.bullets[bullet.number - 1].story_id
            yield _result(bullet, str(json.loads(texts[0])["text"])), story


def _result(bullet: NumberedBullet, html: str) -> InlineResult:
    outlets = ", ".join(each.name for each in bullet.outlets)
    about = " · ".join(filter(None, [outlets, bullet.about]))
    title = _short(bullet.text, TITLE_UNITS)
    return InlineResult(str(bullet.number), title, _short(about, DESCRIPTION_UNITS), html)


def _short(text: str, units: int) -> str:
    return text if utf16(text) <= units else cut(text, units - 1, utf16)[0] + "…"
