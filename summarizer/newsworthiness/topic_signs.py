"""Signs that an article is on a topic, each from 0 to about 1."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from summarizer.newsworthiness.articles import ReadArticle
from summarizer.newsworthiness.headlines import Clause
from summarizer.newsworthiness.phrases import load_lists
from summarizer.newsworthiness.signs import Signs, cap, single_words


def count_strong(read: ReadArticle, topics: Sequence[str]) -> dict[str, tuple[int, int]]:
    """How often strong terms of each topic stand in title and body."""
    lists = {topic: load_lists(f"{topic}_terms")["strong"] for topic in topics}
    return {t: (len(p.find(read.title)), len(p.find(read.body))) for t, p in lists.items()}


def topic_signs(
    read: ReadArticle, topic: str, clause: Clause, counts: Mapping[str, tuple[int, int]]
) -> Signs:
    """How a topic's terms and the terms against it stand in title, lead and body."""
    terms, against = load_lists(f"{topic}_terms"), load_lists("against_terms")["strong"]
    other_senses, armed = load_lists("against_terms")[topic], topic == "security"
    strong, weak = terms["strong"], terms["weak"]
    title_strong: float = strong.kinds(clause.words)
    title_weak: float = weak.kinds(clause.words)
    beside = terms["support"].kinds(clause.words)
    title_weak += beside if title_strong + title_weak else beside / 2
    lead_weak = weak.kinds(read.lead) + terms["support"].kinds(read.lead)
    body_weak = len(weak.find(read.body)) + len(terms["support"].find(read.body))
    enough = max(60, len(read.body))
    return {
        "title_strong": cap(title_strong, 1),
        "title_strong_more": cap(max(0, title_strong - 1), 2),
        "title_weak": cap(title_weak, 1),
        "title_weak_more": cap(max(0, title_weak - 1), 2),
        "context": cap(strong.kinds(clause.context), 1),
        "lead_strong": cap(strong.kinds(read.lead), 3),
        "lead_weak": cap(lead_weak, 4),
        "body_density": cap(counts[topic][1] / enough, 0.06),
        "body_weak": cap(body_weak / enough, 0.06),
        "hard_act": float(clause.kind == "hard" and bool(title_strong + title_weak)),
        "against_title": cap(against.kinds(read.title), 2),
        "other_sense": float(bool(other_senses.find(read.title)) and not (armed and title_strong)),
        "other_sense_lead": cap(other_senses.kinds(read.lead), 2),
        "against_lead": cap(against.kinds(read.lead), 3),
        "against_path": float(
            bool(_path_words(read) & single_words(load_lists("genre")["subject_path"]))
        ),
        "rival": _rival_share(topic, counts),
        "rival_title": _rival_title(topic, clause, counts),
    }


def _path_words(read: ReadArticle) -> set[str]:
    return {*read.path, *(read.article.category or "").lower().split()}


def _rival_share(topic: str, counts: Mapping[str, tuple[int, int]]) -> float:
    """The share of another topic's terms among the strong terms of title and body."""
    found = {t: 2 * title + body for t, (title, body) in counts.items()}
    others = max((n for t, n in found.items() if t != topic), default=0)
    return others / (others + found[topic] + 1)


def _rival_title(topic: str, clause: Clause, counts: Mapping[str, tuple[int, int]]) -> float:
    """Whether the main clause speaks of another topic and does no hard act of this one."""
    if clause.kind == "hard":
        return 0.0
    others = (load_lists(f"{t}_terms")["strong"] for t in counts if t != topic)
    return float(any(strong.find(clause.words) for strong in others))
