"""Public judged summaries: `python -m benchmarks.fitting.judged_summaries CLONE… FOLDER`.

The clones, bare or not, are of these repositories and have these commits:

    factcc, polytope, cogensumm, xsumfaith  github.com/leadawon/FIZZ_dawon    259f8de587fa
    bump                                    github.com/dataminr-ai/BUMP       86327f14b9e0
    qags_xsum                               github.com/W4ngatang/qags         47798e9b6334
    podcast, sales_email, sales_call, qmsumm, ectsum, samsum, scitldr (SummEdits)
                                            github.com/salesforce/factualNLG  0da1dfa62c78
    defacto                                 github.com/microsoft/DeFacto      a7e70a2fab6b
    entfa                                   github.com/mcao516/EntFA          e6f857ddf0ba
    summeval                                github.com/maiush/PPairS          0beef748c027
    frank, of which only the documents' ids are read, to leave them out
                                            github.com/artidoro/frank         80a88fb12cc0
    cliff, goyal, of which only the documents are read, to leave them out
                                            github.com/Liyan06/AggreFact      f0654b245232

FOLDER gets NAME.jsonl with doc, summary, label and origin, as
`python -m benchmarks.fitting.evidence FILE… --also FOLDER/*.jsonl` reads them. FRANK, CLIFF and
Goyal judge summaries of some of the same documents, and others measure themselves on them: what a
document that they have, or most of it, says is left out of all collections.

The limit: FRANK's documents are known by their ids and by the text of its development file. Those
of its other part may teach where polytope, bump, summeval or factcc quote them without ids, and of
QAGS's CNN/DM documents outside of the development file some do.
"""

from __future__ import annotations

import csv
import io
import json
import pickle
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.fitting.clones import has_commit, write_all
from benchmarks.fitting.shared_text import Run, runs, shares

FRANK = ("80a88fb12cc0bfc17ff6ee2c5ebb0c4f4dd8a5f4", "data/selected_documents.txt")
CLIFF = (
    "f0654b245232cd724d5caa5db4950abfb12d795e",
    (
        "data/error_type_mapping/CLIFF_error_types.csv",
        "data/error_type_mapping/Goyal21_error_types.csv",
    ),
)
PERFECT = 4.99
"""The mean of three readers' marks, five at most, from which all gave the best one."""

_PRESENT = "Non-hallucinated"


@dataclass(frozen=True, slots=True)
class Judged:
    """A summary, its document, and whether it is proved; `id` is the document's in FRANK."""

    document: str
    summary: str
    proved: bool
    id: str = ""


@dataclass(frozen=True, slots=True)
class Collection:
    """The files of a collection at a commit, and how one is parsed."""

    name: str
    commit: str
    paths: Sequence[str]
    parse: Callable[[bytes], Iterator[Judged]]


class _PlainData(pickle.Unpickler):
    """Reads lists, dicts, strings and numbers, and nothing that could run."""

    def find_class(self, module: str, name: str) -> Any:
        raise pickle.UnpicklingError(f"{module}.{name} is no plain data")


def pickled(data: bytes) -> Iterator[Judged]:
    """The claims of a benchmark's part, each with its document.

    Of Polytope a summary counts as proved that has no inaccuracy: what it leaves out or adds
    needlessly is no matter of proof.
    """
    for row in _PlainData(io.BytesIO(data)).load():
        label = row.get("inaccuracy_label", row["label"])
        ids = [str(row.get(key) or "") for key in ("cnndm_id", "bbcid", "id")]
        known = next((each.rpartition("-")[2] for each in ids if each), "")
        yield Judged(row["document"], row["claim"].replace("\n", " "), label == 1, known)


def edited(data: bytes) -> Iterator[Judged]:
    """BUMP: an article's reference summary, and its edits with one error each."""
    seen: set[int] = set()
    for row in json.loads(data):
        if row["article_id"] not in seen:
            seen.add(row["article_id"])
            yield Judged(row["article"], row["reference_summary"], True)
        yield Judged(row["article"], row["edited_summary"], False)


def voted(data: bytes) -> Iterator[Judged]:
    """QAGS: a summary is proved if most of three readers say so of each sentence."""
    for line in data.decode().splitlines():
        row = json.loads(line)
        sentences = row["summary_sentences"]
        votes = [[each["response"] == "yes" for each in one["responses"]] for one in sentences]
        summary = " ".join(one["sentence"] for one in sentences)
        yield Judged(row["article"], summary, all(2 * sum(each) > len(each) for each in votes))


def labelled(data: bytes) -> Iterator[Judged]:
    """SummEdits: summaries and their edits, with labels."""
    for row in json.loads(data):
        yield Judged(row["doc"], row["summary"], row["label"] == 1)


def corrected(data: bytes) -> Iterator[Judged]:
    """DeFacto: a summary in which a reader found an error or none."""
    for line in data.decode().splitlines():
        row = json.loads(line)
        yield Judged(row["article"], row["candidate"], not row["has_error"])


def entities(data: bytes) -> Iterator[Judged]:
    """EntFA: a summary is proved if its document has each of its entities as told."""
    for row in json.loads(data):
        found = [each["label"] == _PRESENT for each in row["entities"]]
        yield Judged(row["source"], row["prediction"], all(found))


def rated(data: bytes) -> Iterator[Judged]:
    """SummEval: a summary is proved if all experts call it wholly consistent."""
    for line in data.decode().splitlines():
        row = json.loads(line)
        yield Judged(row["article"], row["summary"], row["consistency"] >= PERFECT)


_FIZZ = "259f8de587fa8447dba1f3817dc2a984f2a97223"
_SUMMEDITS = "0da1dfa62c783218d26208c1796d3a2605bec745"
COLLECTIONS = (
    *(
        Collection(name, _FIZZ, [f"data_ek/{name}_{part}.pkl" for part in ("val", "test")], pickled)
        for name in ("factcc", "polytope", "cogensumm", "xsumfaith")
    ),
    Collection(
        "bump",
        "86327f14b9e0c16a364a3793b8a622dc703d22fd",
        [f"data/task{number}_dataset.json" for number in (1, 2)],
        edited,
    ),
    Collection(
        "qags_xsum",
        "47798e9b63344e2d3fb4df2def6edc18e9402d30",
        ["data/mturk_xsum.jsonl"],
        voted,
    ),
    Collection(
        "defacto",
        "a7e70a2fab6b6953f88a2e56d5b14feb4ff5beef",
        [f"data/{part}.jsonl" for part in ("train", "val", "test")],
        corrected,
    ),
    Collection(
        "entfa",
        "e6f857ddf0ba43a7bc5e6e0b40cfaada99f79583",
        [f"data/{part}.json" for part in ("train", "test")],
        entities,
    ),
    Collection(
        "summeval",
        "0beef748c02726db1a781784eeb19bae8d219c19",
        ["data/summeval.jsonl"],
        rated,
    ),
    *(
        Collection(name, _SUMMEDITS, [f"data/summedits/summedits_{name}.json"], labelled)
        for name in (
            *("podcast", "sales_email", "sales_call", "qmsumm"),
            *("ectsum", "samsum", "scitldr"),
        )
    ),
)


def collect(
    clones: Sequence[Path],
    folder: Path,
    known: Sequence[Collection] = COLLECTIONS,
    frank: tuple[str, str] = FRANK,
    cliff: tuple[str, Sequence[str]] = CLIFF,
) -> Iterator[str]:
    """Write the collections that the clones hold; FRANK's, CLIFF's and Goyal's documents left out.

    Yields a line of counts for each. Raises ValueError if a clone holds none, or those to leave out
    are not all named.
    """
    ids = frozenset(_file(_with_commit(clones, frank[0]), *frank).decode().split())
    holder = _with_commit(clones, cliff[0])
    texts = {text for path in cliff[1] for text in _documents(_file(holder, cliff[0], path))}
    wanted = (frank[0], cliff[0], *(one.commit for one in known))
    for clone in clones:
        if not any(has_commit(clone, each) for each in wanted):
            raise ValueError(f"{clone}: no clone with one of the commits that were read")
    found = [(each.name, _read(each, clones)) for each in known]
    texts |= {one.document for _, judged in found for one in judged if one.id in ids}
    left_out = {run for text in texts for run in runs(text)}
    for name, judged in found:
        if judged:
            kept = [one for one in judged if one.id not in ids]
            yield f"{name}: {_write(name, kept, left_out, folder)} of {len(judged)} summaries"


def _documents(data: bytes) -> Iterator[str]:
    for row in csv.DictReader(io.StringIO(data.decode())):
        yield row["doc"]


def _read(collection: Collection, clones: Sequence[Path]) -> list[Judged]:
    """What a collection says, each once; nothing if no clone holds it."""
    holder = next((clone for clone in clones if has_commit(clone, collection.commit)), None)
    if holder is None:
        return []
    files = [_file(holder, collection.commit, path) for path in collection.paths]
    return list(dict.fromkeys(one for data in files for one in collection.parse(data)))


def _write(name: str, judged: Sequence[Judged], left_out: set[Run], folder: Path) -> int:
    """Write what is judged of documents not left out; returns how much it is."""
    texts = {one.document for one in judged if one.document}
    kept = {text for text in texts if not shares(text, left_out)}
    rows = [
        {"doc": one.document, "summary": one.summary, "label": int(one.proved), "origin": name}
        for one in judged
        if one.document in kept and one.summary.strip()
    ]
    text = "".join(f"{json.dumps(row)}\n" for row in rows)
    (folder / f"{name}.jsonl").write_text(text, encoding="utf-8")
    return len(rows)


def _with_commit(clones: Sequence[Path], commit: str) -> Path:
    for clone in clones:
        if has_commit(clone, commit):
            return clone
    raise ValueError(f"no clone with commit {commit[:12]} is named")


def _file(clone: Path, commit: str, path: str) -> bytes:
    command = ["git", "-C", str(clone), "show", f"{commit}:{path}"]
    shown = subprocess.run(command, capture_output=True, check=False)
    if shown.returncode:
        raise ValueError(f"{clone}: {path} at {commit[:12]}: {shown.stderr.decode().strip()}")
    return shown.stdout


def main(argv: Sequence[str] | None = None) -> int:
    """Write the collections of all clones; returns 1 if one is refused."""
    return write_all(collect, __doc__, "CLONE", argv)


if __name__ == "__main__":
    sys.exit(main())
