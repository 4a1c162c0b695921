"""The main screens of both platforms, made by the whole bot, as web pages to be photographed.

`python -m tests.support.screens` writes the pictures in docs/pictures. They differ by fonts: those
there have Debian's fonts-noto-core, fonts-noto-mono, fonts-noto-color-emoji and fonts-lato.
"""

from __future__ import annotations

import asyncio
import json
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from html import escape
from pathlib import Path
from typing import Any

from bot.languages import speaking
from bot.models import Briefing
from bot.platforms.pictures import Painter
from bot.render.charts.drawing import svg
from bot.render.charts.trend_words import picture_of
from bot.render.slack.threads import threaded_messages
from bot.store import Store
from bot.trends.counting import WEEK, TrendCounter
from summarizer.topics.config import load_topics
from tests.fakes.node_parts import MODULES
from tests.fakes.slack import FakeSlack
from tests.fakes.telegram import FakeTelegram
from tests.fakes.telegram_api import Sent
from tests.support.builders import NOW
from tests.support.clock import Clock
from tests.support.news import stored
from tests.support.paths import ROOT
from tests.support.slack_modals import modal_html, modal_labels
from tests.support.weeks import weeks_stored
from tests.support.whole_bot import running_bot

PICTURES = ROOT / "docs" / "pictures"
NODE = ROOT / "tests" / "node"
CHARTS = {"trends": "en", "trends-arabic": "ar"}
"""Charts, which are pictures already, with their languages."""

LOCAL = {"BRIEFBOT_TIMEZONE": "Asia/Karachi", "BRIEFBOT_DIGEST_TIME": "17:00"}
"""Slack shows the hour of each message, where the person lives who reads it: it is 17:00."""

PHONE, WINDOW, FORM = 400, 620, 520
"""Widths in pixels: a phone for Telegram, a channel and a form for Slack."""


@dataclass(frozen=True, slots=True)
class Screen:
    """One screen: what is on it as HTML, and the labels of buttons that a person must see."""

    name: str
    html: str
    labels: tuple[str, ...]
    width: int


async def telegram_screens(store: Store) -> list[Screen]:
    """The screens of a private chat in Telegram, from the greeting to the settings."""
    await stored(store)
    async with FakeTelegram() as tg, running_bot(store, Clock(), tg.environ):
        greeting = await _answer(tg, "/start")
        hour = await _answer(tg, "/setup energy")
        zone = await _answer(tg, "/setup energy 07:30")
        briefing = await _answer(tg, "/brief all")
        proof = await _answer(tg, "/why 1")
        subscribed = await _answer(tg, "/setup energy 07:30 Karachi")
        digests = await _answer(tg, "/subscriptions")
        ending = await _answer(tg, "/subscriptions")
        await tg.notice(tg.press("End Energy digest, 07:30", on=ending))
        ending = tg.sent[-1]
        pause = await _answer(tg, "/pause")
        await _answer(tg, "/pause until Monday")
        paused = await _answer(tg, "/subscriptions")
        await _answer(tg, "/resume")
        topics = await _answer(tg, "/topics")
        settings = await _answer(tg, "/settings")
        await _answer(tg, "/brief all")
        notice = await tg.notice(tg.press("👍 More like…", on=tg.sent[-1]))
        which = tg.sent[-1]
        await _answer(tg, "/settings language de")
        german = await _answer(tg, "/brief all")
        german_settings = await _answer(tg, "/settings")
        await _answer(tg, "/settings language ar")
        arabic = await _answer(tg, "/brief all")
        arabic_settings = await _answer(tg, "/settings")
    named = {
        "telegram-greeting": greeting,
        "telegram-hour": hour,
        "telegram-zone": zone,
        "telegram-subscribed": subscribed,
        "telegram-briefing": briefing,
        "telegram-which": which,
        "telegram-proof": proof,
        "telegram-digests": digests,
        "telegram-ending": ending,
        "telegram-pause": pause,
        "telegram-paused": paused,
        "telegram-topics": topics,
        "telegram-settings": settings,
        "telegram-german": german,
        "telegram-german-settings": german_settings,
        "telegram-arabic": arabic,
        "telegram-arabic-settings": arabic_settings,
    }
    notices = {"telegram-which": notice.text}
    return [_in_telegram(name, sent, notices.get(name, "")) for name, sent in named.items()]


async def _answer(tg: FakeTelegram, line: str) -> Sent:
    """What the bot sends when somebody types a line."""
    number = len(tg.sent) + 1
    tg.type(line)
    return await tg.message(number)


async def slack_screens(store: Store) -> list[Screen]:
    """The screens of a channel in Slack, the App Home and a folded digest."""
    await stored(store)
    async with FakeSlack() as slack, running_bot(store, Clock(), slack.environ | LOCAL) as services:
        slack.channels["C1"].creator = "U1"
        for number, line in enumerate(("start", "brief all", "settings"), 1):
            await slack.slash("/brief", line)
            await slack.arrived(number)
        await slack.slash("/brief", "subscribe energy")
        await slack.arrived(4)
        await slack.event({"type": "app_home_opened", "tab": "home"}, "D1")
        await slack.until(lambda: bool(slack.workspace.views))
        greeting, briefing, settings, _ = (each.blocks for each in slack.sent)
        home = slack.workspace.views[-1]["blocks"]
        newest = await services.store.briefings.newest_id()
        made = await services.store.briefings.get(newest or "")
        forms = [await _form(slack, *each) for each in FORMS]
    named = {
        "slack-greeting": [greeting],
        "slack-briefing": [briefing],
        "slack-settings": [settings],
        HOME: [home],
        "slack-folded": _folded(made),
    }
    return [*_in_slack(named), _opened_menu(briefing), *forms]


HOME = "slack-home"
"""The screen that is no message but a page of the app."""

FORMS = (
    ("slack-form-digest", "Add a digest"),
    ("slack-form-topic", "Make a topic of your own"),
    ("slack-form-settings", "Change settings"),
    ("slack-form-watch", "Add an alert"),
)
"""The forms, and the buttons of the App Home that open them."""


async def _form(slack: FakeSlack, name: str, label: str) -> Screen:
    home = next(each for each in slack.workspace.views if each["type"] == "home")
    known = len(slack.workspace.views)
    await slack.press(label, on=home)
    await slack.until(lambda: len(slack.workspace.views) > known)
    view = slack.workspace.views[-1]
    return Screen(name, modal_html(view), modal_labels(view), FORM)


def _folded(briefing: Briefing | None) -> list[list[dict[str, Any]]]:
    assert briefing is not None
    payloads = threaded_messages(briefing, "Daily digest · Monday 23 November 2026")
    return [json.loads(each)["blocks"] for each in payloads]


def _in_telegram(name: str, sent: Sent, notice: str) -> Screen:
    rows = "".join(
        f'<div class="row">{"".join(f"<div class=key>{escape(each)}</div>" for each in row)}</div>'
        for row in sent.labels
    )
    text = sent.html.replace("</blockquote>\n", "</blockquote>")
    shown = f'<div class="notice">{escape(notice)}</div>' if notice else ""
    html = (
        f'<!doctype html><meta charset="utf-8"><style>{_TELEGRAM}</style>'
        f'<main>{shown}<div class="bubble">{text}</div>{rows}</main>'
    )
    return Screen(name, html, tuple(label for row in sent.labels for label in row), PHONE)


def _in_slack(named: dict[str, list[list[dict[str, Any]]]]) -> list[Screen]:
    style = (MODULES / "slack-blocks-to-jsx" / "dist" / "style.css").read_text(encoding="utf-8")
    messages = [
        {"blocks": blocks, "page": name == HOME} for name, each in named.items() for blocks in each
    ]
    shown = iter(_node("slack_blocks.mjs", messages))
    screens = []
    for name, several in named.items():
        first, *rest = (next(shown) for _ in several)
        thread = f'<div class="thread"><b>Thread</b>{"".join(rest)}</div>' if rest else ""
        html = (
            f'<!doctype html><meta charset="utf-8"><style>{style}</style><style>{_SLACK}</style>'
            f"<main>{_TABS if name == HOME else ''}{first}{thread}</main>"
        )
        screens.append(Screen(name, html, tuple(_labels(several)), WINDOW))
    return screens


def _opened_menu(briefing: list[dict[str, Any]]) -> Screen:
    """The first bullet of a briefing, as a person sees it who has pressed ⋮."""
    menus = [
        (at, each)
        for at, block in enumerate(briefing)
        for each in block.get("elements", ())
        if each["type"] == "overflow"
    ]
    at, menu = menus[0]
    (screen,) = _in_slack({"slack-menu": [briefing[: at + 1]]})
    labels = tuple(each["text"]["text"] for each in menu["options"])
    drawn = "".join(f'<div class="key">{escape(each)}</div>' for each in labels)
    html = screen.html.replace("</main>", f'<div class="menu">{drawn}</div></main>')
    return replace(screen, html=html, labels=(*screen.labels, *labels))


def _labels(messages: Sequence[Sequence[dict[str, Any]]]) -> list[str]:
    return [
        element["text"]["text"]
        for blocks in messages
        for block in blocks
        for element in block.get("elements", ())
        if element.get("type") == "button"
    ]


def photographed(screens: Sequence[Screen], browser: str, folder: Path | None) -> list[Any]:
    """What can be seen on each screen; the pictures are written to a folder."""
    wanted = [
        {
            "html": each.html,
            "width": each.width,
            "path": str(folder / f"{each.name}.png") if folder else None,
        }
        for each in screens
    ]
    return list(_node("pictures.mjs", {"browser": browser, "screens": wanted}))


def _node(script: str, given: Any) -> list[Any]:
    command = [shutil.which("node") or "node", str(NODE / script)]
    done = subprocess.run(
        command, input=json.dumps(given), text=True, capture_output=True, check=True, timeout=240
    )
    return list(json.loads(done.stdout))


_TELEGRAM = """
body { margin: 0; background: #c8d9e6; font: 15px/1.38 "Noto Sans", "Noto Color Emoji", sans-serif }
main { padding: 12px }
.bubble { background: #fff; border-radius: 12px; padding: 8px 12px; white-space: pre-wrap;
  unicode-bidi: plaintext; text-align: start; overflow-wrap: anywhere; box-shadow: 0 1px 2px #0002 }
.notice { background: #223344e6; color: #fff; border-radius: 10px; padding: 9px 14px;
  margin-bottom: 10px; text-align: center }
a { color: #2481cc; text-decoration: none }
code { color: #c0392b; font: 13px "Noto Sans Mono", monospace }
blockquote { margin: 2px 0; padding: 3px 8px; border-left: 3px solid #2481cc; background: #2481cc14;
  border-radius: 4px }
blockquote[expandable] { display: -webkit-box; -webkit-line-clamp: 3; -webkit-box-orient: vertical;
  overflow: hidden }
.row { display: flex; gap: 4px; margin-top: 4px }
.key { flex: 1; background: #6d8ba4cc; color: #fff; text-align: center; border-radius: 8px;
  padding: 8px 4px; font-size: 13.5px; overflow-wrap: anywhere; unicode-bidi: plaintext }
"""

_TABS = "<nav><b>briefbot</b><u>Home</u><s>Messages</s><s>About</s></nav>"

_SLACK = """
body { margin: 0; background: #fff;
  font: 15px/1.46 "Lato", "Noto Sans", "Noto Color Emoji", sans-serif }
main { padding: 14px }
.thread { margin: 10px 0 0 44px; padding-left: 12px; border-left: 3px solid #ddd }
.menu { margin: -4px 0 0 190px; width: 270px; padding: 8px 0; border: 1px solid #ddd;
  border-radius: 8px; box-shadow: 0 4px 12px #0002 }
.menu .key { padding: 4px 20px }
.thread > b { font-size: 13px; color: #616061 }
nav { margin: -4px -14px 12px; padding: 0 14px; border-bottom: 1px solid #ddd; font-size: 14px }
nav b { display: block; font-size: 18px; padding-bottom: 6px }
nav u, nav s { display: inline-block; padding: 4px 0; margin-right: 18px; text-decoration: none;
  color: #616061 }
nav u { color: #1d1c1d; font-weight: 700; border-bottom: 2px solid #1d1c1d }
"""


async def _all() -> list[Screen]:
    found: list[Screen] = []
    for make in (telegram_screens, slack_screens):
        with tempfile.TemporaryDirectory() as folder:
            store = Store.open(f"sqlite:///{folder}/screens.db")
            await store.migrate()
            found += await make(store)
            await store.close()
    return found


async def _charts() -> None:
    """Draw the chart of five invented weeks in two languages."""
    with tempfile.TemporaryDirectory() as folder:
        store = Store.open(f"sqlite:///{folder}/charts.db")
        await store.migrate()
        await weeks_stored(store)
        topic = next(each for each in load_topics() if each.name == "energy")
        trend = await TrendCounter(store).trend(topic, WEEK, "UTC", NOW)
        await store.close()
    for name, language in CHARTS.items():
        with speaking(language):
            picture = picture_of([trend])
        assert picture is not None
        (PICTURES / f"{name}.png").write_bytes(await Painter().draw(svg(picture)))


if __name__ == "__main__":
    PICTURES.mkdir(exist_ok=True)
    asyncio.run(_charts())
    photographed(asyncio.run(_all()), shutil.which("chromium") or "chromium", PICTURES)
