"""The prompt of the terminal's chat: completion by Tab, and a history that is kept."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable, Iterable
from contextlib import suppress
from pathlib import Path

from prompt_toolkit import PromptSession
from prompt_toolkit.application import run_in_terminal
from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document
from prompt_toolkit.history import FileHistory, History, InMemoryHistory
from prompt_toolkit.output import ColorDepth

from bot.platforms.interfaces import Suggest
from config.private_files import create_private, create_private_folder, make_private

LONGEST_HISTORY = 100_000
"""Bytes of the history file; of a longer one the older half is forgotten."""


class Prompt:
    """Reads lines on a terminal.

    The history is kept in a private file, or in memory without one. It cannot be kept where the
    file cannot be written; the chat goes on without it.
    """

    def __init__(self, text: str, suggest: Suggest, history: Path | None, *, colour: bool) -> None:
        self._session: PromptSession[str] = PromptSession(
            text,
            completer=_Words(suggest),
            complete_while_typing=False,
            history=_history(history),
            color_depth=None if colour else ColorDepth.DEPTH_1_BIT,
        )

    async def next_line(self) -> str | None:
        """Wait for a line: "" after Ctrl-C, which clears it, and None after Ctrl-D."""
        try:
            return await self._session.prompt_async(handle_sigint=False)
        except KeyboardInterrupt:
            return ""
        except EOFError:
            return None

    async def print_above(self, write: Callable[[], None]) -> None:
        """Call `write`, which prints, with the prompt out of the way if there is one."""
        if self._session.app.is_running:
            await run_in_terminal(write)
        else:
            write()


class _Words(Completer):
    def __init__(self, suggest: Suggest) -> None:
        self._suggest = suggest

    def get_completions(
        self, document: Document, complete_event: CompleteEvent
    ) -> Iterable[Completion]:
        """Nothing: the prompt asks for the asynchronous ones."""
        return ()

    async def get_completions_async(
        self, document: Document, complete_event: CompleteEvent
    ) -> AsyncGenerator[Completion, None]:
        for each in await self._suggest(document.text_before_cursor):
            yield Completion(each.word, start_position=-each.begun, display_meta=each.says)


def _history(path: Path | None) -> History:
    if path is None:
        return InMemoryHistory()
    try:
        create_private_folder(path.parent)
        create_private(path)
        make_private(path)
        kept = path.read_bytes()
        if len(kept) > LONGEST_HISTORY:
            _, _, newer = kept[-LONGEST_HISTORY // 2 :].partition(b"\n\n")
            path.write_bytes(b"\n" + newer)
    except OSError:
        return InMemoryHistory()
    return _KeptHistory(str(path))


class _KeptHistory(FileHistory):
    """Forgets quietly what cannot be written: the line itself is answered."""

    def store_string(self, string: str) -> None:
        with suppress(OSError):
            super().store_string(string)
