"""Pictures for chats, drawn in a process of its own, bounded in time and size."""

from __future__ import annotations

import asyncio
import sys
from collections import OrderedDict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.util import find_spec

from bot.errors import DeliveryError
from bot.log import get_logger
from bot.render.charts.png import NO_FONT, NO_PACKAGE
from config.settings import process_environment

DRAWN_SECONDS = 8.0
"""How long drawing may take, once it is a picture's turn: less than a request."""

QUEUE_SECONDS = 8.0
"""How long a picture waits for its turn; then its part is tried again later."""

LARGEST = 2_000_000
"""Bytes of a picture; usual are 100,000."""

KEPT = 16
"""Pictures that are kept: on Monday morning many chats get the same one."""

NO_LIBRARY = (
    "charts as pictures need one more package: "
    "pip install resvg-py (or pipx inject briefbot resvg-py)"
)
NO_FONTS = "charts as pictures need a font of the system: apt install fonts-dejavu-core"

_ENVIRONMENT = ("PATH", "PYTHONPATH", "HOME", "LANG", "LC_ALL", "COVERAGE_PROCESS_CONFIG")
"""What the process gets of the environment: no secrets."""

log = get_logger(__name__)


class NoPicture(Exception):
    """There is no picture; the text says why, with the remedy."""


def offered() -> bool:
    """Whether the library is there that draws pictures."""
    return find_spec("resvg_py") is not None


class Painter:
    """Draws one picture at a time, and keeps those that were wanted last."""

    def __init__(self) -> None:
        self._turn = asyncio.Semaphore(1)
        self._kept: OrderedDict[str, bytes] = OrderedDict()

    async def attempt(self, drawing: str) -> bytes | None:
        """Draw an SVG as PNG; a failure is logged, and there is no picture.

        Raises DeliveryError where too many others are drawn just now.
        """
        try:
            return await self.draw(drawing)
        except NoPicture as why:
            log.warning("a picture was not drawn", error=str(why))
            return None

    async def draw(self, drawing: str) -> bytes:
        """Draw an SVG as PNG; raises NoPicture, or DeliveryError if its turn did not come."""
        if not offered():
            raise NoPicture(NO_LIBRARY)
        try:
            async with self._its_turn():
                if drawing not in self._kept:
                    async with asyncio.timeout(DRAWN_SECONDS):
                        self._keep(drawing, await _run(drawing.encode()))
                self._kept.move_to_end(drawing)
                return self._kept[drawing]
        except TimeoutError:
            raise NoPicture(f"it took more than {DRAWN_SECONDS:g} s") from None
        except OSError as error:
            raise NoPicture(f"no process could be started: {error.strerror}") from error

    @asynccontextmanager
    async def _its_turn(self) -> AsyncIterator[None]:
        try:
            async with asyncio.timeout(QUEUE_SECONDS):
                await self._turn.acquire()
        except TimeoutError:
            raise DeliveryError("other pictures are being drawn") from None
        try:
            yield
        finally:
            self._turn.release()

    def _keep(self, drawing: str, found: bytes) -> None:
        self._kept[drawing] = found
        while len(self._kept) > KEPT:
            self._kept.popitem(last=False)


async def _run(drawing: bytes) -> bytes:
    pipe = asyncio.subprocess.PIPE
    environ = process_environment()
    kept = {name: environ[name] for name in _ENVIRONMENT if name in environ}
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot.render.charts.png",
        stdin=pipe, stdout=pipe, stderr=asyncio.subprocess.DEVNULL, env=kept,
    )  # fmt: skip
    try:
        found, _ = await process.communicate(drawing)
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    if process.returncode == NO_PACKAGE:
        raise NoPicture(NO_LIBRARY)
    if process.returncode == NO_FONT:
        raise NoPicture(NO_FONTS)
    if process.returncode or not 0 < len(found) <= LARGEST:
        raise NoPicture(f"its process ended with {process.returncode} and {len(found)} bytes")
    return found
