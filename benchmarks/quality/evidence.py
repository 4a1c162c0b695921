"""Is a summary proved by its document: balanced accuracy of the product and of simple checks.

Reads rows with `doc`, `summary` and `label` (1 = proved) and, where there is one, `origin`. Each
system scores each summary; *best cut* is the balanced accuracy at the cut that suits the rows best,
which flatters every system alike, *as shipped* that of the product's own verdict. A row says how
many single sentences the checker judges in a second of processor time, its sources known. Then come
the kinds of refusal that no formula can outweigh: how many proved and unproved texts each refuses,
and how many of them no other kind refuses.
"""

from __future__ import annotations

import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.report import Row, read_jsonl
from summarizer.evidence.checker import check, examine
from summarizer.language.sentences import split

_TOKEN = re.compile(r"\w+")
_NUMBER = re.compile(r"\d[\d,.]*")
_NAME = re.compile(r"(?<=[\w,;:] )[A-Z]\w+")
_CUTS = 200

Scores = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Claim:
    """A summary, its document, and whether people judged it proved."""

    document: str
    summary: str
    proved: bool
    origin: str


def run(files: list[Path]) -> list[Row]:
    """Rows for each file, and for each origin in it: the product and the simple checks."""
    if not files:
        raise ValueError("evidence: name a file with doc, summary and label")
    return [row for path in files for row in _file(path)]


def read_claims(path: Path) -> list[Claim]:
    """The claims of a file; raises ValueError for another format."""
    rows = read_jsonl(path)
    found = set(rows[0]) if rows else set()
    if not {"doc", "summary", "label"} <= found:
        names = ", ".join(sorted(found)) or "nothing"
        raise ValueError(f"{path}: needs doc, summary and label; it has {names}")
    return [
        Claim(str(row["doc"]), str(row["summary"]), row["label"] == 1, str(row.get("origin") or ""))
        for row in rows
    ]


def balanced(claims: Sequence[Claim], said: Sequence[bool]) -> float:
    """Balanced accuracy in per cent: the mean recall of proved and of unproved claims."""
    shares = []
    for kind in (True, False):
        judged = [it for claim, it in zip(claims, said, strict=True) if claim.proved is kind]
        shares.append(sum(it is kind for it in judged) / max(1, len(judged)))
    return 50 * sum(shares)


def best_cut(claims: Sequence[Claim], scores: Scores) -> float:
    """Balanced accuracy at the best cut through the scores."""
    cuts = np.unique(np.quantile(scores, np.linspace(0, 1, _CUTS)))
    return max(balanced(claims, [bool(s >= cut) for s in scores]) for cut in cuts)


def _file(path: Path) -> Iterator[Row]:
    claims = read_claims(path)
    origins = sorted({claim.origin for claim in claims})
    scores: dict[str, Scores] = {}
    for name, score in SYSTEMS.items():
        print(f"{path.stem}: {name} ...", file=sys.stderr)
        scores[name] = np.array([score(each) for each in claims])
    shipped = [check(each.summary, [each.document]).proved for each in claims]
    for origin in ["", *(origins if len(origins) > 1 else [])]:
        chosen = [n for n, each in enumerate(claims) if origin in ("", each.origin)]
        some = [claims[n] for n in chosen]
        data = f"{path.stem}, {origin}" if origin else path.stem
        for name in SYSTEMS:
            figures = {"best cut %": best_cut(some, scores[name][chosen])}
            if name == "briefbot":
                figures["as shipped %"] = balanced(some, [shipped[n] for n in chosen])
            yield Row(data, name, figures)
    yield Row(path.stem, "briefbot, sentences", {"checks/s": _speed(claims)})
    yield from refusals(claims, f"{path.stem}, refused outright")


def refusals(claims: Sequence[Claim], data: str) -> Iterator[Row]:
    """A row for each kind of refusal, those with most refusals first."""
    kinds = [
        {each.kind for each in examine(claim.summary, [claim.document]).refusals()}
        for claim in claims
    ]
    counted = Counter(kind for found in kinds for kind in found)
    for kind, _ in counted.most_common():
        figures = {}
        for name, proved in (("proved", True), ("unproved", False)):
            some = [
                found for claim, found in zip(claims, kinds, strict=True) if claim.proved is proved
            ]
            figures[name] = float(sum(kind in found for found in some))
            figures[f"{name}, alone"] = float(sum(found == {kind} for found in some))
        yield Row(data, kind, figures)


def _speed(claims: Sequence[Claim]) -> float:
    pairs = [
        (each.summary[span.start : span.end], each.document)
        for each in sorted(claims, key=lambda claim: claim.document)
        for span in split(each.summary)
    ]
    for document in {document for _, document in pairs[-500:]}:
        check("Warm.", [document])
    known = pairs[-500:]
    start = time.process_time()
    for sentence, document in known:
        check(sentence, [document])
    return len(known) / (time.process_time() - start)


def _briefbot(claim: Claim) -> float:
    return check(claim.summary, [claim.document]).score


def _words(text: str) -> list[str]:
    return _TOKEN.findall(text.lower())


def _singles(claim: Claim) -> float:
    known = set(_words(claim.document))
    said = _words(claim.summary)
    return sum(word in known for word in said) / max(1, len(said))


def _pairs(claim: Claim) -> float:
    known = set(pairwise(_words(claim.document)))
    said = list(pairwise(_words(claim.summary)))
    return sum(pair in known for pair in said) / max(1, len(said))


def _numbers_and_names(claim: Claim) -> float:
    said = {*_NUMBER.findall(claim.summary), *_NAME.findall(claim.summary)}
    return -float(sum(each not in claim.document for each in said))


SYSTEMS: dict[str, Callable[[Claim], float]] = {
    "briefbot": _briefbot,
    "numbers and names match": _numbers_and_names,
    "word precision": _singles,
    "word pair precision": _pairs,
}
