"""config/topics.toml, as shipped and as a deployer may get it wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.errors import SettingsError
from summarizer.topics.config import alternatives, load_topics
from summarizer.topics.scorer import TopicScorer

GOOD = """
[topics.floods]
title = "Floods"
description = "Rivers that leave their beds."
decisive = ["flood", "(burst|broken) dam"]
strong = ["monsoon"]
weak = ["rain"]
exclusions = ["flood of complaints"]
"""


def load(tmp_path: Path, text: str) -> tuple[str, ...]:
    file = tmp_path / "topics.toml"
    file.write_text(text, encoding="utf-8")
    return tuple(topic.name for topic in load_topics(file))


def test_security_and_energy_are_built_in() -> None:
    security, energy = load_topics()
    assert (security.name, security.title, security.channel_id) == ("security", "Security", None)
    assert (energy.name, energy.title, energy.channel_id) == ("energy", "Energy", None)


def test_a_deployer_can_add_a_topic(tmp_path: Path) -> None:
    file = tmp_path / "topics.toml"
    file.write_text(GOOD, encoding="utf-8")
    (topic,) = load_topics(file)
    assert {"flood", "burst dam", "broken dam"} <= topic.terms.keys()
    scorer = TopicScorer([topic])
    assert scorer.score("Floods hit town", "")
    assert scorer.score("Town hit", "The dams broken and burst dams flooded the valley.")
    assert not scorer.score("A flood of complaints", "")


def test_a_higher_threshold_lets_fewer_articles_in(tmp_path: Path) -> None:
    file = tmp_path / "topics.toml"
    file.write_text(GOOD.replace("[topics.floods]", "[topics.floods]\nthreshold = 5"), "utf-8")
    assert not TopicScorer(load_topics(file)).score("Floods hit town", "")


def test_words_against_every_topic_may_be_shared(tmp_path: Path) -> None:
    file = tmp_path / "topics.toml"
    file.write_text(f'against = ["concert", "flood"]\n{GOOD}', encoding="utf-8")
    (topic,) = load_topics(file)
    assert topic.terms["concert"] < 0 < topic.terms["flood"]


@pytest.mark.parametrize(
    ("entry", "phrases"),
    [
        ("flood", ("flood",)),
        ("(oil|gas) field", ("oil field", "gas field")),
        ("price of (oil|natural gas)", ("price of oil", "price of natural gas")),
        ("(a|b) (c|d)", ("a c", "a d", "b c", "b d")),
    ],
)
def test_brackets_hold_alternatives(entry: str, phrases: tuple[str, ...]) -> None:
    assert alternatives(entry) == phrases


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (('title = "Floods"', ""), "topic floods, field title"),
        (('title = "Floods"', "title = 3"), "topic floods, field title"),
        (('strong = ["monsoon"]', 'strong = "monsoon"'), "topic floods, field strong"),
        (('["monsoon"]', '["m"]'), "topic floods, field strong.0"),
        (('["monsoon"]', "[7]"), "topic floods, field strong.0"),
        (('["monsoon"]', '["--"]'), "topic floods, field strong: '--' has no letters"),
        (
            ('["monsoon"]', '["floods"]'),
            "topic floods, field strong: 'floods' is in decisive",
        ),
        (('["monsoon"]', '["(a|b"]'), "topic floods, field strong.0"),
        (('["monsoon"]', '["a|b"]'), "topic floods, field strong.0"),
        (("weak =", "week ="), "topic floods, field week"),
        (("strong =", 'threshold = "high"\nstrong ='), "topic floods, field threshold"),
        (("strong =", "threshold = 0\nstrong ="), "topic floods, field threshold"),
        (("strong =", "threshold = nan\nstrong ="), "topic floods, field threshold"),
        (("[topics.floods]", '[topics."two words"]'), "topic 'two words'"),
        (("[topics.floods]", "[floods]"), "field topics"),
        (("[topics.floods]", "[topics.floods"), "cannot be read"),
        (
            ('decisive = ["flood", "(burst|broken) dam"]\nstrong =', "against ="),
            "topic floods: ",
        ),
    ],
)
def test_it_names_the_topic_and_field_that_are_wrong(
    tmp_path: Path, change: tuple[str, str], complaint: str
) -> None:
    with pytest.raises(SettingsError) as refused:
        load(tmp_path, GOOD.replace(*change))
    assert "topics.toml" in str(refused.value)
    assert complaint in str(refused.value)


def test_it_says_so_where_there_is_no_file_or_no_text(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"none\.toml cannot be read"):
        load_topics(tmp_path / "none.toml")
    file = tmp_path / "topics.toml"
    file.write_bytes(b"\xff\xfe")
    with pytest.raises(SettingsError, match="cannot be read"):
        load_topics(file)
    with pytest.raises(SettingsError, match="field topics"):
        load(tmp_path, "")
