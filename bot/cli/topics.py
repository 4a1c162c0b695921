"""Topics on the command line: list, show, test."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from bot.cli import context
from bot.render.sanitize import clean
from summarizer.topics.config import load_topics
from summarizer.topics.scorer import TopicScorer

app = typer.Typer(no_args_is_help=True, add_completion=False, help="Topics, and what they match.")


@app.command("list")
def list_topics() -> None:
    """List the built-in topics."""
    for topic in load_topics():
        typer.echo(f"{topic.name:12} {topic.description}")


@app.command()
def show(name: str) -> None:
    """Show a topic's terms with their weights, and its exclusions."""
    context.settings()

    async def work() -> None:
        topic = context.topic_named(name, load_topics())
        typer.echo(f"{topic.title}: {topic.description}")
        for term, weight in sorted(topic.terms.items(), key=lambda each: (-each[1], each[0])):
            typer.echo(f"  {weight:5.2f}  {term}")
        for exclusion in topic.exclusions:
            typer.echo(f"    not  {exclusion}")

    context.run(work)


@app.command("test")
def explain(
    file: Annotated[
        Path | None, typer.Argument(help="a text file; the default is standard input")
    ] = None,
    title: Annotated[str, typer.Option(help="the default is the first line of the text")] = "",
) -> None:
    """Show which topics a text is about, and why."""
    if file is not None and not file.is_file():
        context.fail(f"no such file: {file}", status=2)
    raw = file.read_bytes() if file else sys.stdin.buffer.read() if sys.stdin else b""
    text = raw.decode("utf-8", "replace")
    first, _, rest = text.strip().partition("\n")
    for each in TopicScorer(load_topics()).explain(title or first, text if title else rest):
        verdict = "yes" if each.score >= each.threshold else "no "
        reasons = clean("; ".join(each.reasons)) or "nothing matched"
        typer.echo(f"{verdict} {each.topic:12} {each.score:.2f} of {each.threshold:.2f}  {reasons}")
