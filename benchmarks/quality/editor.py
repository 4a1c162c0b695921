"""Which events are told, in which order, by which words: an editor's labels, beside peers.

Each labelled day is a briefing of both topics, five bullets each, made from a store into which the
file was ingested. Where several files are named, briefbot's weights are fitted on the others; a
configured language model is a system of its own. BENCH_SCORED names the files that are scored, as
"pk_may,world_jan"; the others only teach. Windows of three and of seven days that end with a
labelled day are told too: do the events that must be told stand in the first five, each once?
"""

from __future__ import annotations

import math
import os
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from rouge_score.rouge_scorer import RougeScorer

from benchmarks.fitting.newsworthiness import fit
from benchmarks.quality.editor_data import NEWS_GENRES, Event, LabelledDay, read_days
from benchmarks.quality.editor_systems import (
    BULLETS,
    PEERS,
    System,
    Told,
    briefbot,
    language_model,
)
from benchmarks.report import Row
from config.settings import load_settings

ALIKE = 0.5
"""ROUGE-L from which a bullet has the words of an acceptable one."""

MUST = 3
LONG_WINDOWS = (3, 7)
"""Lengths in days."""


def run(files: list[Path]) -> list[Row]:
    """Score every system on every file of labelled days."""
    if not files:
        raise ValueError("name at least one file of articles with an editor's labels beside it")
    settings = load_settings()
    days = {path: read_days(path) for path in files}
    wanted = os.environ.get("BENCH_SCORED", "")
    scored = [each for each in files if not wanted or each.stem in wanted.split(",")]
    if not scored:
        raise ValueError(f"BENCH_SCORED={wanted} is none of the files")
    rows: list[Row] = []
    for path in scored:
        others = [day for other, found in days.items() if other != path for day in found]
        ours = briefbot(fit(others) if others else None)
        systems = {"briefbot": ours, **PEERS}
        if settings.llm_on:
            systems[f"briefbot with {settings.openai_model}"] = language_model(settings)
        rows += [Row(path.stem, name, figures(days[path], each)) for name, each in systems.items()]
        rows += [
            Row(f"{path.stem}, windows of {length} days", name, musts(found, systems[name]))
            for length in LONG_WINDOWS
            for found in [read_days(path, length)]
            for name in ("briefbot", *PEERS)
        ]
    return rows


@dataclass(frozen=True, slots=True)
class Scores:
    """What one section told: counts, and the discounted gain as a share of the best order's."""

    counts: Counter[str]
    ndcg: float | None


def figures(days: Sequence[LabelledDay], system: System) -> dict[str, float]:
    """The figures of a system over the sections of all days."""
    scorer = RougeScorer(["rougeL"], use_stemmer=False)
    sections = [
        score(day, topic, bullets, scorer) for day in days for topic, bullets in system(day).items()
    ]
    total: Counter[str] = Counter()
    for each in sections:
        total.update(each.counts)
    bullets = max(1, total["bullets"])
    shares = ("fit", "junk", "repeats", "text")
    ranked = [each.ndcg for each in sections if each.ndcg is not None]
    return {
        "bullets": total["bullets"],
        **{name: total[name] / bullets for name in shares},
        "first two": total["first"] / max(1, total["musts"]),
        "cover": total["covered"] / max(1, total["due"]),
        "nDCG": sum(ranked) / max(1, len(ranked)),
        "silent": total["silent"],
    }


def musts(days: Sequence[LabelledDay], system: System) -> dict[str, float]:
    """Of long windows: the share of events that must be told among the first five, and repeats.

    A window with more such events than bullets can tell as many as it has bullets.
    """
    total: Counter[str] = Counter()
    for day in days:
        for topic, bullets in system(day).items():
            due = {name for name, each in day.due(topic).items() if each.importance == MUST}
            told = [label.event for article, _ in bullets if (label := day.labels.get(article.id))]
            events = [name for name in told if name]
            total.update(
                bullets=len(bullets),
                musts=min(BULLETS, len(due)),
                told=len(due & set(events)),
                repeats=len(events) - len(set(events)),
            )
    return {
        "bullets": total["bullets"],
        "musts told": total["told"] / max(1, total["musts"]),
        "repeats": total["repeats"] / max(1, total["bullets"]),
    }


def score(day: LabelledDay, topic: str, told: Sequence[Told], scorer: RougeScorer) -> Scores:
    """Score the bullets of one section; those without a label do not count."""
    due = day.due(topic)
    counts: Counter[str] = Counter(silent=int(bool(due) and not told))
    gains: list[int] = []
    seen: list[str | None] = []
    for article, text in told:
        label = day.labels.get(article.id)
        if label is None:
            continue
        importance = day.importance(article, topic)
        junk = label.genre not in NEWS_GENRES or topic not in label.topics
        again = label.event is not None and label.event in seen
        seen.append(label.event)
        counts.update(
            bullets=1,
            fit=int(importance >= 1 and not junk),
            junk=int(junk),
            repeats=int(again),
            text=int(_is_like(text, day.events.get(label.event or ""), scorer)),
        )
        gains.append(0 if again or junk else 2**importance - 1)
    must = {name for name, each in due.items() if each.importance == MUST}
    worthy = {name for name, each in due.items() if each.importance >= 2}
    counts.update(
        musts=int(bool(must)),
        first=int(bool(must & set(seen[:2]))),
        due=len(worthy),
        covered=len(worthy & set(seen)),
    )
    best = sorted((2**each.importance - 1 for each in due.values()), reverse=True)[:BULLETS]
    return Scores(counts, _discounted(gains) / _discounted(best) if best else None)


def _discounted(gains: Sequence[int]) -> float:
    return sum(gain / math.log2(place + 2) for place, gain in enumerate(gains))


def _is_like(text: str, event: Event | None, scorer: RougeScorer) -> bool:
    """Whether a bullet has the words of an acceptable one."""
    return event is not None and any(each >= ALIKE for each in _likeness(text, event, scorer))


def _likeness(text: str, event: Event, scorer: RougeScorer) -> Iterator[float]:
    for quote in event.quotes:
        yield scorer.score(quote, text)["rougeL"].fmeasure
