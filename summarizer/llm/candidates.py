"""The stories that a model is to judge as an editor, and the messages that describe them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.models import Article, Story, Topic
from summarizer.language.sentences import split
from summarizer.llm.prompts import Message, Prompt, fenced, unfit
from summarizer.sentence_rules.cleaning import plain

MOST_SENTENCES = 3
MOST_OUTLETS = 6
_LONGEST_TITLE = 200
_LONGEST_SENTENCE = 300
_READ_CHARS = 4_000


@dataclass(frozen=True, slots=True)
class Candidate:
    """A story as an editor sees it: its title, who reports it, and its first sentences."""

    id: str
    title: str
    outlets: tuple[str, ...]
    sentences: tuple[str, ...]

    @property
    def lead(self) -> str:
        """The first sentence; "" where there is none."""
        return self.sentences[0] if self.sentences else ""


def candidate_of(story: Story, best: Article) -> Candidate:
    """The story by its `best` article, without orders and boilerplate."""
    outlets = dict.fromkeys(plain(each.source)[:60] for each in (best, *story.articles))
    found = split(best.text[:_READ_CHARS], best.language)
    fit = (plain(each.text) for each in found if not unfit(each.text))
    sentences = [each[:_LONGEST_SENTENCE] for each in fit if each != best.title][:MOST_SENTENCES]
    title = "" if unfit(best.title) else plain(best.title)[:_LONGEST_TITLE]
    return Candidate(story.id, title, tuple(outlets)[:MOST_OUTLETS], tuple(sentences))


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
