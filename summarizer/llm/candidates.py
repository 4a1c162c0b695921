"""The stories that a model is to judge as an editor, and the messages that describe them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import islice

from bot.models import Article, Topic
from summarizer.language.sentences import split
from summarizer.llm.prompts import Message, Prompt, fenced, unfit
from summarizer.sentence_rules.cleaning import plain

MOST_SENTENCES = 3
MOST_OUTLETS = 3
"""So few that a story which more and more outlets tell is not judged again each time."""

_LONGEST_TITLE = 200
_LONGEST_SENTENCE = 300
_READ_CHARS = 4_000


@dataclass(frozen=True, slots=True)
class Candidate:
    """A story as an editor sees it: its title, who reports it, and its first sentences.

    `id` is that of the article which speaks for it.
    """

    id: str
    title: str
    outlets: tuple[str, ...]
    sentences: tuple[str, ...]


def candidate_of(article: Article, outlets: Collection[str] = ()) -> Candidate:
    """The story of an article and of other `outlets`, without orders and boilerplate."""
    named = dict.fromkeys(plain(each)[:60] for each in (article.source, *sorted(outlets)))
    found = split(article.text[:_READ_CHARS], article.language)
    fit = (plain(each.text)[:_LONGEST_SENTENCE] for each in found if not unfit(each.text))
    sentences = tuple(islice((each for each in fit if each != article.title), MOST_SENTENCES))
    title = "" if unfit(article.title) else plain(article.title)[:_LONGEST_TITLE]
    return Candidate(article.id, title, tuple(named)[:MOST_OUTLETS], sentences)


def editing_messages(
    prompt: Prompt, candidates: Sequence[Candidate], topics: Sequence[Topic]
) -> tuple[Message, ...]:
    """Ask for a judgement on each of the candidates, which are numbered from 1."""
    named = "\n".join(f"- {each.name}: {_described(each)}" for each in topics)
    stories = "\n\n".join(described(at, each) for at, each in enumerate(candidates, 1))
    request = f"Topics:\n{named}\n{fenced('stories', stories)}"
    return Message("system", prompt.text), Message("user", request)


def described(number: int, candidate: Candidate) -> str:
    """One story as the model is shown it."""
    lines = [f"Story {number}", f"Title: {candidate.title}"]
    lines.append(f"Outlets: {', '.join(candidate.outlets)}")
    lines += [f"[{at}] {each}" for at, each in enumerate(candidate.sentences, 1)]
    return "\n".join(lines)


def _described(topic: Topic) -> str:
    """A topic in words; one that a channel made is known by its terms."""
    words = topic.description or ", ".join(sorted(topic.terms)[:20])
    return plain(f"{topic.title}. {words}")[:_LONGEST_SENTENCE]
