"""A briefing or a digest as a file: export."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from bot.cli import context
from bot.digests.prepare import heading
from bot.errors import BriefbotError, UsageError
from bot.models import Briefing, without
from bot.render.phrases import counted
from handlers.services import Services


class FileFormat(StrEnum):
    """What is written."""

    MARKDOWN = "markdown"
    HTML = "html"
    JSON = "json"
    PDF = "pdf"


SUFFIXES = {
    ".md": FileFormat.MARKDOWN,
    ".markdown": FileFormat.MARKDOWN,
    ".html": FileFormat.HTML,
    ".htm": FileFormat.HTML,
    ".json": FileFormat.JSON,
    ".pdf": FileFormat.PDF,
}

LONGEST_NUMBER = 18
"""Digits of a digest's number; a briefing's id is longer."""


@dataclass(frozen=True, slots=True)
class Exported:
    """What is exported: a briefing without its withdrawn bullets, which are counted."""

    briefing: Briefing
    heading: str
    withdrawn: int


def export(
    what: Annotated[
        str,
        typer.Argument(
            metavar="[BRIEFING_ID|DIGEST|last]",
            help="a digest by its number, as `digest history` prints it",
        ),
    ] = "last",
    file: Annotated[
        Path | None,
        typer.Argument(metavar="[FILE]", help="a new file: .md, .html, .json or .pdf"),
    ] = None,
    output: Annotated[
        FileFormat | None,
        typer.Option("--format", help="the default is that of the file's name, else markdown"),
    ] = None,
) -> None:
    """Write a briefing or digest as Markdown, HTML, JSON or PDF, with the proof of each bullet.

    Without a file it is printed. Bullets that were withdrawn since are left out.
    """
    settings = context.settings()
    chosen = _format(file, output)

    async def work() -> Exported:
        if file is not None and file.exists():
            raise UsageError(f"{file} is there already: name a new file")
        async with context.opened(settings) as services:
            return await _exported(what, services)

    found = context.run(work)
    data = context.run(lambda: _written(found, chosen))
    if file is None:
        _print(data, chosen)
    else:
        file.write_bytes(data)
        typer.echo(f"{file}: {counted(len(found.briefing.bullets), 'bullet')}")
    if found.withdrawn:
        typer.echo(f"briefbot: {counted(found.withdrawn, 'withdrawn bullet')} left out", err=True)


def _format(file: Path | None, output: FileFormat | None) -> FileFormat:
    if output is not None or file is None:
        return output or FileFormat.MARKDOWN
    known = SUFFIXES.get(file.suffix.lower())
    if known is None:
        context.fail(
            f"{file} ends in none of .md, .html, .json and .pdf: name the form by --format",
            status=2,
        )
    return known


async def _exported(what: str, services: Services) -> Exported:
    """The briefing that is meant; raises BriefbotError where there is none."""
    store, title = services.store, ""
    if what.isascii() and what.isdecimal() and len(what) <= LONGEST_NUMBER:
        digest = await store.digests.get(int(what))
        if digest is None or digest.briefing_id is None:
            raise BriefbotError(f"no digest with the number {what} has been made")
        wanted = await store.subscriptions.get(digest.subscription_id or 0)
        title, name = heading(digest, wanted) if wanted else "", digest.briefing_id
    else:
        name = await store.briefings.newest_id() or "" if what == "last" else what
    briefing = await store.briefings.get(name)
    if briefing is None:
        nothing = "no briefing is stored yet: briefbot brief makes one"
        raise BriefbotError(nothing if what == "last" else f"no briefing has the id {what!r}")
    gone = await store.withdrawals.among(briefing.bullets)
    return Exported(without(briefing, gone), title, len(gone))


async def _written(found: Exported, output: FileFormat) -> bytes:
    """The file; raises SettingsError where what a PDF needs is not installed."""
    briefing, title = found.briefing, found.heading
    if output is FileFormat.MARKDOWN:
        from bot.render.markdown import briefing_markdown

        return f"{briefing_markdown(briefing, title, quotes=True)}\n".encode()
    if output is FileFormat.JSON:
        from bot.render.json import briefing_json

        return f"{briefing_json(briefing)}\n".encode()
    from bot.render.html import briefing_html

    if output is FileFormat.HTML:
        return briefing_html(briefing, title).encode()
    from bot.render.pdf import pdf

    return pdf(briefing_html(briefing, title, unfolded=True))


def _print(data: bytes, output: FileFormat) -> None:
    if output is FileFormat.PDF and sys.stdout.isatty():
        context.fail("a terminal shows no PDF: name a file, such as digest.pdf", status=2)
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()
