"""The layout of the code: sizes, names, imports, and documents that name real files."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from statistics import median

import pytest

from benchmarks.code.imports import PRODUCT, circles, import_graph, modules
from benchmarks.code.picture import PICTURE, picture
from tests.support.paths import ROOT

MOST_MODULES, MOST_LINES, MEDIAN_LINES = 20, 350, 110

DOCUMENTS = [ROOT / name for name in ("README.md", "CONTRIBUTING.md", "SECURITY.md")]
DOCUMENTS += sorted((ROOT / "docs").glob("*.md"))

NAMED = re.compile(r"`((?:bot|handlers|summarizer|config|benchmarks|tests|docs)/[\w./-]+)`")
TARGET = re.compile(r"`make ([a-z-]+)|^make ([a-z-]+)(?: +#.*)?$", re.MULTILINE)


HISTORY = ROOT / "bot" / "store" / "migrations" / "versions"
"""One module for each change of the tables that was ever made: it only grows."""


def test_no_folder_holds_more_than_twenty_modules() -> None:
    paths = [path for path in modules(*PRODUCT, "benchmarks").values() if path.parent != HISTORY]
    counts = Counter(path.parent for path in paths if path.name != "__init__.py")
    assert {str(folder): n for folder, n in counts.items() if n > MOST_MODULES} == {}


def test_files_are_short() -> None:
    lengths = {path: len(path.read_text().splitlines()) for path in modules(*PRODUCT).values()}
    assert {str(path): n for path, n in lengths.items() if n > MOST_LINES} == {}
    own = [n for path, n in lengths.items() if path.name != "__init__.py"]
    assert median(own) < MEDIAN_LINES


def test_no_module_repeats_the_name_of_its_folder() -> None:
    repeats = []
    for path in modules(*PRODUCT, "benchmarks").values():
        folder = path.parent.name
        one = re.sub("ies$", "y", folder) if folder.endswith("ies") else folder.removesuffix("s")
        if path.stem in {folder, one} or path.stem.startswith((f"{folder}_", f"{one}_")):
            repeats.append(str(path.relative_to(ROOT)))
    assert repeats == []


def test_no_module_imports_itself_through_others() -> None:
    assert circles(import_graph(*PRODUCT, "benchmarks", "tests")) == []


def test_circles_are_found() -> None:
    graph = {"a": frozenset({"b"}), "b": frozenset({"c"}), "c": frozenset({"b"})}
    assert circles(graph) == ["b", "c"]


def test_the_picture_shows_the_imports_as_they_are() -> None:
    assert picture() == PICTURE.read_text(encoding="utf-8"), "run `make docs`"


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_files_that_a_document_names_exist(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    named = {each for each in NAMED.findall(text) if not re.search(r"NAME|\*", each)}
    assert sorted(each for each in named if not (ROOT / each).exists()) == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_make_has_every_target_that_a_document_names(document: Path) -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    named = {"".join(found) for found in TARGET.findall(document.read_text(encoding="utf-8"))}
    assert named <= targets


def test_the_changelog_has_one_change_a_line() -> None:
    lines = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8").splitlines()
    changes = [line for line in lines[4:] if line.startswith("- ")]
    wrapped = [line for line in lines[4:] if line.startswith("  ")]
    assert len(changes) > 50
    assert wrapped == []


def test_make_test_fast_names_what_is_there() -> None:
    made = (ROOT / "Makefile").read_text(encoding="utf-8")
    named = made.split("PURE :=", 1)[1].split("SMALL_MODEL", 1)[0].replace("\\", " ").split()
    assert named
    assert [path for path in named if not (ROOT / path).exists()] == []
