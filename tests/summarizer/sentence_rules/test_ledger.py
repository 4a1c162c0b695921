"""The ledger of rules: complete, and true of each rule's two examples."""

from __future__ import annotations

import pytest

from summarizer.sentence_rules.ledger import Rule, described, rules

ALL = tuple(rules())


@pytest.mark.parametrize("rule", ALL, ids=lambda rule: f"{rule.use}: {rule.name}")
def test_a_rule_finds_its_example_and_not_its_counter_example(rule: Rule) -> None:
    assert rule.finds(rule.example), rule.example
    assert not rule.finds(rule.counter), rule.counter


def test_every_rule_is_described_and_nothing_else_is() -> None:
    assert {(rule.use, rule.name) for rule in ALL} == described()
