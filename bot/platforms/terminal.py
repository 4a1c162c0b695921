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
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from bot.errors import DeliveryError, PlatformError
from bot.models import Address, Briefing, Command, Delivery, Platform, Receipt, Reply, User
from bot.platforms.interfaces import Answer, Suggest, Suggestion, Understand, first_word
from bot.render.text import briefing_text, reply_text
from config.terminal_style import colour, draws, movable, width

if TYPE_CHECKING:
    from bot.platforms.terminal_prompt import Prompt

PROMPT = "briefbot> "
GREETING = "Type brief for a briefing, help for all commands, quit to leave."

ADDRESS = Address(Platform.TERMINAL, "", "terminal")
USER = User(id="terminal", admin=True)
"""Who sits at a terminal may do everything: the database is theirs."""

_GOODBYES = frozenset({"quit", "exit"})


async def no_suggestions(_typed: str) -> Sequence[Suggestion]:
    """Suggest nothing."""
    return ()


class TerminalChat:
    """Answers the commands on `stdin` in order, and prints this channel's digests.

    On a terminal there is a prompt with completion and a history, which is kept in the file
    `history` if there is one; there Ctrl-C clears the line or stops the answer, and Ctrl-D ends.
    A dumb terminal gets a plain prompt. In a pipe there is none, and an empty line separates two
    answers. Control characters are removed from all output.
    """

    name = "terminal"
    traceable = False
    shows_pictures = False

    def __init__(
        self,
        answer: Answer,
        *,
        address: Address,
        user: User,
        understand: Understand = first_word,
        suggest: Suggest = no_suggestions,
        history: Path | None = None,
        stdin: TextIO | None = None,
        stdout: TextIO | None = None,
    ) -> None:
        self._answer = answer
        self._address = address
        self._user = user
        self._understand = understand
        self._suggest = suggest
        self._history = history
        self._stdin = _forgiving(stdin or sys.stdin)
        self._stdout = _forgiving(stdout or sys.stdout)
        self._colour = colour(self._stdout)
        self._interactive = (
            self._stdout.isatty() and self._stdin is sys.stdin and self._stdin.isatty()
        )
        self._prompt: Prompt | None = None
        self._answering: asyncio.Task[Reply | None] | None = None
        self._said = False
        self._prompting = False

    async def run(self) -> None:
        """Answer until the input ends, `quit` or a signal; PlatformError if output fails."""
        chat = asyncio.create_task(self._chat())
        with _handled({signal.SIGINT: partial(self._interrupt, chat), signal.SIGTERM: chat.cancel}):
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
            await self._show(json.loads(delivery.payload)["text"])
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
            self._write(GREETING)
        if self._interactive and movable(self._stdout):
            from bot.platforms.terminal_prompt import Prompt  # a pipe does without its library

            self._prompt = Prompt(PROMPT, self._suggest, self._history, colour=self._colour)
        while (typed := await self._next_line()) is not None:
            first = typed.strip().lstrip("/／").lower().split(maxsplit=1)[:1]
            if first and first[0] in _GOODBYES:
                return
            name, args = self._understand(typed)
            if name or args:
                await self._reply(Command(name, args, self._address, self._user))

    async def _reply(self, command: Command) -> None:
        """Answer a command; Ctrl-C on a terminal stops the answer, not the chat."""
        self._answering = asyncio.ensure_future(self._answer(command))
        try:
            reply = await self._answering
        except asyncio.CancelledError:
            current = asyncio.current_task()
            if current is not None and current.cancelling():
                raise
            self._write("\nStopped.")
            return
        finally:
            self._answering.cancel()
            self._answering = None
        if reply is not None:
            out = self._stdout
            shown = reply_text(reply, colour=self._colour, width=width(out), drawn=draws(out))
            await self._show(shown)

    def _interrupt(self, chat: asyncio.Task[None]) -> None:
        if self._interactive and self._answering:
            self._answering.cancel()
        else:
            chat.cancel()

    async def _show(self, text: str) -> None:
        """Print one answer or digest, above a prompt that waits."""
        if self._prompt is None:
            self._write(text)
        else:
            await self._prompt.print_above(partial(self._write, text))

    def _write(self, text: str) -> None:
        """Write one answer or digest; a plain prompt that waits is written again below it."""
        before = "\n" if self._prompting or (self._said and not self._interactive) else ""
        after = "\n" if self._interactive else ""
        again = PROMPT if self._prompting else ""
        self._stdout.write(f"{before}{text}\n{after}{again}")
        self._stdout.flush()
        self._said = True

    async def _next_line(self) -> str | None:
        """Wait for a line, at a pipe or a dumb terminal in a daemon thread; None at the end."""
        if self._prompt is not None:
            return await self._prompt.next_line()
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
def _handled(handlers: Mapping[signal.Signals, Callable[[], object]]) -> Iterator[None]:
    """Call these at Ctrl-C and the like inside the block."""
    loop = asyncio.get_running_loop()
    for number, handler in handlers.items():
        loop.add_signal_handler(number, handler)
    try:
        yield
    finally:
        for number in handlers:
            loop.remove_signal_handler(number)
