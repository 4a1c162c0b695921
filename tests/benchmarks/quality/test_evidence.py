"""The benchmark of the proof counts what each kind of refusal costs and catches."""

from __future__ import annotations

from benchmarks.quality.evidence import Claim, refusals

DOCUMENT = "Karsova plans to shut the Vesk canal to all 40 foreign ships."


def test_it_counts_refusals_by_kind_and_those_of_one_kind_alone() -> None:
    claims = [
        Claim(DOCUMENT, "Karsova shut the Vesk canal to all 40 foreign ships.", False, ""),
        Claim(DOCUMENT, "Karsova shut the Vesk canal to all 90 foreign ships.", False, ""),
        Claim(DOCUMENT, "Karsova will shut the canal to all foreign ships.", True, ""),
        Claim(DOCUMENT, DOCUMENT, True, ""),
    ]
    rows = {row.system: row.figures for row in refusals(claims, "made up")}
    assert rows["mood"] == {
        "proved": 1.0,
        "proved, alone": 1.0,
        "unproved": 2.0,
        "unproved, alone": 1.0,
    }
    assert rows["number"]["unproved"] == 1.0
    assert rows["number"]["unproved, alone"] == 0.0
