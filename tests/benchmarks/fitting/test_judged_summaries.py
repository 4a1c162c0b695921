"""Judged summaries are made from clones, without documents that others measure themselves on."""

from __future__ import annotations

import json
import pickle
from pathlib import Path

import pytest

from benchmarks.fitting.judged_summaries import (
    COLLECTIONS,
    Collection,
    Judged,
    collect,
    corrected,
    edited,
    entities,
    labelled,
    main,
    pickled,
    rated,
    voted,
)
from tests.support.repositories import git

ARTICLE = "The dam of Oster opened on Monday."


def claim(**fields: object) -> dict[str, object]:
    return {"document": ARTICLE, "claim": "The dam\nopened.", "label": 0} | fields


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (claim(label=1, cnndm_id="a1"), Judged(ARTICLE, "The dam opened.", True, "a1")),
        (claim(bbcid=7), Judged(ARTICLE, "The dam opened.", False, "7")),
        (claim(id="cnn-test-a1"), Judged(ARTICLE, "The dam opened.", False, "a1")),
        (claim(inaccuracy_label=1), Judged(ARTICLE, "The dam opened.", True)),
    ],
)
def test_a_claim_is_read_with_its_document(row: dict[str, object], expected: Judged) -> None:
    assert list(pickled(pickle.dumps([row]))) == [expected]


def test_a_file_that_names_code_is_refused() -> None:
    with pytest.raises(pickle.UnpicklingError, match="plain data"):
        list(pickled(pickle.dumps([Path("/")])))


def test_a_reference_stands_once_beside_its_edits() -> None:
    rows = [
        {"article_id": 1, "article": ARTICLE, "reference_summary": "It opened."}
        | {"edited_summary": wrong}
        for wrong in ("It closed.", "It burned.")
    ]
    assert [(each.summary, each.proved) for each in edited(json.dumps(rows).encode())] == [
        ("It opened.", True),
        ("It closed.", False),
        ("It burned.", False),
    ]


@pytest.mark.parametrize(("votes", "proved"), [("yes yes no", True), ("yes no no", False)])
def test_most_readers_decide(votes: str, proved: bool) -> None:
    responses = [{"response": each} for each in votes.split()]
    row = {"article": ARTICLE, "summary_sentences": [{"sentence": "Open.", "responses": responses}]}
    assert list(voted(json.dumps(row).encode())) == [Judged(ARTICLE, "Open.", proved)]


@pytest.mark.parametrize("proved", [True, False])
def test_a_summary_with_an_error_is_not_proved(proved: bool) -> None:
    row = {"article": ARTICLE, "candidate": "Open.", "has_error": not proved}
    assert list(corrected(json.dumps(row).encode())) == [Judged(ARTICLE, "Open.", proved)]


@pytest.mark.parametrize(
    ("labels", "proved"),
    [
        ("Non-hallucinated, Non-hallucinated", True),
        ("Non-hallucinated, Factual Hallucination", False),
        ("Intrinsic Hallucination", False),
    ],
)
def test_a_summary_is_proved_if_all_its_entities_are(labels: str, proved: bool) -> None:
    found = [{"label": each} for each in labels.split(", ")]
    row = {"source": ARTICLE, "prediction": "Open.", "entities": found}
    assert list(entities(json.dumps([row]).encode())) == [Judged(ARTICLE, "Open.", proved)]


@pytest.mark.parametrize(("mark", "proved"), [(5.0, True), (4.6666666667, False)])
def test_a_summary_is_proved_if_all_experts_say_so(mark: float, proved: bool) -> None:
    row = {"article": ARTICLE, "summary": "Open.", "consistency": mark}
    assert list(rated(json.dumps(row).encode())) == [Judged(ARTICLE, "Open.", proved)]


def test_the_collections_that_a_clone_holds_are_written(tmp_path: Path) -> None:
    clone, folder = tmp_path / "clone", tmp_path / "judged"
    clone.mkdir()
    folder.mkdir()
    rows = [
        {"doc": ARTICLE, "summary": each, "label": each == "Open."} for each in ("Open.", "No.")
    ]
    (clone / "edits.json").write_text(json.dumps([*rows, rows[0]]))
    (clone / "claims.pkl").write_bytes(
        pickle.dumps([claim(cnndm_id="a1"), claim(cnndm_id="b2", label=1)])
    )
    (clone / "ids.txt").write_text("a1\n")
    elsewhere = " ".join(f"word{number}" for number in range(20))
    (clone / "judged.csv").write_text(f"doc,summ\n{elsewhere},Open.\n")
    (clone / "marks.json").write_text(
        json.dumps({"article": f"Lead. {elsewhere}", "summary": "Open.", "consistency": 5.0})
    )
    git(clone, "init", "-q")
    git(clone, "add", ".")
    git(clone, "commit", "-qm", "Data")
    commit = git(clone, "rev-parse", "HEAD").strip()
    known = [
        Collection("edits", commit, ["edits.json"], labelled),
        Collection("claims", commit, ["claims.pkl"], pickled),
        Collection("marks", commit, ["marks.json"], rated),
        Collection("elsewhere", "0" * 40, ["other.json"], labelled),
    ]
    assert list(collect([clone], folder, known, (commit, "ids.txt"), (commit, ["judged.csv"]))) == [
        "edits: 2 of 2 summaries",
        "claims: 1 of 2 summaries",
        "marks: 0 of 1 summaries",
    ]
    assert json.loads((folder / "claims.jsonl").read_text()) == {
        "doc": ARTICLE,
        "summary": "The dam opened.",
        "label": 1,
        "origin": "claims",
    }


def test_without_the_documents_to_leave_out_nothing_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([str(tmp_path), str(tmp_path / "judged")]) == 1
    assert "no clone with commit" in capsys.readouterr().err
    assert not list((tmp_path / "judged").iterdir())


def test_each_collection_has_a_name_of_its_own() -> None:
    names = [each.name for each in COLLECTIONS]
    assert len(set(names)) == len(names)
