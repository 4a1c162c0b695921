"""Signs of how much an event weighs, each from 0 to about 1."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from summarizer.newsworthiness.articles import ReadArticle
from summarizer.newsworthiness.headlines import Clause, find_acts
from summarizer.newsworthiness.phrases import IndexedWords, Word, load_lists
from summarizer.newsworthiness.signs import Signs, cap

LEAD_START = 35
NEAR, FAR = 4, 10
"""Words from a word of death, or after the word "toll", within which a number is the toll."""


def importance_signs(read: ReadArticle, topic: str, clause: Clause) -> Signs:
    """Hardness of the act, its object, who acts, how much it moves, and how firm it is."""
    acts, speech = load_lists(f"acts_{topic}"), load_lists("speech")
    scale, objects = load_lists("scale"), load_lists("objects")
    words = clause.words
    hard = find_acts(words, topic, "hard")
    object_there = bool(objects[topic].find(words))
    toll = count_toll(words)
    lead, lists = IndexedWords(read.lead[:LEAD_START]), load_lists("actors")
    return {
        "act_hard": float(clause.kind == "hard"),
        "act_firm": float(clause.kind == "firm"),
        "act_reaction": float(clause.kind in ("reaction", "courtesy")),
        "act_routine": float(clause.kind == "routine"),
        "hard_anywhere": float(bool(hard)),
        "act_on_object": float(object_there and clause.kind in ("hard", "firm")),
        "hard_in_lead": cap(acts["hard"].kinds(lead), 3),
        "power_in_lead": cap(lists["great_power"].kinds(lead), 3),
        "market_in_lead": cap(scale["market"].kinds(lead), 3) if topic == "energy" else 0.0,
        "reaction_in_lead": cap(speech["reaction"].kinds(lead), 2),
        "toll": cap(math.log10(1 + toll), 2),
        "mass": cap(scale["mass"].kinds(read.title), 2),
        "market": cap(scale["market"].kinds(words), 2) if topic == "energy" else 0.0,
        "hedge": cap(speech["hedge"].kinds(words), 1),
        "reaction_word": cap(speech["reaction"].kinds(words), 1),
        "local": cap(scale["local"].kinds(read.title), 1),
        "contract_word": cap(objects["contract"].kinds(words), 2) if topic == "energy" else 0.0,
    } | actor_signs(clause, topic)


OWN_ACTORS = {"security": ("force", "armed_group"), "energy": ("energy_major", "energy_body")}


def actor_signs(clause: Clause, topic: str) -> Signs:
    """Who stands before the verb."""
    lists, subject = load_lists("actors"), clause.subject
    own = OWN_ACTORS[topic]
    power = bool(lists["great_power"].find(subject))
    actor = any(lists[kind].find(subject) for kind in own)
    return {
        "by_power": float(power),
        "own_actor_acts": float(actor and clause.kind in ("hard", "firm")),
    }


def count_toll(words: Sequence[Word]) -> int:
    """The largest number near a word of death, or some way after the word "toll"."""
    deaths = load_lists("scale")["toll"].find(words)
    return max(
        (
            _number(words[at].written)
            for start, end in deaths
            for at in range(
                max(0, start - NEAR),
                min(len(words), end + (FAR if _is_toll(words[end - 1]) else NEAR)),
            )
        ),
        default=0,
    )


def _is_toll(word: Word) -> bool:
    return word.written.lower() == "toll"


def _number(written: str) -> int:
    plain = written.replace(",", "")
    if plain.isdigit() and not 1900 <= int(plain) <= 2100:
        return min(int(plain), 100_000)
    return _SPELT.get(written.lower(), 0)


_SPELT: Mapping[str, int] = {
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "eleven": 11,
    "twelve": 12,
    "dozen": 12,
    "dozens": 36,
    "scores": 60,
    "hundreds": 300,
    "thousands": 3000,
}
