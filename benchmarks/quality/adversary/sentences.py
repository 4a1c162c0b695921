"""Reads plain sentences with their documents from any rows that have texts."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.report import read_jsonl
from summarizer.language.quotation_marks import balanced
from summarizer.language.sentences import split
from summarizer.language.verbs import VERB

MOST_SENTENCES = 400
_FEWEST_WORDS, _MOST_WORDS = 9, 38
_PLAIN = re.compile(r"^[A-Z][^\n\"“”|•…]*[a-z0-9)%]\.$")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_FIRST_CHARS = 12_000
_PRINTABLE = re.compile(r"[^\x20-\x7e’‘–—é]")


@dataclass(frozen=True, slots=True)
class Sample:
    """A true sentence with its document; `vocabulary` holds the words of the file."""

    text: str
    document: str
    vocabulary: frozenset[str]
    held_out: bool


def read_samples(path: Path) -> list[Sample]:
    """A fixed choice of a file's plain English sentences; half of the documents are held out."""
    documents = [text[:_FIRST_CHARS] for row in read_jsonl(path) for text in _texts(row)]
    if not documents:
        raise ValueError(f"{path}: needs text, doc or docs")
    vocabulary = frozenset(word for text in documents for word in _WORD.findall(text.lower()))
    found = [
        Sample(sentence, text, vocabulary, zlib.crc32(text.encode()) % 2 == 1)
        for text in dict.fromkeys(documents)
        for sentence in _plain_sentences(text)
    ]
    found.sort(key=lambda sample: zlib.crc32(f"{sample.text}|order".encode()))
    return found[:MOST_SENTENCES]


def _texts(row: dict[str, object]) -> Iterator[str]:
    for field in ("text", "doc"):
        if isinstance(text := row.get(field), str):
            yield text
    docs = row.get("docs")
    for each in docs if isinstance(docs, list) else ():
        if isinstance(each, dict) and isinstance(each.get("text"), str):
            yield each["text"]


def _plain_sentences(text: str) -> Iterator[str]:
    for each in split(text):
        sentence = each.text
        fits = _FEWEST_WORDS <= len(sentence.split()) <= _MOST_WORDS
        plain = _PLAIN.match(sentence) and not _PRINTABLE.search(sentence)
        if fits and plain and balanced(sentence) and VERB.search(sentence):
            yield sentence


def put(sample: Sample, found: re.Match[str], instead: str) -> str:
    """The sentence with a match replaced."""
    return f"{sample.text[: found.start()]}{instead}{sample.text[found.end() :]}"
