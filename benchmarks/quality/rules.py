"""The ledger of rules about sentences: how often each fires, and how often rightly.

Takes articles (`title` and `text`, or `docs` of them). Sentences that an editor marked (`bullet`,
`mark` 0 to 3; `best` of an event: acceptable quotes) are the labelled sample: a rule is right on
those marked below 2. Without files the rules are listed alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.report import Row, read_jsonl
from summarizer.language.sentences import split
from summarizer.sentence_rules.ledger import ANY, MEANING, Rule, Use, rules

READ_CHARS = 4_000
SENTENCES_PER_FILE = 4_000
ACCEPTABLE = 2


@dataclass
class _Texts:
    """What the files hold: sentences and headlines, and labelled ones with "is acceptable"."""

    sentences: list[str] = field(default_factory=list)
    headlines: list[str] = field(default_factory=list)
    labelled: dict[str, bool] = field(default_factory=dict)
    labelled_headlines: dict[str, bool] = field(default_factory=dict)


def run(files: Sequence[Path]) -> list[Row]:
    """One row a rule: hits in a thousand, labelled hits, and how many of them are right, in %."""
    texts = _Texts()
    for path in files:
        _read(path, texts)
    return [_row(rule, texts) for rule in rules()]


def _row(rule: Rule, texts: _Texts) -> Row:
    headlines = rule.use is Use.HEADLINE
    found = texts.headlines if headlines else texts.sentences
    labelled = texts.labelled_headlines if headlines else texts.labelled
    hits = sum(map(rule.finds, found))
    marked = [fit for text, fit in labelled.items() if rule.finds(text)]
    figures: dict[str, float] = {}
    if found:
        figures["hits/1000"] = 1000 * hits / len(found)
    if labelled:
        figures["labelled"] = len(marked)
        lost = sum(marked) / max(1, sum(labelled.values()))
        figures["fit lost %"] = 100 * lost
    if marked:
        figures["right %"] = 100 * marked.count(False) / len(marked)
    where = "any language" if rule.languages == ANY else "English"
    note = f"{where}; finds “{rule.example}”, not “{rule.counter}”"
    return Row(f"{rule.use}: {MEANING[rule.use]}", rule.name, figures, note)


def _read(path: Path, texts: _Texts) -> None:
    sentences: list[str] = []
    for row in read_jsonl(path):
        if "mark" in row:
            texts.labelled[str(row["bullet"])] = int(str(row["mark"])) >= ACCEPTABLE
        for title, text in _articles(row):
            texts.headlines += [title] if title else []
            sentences += [each.text for each in split(text[:READ_CHARS])]
        for quote, is_title in _acceptable(row):
            (texts.labelled_headlines if is_title else texts.labelled)[quote] = True
    step = max(1, len(sentences) // SENTENCES_PER_FILE)
    texts.sentences += sentences[::step]


def _articles(row: dict[str, object]) -> Iterator[tuple[str, str]]:
    docs = row.get("docs")
    for each in docs if isinstance(docs, list) else [row]:
        if isinstance(each, dict) and "text" in each:
            yield str(each.get("title") or ""), str(each["text"])


def _acceptable(row: dict[str, object]) -> Iterator[tuple[str, bool]]:
    best = row.get("best")
    for each in best if isinstance(best, list) else []:
        if isinstance(each, dict):
            yield str(each["quote"]), each.get("from") == "title"
