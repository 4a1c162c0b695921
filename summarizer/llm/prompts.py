"""What a language model is sent: the rules, and a story's sentences, numbered and fenced."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from bot.models import Article
from bot.models.languages import Language
from summarizer.language.sentences import Sentence, split
from summarizer.sentence_rules.boilerplate import is_boilerplate
from summarizer.sentence_rules.cleaning import plain
from summarizer.sentence_rules.instructions import gives_orders
from summarizer.sentence_rules.standalone import stands_alone

FOLDER = Path(__file__).parent / "prompts"

MOST_ARTICLES = 5
MOST_SENTENCES = 8
"""Most sentences of one article in a prompt."""

LONGEST = 600
_READ_CHARS = 30_000


@dataclass(frozen=True, slots=True)
class Prompt:
    """The rules for a model, and their version, which changes with their text."""

    text: str
    version: str


@dataclass(frozen=True, slots=True)
class NumberedSentence:
    """A stored sentence and the number by which a model may cite it."""

    number: int
    article: Article
    sentence: Sentence


@dataclass(frozen=True, slots=True)
class Message:
    """One message of a conversation with a model."""

    role: str
    content: str


def load_prompt(name: str, folder: Path | None = None) -> Prompt:
    """The prompt `name.md` from the operator's folder if it exists there, else the one shipped."""
    own = folder / f"{name}.md" if folder else None
    path = own if own and own.is_file() else FOLDER / f"{name}.md"
    text = path.read_text(encoding="utf-8").strip()
    return Prompt(text, f"{name}-{hashlib.sha256(text.encode()).hexdigest()[:8]}")


def joined(one: Prompt, other: Prompt) -> Prompt:
    """Both sets of rules in one prompt."""
    return Prompt(f"{one.text}\n\n{other.text}", f"{one.version}+{other.version}")


def numbered(articles: Sequence[Article]) -> tuple[NumberedSentence, ...]:
    """The sentences of the newest articles that may be cited.

    A sentence that gives orders or addresses its reader gets no number, so no bullet can cite it.
    """
    newest = sorted(articles, key=lambda each: each.published_at, reverse=True)[:MOST_ARTICLES]
    found = [(article, sentence) for article in newest for sentence in _fit(article)]
    return tuple(NumberedSentence(at, article, each) for at, (article, each) in enumerate(found, 1))


def bullets_messages(
    prompt: Prompt,
    material: Sequence[NumberedSentence],
    topic: str,
    count: int,
    language: Language | None = None,
) -> tuple[Message, ...]:
    """Ask for `count` bullets on a topic, translated where a language is given."""
    task = f"Topic: {plain(topic)}. Bullets wanted: {count}.{_into(language)}"
    return _messages(prompt, f"{task}\n{fenced('sentences', _lines(material))}")


def answer_messages(
    prompt: Prompt,
    material: Sequence[NumberedSentence],
    question: str,
    language: Language | None = None,
) -> tuple[Message, ...]:
    """Ask a reader's question."""
    asked = fenced("question", plain(question)[:LONGEST])
    sentences = fenced("sentences", _lines(material))
    return _messages(prompt, f"{asked}{_into(language)}\n{sentences}")


def _into(language: Language | None) -> str:
    return f" Translate into: {language.name}." if language else ""


def retry_messages(
    messages: Sequence[Message], answer: str, refused: Sequence[tuple[str, str]]
) -> tuple[Message, ...]:
    """Ask a second time, with the reasons why bullets were refused."""
    listed = "\n".join(f"- {text!r}: {reason}" for text, reason in refused)
    request = (
        f"These bullets were refused:\n{listed}\n"
        "Write only these again, closer to the words of the sentences, in the same JSON form."
    )
    return (*messages, Message("assistant", answer), Message("user", request))


def _messages(prompt: Prompt, request: str) -> tuple[Message, ...]:
    return Message("system", prompt.text), Message("user", request)


def _fit(article: Article) -> Iterator[Sentence]:
    count = 0
    for each in split(article.text[:_READ_CHARS], article.language):
        if count == MOST_SENTENCES:
            return
        text = each.text
        if len(text) <= LONGEST and stands_alone(text) and not unfit(text):
            count += 1
            yield each


def unfit(text: str) -> bool:
    """Whether a sentence is boilerplate or an order, which is neither a bullet nor proof of one."""
    return is_boilerplate(text) or gives_orders(text)


def _lines(material: Sequence[NumberedSentence]) -> str:
    """Each article's outlet and day, then its sentences."""
    return "\n".join(
        f"{_heading(article)}\n" + "\n".join(_line(each) for each in sentences)
        for article, sentences in groupby(material, key=lambda each: each.article)
    )


def _heading(article: Article) -> str:
    return f"{plain(article.source)[:60]}, {article.published_at:%Y-%m-%d}:"


def _line(each: NumberedSentence) -> str:
    return f"[{each.number}] {plain(each.sentence.text)}"


def fenced(name: str, text: str) -> str:
    """The text between marks that it cannot contain, as they are hashes of it."""
    mark = f"{name}-{hashlib.sha256(text.encode('utf-8', 'replace')).hexdigest()[:12]}"
    return f"<{mark}>\n{text}\n</{mark}>"
