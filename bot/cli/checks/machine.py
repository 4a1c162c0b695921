"""Checks of the machine: files, disk, port, clock, time zones, another process of the bot."""

from __future__ import annotations

import asyncio
import shutil
import socket
import zoneinfo
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path

import aiohttp

from bot.cli.checks.finding import Finding, fail, note, ok
from bot.models import Chart, Column, Panel, Picture
from bot.platforms.pictures import NoPicture, Painter
from bot.process_lock import holder
from bot.render.charts.drawing import svg
from config.private_files import open_to_others
from config.settings import Settings, private_paths

LEAST_FREE = 500_000_000
"""Bytes that should be free for the database, its log and a migration."""

NETWORK_FILES = frozenset({"nfs", "nfs4", "cifs", "smb3", "smbfs", "sshfs", "fuse.sshfs", "9p"})
CLOCK_LIMIT = timedelta(seconds=60)
ASK_SECONDS = 5.0

_CHART = Chart("", (Column("Mon", 1),), "")
SAMPLE = Picture("Sample", (Panel("Sample", ("", "", ""), _CHART, _CHART),), ("", "", ""), "")
"""A small chart, drawn to see whether it can be."""


def check_files(database_files: Sequence[Path]) -> Iterator[Finding]:
    """Whether only the bot's user may use its files, and whether there is room for them."""
    for line in open_to_others((*database_files, *private_paths())):
        yield fail(line)
    if not database_files:
        return
    folder, file = database_files[:2]
    yield ok(f"the database is {file.resolve()}")
    if pid := holder(file):
        yield ok(f"the bot runs on it as process {pid}")
    free = shutil.disk_usage(folder).free
    if free < LEAST_FREE:
        yield fail(f"only {free / 1e6:.0f} MB are free in {folder}: free 500 MB, or use `prune`")
    if (kind := _file_system(folder)) in NETWORK_FILES:
        yield fail(
            f"{folder} is a network folder ({kind}), where SQLite loses data: use a local one"
        )


def check_zones() -> Finding:
    """Whether this machine knows the time zones."""
    known = len(zoneinfo.available_timezones())
    told = f"{known} time zones are known; it is {datetime.now(UTC):%H:%M} UTC"
    return ok(told) if known > 400 else fail(f"{told}: install the package tzdata")


def check_port(settings: Settings, *, running: bool) -> Iterator[Finding]:
    """Whether the web port is free, or used by the bot that runs."""
    host, port = settings.web_host, settings.web_port
    with suppress(OSError), socket.create_server((host, port), family=_family(host)):
        return
    if running:
        yield ok(f"the bot serves health and metrics on {host}:{port}")
    else:
        yield fail(
            f"{host}:{port} cannot be used (another program has the port, or the address is not "
            "local): set BRIEFBOT_WEB_PORT or BRIEFBOT_WEB_HOST"
        )


async def check_pictures(settings: Settings) -> AsyncIterator[Finding]:
    """Whether charts can be drawn; without, they come in words."""
    if not (settings.telegram_on or settings.slack_on):
        return
    try:
        await Painter().draw(svg(SAMPLE))
    except NoPicture as why:
        yield note(f"charts come in words: {why}")
    else:
        yield ok("charts can be drawn")


async def check_clock(settings: Settings) -> list[Finding]:
    """Compare the clock with those of the chat platforms' servers."""
    urls = [settings.telegram_api_url] * settings.telegram_on
    urls += [settings.slack_api_url] * settings.slack_on
    found = await asyncio.gather(*map(_ahead, urls))
    for behind in found:
        if behind is not None and abs(behind) > CLOCK_LIMIT:
            which = "behind" if behind > timedelta(0) else "ahead"
            wrong = f"this machine's clock is {abs(behind).total_seconds():.0f} s {which}"
            return [fail(f"{wrong}: switch on time synchronisation")]
    return []


async def _ahead(url: str) -> timedelta | None:
    """How far a server's clock is ahead of ours; None if it does not say."""
    timeout = aiohttp.ClientTimeout(total=ASK_SECONDS)
    try:
        async with (
            aiohttp.ClientSession(timeout=timeout, trust_env=True) as session,
            session.head(url, allow_redirects=False) as answer,
        ):
            stated = answer.headers.get("Date", "")
        return parsedate_to_datetime(stated) - datetime.now(UTC)
    except (aiohttp.ClientError, TimeoutError, OSError, ValueError, TypeError):
        return None


def _family(host: str) -> socket.AddressFamily:
    return socket.AF_INET6 if ":" in host else socket.AF_INET


def _file_system(folder: Path) -> str:
    """The kind of the file system that a folder lies on, or ""."""
    try:
        mounts = [line.split() for line in Path("/proc/mounts").read_text().splitlines()]
    except OSError:
        return ""
    path = folder.resolve()
    holding = [each for each in mounts if path.is_relative_to(each[1])]
    return max(holding, key=lambda each: len(each[1]))[2] if holding else ""
