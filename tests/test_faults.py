"""The faults that are promised to be survived, by number; the container (53) is tested by image."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path

from tests.support.reach import platforms_of_tests

PROMISED = {*range(1, 53), *range(54, 72)} - {16}
"""There is no fault 16."""

BOTH_ENGINES = {*range(1, 16), *range(23, 28), 48, 49, 50, 52, *range(62, 67), 68, 69}
"""Those in which the database has a part."""

BOTH_PLATFORMS = {48, 50, 51, 52, 64, 65, 66, 68, 69}
"""Those of people in chats."""

TEST = re.compile(r"^ *(?:async )?def test_fault_(\d\d)_\w+\((.*?)\)", re.MULTILINE | re.DOTALL)
NAME = re.compile(r"test_fault_(\d\d)_")
ENGINES = re.compile(r"\b(store: Store|ledger: Ledger|desk: Desk|kills: Kills|database_url: str)")


def numbered() -> dict[int, list[str]]:
    """What each test of a fault asks for, by the fault's number."""
    found = defaultdict[int, list[str]](list)
    for _, text in sources():
        for number, arguments in TEST.findall(text):
            found[int(number)].append(arguments)
    return found


def on_platforms() -> dict[int, set[str]]:
    """The platforms that the code of a fault's tests uses."""
    found = defaultdict[int, set[str]](set)
    for file, _ in sources():
        for name, platforms in platforms_of_tests(file).items():
            if numbered_name := NAME.match(name):
                found[int(numbered_name[1])] |= platforms
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


def test_a_platform_counts_by_the_code_that_uses_it_and_not_by_its_word(tmp_path: Path) -> None:
    file = tmp_path / "test_slack.py"
    file.write_text(
        "def test_slack_by_word(): 'slack and telegram'\n"
        "@fixture\ndef server(): return FakeSlack()\n"
        "def pressed(tg: FakeTelegram): ...\n"
        "def test_by_helpers(server): pressed(1)\n"
    )
    assert platforms_of_tests(file) == {
        "test_slack_by_word": set(),
        "test_by_helpers": {"slack", "telegram"},
    }


def test_faults_of_chats_are_tested_on_both_platforms() -> None:
    found = on_platforms()
    assert {n for n in BOTH_PLATFORMS if found[n] != {"slack", "telegram"}} == set()
