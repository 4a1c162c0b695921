"""Measure quality and speed beside peers: `python -m benchmarks NAME FILE…`."""

from __future__ import annotations

import argparse
import importlib
import sys
from pathlib import Path

from benchmarks.report import Row, as_json, as_table
from config.libraries import set_switches

BENCHMARKS = {
    "topics": ("quality.topics", "which articles are on a topic: F1, against keyword match"),
    "stories": ("quality.stories", "articles into events: B-cubed F1, against TF-IDF clustering"),
    "bullets": (
        "quality.bullets",
        "sentences chosen against an editor's summary: ROUGE, against sumy",
    ),
    "answers": ("quality.answers", "questions put to /ask: how many are right, missed or wrong"),
    "editor": (
        "quality.editor",
        "events told and their order, by an editor's labels: beside keywords and centroid",
    ),
    "rules": (
        "quality.rules",
        "each rule about sentences: hits in 1,000, how often rightly, an example and a counter",
    ),
    "evidence": (
        "quality.evidence",
        "is a summary proved by its document: balanced accuracy, against simple checks",
    ),
    "adversary": (
        "quality.adversary.benchmark",
        "false edits and true paraphrases that are proved, by kind, against simple checks",
    ),
    "llm": ("quality.llm", "a language model beside the local engine: ROUGE, share proved, cost"),
    "delivery": (
        "delivery.digests",
        "digests under kill -9, at the platforms' limits, and without limits; no files",
    ),
    "replicas": (
        "delivery.replicas",
        "four replicas share what is due while they are killed with -9; no files",
    ),
    "fairness": (
        "delivery.fairness",
        "how soon /help comes beside one person's flood, a pause and a slow model; no files",
    ),
    "outages": (
        "delivery.outages",
        "401, a revoked token, no database, a full disk while digests fall due; no files",
    ),
    "soak": (
        "delivery.soak",
        "a day of the whole bot, faults and kills: every digest's end, memory; no files",
    ),
    "ingest": (
        "speed.ingest",
        "feeds, or files of long articles, into the store, against a plain loop: time, memory",
    ),
    "web": (
        "speed.pages",
        "pages under 50 readers beside the bare queries, and digests meanwhile; no files",
    ),
    "brief": (
        "speed.brief",
        "processor time of `briefbot brief` on 1,000 articles of files, start to end",
    ),
    "speed": ("speed.growth", "time for the same work as peers, and as the store grows"),
}
"""The module of each benchmark, whose `run(files)` returns rows, and what it measures."""


def main(argv: list[str] | None = None) -> int:
    """Run one benchmark and print its table; returns 0, or 1 if it failed, or 2 for wrong usage."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--json", action="store_true", help="print rows for machines")
    names = "\n".join(f"  {name:9} {what}" for name, (_, what) in BENCHMARKS.items())
    parser.epilog = f"benchmarks:\n{names}"
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("benchmark", choices=sorted(BENCHMARKS))
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE")
    given = parser.parse_args(argv)
    missing = [str(path) for path in given.files if not path.is_file()]
    if missing:
        print(f"no such file: {', '.join(missing)}", file=sys.stderr)
        return 2
    set_switches()  # as the command line does, before a benchmark's module loads the libraries
    try:
        module, _ = BENCHMARKS[given.benchmark]
        rows: list[Row] = importlib.import_module(f"benchmarks.{module}").run(given.files)
    except ValueError as error:
        print(error, file=sys.stderr)
        return 1
    print(as_json(rows) if given.json else as_table(rows))
    return 0


if __name__ == "__main__":
    sys.exit(main())
