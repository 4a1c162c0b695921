"""Digests day after day, to be read and marked: `python -m benchmarks.quality.reading FILE…`.

The articles of each JSONL file are ingested as briefbot stores them. A channel on the built-in
topics is sent a digest of each day that dates articles, and told nothing again that an earlier one
told. Every bullet has a number, by which readers mark it. `--words FILE` names other weights of
words than the shipped ones, as `benchmarks.fitting.news_words` writes them.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import count
from pathlib import Path

from benchmarks.quality.editor_data import material_of, stored, window
from benchmarks.quality.editor_systems import BULLETS
from benchmarks.report import read_jsonl
from bot.models import Briefing, BulletStatus, Coverage, Told
from bot.store.chats.told import news_of
from summarizer.briefing import BriefingRequest, make_briefing
from summarizer.extractive.engine import ExtractiveSummarizer
from summarizer.newsworthiness.scoring import Model
from summarizer.newsworthiness.words import WordWeights

_BEFORE_THE_NEXT = timedelta(minutes=1)
"""What is published later than so long before the end of a day came after its digest."""


async def digests(path: Path, model: Model) -> list[Briefing]:
    """The digest of each day of a file, from the first to the last."""
    dates = (each.get("published_at") for each in read_jsonl(path))
    days = sorted({str(each)[:10] for each in dates if each})
    sent: list[Briefing] = []
    memory: dict[str, Told] = {}
    async with stored(path) as store:
        for day in days:
            given = window(date.fromisoformat(day))
            material = await material_of(store, given)
            topics = tuple(each.topic for each in material)
            made = await make_briefing(
                BriefingRequest(topics, given, BULLETS, "UTC", new_only=True),
                material,
                memory,
                Coverage(0, 0, 0, (), None),
                ExtractiveSummarizer(),
                given.until - _BEFORE_THE_NEXT,
                model=model,
            )
            sent.append(made)
            for each in news_of(made, by_digest=True):
                memory[each.story_id] = _added(memory.get(each.story_id), each)
    return sent


def _added(before: Told | None, latest: Told) -> Told:
    """What a channel was told of a story, the latest first."""
    return replace(latest, text=f"{latest.text}\n{before.text}") if before else latest


def listing(name: str, sent: Sequence[Briefing], numbers: Iterator[int]) -> Iterator[str]:
    """The digests as lines, each bullet with its number and what marks it."""
    for digest in sent:
        yield f"\n=== {name}, {digest.window.since.date()}"
        for section in digest.sections:
            if section.bullets:
                yield f"-- {section.topic}"
            elsewhere = [
                (other.topic, bullet.text)
                for other in digest.sections
                if other is not section
                for bullet in other.bullets
            ]
            for bullet in section.bullets:
                marks = [f"also under {topic}" for topic, text in elsewhere if text == bullet.text]
                if bullet.status is BulletStatus.UPDATED:
                    marks.append(f"updated: {bullet.change}" if bullet.change else "updated")
                yield f"{next(numbers)}. {bullet.text}" + "".join(f" ({each})" for each in marks)


def main(argv: Sequence[str] | None = None) -> int:
    """Print the digests of every file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
    parser.add_argument("--words", type=Path, metavar="FILE")
    asked = parser.parse_args(argv)
    model = Model.load()
    if asked.words:
        model = replace(model, words=WordWeights.load(asked.words))
    numbers = count(1)
    for path in asked.files:
        sent = asyncio.run(digests(path, model))
        print("\n".join(listing(path.stem, sent, numbers)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
