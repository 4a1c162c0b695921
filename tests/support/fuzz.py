"""Random briefings and replies, rendered for both platforms and judged by their rules.

`python -m tests.support.fuzz 1000000 --seed 7` (or `make fuzz`) prints what was refused.
"""

from __future__ import annotations

import argparse
import json
import logging
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from random import Random

import structlog

from bot.models import (
    Briefing,
    Bullet,
    BulletStatus,
    Button,
    Line,
    Opens,
    Reply,
    Section,
    Span,
    Style,
)
from bot.platforms.kept_commands import reference
from bot.platforms.telegram.callbacks import CallbackSigner
from bot.render.slack import messages as slack
from bot.render.slack.actions import fitted
from bot.render.slack.forms import home_view
from bot.render.slack.threads import threaded_messages
from bot.render.telegram import messages as telegram
from bot.render.telegram.inline import inline_results
from tests.fakes import slack_blocks
from tests.fakes.telegram_rules import Refusal, keyboard, parse
from tests.support.builders import a_briefing, a_bullet, a_citation, a_section, an_article

LIVE = {"mention", "bot_command", "url", "email"}

_PLAIN = """
the storm cut power to homes on coast said minister 40,000 and/or U.S.-led 3.5bn $71 e.g. ﷺ 漢字 कि
@everyone @here <!channel> <@U1> <#C1|x> <http://x|bank> /forget /why_2 t.me/x Booking.com Ａ ทดสอบ
tg://user?id=1 a@b.example http://x.y 1.1.1.1 ton:// #tag $USD &lt;script&gt; <b </code> &amp; &#60;
" ' ` * _ ~ :smile: :: <!date^0^{x}|y> مرحبا שלום 🇩🇪
"""

_FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467"

WORDS = (
    *_PLAIN.split(),
    *(_FAMILY, "e\u0301", "\u202e", "\u200b", "\u2066", "\U000e0041", "\ud800", "\x00", "\u2028"),
)

URLS = (
    "https://news.example/1",
    "https://news.example/?a=1&b=<c>\"'",
    "https://news.example/" + "x" * 1500,
    "javascript:alert(1)",
    "data:text/html,x",
    "tg://user?id=42",
    "http://a\\@b/",
    "",
)


@dataclass
class Findings:
    """How many renderings were judged, and the refusals with the seed of each."""

    renderings: int = 0
    messages: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    seeds: dict[str, int] = field(default_factory=dict)

    def note(self, faults: Iterator[str] | list[str], seed: int) -> None:
        for each in faults:
            self.refused[each] += 1
            self.seeds.setdefault(each, seed)


class Maker:
    """Makes the same things from the same seed."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)

    def text(self, most: int = 12) -> str:
        random = self.random
        if random.random() < 0.003:
            return "".join(random.choices(WORDS, k=random.randint(200, 900)))
        words = random.choices(WORDS, k=random.randint(0, most))
        if random.random() < 0.1:
            words.append(
                chr(random.choice((random.randint(0, 0x2FFF), random.randint(0, 0x10FFFF))))
            )
        return random.choice((" ", " ", " ", "\n", "")).join(words)

    def briefing(self) -> Briefing:
        random = self.random
        sections = [
            self.section() for _ in range(random.choices((0, 1, 2, 3, 6), (2, 8, 4, 1, 0.3))[0])
        ]
        made = a_briefing(*sections) if sections else a_briefing(a_section("energy"))
        return replace(made, alert=random.random() < 0.1, news_only=random.random() < 0.3)

    def section(self) -> Section:
        random = self.random
        bullets = [
            self.bullet()
            for _ in range(random.choices((0, 1, 2, 3, 8, 40), (4, 8, 6, 4, 1, 0.2))[0])
        ]
        made = a_section(random.choice(("energy", "security", "own-topic")), *bullets)
        return replace(made, title=self.text(4) or "Topic")

    def bullet(self) -> Bullet:
        random = self.random
        citations = [
            a_citation(an_article("Title", source=self.text(4), url=random.choice(URLS) or None))
            for _ in range(random.choice((0, 1, 1, 2, 4)))
        ]
        made = a_bullet(
            self.text(30), citations=citations, change=random.choice((None, self.text()))
        )
        return replace(made, status=random.choice(tuple(BulletStatus)), attribution=self.text(3))

    def reply(self) -> Reply:
        random = self.random
        lines = tuple(
            self.line() for _ in range(random.choices((0, 1, 3, 8, 60), (2, 8, 6, 2, 0.2))[0])
        )
        return Reply(
            title=self.text(6),
            lines=lines,
            note=tuple(self.line() for _ in range(random.randint(0, 2))),
            buttons=self.buttons(),
            briefing=self.briefing() if random.random() < 0.2 else None,
        )

    def line(self) -> Line:
        random = self.random
        spans = tuple(
            Span(self.text(), random.choice(tuple(Style)), random.choice((None, None, *URLS)))
            for _ in range(random.choice((0, 1, 1, 2, 5)))
        )
        kind = random.random()
        return Line(spans, item=kind < 0.3, quoted=kind > 0.8)

    def command(self) -> str:
        """What a button does; some have no room there."""
        kind = self.random.random()
        if kind < 0.7:
            return f"why {self.random.randint(0, 99)}"
        if kind < 0.98:
            return f"brief {self.text(30)}".encode("utf-8", "ignore").decode()
        return f"topics {'x' * self.random.randint(1900, 4000)}"

    def buttons(self) -> tuple[tuple[Button, ...], ...]:
        random = self.random
        return tuple(
            tuple(
                Button(self.text(3), self.command(), random.choice(tuple(Opens)))
                for _ in range(random.randint(0, 6))
            )
            for _ in range(random.choices((0, 1, 2, 12), (6, 4, 2, 0.2))[0])
        )


def telegram_faults(payloads: tuple[str, ...]) -> Iterator[str]:
    """What Telegram refuses of some messages, or would bring to life in them."""
    signer = CallbackSigner("123:token", lambda: "brief_bot")
    for body in map(json.loads, payloads):
        try:
            parsed = parse(body["text"], body["parse_mode"])
            if "reply_markup" in body:
                keyboard({"reply_markup": signer.markup("42", body["reply_markup"])})
        except Refusal as refusal:
            yield f"telegram: {refusal}"
            continue
        for each in parsed.found:
            if each.kind in LIVE and not parsed.of(each).startswith("/"):
                yield f"telegram: {each.kind} came to life"


def slack_faults(payloads: tuple[str, ...]) -> Iterator[str]:
    """What Slack refuses of some messages, or whom they would call."""
    for body in map(json.loads, payloads):
        body["blocks"], _ = fitted(body["blocks"], reference)
        yield from (f"slack: {each.split(' [')[0]}" for each in slack_blocks.problems(body))
        if slack_blocks.mentions(body):
            yield "slack: somebody is called"


def _inline(briefing: Briefing) -> Iterator[str]:
    for result, _ in inline_results(briefing):
        try:
            parse(result.html, "HTML")
        except Refusal as refusal:
            yield f"telegram inline: {refusal}"


def _home(reply: Reply) -> Iterator[str]:
    view = home_view(replace(reply, briefing=None), "D1")
    view["blocks"], _ = fitted(view["blocks"], reference)
    if view["blocks"]:
        yield from (
            f"slack home: {each.split(' [')[0]}" for each in slack_blocks.view_problems(view)
        )


def renderings(seed: int) -> Iterator[Callable[[], Iterator[str]]]:
    """Eight renderings of one seed: digests, folded and not, alerts, replies, results, homes."""
    maker = Maker(seed)
    briefing, reply, title = maker.briefing(), maker.reply(), maker.text(6)
    yield lambda: telegram_faults(telegram.briefing_messages(briefing, title))
    yield lambda: telegram_faults(telegram.briefing_messages(briefing, title, folded=True))
    yield lambda: telegram_faults(telegram.reply_messages(reply))
    yield lambda: _inline(briefing)
    yield lambda: slack_faults(slack.briefing_messages(briefing, title))
    yield lambda: slack_faults(threaded_messages(briefing, title))
    yield lambda: slack_faults(slack.reply_messages(reply))
    yield lambda: _home(reply)


def fuzz(count: int, seed: int = 0) -> Findings:
    """Judge so many renderings, beginning with a seed."""
    findings = Findings()
    while findings.renderings < count:
        for work in renderings(seed):
            findings.renderings += 1
            try:
                findings.note(work(), seed)
            except Exception as error:  # noqa: BLE001 - a crash is what is looked for
                findings.note([f"crash: {type(error).__name__}: {error}"], seed)
        seed += 1
    return findings


def main() -> int:
    """Run it as a program; the status is 1 if anything was refused."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", type=int, nargs="?", default=1_000_000)
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    began = time.process_time()
    findings = fuzz(given.count, given.seed)
    seconds = time.process_time() - began
    print(f"{findings.renderings:,} renderings, {seconds:,.0f} s of processor time")
    for fault, times in findings.refused.most_common():
        print(f"{times:8,}  {fault}  (seed {findings.seeds[fault]})")
    return 1 if findings.refused else 0


if __name__ == "__main__":
    sys.exit(main())
