"""The faults that are promised to be survived, by number; the container (53) is tested by image."""

from __future__ import annotations

import re
from pathlib import Path

PROMISED = {*range(1, 53), *range(54, 72)} - {16}
"""There is no fault 16."""

BOTH_ENGINES = {*range(1, 16)} | {23, 24, 25, 26, 27, 62, 63, 65, 66, 68}
"""Those in which the database has a part."""

TEST = re.compile(r"^ *(?:async )?def test_fault_(\d\d)_\w+\((.*?)\)", re.MULTILINE | re.DOTALL)


def numbered() -> dict[int, list[str]]:
    """What each test of a fault asks for, by the fault's number."""
    found: dict[int, list[str]] = {}
    for file in Path(__file__).parent.rglob("test_*.py"):
        for number, arguments in TEST.findall(file.read_text(encoding="utf-8")):
            found.setdefault(int(number), []).append(arguments)
    return found


def test_every_fault_has_a_test_with_its_number() -> None:
    assert PROMISED - numbered().keys() == set()


def test_faults_of_the_ledger_are_tested_on_both_databases() -> None:
    on_both = re.compile(r"\b(store: Store|ledger: Ledger|desk: Desk|kills: Kills)")
    found = numbered()
    one_only = {n for n in BOTH_ENGINES if not any(on_both.search(each) for each in found[n])}
    assert one_only == set()
