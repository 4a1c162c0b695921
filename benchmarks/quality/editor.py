"""Which events are told, in which order, by which words: an editor's labels, beside peers.

Each labelled day is a briefing of both topics, five bullets each. briefbot's bullets come from the
functions that a briefing calls; where several files are named, its weights are fitted on the other
files. The peers tell headlines: those with a topic's words, ordered by like headlines (keywords),
by how near they are to the day's mean (centroid), and the newest.
"""

from __future__ import annotations

import asyncio
import math
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from rouge_score.rouge_scorer import RougeScorer

from benchmarks.fitting.newsworthiness import fit
from benchmarks.quality.editor_data import NEWS_GENRES, LabelledDay, read_days
from benchmarks.report import Row
from bot.models import Article, Topic
from summarizer.extractive.engine import ExtractiveSummarizer
from summarizer.language.content_words import stems
from summarizer.newsworthiness.articles import read_article
from summarizer.newsworthiness.scoring import Model
from summarizer.newsworthiness.vectors import build_vectors
from summarizer.ranking import rank
from summarizer.topics.scorer import load_topics

BULLETS, SPARE = 5, 3
SAME_WORDS, ALIKE = 3, 0.5

Told = tuple[Article, str]
"""The article that a bullet cites first, and the bullet's text."""

System = Callable[[LabelledDay, Topic], Sequence[Told]]


def run(files: list[Path]) -> list[Row]:
    """Score every system on every file of labelled days."""
    if not files:
        raise ValueError("name at least one file of articles with an editor's labels beside it")
    days = {path: read_days(path) for path in files}
    rows: list[Row] = []
    for path in files:
        others = [day for other, found in days.items() if other != path for day in found]
        model = fit(others) if others else None
        systems: dict[str, System] = {"briefbot": _briefbot(model), **PEERS}
        rows += [Row(path.stem, name, _figures(days[path], each)) for name, each in systems.items()]
    return rows


def _briefbot(model: Model | None) -> System:
    def told(day: LabelledDay, topic: Topic) -> list[Told]:
        ranking = rank(day.stories, topic, day.window, {}, most=BULLETS + SPARE, model=model)
        writing = ExtractiveSummarizer().bullets(
            topic, ranking.events, limit=BULLETS, read_at=day.window.since
        )
        by_id = {article.id: article for article in day.articles}
        bullets = asyncio.run(writing)
        return [(by_id[each.citations[0].article_id], each.text) for each in bullets]

    return told


def _on_topic(day: LabelledDay, topic: Topic) -> list[Article]:
    return [a for a in day.articles if any(each.topic == topic.name for each in a.topics)]


def _keywords(day: LabelledDay, topic: Topic) -> list[Told]:
    found = {each.id: frozenset(stems(each.title)) for each in _on_topic(day, topic)}
    likes = {
        one: sum(len(words & other) >= SAME_WORDS for other in found.values())
        for one, words in found.items()
    }
    by_id = {article.id: article for article in day.articles}
    told: list[str] = []
    for each in sorted(found, key=lambda one: (-likes[one], one)):
        if all(len(found[each] & found[other]) < SAME_WORDS for other in told):
            told.append(each)
    return [(by_id[each], by_id[each].title) for each in told[:BULLETS]]


def _centroid(day: LabelledDay, topic: Topic) -> list[Told]:
    found = _on_topic(day, topic)
    if not found:
        return []
    rows, _ = build_vectors([read_article(each) for each in found])
    order = np.argsort(-(rows @ rows.mean(0)), kind="stable")[:BULLETS]
    return [(found[int(at)], found[int(at)].title) for at in order]


def _newest(day: LabelledDay, topic: Topic) -> list[Told]:
    found = sorted(_on_topic(day, topic), key=lambda each: each.published_at, reverse=True)
    return [(each, each.title) for each in found[:BULLETS]]


PEERS: dict[str, System] = {"keywords": _keywords, "centroid": _centroid, "newest": _newest}


@dataclass(frozen=True, slots=True)
class _Section:
    """What one section told: gains by place, and counts."""

    counts: Counter[str]
    ndcg: float | None


def _figures(days: Sequence[LabelledDay], system: System) -> dict[str, float]:
    scorer = RougeScorer(["rougeL"], use_stemmer=False)
    sections = [
        _section(day, topic.name, system(day, topic), scorer)
        for day in days
        for topic in load_topics()
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


def _section(day: LabelledDay, topic: str, told: Sequence[Told], scorer: RougeScorer) -> _Section:
    due = {name: e for name, e in day.events.items() if topic in e.topics and e.importance}
    counts: Counter[str] = Counter(silent=int(bool(due) and not told))
    gains: list[int] = []
    seen: list[str | None] = []
    for article, text in told:
        label, importance = day.labels[article.id], day.importance(article, topic)
        junk = label.genre not in NEWS_GENRES or topic not in label.topics
        again = label.event is not None and label.event in seen
        seen.append(label.event)
        counts.update(
            bullets=1,
            fit=int(importance >= 1 and not junk),
            junk=int(junk),
            repeats=int(again),
            text=int(_is_like(text, label.event, day, scorer)),
        )
        gains.append(0 if again or junk else 2**importance - 1)
    musts = {name for name, each in due.items() if each.importance == 3}
    worthy = {name for name, each in due.items() if each.importance >= 2}
    counts.update(
        musts=int(bool(musts)),
        first=int(bool(musts & set(seen[:2]))),
        due=len(worthy),
        covered=len(worthy & set(seen)),
    )
    best = sorted((2**each.importance - 1 for each in due.values()), reverse=True)[:BULLETS]
    return _Section(counts, _discounted(gains) / _discounted(best) if best else None)


def _discounted(gains: Sequence[int]) -> float:
    return sum(gain / math.log2(place + 2) for place, gain in enumerate(gains))


def _is_like(text: str, event: str | None, day: LabelledDay, scorer: RougeScorer) -> bool:
    """Whether a bullet has the words of an acceptable one: ROUGE-L F1 of a half."""
    if event is None or event not in day.events:
        return False
    return any(score >= ALIKE for score in _likeness(text, day.events[event].quotes, scorer))


def _likeness(text: str, quotes: Sequence[str], scorer: RougeScorer) -> Iterator[float]:
    for quote in quotes:
        yield scorer.score(quote, text)["rougeL"].fmeasure
