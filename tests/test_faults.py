"""The faults that are promised to be survived, by number; the container (53) is tested by image."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path

PROMISED = {*range(1, 53), *range(54, 72)} - {16}
"""There is no fault 16."""

BOTH_ENGINES = {*range(1, 16), *range(23, 28), 48, 49, 50, 52, *range(62, 67), 68, 69}
"""Those in which the database has a part."""

BOTH_PLATFORMS = {48, 50, 51, 52, 64, 65, 66, 68, 69}
"""Those of people in chats."""

TEST = re.compile(r"^ *(?:async )?def test_fault_(\d\d)_\w+\((.*?)\)", re.MULTILINE | re.DOTALL)
ENGINES = re.compile(r"\b(store: Store|ledger: Ledger|desk: Desk|kills: Kills|database_url: str)")


def numbered() -> dict[int, list[str]]:
    """What each test of a fault asks for, by the fault's number."""
    found = defaultdict[int, list[str]](list)
    for _, text in sources():
        for number, arguments in TEST.findall(text):
            found[int(number)].append(arguments)
    return found


def on_platforms() -> dict[int, set[str]]:
    """The platforms that are named in the folder, name or body of a fault's tests."""
    found = defaultdict[int, set[str]](set)
    for file, text in sources():
        for test in re.split(r"^(?=(?:async )?def |@)", text, flags=re.MULTILINE):
            for number, _ in TEST.findall(test):
                said = f"{file.parent} {test}".lower()
                found[int(number)] |= {each for each in ("slack", "telegram") if each in said}
    return found


def sources() -> list[tuple[Path, str]]:
    files = Path(__file__).parent.rglob("test_*.py")
    return [(each, each.read_text(encoding="utf-8")) for each in files]


def test_every_fault_has_a_test_with_its_number() -> None:
    assert PROMISED - numbered().keys() == set()


def test_faults_of_the_ledger_are_tested_on_both_databases() -> None:
    found = numbered()
    one_only = {n for n in BOTH_ENGINES if not any(ENGINES.search(each) for each in found[n])}
    assert one_only == set()


def test_faults_of_chats_are_tested_on_both_platforms() -> None:
    found = on_platforms()
    assert {n for n in BOTH_PLATFORMS if found[n] != {"slack", "telegram"}} == set()
