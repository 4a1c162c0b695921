"""The chat in a terminal, or through a pipe: one command a line."""

from __future__ import annotations

import asyncio
import contextlib
import io
import json
import os
import signal
import sys
import threading
from collections.abc import Iterator
from datetime import datetime
from typing import TextIO

from bot.errors import DeliveryError, PlatformError
from bot.models import Address, Briefing, Command, Delivery, Platform, Receipt, User
from bot.platforms.interfaces import Answer, Understand, first_word
from bot.render.text import briefing_text, reply_text
from config.terminal_style import colour, width

PROMPT = "briefbot> "
GREETING = "Type brief for a briefing, help for all commands, quit to leave."

ADDRESS = Address(Platform.TERMINAL, "", "terminal")
USER = User(id="terminal", admin=True)
"""Who sits at a terminal may do everything: the database is theirs."""

_GOODBYES = frozenset({"quit", "exit"})
_HISTORY = 500


class TerminalChat:
    """Answers the commands on `stdin` in order, and prints this channel's digests.

    On a terminal there is a prompt with history; in a pipe there is none, and an empty line
    separates two answers. Control characters are removed from all output.
    """

    name = "terminal"
    traceable = False

    def __init__(
        self,
        answer: Answer,
        *,
        address: Address,
        user: User,
        understand: Understand = first_word,
        stdin: TextIO | None = None,
        stdout: TextIO | None = None,
    ) -> None:
        self._answer = answer
        self._address = address
        self._user = user
        self._understand = understand
        self._stdin = _forgiving(stdin or sys.stdin)
        self._stdout = _forgiving(stdout or sys.stdout)
        self._colour = colour(self._stdout)
        self._interactive = (
            self._stdout.isatty() and self._stdin is sys.stdin and self._stdin.isatty()
        )
        self._said = False
        self._prompting = False

    async def run(self) -> None:
        """Answer until the input ends, `quit`, or Ctrl-C; PlatformError if output fails."""
        chat = asyncio.create_task(self._chat())
        with _cancelled_by_signals(chat), self._terminal():
            try:
                await chat
            except asyncio.CancelledError:
                current = asyncio.current_task()
                if current is not None and current.cancelling():
                    raise
            except BrokenPipeError:
                discard(self._stdout)
            except OSError as error:
                discard(self._stdout)
                raise PlatformError(f"answers cannot be printed: {error.strerror}") from error

    def parts(
        self, briefing: Briefing, heading: str, *, folded: bool = False, page: str = ""
    ) -> tuple[str, ...]:
        """Render a digest as one payload."""
        text = briefing_text(briefing, heading, hint=True, page=page)
        return (json.dumps({"text": text}, ensure_ascii=False),)

    def notice(self, text: str) -> str:
        """Render a notice to the operators."""
        return json.dumps({"text": text}, ensure_ascii=False)

    async def send(self, address: Address, delivery: Delivery) -> Receipt:
        """Print one stored part; raises DeliveryError when the output is closed."""
        if address != self._address:
            raise DeliveryError("this digest belongs to another terminal", permanent=True)
        try:
            self._print(json.loads(delivery.payload)["text"])
        except OSError as error:
            raise DeliveryError(f"the terminal is closed: {error.strerror}") from error
        return Receipt(f"terminal-{delivery.id}")

    async def find(
        self, address: Address, delivery: Delivery, since: datetime | None = None
    ) -> Receipt | None:
        """Never called: a terminal has no history."""
        raise DeliveryError("a terminal has no history to look up", uncertain=True)

    async def _chat(self) -> None:
        if self._interactive:
            self._print(GREETING)
        while (typed := await self._next_line()) is not None:
            first = typed.strip().lstrip("/／").lower().split(maxsplit=1)[:1]
            if first and first[0] in _GOODBYES:
                return
            name, args = self._understand(typed)
            if name or args:
                await self._reply(Command(name, args, self._address, self._user))

    async def _reply(self, command: Command) -> None:
        reply = await self._answer(command)
        if reply is not None:
            self._print(reply_text(reply, colour=self._colour, width=width(self._stdout)))

    def _print(self, text: str) -> None:
        """Write one answer or digest; a waiting prompt is written again below it."""
        before = "\n" if self._prompting or (self._said and not self._interactive) else ""
        after = "\n" if self._interactive else ""
        again = PROMPT if self._prompting else ""
        self._stdout.write(f"{before}{text}\n{after}{again}")
        self._stdout.flush()
        self._said = True

    async def _next_line(self) -> str | None:
        """Wait for a line in a daemon thread; None at the end of input."""
        loop = asyncio.get_running_loop()
        line: asyncio.Future[str | None] = loop.create_future()

        def hand_over(typed: str | None) -> None:
            if not line.done():
                line.set_result(typed)

        def read() -> None:
            typed = self._read()
            with contextlib.suppress(RuntimeError):  # the loop has ended
                loop.call_soon_threadsafe(hand_over, typed)

        self._prompting = self._interactive
        threading.Thread(target=read, daemon=True, name="terminal input").start()
        try:
            return await line
        finally:
            self._prompting = False

    def _read(self) -> str | None:
        try:
            return input(PROMPT) if self._interactive else self._stdin.readline() or None
        except (EOFError, OSError, ValueError):
            return None

    @contextlib.contextmanager
    def _terminal(self) -> Iterator[None]:
        """Enable the history, and restore the terminal afterwards."""
        if not self._interactive:
            yield
            return
        import readline
        import termios

        readline.set_history_length(_HISTORY)
        before = termios.tcgetattr(self._stdin)
        try:
            yield
        finally:
            termios.tcsetattr(self._stdin, termios.TCSADRAIN, before)
            self._stdout.write("\n")
            self._stdout.flush()


def _forgiving(stream: TextIO | None) -> TextIO:
    """Replace undecodable characters; a closed stream is treated as empty."""
    if stream is None:
        return io.StringIO()
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(errors="replace")
    return stream


def discard(stream: TextIO) -> None:
    """Discard the buffer of a broken stream, so that the exit is silent."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


@contextlib.contextmanager
def _cancelled_by_signals(task: asyncio.Task[None]) -> Iterator[None]:
    """Cancel the task on Ctrl-C or SIGTERM inside the block."""
    loop = asyncio.get_running_loop()
    numbers = (signal.SIGINT, signal.SIGTERM)
    for number in numbers:
        loop.add_signal_handler(number, task.cancel)
    try:
        yield
    finally:
        for number in numbers:
            loop.remove_signal_handler(number)
