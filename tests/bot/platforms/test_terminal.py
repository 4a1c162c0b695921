"""The terminal chat through a pipe, on a real pseudo-terminal, and as a messenger."""

from __future__ import annotations

import asyncio
import io
import json
import os
import pty
import re
import select
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from bot.errors import DeliveryError, PlatformError
from bot.models import Address, Command, Line, Platform, Reply, Span, User
from bot.platforms.interfaces import Suggestion
from bot.platforms.terminal import GREETING, PROMPT, TerminalChat
from bot.platforms.terminal_prompt import LONGEST_HISTORY
from tests.support.builders import a_briefing, a_delivery, an_address
from tests.support.paths import ROOT

HERE = an_address("terminal", platform=Platform.TERMINAL)

PATIENCE = 20.0


@dataclass
class Core:
    """A command core that says back what it was asked, and nothing to "silence"."""

    asked: list[Command] = field(default_factory=list)

    async def answer(self, command: Command) -> Reply | None:
        self.asked.append(command)
        if command.name == "silence":
            return None
        if command.name == "wait":
            print("waiting", flush=True)
            await asyncio.Event().wait()
        return Reply(lines=(Line((Span(f"{command.name}[{command.args}]"),)),))


async def suggest(typed: str) -> list[Suggestion]:
    """What may follow: a command first, then a topic."""
    words = ("energy", "security") if " " in typed else ("brief", "status")
    begun = typed.rpartition(" ")[2]
    return [Suggestion(each, len(begun), "") for each in words if each.startswith(begun)]


async def digest_to(chat: TerminalChat) -> list[Suggestion]:
    """Send a digest while a line is being typed."""
    await chat.send(
        Address(Platform.TERMINAL, "", "terminal"),
        a_delivery(payload=json.dumps({"text": "Good morning"})),
    )
    return []


async def piped(typed: str) -> tuple[str, Core]:
    """What the chat prints when these lines come through a pipe."""
    core, printed = Core(), io.StringIO()
    await a_chat(core, io.StringIO(typed), printed).run()
    return printed.getvalue(), core


def a_chat(core: Core, stdin: io.StringIO, stdout: io.StringIO) -> TerminalChat:
    user = User("terminal", admin=True)
    return TerminalChat(core.answer, address=HERE, user=user, stdin=stdin, stdout=stdout)


async def test_a_pipe_gets_answers_parted_by_empty_lines_and_no_prompt() -> None:
    printed, _ = await piped("/brief energy\n/status\n")
    assert printed == "brief[energy]\n\nstatus[]\n"


async def test_commands_need_no_slash_and_no_small_letters() -> None:
    _, core = await piped("Brief  Energy 48h \n/BRIEF energy\n／brief energy")
    assert [(each.name, each.args) for each in core.asked] == [
        ("brief", "Energy 48h"),
        ("brief", "energy"),
        ("brief", "energy"),
    ]
    assert core.asked[0].address == HERE
    assert core.asked[0].user.admin


@pytest.mark.parametrize("goodbye", ["quit", "exit", "/quit", "EXIT now"])
async def test_it_ends_at_a_goodbye(goodbye: str) -> None:
    printed, core = await piped(f"status\n{goodbye}\nbrief\n")
    assert [each.name for each in core.asked] == ["status"]
    assert printed == "status[]\n"


async def test_empty_lines_and_silence_print_nothing() -> None:
    printed, _ = await piped("\n   \n/\nsilence\nhelp\n")
    assert printed == "help[]\n"


async def test_escape_sequences_that_were_typed_are_not_printed_back() -> None:
    printed, _ = await piped("say \x1b[2J\x1b]0;owned\x07\n")
    assert printed == "say[[2J]0;owned]\n"


async def test_a_digest_is_printed_below_the_answers() -> None:
    printed = io.StringIO()
    chat = a_chat(Core(), io.StringIO("status\n"), printed)
    await chat.run()
    (payload,) = chat.parts(a_briefing(), "Daily digest")
    receipt = await chat.send(HERE, a_delivery(7, payload=payload))
    assert receipt.message_id == "terminal-7"
    assert printed.getvalue().startswith("status[]\n\nDaily digest\n")
    assert not chat.traceable


async def test_a_digest_of_another_address_is_refused_for_good() -> None:
    chat = a_chat(Core(), io.StringIO(), io.StringIO())
    with pytest.raises(DeliveryError) as refused:
        await chat.send(an_address("other", platform=Platform.TERMINAL), a_delivery())
    assert refused.value.permanent


async def test_a_digest_that_nobody_can_read_may_be_sent_again(tmp_path: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "w", buffering=1) as closed:
        chat = TerminalChat(
            Core().answer, address=HERE, user=User("x"), stdin=io.StringIO(), stdout=closed
        )
        with pytest.raises(DeliveryError) as refused:
            await chat.send(HERE, a_delivery(payload=json.dumps({"text": "Good morning"})))
        os.dup2(os.open(tmp_path / "rest", os.O_CREAT | os.O_WRONLY), closed.fileno())
    assert not refused.value.permanent
    assert not refused.value.uncertain


async def test_cancelling_its_task_ends_it() -> None:
    reading, writing = os.pipe()
    with os.fdopen(reading) as waiting, os.fdopen(writing, "w"):
        chat = TerminalChat(
            Core().answer, address=HERE, user=User("x"), stdin=waiting, stdout=io.StringIO()
        )
        task = asyncio.create_task(chat.run())
        await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task


SCRIPT = """
import asyncio, os
from pathlib import Path
from bot.models import Address, Platform, User
from bot.platforms.terminal import TerminalChat
from tests.bot.platforms.test_terminal import Core, digest_to, suggest
here = Address(Platform.TERMINAL, "", "terminal")
history = Path(os.environ["HISTORY"]) if "HISTORY" in os.environ else None
async def suggest_or_send(typed):
    return await digest_to(chat) if typed == "digest" else await suggest(typed)
chat = TerminalChat(
    Core().answer, address=here, user=User("x"), suggest=suggest_or_send, history=history
)
asyncio.run(chat.run())
print("ended well")
"""
RUN = [sys.executable, "-c", SCRIPT]


@dataclass
class Screen:
    """A program on a pseudo-terminal, which it holds as a shell's child holds the user's."""

    process: int
    terminal: int
    seen: str = ""
    printed: str = ""

    def type(self, keys: str) -> None:
        os.write(self.terminal, keys.encode())

    def shows(self, text: str) -> None:
        """Wait until the program has printed this after what was waited for before."""
        until = time.monotonic() + PATIENCE
        while text not in self.seen:
            left = until - time.monotonic()
            assert left > 0, f"no {text!r} in {self.seen!r}"
            if select.select([self.terminal], [], [], left)[0]:
                new = os.read(self.terminal, 65536).decode()
                self.seen += new
                self.printed += new
        self.seen = self.seen.split(text, 1)[1]

    def leaves(self) -> None:
        """Wait for the prompt, press Ctrl-D, and see that the program ends well."""
        self.shows(PROMPT.strip())
        self.type("\x04")
        self.shows("ended well")
        assert self.status() == 0

    def status(self) -> int:
        """Wait for the end; returns the exit status."""
        return os.waitstatus_to_exitcode(os.waitpid(self.process, 0)[1])


def start(**environ: str) -> Screen:
    """The chat on a new pseudo-terminal, which answers no questions about its cursor."""
    process_id, ours = pty.fork()
    if process_id == 0:
        os.chdir(ROOT)
        asked = {"TERM": "xterm-256color", "PROMPT_TOOLKIT_NO_CPR": "1"} | environ
        os.execve(RUN[0], RUN, os.environ | asked)
    return Screen(process_id, ours)


@pytest.fixture
def screen() -> Iterator[Screen]:
    started = start()
    yield started
    os.close(started.terminal)


@pytest.mark.parametrize("ending", ["\x04", "quit\r"], ids=["ctrl-d", "quit"])
def test_a_terminal_gets_a_greeting_a_prompt_and_a_clean_end(screen: Screen, ending: str) -> None:
    screen.shows(GREETING)
    screen.shows(PROMPT.strip())
    screen.type("brief energy\r")
    screen.shows("brief[energy]")
    screen.shows(PROMPT.strip())
    screen.type(ending)
    screen.shows("ended well")
    assert screen.status() == 0
    assert "Traceback" not in screen.seen


def test_ctrl_c_clears_the_line_and_the_chat_goes_on(screen: Screen) -> None:
    screen.shows(PROMPT.strip())
    screen.type("brief ener\x03")
    screen.shows(PROMPT.strip())
    screen.type("status\r")
    screen.shows("status[]")
    screen.leaves()


def test_ctrl_c_stops_an_answer_and_the_chat_goes_on(screen: Screen) -> None:
    screen.shows(PROMPT.strip())
    screen.type("wait\r")
    screen.shows("waiting")
    screen.type("\x03")
    screen.shows("Stopped.")
    screen.shows(PROMPT.strip())
    screen.type("status\r")
    screen.shows("status[]")
    screen.leaves()


def test_tab_completes_commands_and_topics(screen: Screen) -> None:
    screen.shows(PROMPT.strip())
    screen.type("bri\t")
    screen.shows("ef")  # only what changes is drawn
    screen.type(" en\t")
    screen.shows("ergy")
    screen.type("\r")
    screen.shows("brief[energy]")
    screen.leaves()


def test_a_digest_is_printed_above_a_line_that_is_being_typed(screen: Screen) -> None:
    screen.shows(PROMPT.strip())
    screen.type("digest\t")
    screen.shows("Good morning")
    screen.shows(PROMPT.strip())
    screen.shows("digest")
    screen.type(" now\r")
    screen.shows("digest[now]")
    screen.leaves()


def test_the_next_chat_calls_back_a_line_of_the_last_one(tmp_path: Path) -> None:
    kept = tmp_path / "data folder" / "chat_history"
    for typed in ("brief energy\r", "\x1b[A\r"):
        screen = start(HISTORY=str(kept))
        screen.shows(PROMPT.strip())
        screen.type(typed)
        screen.shows("brief[energy]")
        screen.leaves()
        os.close(screen.terminal)
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert stat.S_IMODE(kept.parent.stat().st_mode) == 0o700


def test_of_a_long_history_the_older_half_is_forgotten(tmp_path: Path) -> None:
    kept = tmp_path / "chat_history"
    kept.write_text("".join(f"\n# then\n+brief topic {number}\n" for number in range(10_000)))
    kept.chmod(0o644)
    screen = start(HISTORY=str(kept))
    screen.shows(PROMPT.strip())
    screen.type("\x1b[A\r")
    screen.shows("brief[topic 9999]")
    screen.leaves()
    os.close(screen.terminal)
    assert kept.stat().st_size < LONGEST_HISTORY
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600


def test_a_history_that_cannot_be_kept_does_not_stop_the_chat(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    screen = start(HISTORY=str(tmp_path / "file" / "chat_history"))
    screen.shows(PROMPT.strip())
    screen.type("status\r")
    screen.shows("status[]")
    screen.leaves()
    os.close(screen.terminal)


def test_a_dumb_terminal_gets_a_plain_prompt(tmp_path: Path) -> None:
    screen = start(TERM="dumb", HISTORY=str(tmp_path / "chat_history"))
    screen.type("brief energy\n")
    screen.shows("brief[energy]")
    screen.leaves()
    assert "\x1b" not in screen.printed
    os.close(screen.terminal)


def test_no_color_means_no_colour_even_in_the_list_of_completions() -> None:
    screen = start(NO_COLOR="1")
    screen.shows(PROMPT.strip())
    screen.type("\t")
    screen.shows("status")
    screen.type("\x03status\r")
    screen.shows("status[]")
    screen.leaves()
    assert not re.search(r"\x1b\[[\d;]*\b(?:3[0-9]|4[0-9]|9[0-7]|10[0-7])\b[\d;]*m", screen.printed)
    os.close(screen.terminal)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_a_chat_that_waits_on_a_pipe(number: signal.Signals) -> None:
    process = subprocess.Popen(
        RUN, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(b"brief energy\n")
    process.stdin.flush()
    assert process.stdout.readline() == b"brief[energy]\n"
    process.send_signal(number)
    out, err = process.communicate(timeout=PATIENCE)
    assert (process.returncode, out, err) == (0, b"ended well\n", b"")


def test_bytes_that_are_no_text_are_answered_too() -> None:
    ended = subprocess.run(
        RUN, cwd=ROOT, input=b"say \xff\xfe\n", capture_output=True, timeout=PATIENCE, check=True
    )
    assert ended.stdout.decode() == "say[\ufffd\ufffd]\nended well\n"


def test_a_closed_input_is_an_empty_one() -> None:
    ended = subprocess.run(
        ["bash", "-c", f"{sys.executable} -c '{SCRIPT}' <&-"],
        cwd=ROOT,
        capture_output=True,
        timeout=PATIENCE,
        check=True,
    )
    assert (ended.stdout, ended.stderr) == (b"ended well\n", b"")


def test_an_output_that_is_full_ends_the_chat() -> None:
    with Path("/dev/full").open("w") as full:
        chat = TerminalChat(
            Core().answer,
            address=HERE,
            user=User("x"),
            stdin=io.StringIO("status\nstatus\n"),
            stdout=full,
        )
        with pytest.raises(PlatformError, match="No space left"):
            asyncio.run(chat.run())


def test_a_reader_that_has_gone_ends_the_chat_quietly() -> None:
    ended = subprocess.run(
        ["bash", "-c", f"yes status | head -5000 | {sys.executable} -c '{SCRIPT}' | head -1"],
        cwd=ROOT,
        capture_output=True,
        timeout=PATIENCE,
        check=True,
    )
    assert (ended.stdout, ended.stderr) == (b"status[]\n", b"")
