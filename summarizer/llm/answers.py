"""Reads, cleans and checks a model's answer before any other code uses it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.models.languages import Language
from summarizer.evidence.bullet_proof import sources
from summarizer.evidence.checker import Verdict, check
from summarizer.extractive import absolute_dates as dates
from summarizer.language.content_words import stems
from summarizer.language.sentences import split
from summarizer.llm.answer_json import items_in
from summarizer.llm.prompts import NumberedSentence, unfit
from summarizer.llm.server.request import AnswerFormat, json_object
from summarizer.llm.translation import mistranslated
from summarizer.sentence_rules.standalone import fault as cannot_stand


def bullets_format(*, translated: bool) -> AnswerFormat:
    """The form of an answer: bullets, each with its translation where that is asked for."""
    text: dict[str, object] = {"type": "string"}
    texts = {"text": text} | ({"translation": text} if translated else {})
    numbers = {"type": "array", "items": {"type": "integer"}}
    bullet = json_object(texts | {"sentences": numbers})
    schema = json_object({"bullets": {"type": "array", "items": bullet}})
    return AnswerFormat("translated_bullets" if translated else "bullets", schema)


LONGEST_WORDS = 60
MOST_CITED = 6
SAME_LANGUAGE = 0.5
"""A bullet shares at least this part of its words with its sentences if it has their language."""

_MARKDOWN_LINK = re.compile(r"!?\[([^\[\]]*)\]\([^()]*\)")
_SLACK_MARK = re.compile(r"<[!@#][^<>]*>")
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_ADDRESS = re.compile(
    r"(?:\b[a-z][a-z0-9+.-]{1,20}:/{1,2}\S+|\bwww\.\S+|\b(?:mailto|tel|tg|javascript|data):\S+"
    r"|\b[\w.+-]{1,64}@[\w-]{1,63}\.\w+|\b(?:[a-z0-9-]{1,63}\.){1,9}(?:[a-z]{2,24})\b(?:[/?#:]\S*)?)",
    re.IGNORECASE,
)
_MENTION = re.compile(r"(?<!\w)@\w[\w.-]*")
_MARKUP = re.compile(r"[*_~`|<>\\]+|^\s*(?:[#>•–-]+|\d{1,2}[.)])\s+")
_SPACE = re.compile(r"\s+")
_WORD = re.compile(r"\w+")
_NUMBER = re.compile(r"(?<!\d)\d{1,4}(?!\d)", re.ASCII)
_MOST_GIVEN = 200
_LEAK_WORDS = 8


@dataclass(frozen=True, slots=True)
class Proposal:
    """A bullet as a model wrote it, with the numbers of the sentences that it cites.

    `text` and `translation` have no links, mentions, markup or control characters; `raw` is both
    as they came.
    """

    raw: str
    text: str
    cited: tuple[int, ...]
    translation: str = ""


def read(answer: str) -> tuple[Proposal, ...]:
    """The bullets of an answer; raises Unreadable."""
    return tuple(_proposal(each) for each in items_in(answer, "bullets", _is_bullet))


def _is_bullet(item: Mapping[str, Any]) -> bool:
    return isinstance(_first(item, _TEXT_NAMES), str) and _first(item, _CITED_NAMES) is not None


def _first(item: Mapping[str, Any], names: Sequence[str]) -> Any:
    return next((item[name] for name in names if item.get(name) is not None), None)


_TEXT_NAMES = ("text", "bullet", "sentence", "bullet_text", "content", "statement", "summary")
_CITED_NAMES = (
    "sentences",
    "citations",
    "sources",
    "cited",
    "numbers",
    "sentence_numbers",
    "sentence_ids",
    "evidence",
    "references",
)


def numbers_in(value: object) -> tuple[int, ...]:
    """The whole numbers that a model gave as numbers, as text, in lists, or in objects."""
    if isinstance(value, bool) or value is None:
        return ()
    if isinstance(value, int):
        return (value,)
    if isinstance(value, float):
        return (int(value),) if value.is_integer() else ()
    if isinstance(value, str):
        return tuple(int(each) for each in _NUMBER.findall(value))
    held = value.values() if isinstance(value, dict) else value
    if not isinstance(held, Collection) or len(held) > _MOST_GIVEN:
        return ()
    return tuple(number for each in held for number in numbers_in(each))


def stripped(text: str) -> str:
    """The text without links, mentions, markup, and control or invisible characters."""
    said = unicodedata.normalize("NFC", text)
    said = "".join(each if _visible(each) else " " for each in said)
    for pattern, instead in (
        (_MARKDOWN_LINK, r"\1"),
        (_SLACK_MARK, " "),
        (_TAG, " "),
        (_ADDRESS, " "),
        (_MENTION, " "),
        (_MARKUP, ""),
    ):
        said = pattern.sub(instead, said)
    return _SPACE.sub(" ", said).strip()


def refused(
    proposal: Proposal,
    material: Sequence[NumberedSentence],
    rules: str,
    read_at: datetime,
    language: Language | None = None,
) -> str | None:
    """The reason to refuse a proposal, or None; the cited sentences have to prove it.

    Where a language is given, the translation is compared with the text that was proved.
    """
    cited = cited_by(proposal, material)
    if len(cited) < len(proposal.cited):
        return "it cites a sentence that does not exist"
    if not cited:
        return "it cites no sentence"
    reason = _unfit(proposal, rules)
    if reason is not None:
        return reason
    texts = dated(proposal.text, cited, read_at)
    if len(texts) > 1:
        return "it names a day on which its sentences differ"
    reason = _unproved(texts[0], cited)
    if reason is not None or language is None:
        return reason
    return mistranslated(proposal.text, proposal.translation, language)


def cited_by(proposal: Proposal, material: Sequence[NumberedSentence]) -> list[NumberedSentence]:
    """The existing sentences that a proposal cites, in its order."""
    by_number = {each.number: each for each in material}
    return [by_number[number] for number in proposal.cited if number in by_number]


def needed(
    proposal: Proposal, material: Sequence[NumberedSentence], read_at: datetime
) -> tuple[str, list[NumberedSentence]]:
    """The text of an accepted proposal, and the fewest cited sentences that prove it as well."""
    cited = cited_by(proposal, material)
    text = dated(proposal.text, cited, read_at)[0]
    for each in reversed(cited[:]):
        rest = [other for other in cited if other is not each]
        if rest and _verdict(text, rest).score >= _verdict(text, cited).score:
            cited = rest
    return text, cited


def dated(text: str, cited: Sequence[NumberedSentence], read_at: datetime) -> tuple[str, ...]:
    """The text with its days as dates, one version for each different reading of its articles."""
    named = (dates.absolute(text, each.article.published_at, read_at) for each in cited)
    return tuple(dict.fromkeys(named))


def _unfit(proposal: Proposal, rules: str) -> str | None:
    """What is wrong with a text, whatever its sources say."""
    if _ADDRESS.search(_folded(proposal.raw)) or _SLACK_MARK.search(proposal.raw):
        return "it carries a link or a mention"
    if _MENTION.search(proposal.raw):
        return "it carries a link or a mention"
    if len(proposal.text.split()) > LONGEST_WORDS:
        return f"it has more than {LONGEST_WORDS} words"
    if _repeats(proposal.text, rules):
        return "it repeats its own instructions"
    sentences = split(proposal.text)
    if any(unfit(each.text) for each in sentences):
        return "it repeats an instruction"
    return cannot_stand(sentences[0].text) if sentences else "it is empty"


def _unproved(text: str, cited: Sequence[NumberedSentence]) -> str | None:
    known_texts = _sources(cited)
    known = set(stems(" ".join(known_texts)))
    said = stems(text)
    if sum(stem in known for stem in said) < SAME_LANGUAGE * len(said):
        return "it is in another language than its sentences, or on another subject"
    verdict = check(text, known_texts)
    return None if verdict.proved else verdict.reason


def _verdict(text: str, cited: Sequence[NumberedSentence]) -> Verdict:
    return check(text, _sources(cited))


def _sources(cited: Sequence[NumberedSentence]) -> list[str]:
    return sources((each.article, each.sentence.text) for each in cited)


def _proposal(item: Mapping[str, Any]) -> Proposal:
    said, other = _first(item, _TEXT_NAMES), item.get("translation")
    translation = other if isinstance(other, str) else ""
    text = stripped(said)
    ended = text if not text or text[-1] in ".!?。۔।”\"’'" else f"{text}."
    return Proposal(
        raw=f"{said}\n{translation}",
        text=ended,
        cited=tuple(dict.fromkeys(numbers_in(_first(item, _CITED_NAMES))))[:MOST_CITED],
        translation=stripped(translation),
    )


def _folded(text: str) -> str:
    """Wide letters and dots as plain ones, without invisible characters, as browsers read links."""
    plain = unicodedata.normalize("NFKC", text)
    return "".join(each for each in plain if _visible(each))


def _visible(char: str) -> bool:
    return char in "\n\t" or unicodedata.category(char) not in {"Cc", "Cf", "Co", "Cs", "Cn"}


def _repeats(text: str, rules: str) -> bool:
    """Whether it has eight words in a row from the rules."""
    words, given = (_WORD.findall(each.lower()) for each in (text, rules))
    runs = {tuple(given[at : at + _LEAK_WORDS]) for at in range(len(given) - _LEAK_WORDS + 1)}
    return any(
        tuple(words[at : at + _LEAK_WORDS]) in runs for at in range(len(words) - _LEAK_WORDS + 1)
    )
