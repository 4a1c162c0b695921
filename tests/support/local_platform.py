"""A Telegram or a Slack of your own, to try the bot without an account.

`python -m tests.support.local_platform telegram` prints the settings that lead a bot there. Each
line that is typed is a person's message: in Telegram a private one, in Slack one to the bot, or a
command in the channel #energy where it begins with /brief. `!Label` presses the last button of that
name. What the bot sends is printed.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections.abc import Iterator, Mapping
from typing import Any

from tests.fakes.slack import FakeSlack
from tests.fakes.slack_web import Sent as SlackSent
from tests.fakes.telegram import FakeTelegram

TELEGRAM_PORT, SLACK_PORT = 9000, 9001
LOOK_SECONDS = 0.2


class LocalTelegram:
    """The Bot API, and one person in a private chat."""

    def __init__(self, port: int) -> None:
        self.server = FakeTelegram()
        self.server.port = port
        self._shown = 0

    def say(self, text: str) -> None:
        """Type a message, or press a button."""
        if text.startswith("!"):
            label = text[1:]
            on = next(
                sent
                for sent in reversed(self.server.sent)
                if any(label in row for row in sent.labels)
            )
            self.server.press(label, on=on)
        else:
            self.server.type(text)

    def news(self) -> Iterator[str]:
        """What the bot has sent since the last call."""
        new = self.server.sent[self._shown :]
        self._shown += len(new)
        for sent in new:
            yield "\n".join([sent.text, *(f"[{'] ['.join(row)}]" for row in sent.labels)])


class LocalSlack:
    """A workspace: the channel #energy, a private conversation, and one person."""

    def __init__(self, port: int) -> None:
        self.server = FakeSlack(port=port)
        self.server.channels["C1"].creator = "U1"  # who types may change what #energy gets
        self._shown = 0
        self._typing: set[asyncio.Task[Any]] = set()

    def say(self, text: str) -> None:
        """Type a command or a message, or press a button; the bot acknowledges it later."""
        if text.startswith("!"):
            label = text[1:]
            on = next(
                sent
                for sent in reversed(self.server.sent)
                if label in dict.fromkeys(_buttons(sent))
            )
            work = self.server.press(label, on, channel=on.channel)
        elif text.split(maxsplit=1)[0] == "/brief":
            work = self.server.slash("/brief", text.removeprefix("/brief").strip())
        else:
            work = self.server.direct(text)
        task = asyncio.create_task(work)
        self._typing.add(task)
        task.add_done_callback(self._typing.discard)

    def news(self) -> Iterator[str]:
        """What the bot has sent since the last call."""
        new = self.server.sent[self._shown :]
        self._shown += len(new)
        for sent in new:
            labels = _buttons(sent)
            words = "\n".join("".join(_words(each)) for each in sent.blocks) or sent.text
            yield words + (f"\n[{'] ['.join(labels)}]" if labels else "")


def _buttons(sent: SlackSent) -> list[str]:
    return [
        element["text"]["text"]
        for block in sent.blocks
        for element in block.get("elements", ())
        if element.get("type") == "button"
    ]


def _words(part: Any) -> Iterator[str]:
    """The texts of blocks, in their order, without those on buttons and menus."""
    if isinstance(part, Mapping):
        if part.get("type") in {"button", "overflow"}:
            return
        if isinstance(part.get("text"), str):
            yield part["text"]
            return
        part = list(part.values())
    if isinstance(part, list):
        for each in part:
            yield from _words(each)


async def serve(local: LocalTelegram | LocalSlack) -> None:
    """Serve until the end of input."""
    async with local.server as server:
        print("\n".join(f"{name}={value}" for name, value in server.environ.items()), flush=True)
        talking = asyncio.create_task(_talk(local))
        while not talking.done():
            for text in local.news():
                print(f"\n{text}\n", flush=True)
            await asyncio.wait([talking], timeout=LOOK_SECONDS)
        await talking


async def _talk(local: LocalTelegram | LocalSlack) -> None:
    while line := await asyncio.to_thread(sys.stdin.readline):
        try:
            if line.strip():
                local.say(line.strip())
        except StopIteration:
            print("no message has such a button", file=sys.stderr)


def main() -> None:
    """Serve the platform that is named."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("platform", choices=("telegram", "slack"))
    parser.add_argument("--port", type=int)
    given = parser.parse_args()
    if given.platform == "telegram":
        local: LocalTelegram | LocalSlack = LocalTelegram(given.port or TELEGRAM_PORT)
    else:
        local = LocalSlack(given.port or SLACK_PORT)
    asyncio.run(serve(local))


if __name__ == "__main__":
    main()
