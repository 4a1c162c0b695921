"""Public judged summaries: `python -m benchmarks.fitting.judged_summaries CLONE… FOLDER`.

The clones, bare or not, are of these repositories and have these commits:

    factcc, polytope, cogensumm, xsumfaith  github.com/leadawon/FIZZ_dawon    259f8de587fa
    bump                                    github.com/dataminr-ai/BUMP       86327f14b9e0
    qags_xsum                               github.com/W4ngatang/qags         47798e9b6334
    podcast, sales_email, sales_call, qmsumm, ectsum, samsum, scitldr (SummEdits)
                                            github.com/salesforce/factualNLG  0da1dfa62c78
    frank, of which only the documents' ids are read, to leave them out
                                            github.com/artidoro/frank         80a88fb12cc0

FOLDER gets NAME.jsonl with doc, summary, label and origin, as
`python -m benchmarks.fitting.evidence FILE… --also FOLDER/*.jsonl` reads them. FRANK judges
summaries of some of the same documents, and others measure themselves on it.
"""

from __future__ import annotations

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

FRANK = ("80a88fb12cc0bfc17ff6ee2c5ebb0c4f4dd8a5f4", "data/selected_documents.txt")


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
) -> Iterator[str]:
    """Write the collections that the clones hold, FRANK's documents left out.

    Yields a line of counts for each. Raises ValueError if a clone holds none, or FRANK's is none
    of them.
    """
    ids = frozenset(_file(_with_commit(clones, frank[0]), *frank).decode().split())
    for clone in clones:
        if not any(has_commit(clone, each) for each in (frank[0], *(one.commit for one in known))):
            raise ValueError(f"{clone}: no clone with one of the commits that were read")
    for each in known:
        holders = [clone for clone in clones if has_commit(clone, each.commit)]
        if holders:
            yield _write(each, holders[0], ids, folder)


def _write(collection: Collection, clone: Path, ids: frozenset[str], folder: Path) -> str:
    files = [_file(clone, collection.commit, path) for path in collection.paths]
    judged = list(dict.fromkeys(one for data in files for one in collection.parse(data)))
    kept = [one for one in judged if one.id not in ids and one.document and one.summary.strip()]
    rows = [
        {"doc": one.document, "summary": one.summary, "label": int(one.proved)}
        | {"origin": collection.name}
        for one in kept
    ]
    text = "".join(f"{json.dumps(row)}\n" for row in rows)
    (folder / f"{collection.name}.jsonl").write_text(text, encoding="utf-8")
    proved = sum(one.proved for one in kept)
    return f"{collection.name}: {len(kept)} of {len(judged)} summaries, {proved} proved"


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
