"""How the command line prints sources and its progress."""

from __future__ import annotations

import sys
from datetime import datetime
from typing import Any

import typer

from bot.ingest.poller import Report
from bot.models import Source
from bot.render.sanitize import clean
from config.terminal_style import movable
from handlers.commands.sources import describe
from handlers.source_health import with_remedy


def source_line(source: Source, now: datetime) -> str:
    """One line: state, name, kind, reason, next poll and address."""
    how, told = source.state.standing(now), clean(with_remedy(describe(source, now)))
    name = f"{clean(source.name):32}  {source.kind:6}"
    return f"{how:8}  {name}  {told}  <{clean(source.url)}>"


def source_record(source: Source, now: datetime) -> dict[str, Any]:
    """A source as a JSON object; instants in ISO 8601."""
    state = source.state
    told = {name: getattr(source, name) for name in ("name", "url", "category", "weight")}
    how = {"kind": source.kind.value, "standing": source.state.standing(now).value}
    instants = {
        name: value.isoformat() if value else None
        for name in ("next_at", "last_ok_at", "last_new_at", "given_up_at")
        for value in (getattr(state, name),)
    }
    return told | how | instants | {"error": state.error, "failures": state.failures}


def progress(report: Report) -> None:
    """Show the progress of a refresh."""
    show_progress(f"{report.polled} sources polled, {report.counts.new} new articles")


def show_progress(text: str) -> None:
    """Overwrite the progress line on a terminal; print nothing in a pipe."""
    if movable(sys.stderr):
        typer.echo(f"\r{text} …\x1b[K", err=True, nl=False)


def end_progress() -> None:
    """Clear the progress line."""
    if movable(sys.stderr):
        typer.echo("\r\x1b[K", err=True, nl=False)
